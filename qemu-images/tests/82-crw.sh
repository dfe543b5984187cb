#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154,SC3043
# The channel path of a device goes and comes: the client gets the channel
# reports, in order and each once.  The terminal has a path of its own.
. /tests/lib.sh

if [ ! -e /sys/kernel/debug/s390/cio/crw_inject ]; then
	echo "# skipped: this kernel makes no artificial channel reports (CONFIG_CIO_INJECT); the debug kernel does"
	ok "nothing to check here without CONFIG_CIO_INJECT"
	exit
fi

check "a device is taken" take $TERMINAL || exit
check "channel reports reach the client" $VCCW reports
check "the device works after that" $VCCW nop
