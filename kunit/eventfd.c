// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel makes eventfds for system calls alone: the system call's own
 * function is looked up, by a probe that is never armed for long.
 */
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/kprobes.h>
#include <asm/ptrace.h>

#include "eventfd.h"

typedef long syscall_fn(struct pt_regs *regs);

static syscall_fn *find_syscall(const char *name)
{
	struct kprobe probe = { .symbol_name = name };
	syscall_fn *fn;

	if (register_kprobe(&probe))
		return NULL;
	fn = (syscall_fn *)probe.addr;
	unregister_kprobe(&probe);
	return fn;
}

struct file *new_eventfd(struct kunit *test)
{
	syscall_fn *eventfd2 = find_syscall("__s390x_sys_eventfd2");
	struct pt_regs regs = { .orig_gpr2 = 0, .gprs[3] = EFD_NONBLOCK };
	struct file *file;
	long fd;

	KUNIT_ASSERT_NOT_NULL(test, eventfd2);
	fd = eventfd2(&regs);
	KUNIT_ASSERT_GE(test, fd, 0);
	file = eventfd_fget(fd);
	close_fd(fd);
	KUNIT_ASSERT_FALSE(test, IS_ERR(file));
	return file;
}

struct eventfd_ctx *eventfd_ctx_of(struct kunit *test, struct file *file)
{
	struct eventfd_ctx *ctx = eventfd_ctx_fileget(file);

	KUNIT_ASSERT_FALSE(test, IS_ERR(ctx));
	return ctx;
}

u64 eventfd_count(struct file *file)
{
	loff_t pos = 0;
	u64 count;

	return kernel_read(file, &count, sizeof(count), &pos) == sizeof(count) ?
		count : 0;
}
