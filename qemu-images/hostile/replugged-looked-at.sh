#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# Another device takes the place of one that a client still holds, and the system looks at
# all subchannels again and again, while the client closes and the old one is removed: no
# look may take the new one for one more, whose name is taken.  The kernel's log says that.
. /tests/hostile/lib.sh

is_plugged() { dmesg | grep -q 'CRW reports'; }
is_found() { [ -e /sys/bus/ccw/devices/$RNG ]; }
looks() { until is_found; do echo 1; done >/sys/devices/css0/rescan; }

# The kernel logs each step of a removal, where it can, so that there is time for some looks.
control=/sys/kernel/debug/dynamic_debug/control
log_removals() { for file in lib/kobject.c lib/kobject_uevent.c; do echo "file $file $1" || return; done >$control; }

[ ! -e $control ] || check "the kernel logs what it removes" log_removals +p
round=0
while [ $round -lt 6 ]; do
	round=$((round + 1))
	unplugged_under_client close
	dmesg -c >/dev/null
	outside plug virtio-rng-ccw,id=rng1,devno=fe.0.0a01
	check "the new device is plugged" until_true 20 is_plugged
	later looks looks
	kill -TERM $client
	check "it is found" until_true 20 is_done looks || exit
	check "it is the host's" until_true 20 is_there $RNG
done
[ ! -e $control ] || log_removals -p
