/* SPDX-License-Identifier: GPL-2.0-only */
/* Real eventfds for tests. */
#ifndef VCCW_KUNIT_EVENTFD_H
#define VCCW_KUNIT_EVENTFD_H

#include <kunit/test.h>
#include <linux/eventfd.h>
#include <linux/fs.h>

/* Process context; fput() gives it back.  A failure ends the test. */
struct file *new_eventfd(struct kunit *test);

/* A reference of its own, as the shim takes it. */
struct eventfd_ctx *eventfd_ctx_of(struct kunit *test, struct file *file);

/* How often it was signalled since the last call. */
u64 eventfd_count(struct file *file);

#endif
