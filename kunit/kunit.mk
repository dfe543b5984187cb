# SPDX-License-Identifier: GPL-2.0-only
# Part of Kbuild: the suites, where the target kernel can run them.  The core
# goes in as the one object that the symbol check has passed.

ifdef CONFIG_KUNIT
obj-m += vfio_ccw_kunit.o
vfio_ccw_kunit-y := $(patsubst $(src)/%.c,%.o,$(sort $(wildcard $(src)/kunit/*.c))) core-cxx/vccw_core.o
endif
