#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Our guest with the host's devices passed through: what it says of them, and
# that it is what it says of a machine's own devices.  scripts/nested runs it.
. /tests/lib.sh
. /nested/lib.sh

guest "$EMULATED" emulated >/tmp/emulated 2>/tmp/qemu
tell emulated /tmp/emulated
verdict "emulated devices (the control)" /tmp/emulated 3

for device in $NETWORK $RNG $TERMINAL; do
	check "$device is taken" pass $device || exit
done

guest "$passed" "rounds=1000" >/tmp/passed 2>/tmp/qemu
tell "passed through" /tmp/passed
verdict "passed through" /tmp/passed 3
same "passed through: the same answers" /tmp/passed /tmp/emulated 100
check_is "errors that QEMU met: EBUSY, EINVAL, EOPNOTSUPP, each as often as provoked" "16:6 22:3 95:3 " errors
dmesg >"$said"
check_said "the host's log tells of the ORB extension" "the guest uses an ORB extension"
check_said "the host's log tells of the limit, and what to do" "more than 4096 CCWs .*max_ccws"

guest "$passed" "no-prefetch rounds=20" >/tmp/strict 2>/tmp/qemu
tell "ORBs that do not allow prefetching" /tmp/strict
verdict "ORBs that do not allow prefetching" /tmp/strict 3
dmesg >"$said"
check_said "the host's log tells that programs are prefetched" "the guest forbids prefetching"
same "ORBs that do not allow prefetching: the same answers" /tmp/strict /tmp/emulated 100

forced=$(echo "$passed" | sed 's/devno=/force-orb-pfch=on,&/g')
guest "$forced" "no-prefetch rounds=20 forced" >/tmp/forced 2>/tmp/qemu
tell "force-orb-pfch=on" /tmp/forced
verdict "force-orb-pfch=on" /tmp/forced 3
same "force-orb-pfch=on: the same answers" /tmp/forced /tmp/emulated 100
exit 0
