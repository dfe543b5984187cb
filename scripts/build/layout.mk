# SPDX-License-Identifier: GPL-2.0-only
# Part of Kbuild: the shim's private types against the target kernel's BTF,
# which lies beside the headers, or in the running kernel if that is the target.

vccw-btf := $(firstword $(wildcard $(abspath $(objtree))/vmlinux) \
	$(if $(filter $(shell uname -r),$(KERNELRELEASE)),$(wildcard /sys/kernel/btf/vmlinux)))
ifeq ($(vccw-btf),)
$(error vfio_ccw: no vmlinux with BTF beside the headers $(abspath $(objtree)), and $(KERNELRELEASE) is not the running kernel)
endif

# The check writes its output only when that changes; the time is what make
# looks at.
quiet_cmd_layout = LAYOUT  $@
      cmd_layout = $(PYTHON3) $(src)/scripts/build/layout --btf $(vccw-btf) --out $@; touch $@

$(obj)/drivers/generated/layout_check.h: $(src)/scripts/build/layout $(src)/drivers/cio.h $(vccw-btf) FORCE
	$(call if_changed,layout)
targets += drivers/generated/layout_check.h

$(obj)/drivers/layout.o: $(obj)/drivers/generated/layout_check.h
