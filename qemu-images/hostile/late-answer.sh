#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# A client closes its device while a thread of its has not come back from unmapping, and stays:
# the device is the next client's, with all of that one's memory.
. /tests/hostile/lib.sh

check "a device is taken" take $RNG || exit
client late hostile late-answer
check_says "an unmapping waits for its answer, and the device is closed" late '^closed:' 60 || exit
sed 's/^/# /' /tmp/late
check "the next client's device works" $VCCW sense-id -d "$uuid"
check "the first one is still there" kill -0 $client
kill -KILL $client
check "and ends when it is killed" until_true 20 ended $client
