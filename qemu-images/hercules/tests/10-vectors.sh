#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The same channel programs for every class of device, through this driver and through the
# kernel's own.  What came of each goes to the port "vectors"; it is compared outside.
. /tests/lib.sh
. /tests/hercules/lib.sh

# vectors SET DEVICE [ARGUMENT...]
vectors()
{
	local set=$1 device=$2
	shift 2
	check "$driver: $set: $device is taken" take "$device" || return
	case $set in ctca)
		local first=$uuid
		check "$driver: the adapter's other side is taken" take $CTCA2 || return
		set -- --device "$first" --peer "$uuid"
	esac
	check "$driver: $set on $device" timeout 300 $VCCW vectors "$set" "$@"
	[ "$device" != $READER2 ] || device=$READER # the same cards
	sed "s/^/$driver $device /" "$said" >&3
	give_back
}

exec 3>/dev/ports/vectors
for driver in ours kernel; do
	check "$driver: the driver is loaded" use_driver $driver || exit
	vectors eckd $DISK --cylinder 50
	vectors eckd $DISK2 --cylinder 50
	vectors eckd-checks $DISK --cylinder 51
	vectors fba $FBA --block 100
	vectors tape $TAPE --overwrite
	vectors tape $TAPE2 --overwrite
	vectors printer $PRINTER
	vectors punch $PUNCH
	vectors ctca $CTCA
	reader=$READER
	[ $driver = ours ] || reader=$READER2
	vectors any $reader
	vectors reader $reader
	# Sense data have the cylinder of the last program, so this is last.
	for device in $DISK $DISK2 $FBA $TAPE $TAPE2 $PRINTER $PUNCH; do
		vectors any $device
	done
done
