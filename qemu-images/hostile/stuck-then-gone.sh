#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# needs: a driver whose devices do not stop
# A device that could not be stopped was given up.  When it goes for good, so does
# its subchannel, and what is plugged in its place is usable.
. /tests/hostile/lib.sh

is_absent() { [ ! -e "$subchannel/pimpampom" ]; }

taken_and_held --end close
first=$uuid subchannel=/sys/bus/css/devices/$sch
kill -TERM $client
check "the client ends, although the device does not stop" until_true 20 ended $client
check_is "the device is given up" NOT_OPER cat "/sys/bus/mdev/devices/$first/stats/state"
outside unplug rng1
check "its subchannel goes with it" until_true 20 is_absent || exit
outside plug virtio-rng-ccw,id=rng1,devno=fe.0.0a01
check "the new device is the host's" until_true 20 is_there $RNG
check "it is taken" take $RNG
check "and works" $VCCW sense-id -d "$uuid"
