#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154,SC3043
# Host memory gives out at each point of an operation in turn: each failure ends
# in an errno, leaves nothing behind, and the device works.
. /tests/lib.sh

check "a device is taken" take $RNG || exit
stats=/sys/bus/mdev/devices/$uuid/stats
unused=$(cat "$stats/bytes")

check "each page that a program needs cannot be pinned, in turn" $VCCW faults pins
if [ -e /proc/self/fail-nth ] && [ -d /sys/kernel/debug/failslab ]; then
	for what in start open requests; do
		check "each allocation fails in turn: $what" $VCCW faults $what && sed -n 's/.*failed in turn/# &/p' "$said"
	done
else
	echo "# skipped: this kernel cannot make allocations fail (CONFIG_FAILSLAB); the debug kernel can"
fi
check "the device works after all that" $VCCW sense-id
check_is "nothing stays pinned" 0 cat "$stats/pages_pinned"
check_is "no memory stays behind" "$unused" cat "$stats/bytes"
