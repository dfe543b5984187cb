#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A device that does not let go of its program.  Hercules now and then leaves a suspended
# program that is halted or cleared suspended, and MODIFY SUBCHANNEL of it then says busy for
# ever (its channel.c and io.c; the kernel's own driver waits without end then, in
# vfio_ccw_sch_quiesce).  Close, reset and unmap must give it up after their 5 seconds and tell
# that, and neither its group nor another device nor the host may be kept waiting.
. /tests/lib.sh
. /tests/hercules/lib.sh

told() { dmesg | grep -c 'I/O cannot be ended'; }

other_works()
{
	local mine=$uuid
	check "$1: another device is taken meanwhile" take $DISK && check "$1: and works" $VCCW nop --device "$uuid"
	give_up_device $DISK
	uuid=$mine
}

# ended NAME: what runs later has ended; not with its own deadline.
ended() { until_true 150 is_done "$1"; }

# bounded SCENARIO DEVICE: fifteen times over, or until the device is given up.
bounded()
{
	local name="$1 on $2" before begun
	check "$name: taken" take "$2" || return
	before=$(told)
	begun=$(cut -d. -f1 /proc/uptime)
	later race $VCCW race "$1" --count 15 --timeout 3000
	check "$name: the client comes to its end" ended race || return
	if [ "$(cat /tmp/race.done)" = 0 ]; then
		ok "$name: the device was stopped each time"
		check "$name: and works" $VCCW nop
	else
		check "$name: the device was given up, and that is told" [ "$(told)" -gt "$before" ]
		echo "# $name: after $(($(cut -d. -f1 /proc/uptime) - begun)) s, with all that went before"
		grep -v '^ *ok' /tmp/race | sed 's/^/# /'
		# A group that is blocked would keep it waiting; it must be refused.
		later nop $VCCW nop
		check "$name: its group is not blocked" ended nop
		check "$name: opening is refused" [ "$(cat /tmp/nop.done)" != 0 ]
	fi
	other_works "$name"
	later give_up give_up_device "$2"
	check "$name: the host gets it back" ended give_up
	check_is "$name: and has it" 0 cat /tmp/give_up.done
}

# Hercules frees a device that was lost by a START only, and such a device cannot be enabled for
# one: so each scenario has devices of its own.
for scenario in close-held close-cleared reset-held unmap-running; do
	bounded $scenario "${SPARES%% *}"
	bounded $scenario "${SPARES2%% *}"
	SPARES=${SPARES#* } SPARES2=${SPARES2#* }
done
