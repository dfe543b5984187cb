# SPDX-License-Identifier: GPL-2.0-only
# Part of Kbuild: what the target kernel must be.  Ends the build with the name
# of the option or version that is missing.

vccw-stop = $(error vfio_ccw: $(1))

ifneq ($(SRCARCH),s390)
$(call vccw-stop,these headers are built for ARCH=$(ARCH): it must be s390 (cross: ARCH=s390 CROSS_COMPILE=s390x-linux-gnu-))
endif

vccw-new-enough := $(shell [ $(VERSION) -gt 6 ] || [ $(VERSION) -eq 6 -a $(PATCHLEVEL) -ge 12 ] && echo y)
ifneq ($(vccw-new-enough),y)
$(call vccw-stop,kernel $(KERNELRELEASE) is older than 6.12, the oldest one supported)
endif

ifndef CONFIG_CCW
$(call vccw-stop,kernel $(KERNELRELEASE) has CONFIG_CCW off: no channel I/O)
endif

ifndef CONFIG_VFIO
$(call vccw-stop,kernel $(KERNELRELEASE) has CONFIG_VFIO off: it must be y or m)
endif

ifndef CONFIG_DEBUG_INFO_BTF
$(call vccw-stop,kernel $(KERNELRELEASE) has CONFIG_DEBUG_INFO_BTF off: without BTF its private types cannot be verified)
endif

ifneq ($(CONFIG_VFIO_CCW),)
$(info vfio_ccw: note: this kernel has its own vfio_ccw (CONFIG_VFIO_CCW=$(CONFIG_VFIO_CCW)); only one can be loaded)
endif

ifeq ($(CONFIG_VFIO_CCW),y)
$(call vccw-stop,kernel $(KERNELRELEASE) has CONFIG_VFIO_CCW=y: its built-in driver of the same name leaves no room for a module)
endif

# Objects say which release they were built for, and are built again for
# another one; what kbuild makes at the end of a module does not.
vccw-kernel-stamp := $(obj)/.vccw_kernel
vccw-kernel := $(abspath $(objtree)) $(KERNELRELEASE)
ifneq ($(file <$(vccw-kernel-stamp)),$(vccw-kernel))
$(shell rm -f $(obj)/.module-common.o $(obj)/*.mod.o $(obj)/*.ko $(obj)/Module.symvers)
$(file >$(vccw-kernel-stamp),$(vccw-kernel))
endif
