#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# needs: a driver whose devices do not stop
# ends: poweroff reboot
# A device is gone, an operator removes its mediated device, and the client closes it when the
# system goes down: the subchannel is unregistered then, which waits for the removal.
. /tests/hostile/lib.sh

asked() { dmesg | grep -q 'in use by a client that takes no removal requests'; }

check "two devices are taken" take_all $RNG $RNG2 || exit
client late hostile close-late
check_says "a client holds both" late '^holding:' 20 || exit
uuid=$(sed -n 's/^holding: //p' /tmp/late)
outside unplug rng1
check "the driver sees it gone" until_true 20 sees_it_gone
later remove remove_mdev "$uuid"
check "the client is asked for it" until_true 20 asked
leave
