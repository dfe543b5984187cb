#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# $COUNT blocks of 4 KiB read and written by the host's own driver, through the kernel's
# vfio_ccw and through this one, in turn, $ROUNDS times.  What is checked is that all of them
# come; the times are the wall clock's in an emulator, so only their ratios say something.
. /tests/lib.sh
. /tests/hercules/lib.sh

rounds=${ROUNDS:-3}
count=${COUNT:-1000}
device=${SPARES%% *}
times=/tmp/times
: >$times

# measure WHO SHAPE ARGUMENT...: a line "WHO SHAPE NANOSECONDS" for $times.
measure()
{
	local who=$1 shape=$2
	shift 2
	check "$who: $count blocks, $shape" $VCCW bench "$shape" --count "$count" --json "$@" || return
	sed -n "s/.*\"wall_ns\": *\([0-9]*\).*/$who $shape \1/p" "$said" >>$times
}

by_dasd_eckd()
{
	local dir=/sys/bus/ccw/devices/$device
	load_module dasd_eckd_mod
	check "dasd_eckd: it is online" until_true 20 put 1 "$dir/online" || return
	check "dasd_eckd: it is a block device" until_true 20 test -d "$dir"/block/dasd* || return
	for shape in disk-read disk-write; do
		measure native $shape --native "/dev/$(ls "$dir/block")"
	done
	put 0 "$dir/online"
}

# through DRIVER
through()
{
	check "$1: it is loaded" use_driver "$1" || return
	check "$1: it has the disk" take "$device" || return
	for shape in disk-read disk-write; do
		measure "$1" $shape -d "$uuid"
	done
	give_back
}

round=0
while [ $round -lt "$rounds" ]; do
	by_dasd_eckd
	through kernel
	through ours
	round=$((round + 1))
done
# The median of each, and what it is of the others.
for shape in disk-read disk-write; do
	medians $times $shape native kernel ours | awk -v s=$shape '{printf "# %s: %d us natively, %d through the kernel'"'"'s, %d through this: %.2f of the kernel'"'"'s, %.2f of natively\n",
		s, $1 / 1000, $2 / 1000, $3 / 1000, $3 / $2, $3 / $1}'
done
check "the driver is the own one again" use_driver ours
