#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A device that does not let go of its program.  Hercules now and then leaves a suspended
# program that is halted or cleared suspended, and MODIFY SUBCHANNEL of it then says busy for
# ever (its channel.c and io.c; the kernel's own driver waits without end then, in
# vfio_ccw_sch_quiesce).  Close, reset and unmap must give it up after their 5 seconds, tell that,
# and neither its group nor another device may be kept waiting.
. /tests/lib.sh
. /tests/hercules/lib.sh

other_works()
{
	local mine=$uuid
	check "$1: another device works meanwhile" take $DISK && check "$1: and runs a program" $VCCW nop --device "$uuid"
	give_up_device $DISK
	uuid=$mine
}

# bounded SCENARIO DEVICE: five times over, or until the device is given up.
bounded()
{
	local name="$1 on $2" before
	check "$name: taken" take "$2" || return
	before=$(dmesg | grep -c 'I/O cannot be ended')
	rm -f /tmp/status
	( $VCCW race "$1" --count 5 --timeout 3000 >/tmp/race 2>&1; echo $? >/tmp/status ) &
	if ! until_true 90 test -s /tmp/status; then
		not_ok "$name: comes to its end" "it does not within 90 s"
		return
	fi
	ok "$name: comes to its end"
	if [ "$(cat /tmp/status)" != 0 ]; then
		check "$name: that it is given up is told" [ "$(dmesg | grep -c 'I/O cannot be ended')" -gt "$before" ]
		sed 's/^/# /' /tmp/race | grep -v '# *ok'
		echo "# $name: the device was given up"
	fi
	other_works "$name"
	# The kernel's SENSE ID, a program, frees Hercules' device.
	check "$name: the host has it back" give_up_device "$2"
	check "$name: and can hand it on again" take "$2"
	check "$name: it works" $VCCW nop
	give_up_device "$2"
}

for scenario in close-held close-cleared reset-held unmap-running; do
	bounded $scenario $DISK2
	bounded $scenario $DISK3
done
