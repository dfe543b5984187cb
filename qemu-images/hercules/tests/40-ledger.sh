#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Random writes and reads of three disks at once, broken off by HALT, CLEAR, reset, unmap and
# close, with a ledger of what must be on them.  It goes to the port "ledger"; the images are
# read outside, by Hercules' own tools, and here by the kernel's driver.
# $OPS operations, $SEED
. /tests/lib.sh
. /tests/hercules/lib.sh

all=
for device in $DISK $DISK2 $DISK3; do
	check "$device is taken" take $device || exit
	all="$all $uuid"
done
seed=${SEED:-$(date +%s)}
# shellcheck disable=SC2086 # words
check "${OPS:-1000} operations, seed $seed, with what breaks them off" \
	$VCCW ledger $all --cylinders 20-24 --ops "${OPS:-1000}" --seed "$seed" --timeout 30000 --file /tmp/ledger
grep -v '^ *ok ' "$said" | sed 's/^/# /'
# shellcheck disable=SC2086
check "the disks hold what the ledger says, read once more" $VCCW ledger $all --verify /tmp/ledger
cat /tmp/ledger >/dev/ports/ledger
