# SPDX-License-Identifier: GPL-2.0-only
# Part of Kbuild: mdev.ko for kernels that lack it.  Its symbol versions must
# be known before vfio_ccw.ko is finished.

ifndef CONFIG_VFIO_MDEV
vccw-mdev := $(src)/build/mdev-$(KERNELRELEASE)

# Quick, and silent, when there is nothing to do.
$(vccw-mdev)/Module.symvers: FORCE
	@CC="$(CC)" LLVM="$(LLVM)" CROSS_COMPILE="$(CROSS_COMPILE)" \
		$(src)/scripts/build/mdev $(abspath $(objtree)) $(vccw-mdev)

$(obj)/vfio_ccw.o: | $(vccw-mdev)/Module.symvers

KBUILD_EXTRA_SYMBOLS += $(vccw-mdev)/Module.symvers
endif
