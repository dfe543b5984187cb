#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# A client whose START sleeps inside of the driver is killed.
. /tests/hostile/lib.sh

check "a device is taken" take $RNG || exit
client stall hostile stall
check_says "a START waits inside of the driver" stall '^stuck:' 20
kill -KILL $client
check "the client can be killed" until_true 20 ended $client
check "the device works for the next one" $VCCW sense-id
