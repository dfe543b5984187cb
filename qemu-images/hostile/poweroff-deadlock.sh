#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# ends: poweroff reboot
# A client's unmap and its open of another device of the container have got stuck
# in vfio's type1 back end, for good.
. /tests/hostile/lib.sh

check "two devices are taken" take_all $RNG $RNG2 || exit
client stuck hostile unmap-open
check_says "threads of the client are stuck in the kernel" stuck '^stuck:' 60
sed 's/^/# /' /tmp/stuck
leave
