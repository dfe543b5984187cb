# SPDX-License-Identifier: GPL-2.0-only
# Part of the Makefiles here: the prefix of the tools for s390x, empty on such a machine.
ifeq ($(shell uname -m),s390x)
CROSS ?=
else
CROSS ?= s390x-linux-gnu-
endif
