#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A 3270 terminal passed through: somebody switches it on while our guest runs,
# and before it starts.  scripts/nested runs it.
. /tests/lib.sh
. /nested/lib.sh

# terminal NAME OPTIONS: the guest with the terminal only; what it asks of the
# outside goes there at once.
terminal()
{
	guest "$passed" "$2" 2>/tmp/qemu | tee /tmp/said-by-guest | while read -r line; do
		case $line in
		'# outside'*) echo "$line" ;;
		esac
	done
	tell "$1" /tmp/said-by-guest
	verdict "$1" /tmp/said-by-guest 1
}

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
terminal "the terminal is switched on while the guest runs" "unsolicited rounds=100"
outside disconnect 02
outside connect 0c
terminal "a guest starts while somebody is connected" "connected rounds=100"
outside disconnect 02
terminal "a guest starts when nobody is connected any more" "rounds=100"
exit 0
