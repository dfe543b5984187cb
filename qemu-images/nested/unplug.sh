#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A device is unplugged while a guest runs programs on it: the guest sees that it
# is gone, the host stays in order, and the device can be plugged and passed again.
# scripts/boot/nested runs it.
. /tests/lib.sh
. /nested/lib.sh

sch_of_rng() { [ -n "$(sch_of $RNG)" ]; }
is_gone() { [ -z "$(sch_of $RNG)" ] && [ ! -e "/sys/bus/mdev/devices/$uuid" ]; }

check "$RNG is taken" pass $RNG || exit
talk "unplugged under a guest" unplug
grep -E "programs ended|channel report" /tmp/said-by-guest | sed 's/^ */# /'
check "QEMU gave the device up, and it is gone" until_true 20 is_gone
echo "# outside: plug virtio-rng-ccw,devno=fe.0.0a01,id=rng"
check "it is plugged again" until_true 20 sch_of_rng
passed=
check "and taken" pass $RNG
talk "passed to a guest again" "rounds=10"
exit 0
