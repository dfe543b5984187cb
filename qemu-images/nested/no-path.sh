#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Our guest starts programs by a path that its devices do not have, and by theirs at
# once after that: on a machine's own devices and on the host's.  QEMU goes on to show
# the deferred condition code in all later status of a device, so this has a host of its
# own.  scripts/nested runs it.
. /tests/lib.sh
. /nested/lib.sh

guest "$EMULATED" "emulated no-path rounds=200" >/tmp/emulated 2>/tmp/qemu
tell emulated /tmp/emulated
verdict "STARTs without a path on emulated devices (the control)" /tmp/emulated 3

for device in $NETWORK $RNG $TERMINAL; do
	check "$device is taken" pass $device || exit
done
guest "$passed" "no-path rounds=200" >/tmp/passed 2>/tmp/qemu
tell "passed through" /tmp/passed
verdict "STARTs without a path: the next one is accepted at once" /tmp/passed 3
same "STARTs without a path: the same answers" /tmp/passed /tmp/emulated 20
check_is "STARTs without a path: QEMU met no error" "" errors
exit 0
