# SPDX-License-Identifier: GPL-2.0-only
# Part of Kbuild where VCCW_KUNIT is set: the suites; a module for users has none.  The
# core goes in as the module's own object.

ifndef CONFIG_KUNIT
$(call vccw-stop,VCCW_KUNIT is set but kernel $(KERNELRELEASE) has no CONFIG_KUNIT)
endif
obj-m += vfio_ccw_kunit.o
vfio_ccw_kunit-y := $(patsubst $(src)/%.c,%.o,$(sort $(wildcard $(src)/kunit/*.c))) core-cxx/vccw_core.o
