# SPDX-License-Identifier: GPL-2.0-only
# Part of Kbuild: how the C++ core becomes an object of a module.
#
# Code generation must match the kernel's, so its own flags are taken and only
# those dropped that C++ does not know: warnings and the language.  Debug
# information is off: pahole cannot turn that of C++ into BTF.  The freestanding
# headers of libstdc++ are found because the kernel's -nostdinc is not among
# the flags; its include folders are not either, and no kernel header can be
# included.

vccw-sanitize := $(strip $(if $(CONFIG_KASAN),$(CFLAGS_KASAN) --param asan-globals=0) \
	$(if $(CONFIG_KCSAN),$(CFLAGS_KCSAN)) $(if $(CONFIG_UBSAN),$(CFLAGS_UBSAN)) \
	$(if $(CONFIG_KCOV_INSTRUMENT_ALL),$(CFLAGS_KCOV)))

vccw-cxxflags = $(filter-out -std=% -W% -g% -fstrict-flex-arrays% -fzero-init-padding-bits%, \
		$(KBUILD_CFLAGS) $(KBUILD_CFLAGS_MODULE) $(CFLAGS_MODULE) $(vccw-sanitize)) \
	-std=c++20 -ffreestanding -fno-exceptions -fno-rtti -fno-threadsafe-statics \
	-fno-use-cxa-atexit $(if $(CONFIG_CC_IS_CLANG),,-fno-gnu-unique) -g0 \
	-Wall -Wextra -Wconversion $(werror) \
	$(if $(vccw-sanitize),,-Wframe-larger-than=512) \
	$(built-for) -I$(src)/core-cxx/include

# The C compiler's driver compiles C++ once g++ of the same version is there.
ifndef CONFIG_CC_IS_CLANG
vccw-cc1plus := $(shell $(CC) -print-prog-name=cc1plus)
ifeq ($(notdir $(vccw-cc1plus)),$(vccw-cc1plus))
$(call vccw-stop,$(strip $(CC)) cannot compile C++: install the g++ package of the same version (scripts/fetch/setup build))
endif
endif

# An older compiler than the kernel's may not know all of its options.
vccw-unknown := $(shell $(CC) -x c++ $(vccw-cxxflags) -E /dev/null -o /dev/null 2>&1 || echo refused)
ifneq ($(vccw-unknown),)
$(call vccw-stop,$(strip $(CC)) refuses the options of kernel $(KERNELRELEASE)$(comma) built by $(CONFIG_CC_VERSION_TEXT); give CC= one at least as new. $(vccw-unknown))
endif

# One translation unit: most functions of the core have one caller, and -fwhole-program lets
# the compiler know.  That takes 650 instructions off the 9,250 of an I/O of one CCW.
# The limit is that of what it may put into its caller.  What the files keep to themselves
# (anonymous namespaces) must not have the same names.
vccw-whole := $(if $(CONFIG_CC_IS_CLANG),,-fwhole-program -finline-limit=200)

quiet_cmd_core_cc = GEN     $@
      cmd_core_cc = mkdir -p $(@D) && printf '\#include "%s"\n' $(core) >$@

$(obj)/drivers/generated/core.cc: FORCE
	$(call if_changed,core_cc)
targets += drivers/generated/core.cc

# What the object refers to is what the core needs from outside.
quiet_cmd_core_o = CXX [M]  $@
      cmd_core_o = $(CC) -x c++ -Wp,-MMD,$(depfile) $(vccw-cxxflags) $(vccw-whole) -I$(src)/core-cxx -c -o $@ $< && \
	READELF="$(READELF)" $(src)/scripts/build/symbols \
		--config $(objtree)/include/config/auto.conf $@ || { rm -f $@; false; }

$(obj)/core-cxx/vccw_core.o: $(obj)/drivers/generated/core.cc \
		$(src)/scripts/build/symbols $(src)/scripts/build/symbols.allowed FORCE
	$(call if_changed_dep,core_o)
