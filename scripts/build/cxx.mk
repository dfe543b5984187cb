# SPDX-License-Identifier: GPL-2.0-only
# Part of Kbuild: how a C++ file becomes an object of a module.
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

quiet_cmd_cxx_o_cc = CXX [M]  $@
      cmd_cxx_o_cc = $(CC) -x c++ -Wp,-MMD,$(depfile) $(vccw-cxxflags) -c -o $@ $<

$(obj)/%.o: $(src)/%.cc FORCE
	$(call if_changed_dep,cxx_o_cc)

# All core objects linked once more, alone: what this refers to is what the
# core needs from outside.
quiet_cmd_core_symbols = SYMBOLS $@
      cmd_core_symbols = $(LD) $(KBUILD_LDFLAGS) -r -o $@ $(filter %.o,$^) && \
	READELF="$(READELF)" $(src)/scripts/build/symbols \
		--config $(objtree)/include/config/auto.conf $@ || { rm -f $@; false; }

$(obj)/core-cxx/vccw_core.o: $(addprefix $(obj)/,$(core)) \
		$(src)/scripts/build/symbols $(src)/scripts/build/symbols.allowed FORCE
	$(call if_changed,core_symbols)
targets += core-cxx/vccw_core.o

$(obj)/vfio_ccw.o: | $(obj)/core-cxx/vccw_core.o
