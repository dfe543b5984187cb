#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# boot: --device virtio-rng-ccw,devno=fe.0.0a03,id=rng3
# ends: poweroff reboot
# vfio removes a group under its one lock for all groups, and waits there for the lock of the
# container, which a client holds for good (drivers/vfio/group.c, vfio_device_remove_group).  So
# whoever makes a mediated device waits, too; not the system that goes down.
. /tests/hostile/lib.sh

# Somebody waits in the kernel's function $1.
somebody_in() { cat /proc/[0-9]*/task/*/stack 2>/dev/null | grep -q "$1"; }

check "a third device is taken" take $RNG3 || exit
parent=$(dirname "$(readlink -f "/sys/bus/mdev/devices/$uuid")")
check "and has no mediated device" remove_mdev "$uuid"
check "two devices are taken" take_all $RNG $RNG2 || exit
client stall hostile stall --devices 2
check_says "a START waits inside of the driver" stall '^stuck:' 20
other=$(sed -n 's/^in the container: //p' /tmp/stall)
later remove remove_mdev "$other"
check "the removal of the other device waits for the container" until_true 20 somebody_in vfio_device_remove_group
later create put "$(cat /proc/sys/kernel/random/uuid)" "$parent/mdev_supported_types/vfio_ccw-io/create"
check "and a new mediated device for that" until_true 20 somebody_in mdev_device_create
leave
