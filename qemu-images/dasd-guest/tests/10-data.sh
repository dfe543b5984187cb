# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154,SC3043 # disks are host.sh's; busybox has local
# A disk is formatted and used natively, in the guest over this driver, and over the kernel's own;
# what the guest's driver logs of errors is what the host's logs.
. /tests/lib.sh
. /host.sh
host_ready || exit

cases "native" natively data $DISK cdl
natively locked $LOCKED >/tmp/locked.native
natively offline $LOCKED
natively online $SPOILT
natively wrong $SPOILT $NO_RECORDS >/tmp/records.native
natively wrong $SPOILT $NO_ADDRESS >/tmp/address.native
natively offline $SPOILT
sed 's/^/# native: /' /tmp/locked.native /tmp/records.native /tmp/address.native
# What Hercules' ckddasd.c builds for these: no record found; invalid track format, by LOCATE RECORD itself.
check "native: formatting a disk that is not to be written fails" grep -qx "dasdfmt fails" /tmp/locked.native
check "native: a read of a track without records logs sense data" grep -q ' 0- 7: 00 08 ' /tmp/records.native
check "native: LOCATE RECORD of a bad track logs sense data" grep -q ' 0- 7: 00 40 ' /tmp/address.native

# as_natively DRIVER NAME FILE COMMAND: what the guest logs must be what the host logged.
as_natively()
{
	ask g "$4" >"/tmp/$3.guest"
	check "$1: $2 as natively" cmp "/tmp/$3.guest" "/tmp/$3.native" || sed "s/^/# $1: /" "/tmp/$3.guest"
}

# over DRIVER: the three disks in the guest.
over()
{
	local device
	check "$1: the driver" use_driver "$1" || return
	for device in $DISK $LOCKED $SPOILT; do
		take_disk $device || { not_ok "$1: take $device" "cannot"; return; }
		plug g $device
	done
	cases "$1" ask g "sh /dasd.sh data $DISK cdl"
	as_natively "$1" "formatting a disk that is not to be written fails" locked \
		"sh /dasd.sh locked $LOCKED; sh /dasd.sh offline $LOCKED"
	as_natively "$1" "sense data of a read of a track without records" records \
		"sh /dasd.sh online $SPOILT; sh /dasd.sh wrong $SPOILT $NO_RECORDS"
	as_natively "$1" "sense data of LOCATE RECORD of a bad track" address \
		"sh /dasd.sh wrong $SPOILT $NO_ADDRESS; sh /dasd.sh offline $SPOILT"
	ask g "cat /tmp/sums" >/tmp/sums
	for device in $DISK $LOCKED $SPOILT; do
		check "$1: the guest's $device is gone" unplug g $device
		check "$1: $device is the host's again" give_up $device
	done
	cases "$1: what the guest wrote, natively" natively verify $DISK /tmp/sums
}

go_on g || exit
over ours
over kernel
end_guest g
tell_outside /tmp/sums
