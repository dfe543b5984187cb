#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# A subchannel is unbound, and another one unplugged, while a START of each sleeps
# inside of the driver for a page that the client does not serve.  cio goes on, and
# the client can be killed; then everything comes to its end.
. /tests/hostile/lib.sh

stalled()
{
	client "$1" hostile stall -d "$uuid"
	check_says "a START of the $1 device waits inside of the driver" "$1" '^stuck:' 20
}

check "a device is taken" take $RNG || exit
sch=$(sch_of $RNG)
stalled unbound
first=$client
check "another one is taken" take $RNG2 || exit
stalled unplugged
put "" "/sys/bus/css/devices/$sch/driver_override"
later unbind put "$sch" /sys/bus/css/drivers/vfio_ccw/unbind
waiter=$later
outside unplug rng2
check "the driver has noticed that the device is gone" until_true 20 sees_it_gone
outside plug virtio-rng-ccw,id=other1,devno=fe.0.0b20
outside plug virtio-rng-ccw,id=other2,devno=fe.0.0b21
check "a new device appears in the host" until_true 20 is_there 0.0.0b21
later settle put 1 /proc/cio_settle
check "cio_settle comes back" until_true 20 is_done settle
kill -KILL $first $client
check "the clients can be killed" until_true 20 ended $client
check "the unbind ends" until_true 20 ended $waiter
check "the unplugged subchannel's next device appears" until_true 20 is_there 0.0.0b20
check "the unbound device is its own driver's again" put "$sch" /sys/bus/css/drivers/io_subchannel/bind
check "which uses it" until_true 20 is_there $RNG
outside plug virtio-rng-ccw,id=rng2,devno=fe.0.0a02
check "the other one can be plugged again" until_true 20 is_there $RNG2
