#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# boot: --device virtio-rng-ccw,devno=fe.0.0a03,id=rng3
# ends: poweroff reboot
# The same, while a third device of the container has a program in flight: its
# memory cannot be given back, as the back end's lock is held for good.
. /tests/hostile/lib.sh

check "three devices are taken" take_all $RNG $RNG2 $RNG3 || exit
client stuck hostile unmap-open --devices 3
check_says "threads of the client are stuck in the kernel" stuck '^stuck:' 60
sed 's/^/# /' /tmp/stuck
leave
