#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The same channel programs for every class of device, through this driver and through the
# kernel's own.  What came of each goes to the port "vectors"; it is compared outside, also with
# what the devices do without any driver (scripts/test/native-vectors).
. /tests/lib.sh
. /tests/hercules/lib.sh

# place_of SET PLACE: the client's argument for it.
place_of()
{
	case $1 in
	eckd*) echo "--cylinder $2" ;;
	fba) echo "--block $2" ;;
	tape*) echo --overwrite ;;
	esac
}

# vectors SET DEVICE PLACE [PEER]
vectors()
{
	local set=$1 device=$2 name=$2 arguments
	arguments=$(place_of "$1" "$3")
	# What one driver reads is gone for the other, which gets the same cards elsewhere.
	[ "$driver $device" != "kernel $READER" ] || device=$READER2
	check "$driver: $set: $device is taken" take $device || return
	if [ -n "$4" ]; then
		arguments="--device $uuid"
		check "$driver: the adapter's other side is taken" take "$4" || return
		arguments="$arguments --peer $uuid"
	fi
	# shellcheck disable=SC2086 # words
	check "$driver: $set on $device" timeout 300 $VCCW vectors "$set" $arguments
	sed "s/^/$driver $name /" "$said" >&3
	give_back
}

exec 3>/dev/ports/vectors
for driver in ours kernel; do
	check "$driver: the driver is loaded" use_driver $driver || exit
	while read -r set device place peer; do
		case $set in '#'* | '') continue ;; esac
		vectors "$set" "$device" "$place" "$peer" </dev/null
	done </tests/hercules/vectors.list
done
