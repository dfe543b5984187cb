#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Our guest with the host's devices passed through: what it says of them, and
# that it is what it says of a machine's own devices.  scripts/boot/nested runs it.
. /tests/lib.sh
. /nested/lib.sh

# A machine whose processor is not started says nothing.  What must not be ended midway is through before.
enter true
silence=2 later silent guest -S ""
check "a guest that says nothing is ended" until_true 20 is_done silent || kill -KILL "$(cat /tmp/qemu.pid)"
wait

judged "emulated devices (the control)" /tmp/emulated "$EMULATED" emulated
all_passed || exit
judged "passed through" /tmp/passed "$passed" "rounds=1000"
same "passed through: the same answers" /tmp/passed /tmp/emulated 100
check_is "errors that QEMU met: EBUSY, EINVAL, each as often as provoked" "16:6 22:3 " errors
dmesg >"$said"
check_said "the host's log tells of the ORB extension, once a device" "the guest uses an ORB extension"
check_said "the host's log tells of the limit, and what to do" "more than 4096 CCWs .*max_ccws"

judged "ORBs that do not allow prefetching" /tmp/strict "$passed" "no-prefetch rounds=20"
dmesg >"$said"
check_said "the host's log tells that programs are prefetched" "the guest forbids prefetching"
same "ORBs that do not allow prefetching: the same answers" /tmp/strict /tmp/emulated 100

forced=$(echo "$passed" | sed 's/devno=/force-orb-pfch=on,&/g')
judged "force-orb-pfch=on" /tmp/forced "$forced" "no-prefetch rounds=20 forced"
same "force-orb-pfch=on: the same answers" /tmp/forced /tmp/emulated 100
exit 0
