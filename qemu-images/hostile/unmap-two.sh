#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# Two devices in one container start programs on memory that is unmapped.
. /tests/hostile/lib.sh

check "two devices are taken" take_all $RNG $RNG2 || exit
check "their memory is unmapped ${HOSTILE_COUNT:-1000} times under their programs" \
	$VCCW hostile unmap-two --count "${HOSTILE_COUNT:-1000}"
sed -n 's/.*\(START: \)/# \1/p' "$said"
check "nothing holds them afterwards" remove_mdev "$uuid"
