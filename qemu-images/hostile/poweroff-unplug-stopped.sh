#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# ends: poweroff reboot
# A device is unplugged under a stopped client, and the machine is ended.
. /tests/hostile/lib.sh

taken_and_held
kill -STOP $client
check "it is stopped" until_true 10 is_stopped $client
outside unplug rng1
check "the driver has noticed that the device is gone" until_true 20 sees_it_gone
leave
