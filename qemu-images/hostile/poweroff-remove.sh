#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# ends: poweroff reboot
# An operator's removal of the mediated device waits for a client that does not
# listen, and the machine is ended meanwhile, with the client still there.
. /tests/hostile/lib.sh

check "a device is taken" take $RNG || exit
client held hold --keep 1000 --stay
check_says "a client holds a program in flight" held 'holding for' 20
later remove remove_mdev "$uuid"
check_says "the client was asked for the device" held 'asks for the device: ignored' 20
leave
