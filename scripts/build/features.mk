# SPDX-License-Identifier: GPL-2.0-only
# Part of Kbuild: which interfaces the target kernel has.  Distributions take parts of
# newer kernels, so the headers are asked and not the version: each file in
# drivers/compat/features is a few lines that compile where the kernel has the feature
# of that name.  drivers/generated/features.h tells, as VCCW_HAS_NAME.

vccw-features := $(sort $(wildcard $(src)/drivers/compat/features/*.c))
vccw-feature-flags = $(filter-out -Wp$(comma)-MMD%,$(c_flags))

# What has no feature at all must compile, or no answer means anything.
quiet_cmd_features = FEATURES $@
      cmd_features = echo 'struct vccw_nothing { int here; };' | \
	$(CC) $(vccw-feature-flags) -fsyntax-only -x c - && \
	for f in $(vccw-features); do \
		name=$$(basename $$f .c | tr a-z A-Z); \
		$(CC) $(vccw-feature-flags) -fsyntax-only $$f 2>/dev/null && yes=1 || yes=0; \
		echo "\#define VCCW_HAS_$$name $$yes"; \
	done >$@

$(obj)/drivers/generated/features.h: $(src)/scripts/build/features.mk $(vccw-features) FORCE
	$(call if_changed,features)
targets += drivers/generated/features.h

$(addprefix $(obj)/,$(shim)): $(obj)/drivers/generated/features.h
