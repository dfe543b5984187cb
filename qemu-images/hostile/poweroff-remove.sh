#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# ends: poweroff reboot
# An operator's removal of the mediated device waits for a client that does not
# listen, and the machine is ended meanwhile, with the client still there.
. /tests/hostile/lib.sh

taken_and_held
later remove remove_mdev "$uuid"
is_asked "the client was asked for the device"
leave
