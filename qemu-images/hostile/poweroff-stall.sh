#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# ends: poweroff reboot
# A START sleeps inside of the driver for a page that the client does not serve.
. /tests/hostile/lib.sh

check "a device is taken" take $RNG || exit
client stall hostile stall
check_says "a START waits inside of the driver" stall '^stuck:' 20
leave
