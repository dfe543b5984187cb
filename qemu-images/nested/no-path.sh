#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Our guest starts programs by a path that its devices do not have, and by theirs at
# once after that: on a machine's own devices and on the host's.  QEMU goes on to show
# the deferred condition code in all later status of a device, so no other script runs in
# the same host after this one.  scripts/boot/nested runs it.
. /tests/lib.sh
. /nested/lib.sh

judged "STARTs without a path on emulated devices (the control)" /tmp/emulated "$EMULATED" "emulated no-path rounds=200"
all_passed || exit
judged "STARTs without a path: the next one is accepted at once" /tmp/passed "$passed" "no-path rounds=200"
same "STARTs without a path: the same answers" /tmp/passed /tmp/emulated 20
check_is "STARTs without a path: QEMU met no error" "" errors
exit 0
