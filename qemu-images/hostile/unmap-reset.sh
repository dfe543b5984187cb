#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# boot: --device virtio-rng-ccw,devno=fe.0.0a03,id=rng3
# The unmap of one device's memory waits long for two other devices of the container,
# each time that they are asked: resets hold them.
. /tests/hostile/lib.sh

check "three devices are taken" take_all $RNG $RNG2 $RNG3 || exit
unmapped unmap-reset $((${HOSTILE_COUNT:-1000} / 20 + 1))
