#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154,SC3043
# A mediated device is removed, a subchannel unbound, the module unloaded, while a
# client that does not listen has the device.  Who asked waits; nobody else does.
. /tests/hostile/lib.sh

# waits_for_client NAME NUMBER COMMAND...: it waits until the client has ended.
waits_for_client()
{
	local name=$1 number=$2 waiter
	shift 2
	holds "$name: a client holds a program in flight" --end close
	later "$name" "$@"
	waiter=$later
	is_asked "$name: the client was asked"
	check "$name waits for the client" is_not_done "$name"
	outside plug "virtio-rng-ccw,id=new$number,devno=fe.0.0b1$number"
	check "$name: a new device appears meanwhile" until_true 20 is_there "0.0.0b1$number"
	later settle put 1 /proc/cio_settle
	check "$name: cio_settle comes back" until_true 20 is_done settle
	check_refused "$name: the module is in use" rmmod vfio_ccw
	kill -TERM $waiter
	sleep 1
	if ended $waiter; then echo "# $name can be interrupted"; else echo "# $name cannot be interrupted"; fi
	kill -KILL $client
	check "$name ends with the client" until_true 20 ended $waiter
}

check "a device is taken" take $RNG || exit
sch=$(sch_of $RNG)
waits_for_client remove 1 remove_mdev "$uuid"
uuid=$(new_uuid)
check "a new mediated device is made" create_mdev "$uuid" $RNG
put "" "/sys/bus/css/devices/$sch/driver_override"
waits_for_client unbind 2 put "$sch" /sys/bus/css/drivers/vfio_ccw/unbind
check "its own driver takes it back" put "$sch" /sys/bus/css/drivers/io_subchannel/bind
check "and uses it" until_true 20 is_there $RNG
check "the module unloads" rmmod vfio_ccw
check "and loads again" load_module vfio_ccw
