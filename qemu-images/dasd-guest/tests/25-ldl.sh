# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2034,SC2154,SC3043 # uuid and said are lib.sh's; busybox has local
# QEMU's firmware does not boot from an LDL disk, over this driver and over the kernel's own.
#
# Record 1 of such a disk is 4096 bytes long.  The firmware reads 24 of them by READ IPL without SLI (seen
# in its pc-bios/s390-ccw/dasd-ipl.c), so the channel reports incorrect length, and it gives up.
. /tests/lib.sh
. /host.sh
DISK=0.0.0120	# host.sh reads it

load_module dasd_eckd_mod && load_module ext4 || exit
enter true || exit

refused()
{
	local name="ldl, $1"
	with_disk ldl "$1" || return
	until ! alive b || grep -q 'Failed to run Read IPL' /tmp/b/console; do sleep 0.2; done
	check "$name: the firmware is shown incorrect length" grep -q 'Channel Status : \[Incorrect-Length\]' /tmp/b/console
	check "$name: and gives up" grep -q 'Failed to run Read IPL' /tmp/b/console
	end_guest b
	give_disk_back "$name"
}

refused ours
refused kernel
