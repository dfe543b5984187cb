#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# A device is unplugged under a client that does not listen, its subchannel is unbound, and
# another device takes its place: it is the host's when the client has closed.  And a subchannel
# whose device went while no driver had it is not bound: the next device there was never asked
# what it is.
. /tests/hostile/lib.sh

drivers=/sys/bus/css/drivers

# Channel reports of subchannels (drivers/s390/cio/crw.c).
reports() { grep -c 'rsc=3,' /sys/kernel/debug/s390dbf/cio_crw/sprintf; }
is_reported() { [ "$(reports)" -gt "$before" ]; }
is_refused() { ! put "$sch" $drivers/vfio_ccw/bind; }

unplugged_under_client clear
put "" "/sys/bus/css/devices/$sch/driver_override"
check "the subchannel is unbound" put "$sch" $drivers/vfio_ccw/unbind
outside plug virtio-rng-ccw,id=rng1,devno=fe.0.0a01
kill -TERM $client
check "the client ends" until_true 20 ended $client
check "the new device is the host's" until_true 20 is_there $RNG
check "it is taken" take $RNG
check "and works" $VCCW sense-id -d "$uuid"

check "another device is taken" take $RNG2 || exit
sch=$(sch_of $RNG2)
check "its mediated device is removed" remove_mdev "$uuid"
check "it is unbound" put "$sch" $drivers/vfio_ccw/unbind
before=$(reports)
outside unplug rng2
check "it is unplugged" until_true 20 is_reported
check "its subchannel is not bound any more" is_refused
check "which the log says" sh -c "dmesg | grep -q '$sch: no device is there any more'"

put "" "/sys/bus/css/devices/$sch/driver_override"
before=$(reports)
outside plug virtio-rng-ccw,id=rng2,devno=fe.0.0a02
check "another device is plugged there" until_true 20 is_reported
check "its own driver binds it" put "$sch" $drivers/io_subchannel/bind
check "the device is the host's" until_true 20 is_there $RNG2
