#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The operator varies the channel path of a device off and on under a guest, which
# gets a channel report of each.  The terminal has a path of its own.
# scripts/boot/nested runs it.
. /tests/lib.sh
. /nested/lib.sh

check "$TERMINAL is taken" pass $TERMINAL || exit
path=/sys/devices/css0/chp0.$(cut -c1-2 "/sys/bus/css/devices/$(sch_of $TERMINAL)/chpids")
guest "$passed" "paths rounds=10" 2>/tmp/qemu | tee /tmp/said-by-guest | while read -r line; do
	case $line in
	'# host: vary'*)
		put off "$path/status" && put on "$path/status" && ok "the path is varied off and on" ||
			not_ok "the path is varied off and on" "sysfs refuses it"
		;;
	esac
done
tell "channel reports" /tmp/said-by-guest
verdict "the guest gets a report of each" /tmp/said-by-guest 1
grep "channel report" /tmp/said-by-guest | sed 's/^ */# /'
exit 0
