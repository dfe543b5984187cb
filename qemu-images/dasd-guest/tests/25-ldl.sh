# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154,SC3043 # disks are host.sh's; busybox has local
# QEMU's firmware does not boot from an LDL disk, over this driver and over the kernel's own.
#
# Record 1 of such a disk is 4096 bytes long.  The firmware reads 24 of them by READ IPL without SLI (seen
# in its pc-bios/s390-ccw/dasd-ipl.c), so the channel reports incorrect length, and it gives up.
. /tests/lib.sh
. /host.sh
host_ready || exit

refused()
{
	local name="ldl, $1"
	start_from_disk ldl "$1" || return
	until ! alive b || grep -q 'Failed to run Read IPL' /tmp/b/console; do sleep 0.2; done
	check "$name: the firmware is shown incorrect length" grep -q 'Channel Status : \[Incorrect-Length\]' /tmp/b/console
	check "$name: and gives up" grep -q 'Failed to run Read IPL' /tmp/b/console
	end_guest b
	check "$name: the disk is the host's again" give_up $BOOT
}

refused ours
refused kernel
