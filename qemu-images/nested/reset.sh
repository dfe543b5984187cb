#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# reset.sh [RESETS]: our guest's machine is reset through QMP again and again, while
# programs run, while one is in flight, and while unsolicited status of a 3270 terminal is
# on its way.  The guest says when it is up and that nothing of before came.
# scripts/boot/nested runs it.
. /tests/lib.sh
. /nested/lib.sh

resets=${1:-25}
# Two monitors: QEMU takes no command from one whose last command is not through.
mkfifo /tmp/one.in /tmp/one.out /tmp/two.in /tmp/two.out /tmp/hold
exec 4<>/tmp/hold

# qmp MONITOR COMMAND [MORE]
qmp() { echo "{\"execute\":\"$2\"${3:-}}" >/tmp/$1.in; }

interrupts() { cat "/sys/bus/mdev/devices/$uuid/stats/interrupts"; }
more_than() { [ "$(interrupts)" -gt "$1" ]; }

# outside ORDER: has its status come from the terminal.
outside()
{
	local before
	before=$(interrupts)
	echo "# outside: $1"
	until_true 20 more_than "$before" || not_ok "outside: $1" "no interrupt came of it"
}

# reset_behind COMMAND...: runs it while QEMU's main loop, which looks at eventfds, waits to
# write storage into a pipe; the reset follows in its next look, with one status read.
reset_behind()
{
	qmp two pmemsave ',"arguments":{"val":0,"size":262144,"filename":"/tmp/hold"}'
	timeout 60 dd bs=1 count=1 <&4 >/dev/null 2>&1 # QEMU is there
	qmp one system_reset
	"$@"
	timeout 60 head -c 262143 <&4 >/dev/null || not_ok "QEMU waits at a pipe" "it does not"
}

pile_up()
{
	case $1 in
	1) outside connect ;;
	*[05]) outside disconnect && outside connect ;;
	esac
	for _ in 1 2 3 4; do outside "press 1"; done
}

under_unsolicited() { reset_behind pile_up "$1"; }

# By chance, and with the guest's processor waiting for the main loop.
under_io()
{
	if [ $(($1 % 2)) = 0 ]; then
		qmp one system_reset
	else
		reset_behind true
	fi
}

# reset_all NAME HOW RESETS DEVICES OPTIONS: the guest is reset by HOW NUMBER when it is up.
reset_all()
{
	cat /tmp/one.out >/tmp/events &
	cat /tmp/two.out >/dev/null &
	(qmp one qmp_capabilities; qmp two qmp_capabilities) &
	guest "$4 -qmp pipe:/tmp/one -qmp pipe:/tmp/two -action reboot=reset" "reset rounds=$3 $5" 2>/tmp/qemu |
		tee /tmp/said-by-guest | while read -r line; do
		case $line in
		'# host: reset '*) $2 "${line##* }" ;;
		esac
	done
	wait
	tell "$1" /tmp/said-by-guest
	verdict "$1" /tmp/said-by-guest 1
	check_is "$1: QEMU counts $3 resets" "$3" grep -c '"RESET"' /tmp/events
	sed -n 's/^ *\([0-9]* resets; .*\)/# \1/p' /tmp/said-by-guest
}

# A wake of before was there, and led to no status: else nothing was shown.
some_were_late() { grep -q "; [1-9][0-9]* interrupts of before without status" /tmp/said-by-guest; }

reset_all "resets with a device of QEMU's own (the control)" under_io 5 "-device virtio-rng-ccw,devno=fe.0.0a01" emulated
check "$RNG is taken" pass $RNG || exit
reset_all "resets under I/O" under_io "$resets" "$passed" ""
# By chance, so not in a short run.
[ "$resets" -lt 200 ] || check "resets under I/O: some found QEMU woken and not read yet" some_were_late
passed=
check "$TERMINAL is taken" pass $TERMINAL || exit
reset_all "resets under unsolicited status" under_unsolicited "$resets" "$passed" ""
check "resets under unsolicited status: some found QEMU woken and not read yet" some_were_late
exit 0
