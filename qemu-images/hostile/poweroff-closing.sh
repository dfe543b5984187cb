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

check "a device is taken" take $RNG || exit
client held hold --keep 1000 --stay
check_says "a client holds a program in flight" held 'holding for' 20
gone_then &
later unbind put "$(sch_of $RNG)" /sys/bus/css/drivers/vfio_ccw/unbind
check_says "the client was asked for the device" held 'asks for the device: ignored' 20
leave
