#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# needs: a driver that takes no notice of another device in the place of its own
# Another device comes to a subchannel, and a client opens what it had there before cio has
# told anybody: it must not get the other one.
. /tests/hostile/lib.sh

other=0.0.0a09
is_replaced() { [ "$(sch_of $other)" = "$sch" ]; }

check "a device is taken" take $RNG || exit
sch=$(sch_of $RNG)
check "and works" $VCCW sense-id -d "$uuid"
outside replace rng1 virtio-rng-ccw,id=rng9,devno=fe.0.0a09
check "another one is in its place" until_true 20 is_replaced || exit
check_refused "it is not the client's" $VCCW sense-id -d "$uuid"
