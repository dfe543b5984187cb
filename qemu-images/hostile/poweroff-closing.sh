#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# ends: poweroff reboot
# An operator's unbind waits for a client, and the machine is ended meanwhile.  The client
# is gone when the kernel has begun to shut its devices down: that has the mediated device
# in its hand then, and waits for a lock that the unbind holds (drivers/base/core.c).
. /tests/hostile/lib.sh

shuts_down() { grep -q device_shutdown "/proc/$(pidof poweroff reboot)/stack" 2>/dev/null; }

gone_then()
{
	until shuts_down; do :; done
	kill -KILL "$client"
}

taken_and_held
gone_then &
later unbind put $sch /sys/bus/css/drivers/vfio_ccw/unbind
is_asked "the client was asked for the device"
leave
