#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Random writes and reads of disks, broken off by HALT, CLEAR, reset, unmap and close, with a
# ledger of what must be on them.  The ledgers go to ports; the images are compared outside.
# $OPS operations on two disks, and half as many on a third without HALT: Hercules forgets a
# START that is halted while it is still queued.  $SEED repeats the choices of a run.
. /tests/lib.sh
. /tests/hercules/lib.sh

ops=${OPS:-1000}
seed=${SEED:-$(date +%s)}

# What the driver logged and counts: where it gave a device up, or took an interrupt that
# nobody was told of.
driver_says()
{
	dmesg | grep vfio_ccw | tail -n 5 | sed 's/^/# /'
	grep . /sys/bus/mdev/devices/*/stats/* | sed 's/^.*devices./# /'
}

# ledger PORT DEVICES OPERATIONS [ARGUMENT...]
ledger()
{
	local port=$1 devices=$2 ops=$3 device all=
	shift 3
	for device in $devices; do
		check "$device is taken" take $device || return
		all="$all $uuid"
	done
	# shellcheck disable=SC2086 # words
	check "$devices: $ops operations, seed $seed" $VCCW ledger $all --cylinders 20-24 --ops "$ops" --seed "$seed" \
		--timeout 30000 --file /tmp/ledger "$@" || driver_says
	grep -v '^ *ok ' "$said" | sed 's/^/# /'
	# shellcheck disable=SC2086
	check "$devices: what the ledger says, read once more" $VCCW ledger $all --verify /tmp/ledger
	cat /tmp/ledger >"/dev/ports/$port"
	give_back
}

ledger ledger "$DISK $DISK3" "$ops"
ledger ledger2 $DISK2 $((ops / 2)) --without halt

# The host's own driver takes the disk again and reads what is beside the ledger's cylinders.
load_module dasd_eckd_mod
disk=/sys/bus/ccw/devices/$DISK
check "dasd_eckd has $DISK again" until_true 20 put 1 $disk/online
check "and reads it" until_true 20 test -d "$disk"/block/dasd*
check_is "900 blocks of cylinders 25 to 29" 3686400 sh -c "dd if=/dev/$(ls $disk/block) bs=4096 skip=4500 count=900 2>/dev/null | wc -c"
put 0 $disk/online
