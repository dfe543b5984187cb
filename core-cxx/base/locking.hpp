// SPDX-License-Identifier: GPL-2.0-only
// Names for clang's thread-safety analysis (scripts/check/run locks); nothing for
// other compilers.  The two locks are a port's: port.sch, the subchannel lock,
// and port.request, which is taken first and under which one may sleep.
#pragma once

#ifdef __clang__
#define VCCW_LOCKING(x) __attribute__((x))
#else
#define VCCW_LOCKING(x)
#endif

#define VCCW_CAPABILITY(name) VCCW_LOCKING(capability(name))
#define VCCW_SCOPED_LOCK      VCCW_LOCKING(scoped_lockable)
#define VCCW_GUARDED_BY(lock) VCCW_LOCKING(guarded_by(lock))
#define VCCW_ACQUIRES(...)    VCCW_LOCKING(acquire_capability(__VA_ARGS__))
#define VCCW_RELEASES(...)    VCCW_LOCKING(release_capability(__VA_ARGS__))
#define VCCW_ASSERTS(...)     VCCW_LOCKING(assert_capability(__VA_ARGS__))
#define VCCW_REQUIRES(...)    VCCW_LOCKING(requires_capability(__VA_ARGS__))
// Of the port's own lock and unlock.
#define VCCW_IS_A_LOCK VCCW_LOCKING(no_thread_safety_analysis)
// The callee takes the lock, or may sleep.
#define VCCW_EXCLUDES(...) VCCW_LOCKING(locks_excluded(__VA_ARGS__))

namespace vccw {

struct VCCW_CAPABILITY("subchannel lock") SubchannelLock {};
struct VCCW_CAPABILITY("request lock") RequestMutex {};

} // namespace vccw
