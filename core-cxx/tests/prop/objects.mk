# SPDX-License-Identifier: GPL-2.0-only
# Rules for the core, the fake port and the reference machine as objects in
# $(out), with the compiler and the sanitizers that the including file chose.
root := $(abspath $(dir $(lastword $(MAKEFILE_LIST)))/../../..)
core ?= $(root)/core-cxx
tests := $(root)/core-cxx/tests

common := -std=c++20 -g -O1 -Wall -Wextra -MMD -MP -I$(core)/include $(sanitize)
# A core elsewhere (core=DIR) keeps its header in include/; the tests find it
# beside themselves.
test_flags := $(common)
core_flags := $(common) -fno-exceptions -fno-rtti

include $(core)/sources.mk
core_objects := $(patsubst $(core)/%.cc,$(out)/core/%.o,$(wildcard $(patsubst %,$(core)/%/*.cc,$(core-folders))))
# work: for a core that was built to count its branches (scripts/test/coverage).
machine_objects := $(patsubst %,$(out)/tests/%.o,fake_port work prop/machine prop/show prop/views \
	prop/explore prop/subject)

$(out)/core/%.o: $(core)/%.cc
	@mkdir -p $(@D)
	$(CXX) $(core_flags) -MT $@ -c -o $@ $<

$(out)/tests/%.o: $(tests)/%.cc
	@mkdir -p $(@D)
	$(CXX) $(test_flags) -MT $@ -c -o $@ $<
