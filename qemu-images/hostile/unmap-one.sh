#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# Four threads of one device start programs on memory that is unmapped.
. /tests/hostile/lib.sh

check "a device is taken" take_all $RNG || exit
check "its memory is unmapped ${HOSTILE_COUNT:-1000} times under its programs" \
	$VCCW hostile unmap-one --count "${HOSTILE_COUNT:-1000}"
sed -n 's/.*\(START: \)/# \1/p' "$said"
check "nothing holds it afterwards" remove_mdev "$uuid"
