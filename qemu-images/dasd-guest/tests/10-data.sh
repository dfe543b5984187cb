# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154,SC3043 # uuid and said are lib.sh's; busybox has local
# A disk is formatted and used in the guest, over this driver, over the kernel's own, and
# natively; what the guest's driver logs of errors is the same.
. /tests/lib.sh
. /host.sh
DISK=0.0.0120		# 3390, 30 cylinders
LOCKED=0.0.0121		# 15 cylinders, not to be written
HOLED=0.0.0122		# the same, formatted, with a track without records
HOLE=1800		# the first block there

load_module dasd_eckd_mod && load_module ext4 || exit
enter true || exit

cases "native" natively data $DISK cdl
natively locked $LOCKED >/tmp/locked.native
natively offline $LOCKED
natively online $HOLED
natively wrong $HOLED $HOLE >/tmp/wrong.native
natively offline $HOLED
sed 's/^/# native: /' /tmp/locked.native /tmp/wrong.native
check "native: formatting a disk that is not to be written fails" grep -qx "dasdfmt fails" /tmp/locked.native
check "native: a read of a track without records logs sense data" grep -qi sense /tmp/wrong.native

# over DRIVER: the three disks in the guest that runs already.
over()
{
	local device
	check "$1: the driver" use_driver "$1" || return
	for device in $DISK $LOCKED $HOLED; do
		take $device || { not_ok "$1: take $device" "cannot"; return; }
		eval "uuid${device##*.}=$uuid"
		plug g $device
	done
	cases "$1" ask g "sh /dasd.sh data $DISK cdl"
	ask g "sh /dasd.sh locked $LOCKED; sh /dasd.sh offline $LOCKED" >/tmp/locked.guest
	check "$1: formatting a disk that is not to be written fails as natively" cmp /tmp/locked.guest /tmp/locked.native
	ask g "sh /dasd.sh online $HOLED; sh /dasd.sh wrong $HOLED $HOLE; sh /dasd.sh offline $HOLED" >/tmp/wrong.guest
	check "$1: sense data of a record that is not there as natively" cmp /tmp/wrong.guest /tmp/wrong.native
	sed "s/^/# $1: /" /tmp/locked.guest /tmp/wrong.guest
	ask g "cat /tmp/sums" >/tmp/sums
	for device in $DISK $LOCKED $HOLED; do
		check "$1: the guest's $device is gone" unplug g $device
		eval "uuid=\$uuid${device##*.}"
		give_up $device "$uuid" || not_ok "$1: give $device up" "cannot"
	done
	cases "$1: then natively" natively verify $DISK /tmp/sums "what the guest wrote"
}

go_on g || exit
over ours
over kernel
end_guest g
cp /tmp/sums /dev/ports/synced
