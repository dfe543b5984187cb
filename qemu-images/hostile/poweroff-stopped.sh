#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# ends: poweroff reboot
# A stopped client holds a program in flight.
. /tests/hostile/lib.sh

taken_and_held
kill -STOP $client
check "it is stopped" until_true 10 is_stopped $client
leave
