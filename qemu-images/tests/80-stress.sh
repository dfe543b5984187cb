#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154,SC3043
# boot: --smp 3 --device virtio-net-ccw,devno=fe.0.0a03
# Random requests from many threads on all devices, while the host interferes.
# $STRESS_OPS, $STRESS_SEED: how many operations, of which choices.  The network and the
# terminal are spoilt by it (lib.sh).
. /tests/lib.sh

NET=0.0.0a03
ops=${STRESS_OPS:-5000}

works()
{
	local uuid
	uuid=$(new_uuid)
	create_mdev "$uuid" "$1" && $VCCW sense-id -d "$uuid" && remove_mdev "$uuid"
}

subchannels=
for device in $RNG $RNG2 $NET $TERMINAL; do
	check "$device is taken" bind_sch $device || exit
	subchannels="$subchannels $(sch_of $device)"
done

# shellcheck disable=SC2086 # words
{
	$VCCW stress --ops "$ops" ${STRESS_SEED:+--seed "$STRESS_SEED"} ${STRESS_ARGS:-} \
		--terminal "$(sch_of $TERMINAL)" --keep "$(sch_of $RNG),$(sch_of $RNG2)" $subchannels
	echo $? >/tmp/status
} 2>&1 | tee "$said" | while read -r line; do echo "# $line"; done
status=$(cat /tmp/status)
if [ $status = 0 ]; then
	ok "stress: $ops operations, nothing wrong"
else
	not_ok "stress: $ops operations" "status $status"
	show_said
fi

for device in $RNG $NET $TERMINAL; do
	check "$device works after that" works $device
done
give_back
settled() { [ "$(cat /sys/bus/ccw/devices/$RNG/online /sys/bus/ccw/devices/$RNG2/online 2>/dev/null)" = "1
1" ]; }
check "the devices are back with their own drivers" until_true 20 settled
check "the module unloads" rmmod vfio_ccw
check "and loads again" load_module vfio_ccw
