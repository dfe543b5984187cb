#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# A device is unplugged under a client that does not listen.  The host goes on: new
# devices appear, paths can be varied, whoever waits for cio comes back.
. /tests/hostile/lib.sh

path=/sys/devices/css0/chp0.$(cut -c1-2 "/sys/bus/css/devices/$(sch_of $TERMINAL)/chpids")/status
unplugged_under_client close

# QEMU gives the next device the subchannel of the old one: that one has to wait.
outside plug virtio-rng-ccw,id=next,devno=fe.0.0b00
outside plug virtio-rng-ccw,id=new,devno=fe.0.0b01
check "a new device appears in the host" until_true 20 is_there 0.0.0b01
later settle put 1 /proc/cio_settle
check "cio_settle comes back" until_true 20 is_done settle
later vary_off put off "$path"
check "a path can be varied off" until_true 20 is_done vary_off
later vary_on put on "$path"
check "and on" until_true 20 is_done vary_on
check "the client still has the old device" kill -0 $client

kill -TERM $client
check "the client ends" until_true 20 ended $client
check "the old subchannel goes with it, and its next device appears" until_true 20 is_there 0.0.0b00
check_is "in its place" "$sch" sch_of 0.0.0b00
outside plug virtio-rng-ccw,id=rng1,devno=fe.0.0a01
check "the device is plugged in again, and a fresh one" until_true 20 is_there $RNG
check "it is taken again" take $RNG
check "and works" $VCCW sense-id -d "$uuid"
