# SPDX-License-Identifier: GPL-2.0-only
# Part of the Makefiles of programs that run on a bare s390x machine.
include $(dir $(lastword $(MAKEFILE_LIST)))../cross.mk
GUEST_CXX ?= $(CROSS)g++
guest-cxxflags := -std=c++20 -O2 -m64 -march=z10 -msoft-float -ffreestanding -fno-exceptions -fno-rtti -fno-pic \
	-fno-threadsafe-statics -fno-stack-protector -fno-asynchronous-unwind-tables -fno-tree-loop-distribute-patterns \
	-fno-delete-null-pointer-checks -Wall -Wextra -Wshadow -Werror -Wno-register -Wno-array-bounds -MMD -MP
guest-ldflags := -m64 -static -no-pie -nostdlib -Wl,--build-id=none -Wl,-z,norelro -Wl,--no-warn-rwx-segments
