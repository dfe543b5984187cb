#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# A device is unplugged under a client that does not listen, and another one takes
# its place at the same subchannel.  The client must not get that one; it becomes
# the host's when the client has closed.
. /tests/hostile/lib.sh

unplugged_under_client clear
outside plug virtio-rng-ccw,id=rng1,devno=fe.0.0a01
later settle put 1 /proc/cio_settle
check "cio_settle comes back" until_true 20 is_done settle
kill -TERM $client
check "the client ends" until_true 20 ended $client
check "the new device is the host's" until_true 20 is_there $RNG
check "it is taken again" take $RNG
check "and works" $VCCW sense-id -d "$uuid"
