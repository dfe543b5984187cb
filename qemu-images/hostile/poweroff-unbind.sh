#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# ends: poweroff reboot
# An operator's unbind waits for a client that does not listen, and the machine is
# ended meanwhile, the client included, as every init does it.
. /tests/hostile/lib.sh

check "a device is taken" take $RNG || exit
client held hold --keep 1000 --stay
check_says "a client holds a program in flight" held 'holding for' 20
later unbind unbind_sch $RNG
check_says "the client was asked for the device" held 'asks for the device: ignored' 20
check "the unbind waits" is_not_done unbind
kill -KILL $client
leave
