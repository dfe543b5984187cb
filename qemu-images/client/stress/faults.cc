// SPDX-License-Identifier: GPL-2.0-only
// The command `faults`: every allocation of an operation fails in turn.  Each
// failure ends in an errno or is got over, nothing is left behind, and the
// device works afterwards.
#include <linux/capability.h>
#include <linux/vfio_ccw.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../cmd/command.hpp"
#include "../cmd/steps.hpp"
#include "../guest/indirect.hpp"
#include "../race/scenario.hpp"
#include "nth.hpp"

namespace client {

namespace {

constexpr std::uint32_t kPages = 16; // all that one count can reach

struct Counters {
	std::string bytes, pages;

	explicit Counters(const Session &s)
		: bytes(read_text(s.mdev().path + "/stats/bytes")),
		  pages(read_text(s.mdev().path + "/stats/pages_pinned"))
	{
	}
};

// A program with lists, several segments and data on many pages: all kinds of
// storage that a translation needs.
Chain large_program(Session &s)
{
	Chain chain = Chain::fresh(s.memory(), 64);
	const std::uint32_t data = s.memory().alloc(kPages * 4096, 4096);
	const std::uint32_t list =
		make_idal(s.memory(), IdaKind::kFormat2Of4K, data, kPages * 4096);
	const std::uint32_t elsewhere = s.memory().alloc(4096, 4096);

	for (unsigned i = 0; i < 8; i++)
		chain.add({kCmdSenseId, kCcwCc | kCcwSli, 64, data + i * 4096});
	chain.add({kCmdSenseId, kCcwCc | kCcwSli | kCcwIda, 65535, list});
	chain.tic(elsewhere);
	chain.org(elsewhere);
	chain.add({kCmdNop, kCcwSli, 1, data});
	return chain;
}

Orb orb_of(const Chain &chain)
{
	Orb orb = Session::orb_for(chain);

	orb.c64 = true;
	return orb;
}

// What another request's errno would mean must not come of a failed allocation.
bool is_failure(int result)
{
	return result == -ENOMEM || result == -EFAULT || result == -EINVAL || result == -EOPNOTSUPP;
}

// After each point: the program ran or nothing is left of it; the device works.
std::string started(Session &s, const Counters &before, int result, bool failed)
{
	if (result && (!failed || !is_failure(result)))
		return "START: " + errno_name(result);
	if (!result) {
		const auto irb = s.wait_irb();
		if (!irb || !(*irb)->final())
			return "no final status of an accepted START";
		if ((*irb)->cstat & ~unsigned{kCstatIncorrectLength} && !failed)
			return (*irb)->line();
	}
	const Chain nop = nop_program(s);
	const Outcome o = s.run(nop);
	if (!o.done() || !ended_normally(o.irb, nop))
		return "a NOP after it: " + o.text();
	const Counters now(s);
	if (now.pages != before.pages)
		return "pages stay pinned: " + now.pages;
	return "";
}

void tell(Report &r, const std::string &name, const Sweep &s)
{
	r.expect(s.wrong.empty() && s.points > 0,
		 name + ": each failure ends in order, and there is one",
		 s.wrong.empty() ? "none" : s.wrong);
	r.add(name, s.points,
	      name + ": " + std::to_string(s.points) + " allocations failed in turn, " +
		      std::to_string(s.errors) + " of them ended it");
}

// Of a device that has just been opened, and of one that has run programs.
void fail_start(Context &ctx)
{
	std::optional<Session> s;
	std::optional<Chain> chain;
	const auto open_anew = [&] {
		chain.reset();
		s.reset();
		s.emplace(ctx.session);
		chain.emplace(large_program(*s));
	};
	const auto nothing = [] {};
	const auto once = [&] { return s->device().start(orb_of(*chain)); };

	open_anew();
	const Counters before(*s);
	const auto after = [&](int result, bool failed) {
		return started(*s, before, result, failed);
	};
	tell(ctx.report, "first START", sweep(open_anew, once, after));
	tell(ctx.report, "START", sweep(nothing, once, after));
	still_works(ctx.report, *s);
}

// Everything from the first open of a node to the armed eventfds.
void fail_open(Context &ctx)
{
	std::string bytes;
	{
		const Session s(ctx.session);
		bytes = Counters(s).bytes;
	}
	const auto open_once = [&] {
		try {
			Session s(ctx.session);
		} catch (const std::exception &) { // also of reading sysfs
			return -EIO;
		}
		return 0;
	};
	tell(ctx.report, "open",
	     sweep([] {}, open_once,
		   [&](int result, bool failed) -> std::string {
			   if (result && !failed)
				   return "open: " + errno_name(result);
			   Session s(ctx.session);
			   const Chain nop = nop_program(s);
			   const Outcome o = s.run(nop);
			   return o.done() && ended_normally(o.irb, nop) ? ""
									 : "a NOP after it failed";
		   }));
	const Session s(ctx.session);
	ctx.report.expect(Counters(s).bytes == bytes, "as many bytes in use as before: " + bytes,
			  Counters(s).bytes);
}

void fail_requests(Context &ctx)
{
	Session s(ctx.session);
	EventFd other;
	const auto fine = [&](int result, bool failed) -> std::string {
		return result && (!failed || !is_failure(result)) ? errno_name(result) : "";
	};

	tell(ctx.report, "setting an eventfd",
	     sweep([] {}, [&] { return s.device().set_eventfd(VFIO_CCW_IO_IRQ_INDEX, other.fd()); },
		   fine));
	s.device().set_eventfd(VFIO_CCW_IO_IRQ_INDEX, s.io().fd());
	const Sweep reset = sweep([] {}, [&] { return s.device().reset(); }, fine);
	ctx.report.expect(reset.wrong.empty(), "RESET with failing allocations", reset.wrong);
	still_works(ctx.report, s);
}

// The k-th page cannot be pinned: the client may lock k pages only.
void fail_pins(Context &ctx)
{
	// The limit does not bind who may lock memory at will; vfio looks when
	// memory is mapped.
	__user_cap_header_struct head{_LINUX_CAPABILITY_VERSION_3, 0};
	__user_cap_data_struct caps[2]{};
	::syscall(SYS_capget, &head, caps);
	caps[0].effective &= ~(1u << CAP_IPC_LOCK);
	if (::syscall(SYS_capset, &head, caps))
		throw environment_error("no-capset", failed("giving up CAP_IPC_LOCK", errno),
					"run as root");

	Session s(ctx.session);
	const Chain chain = large_program(s);
	const Counters before(s);
	unsigned refused = 0;
	int result = -1;

	for (unsigned k = 0; k <= 2 * kPages && result; k++) {
		const rlimit limit{k * 4096, k * 4096};
		if (::setrlimit(RLIMIT_MEMLOCK, &limit))
			throw environment_error("no-rlimit",
						failed("limiting locked memory", errno),
						"run as root");
		result = s.device().start(orb_of(chain));
		refused += result ? 1 : 0;
		std::string wrong;
		if (result && result != -ENOMEM)
			wrong = "START: " + errno_name(result);
		if (!result && (!s.wait_irb() || s.io().wait(0)))
			wrong = "not one status";
		if (Counters(s).pages != before.pages)
			wrong = "pages stay pinned: " + Counters(s).pages;
		if (!ctx.report.expect(wrong.empty(),
				       "with " + std::to_string(k) + " pages: ENOMEM or its status",
				       wrong))
			return;
	}
	ctx.report.expect(!result && refused == kPages,
			  "each of " + std::to_string(kPages) + " pages failed once, then none",
			  std::to_string(refused) +
				  " refused, the last START: " + errno_name(result));
	still_works(ctx.report, s);
}

int faults(Context &ctx)
{
	const std::string what = ctx.args.positional().empty() ? "" : ctx.args.positional()[0];

	if (what == "pins") {
		fail_pins(ctx);
		return kOk;
	}
	if (what != "start" && what != "open" && what != "requests")
		throw usage_error("which faults?", "pins, start, open or requests");
	if (!can_fail_allocations())
		throw environment_error(
			"no-faults", "this kernel cannot make allocations fail",
			"build one with CONFIG_FAILSLAB, CONFIG_FAIL_PAGE_ALLOC and debugfs");
	(what == "start" ? fail_start : what == "open" ? fail_open : fail_requests)(ctx);
	return kOk;
}

} // namespace

Command faults_command()
{
	return {"faults",
		"WHAT",
		"make each allocation of an operation fail in turn",
		"WHAT: start, open, requests (the kernel makes the n-th allocation of this thread "
		"fail,\n"
		"n = 1, 2 ...), or pins (locked memory is limited to 0, 1, 2 ... pages).\n"
		"Each failure must end in an errno, leave nothing pinned, and the device must "
		"work.",
		{},
		1,
		faults};
}

} // namespace client
