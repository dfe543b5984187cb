#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A 3270 terminal passed through: somebody switches it on while our guest runs,
# and before it starts.  scripts/boot/nested runs it.
. /tests/lib.sh
. /nested/lib.sh

# outside ORDER STATUS: asks for it, waits until a WRITE ends with this status.
outside()
{
	echo "# outside: $1"
	cat >/tmp/write <<-.
		buf screen size=6 hex=c34040404040
		ccw1 cmd=05 flags=sli count=6 data=screen
		expect start=0 dstat=$2 cstat=0
	.
	until_true 30 $VCCW program /tmp/write || not_ok "outside: $1" "a WRITE does not end with status $2"
}

check "$TERMINAL is taken" pass $TERMINAL || exit
talk "the terminal is switched on while the guest runs" "unsolicited rounds=100"
outside disconnect 02
outside connect 0c
talk "a guest starts while somebody is connected" "connected rounds=100"
outside disconnect 02
talk "a guest starts when nobody is connected any more" "rounds=100"
exit 0
