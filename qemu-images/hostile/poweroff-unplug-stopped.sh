#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# ends: poweroff reboot
# A device is unplugged under a stopped client, and the machine is ended.
. /tests/hostile/lib.sh

check "a device is taken" take $RNG || exit
client held hold --keep 1000 --stay
check_says "a client holds a program in flight" held 'holding for' 20
kill -STOP $client
check "it is stopped" until_true 10 is_stopped $client
outside unplug rng1
check "the driver has noticed that the device is gone" until_true 20 sees_it_gone
leave
