// SPDX-License-Identifier: GPL-2.0-only
/*
 * Nothing but assertions: cio.h against the target kernel's BTF.  A build
 * error here names the member; cio.h says how the two belong together.
 */
#include <linux/build_bug.h>
#include <linux/stddef.h>

#include "cio.h"

/* sparse lays out struct device differently from the compiler. */
#ifndef __CHECKER__
#include "generated/layout_check.h"
#endif
