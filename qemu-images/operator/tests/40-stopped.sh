# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154,SC3043
# A client is stopped (SIGSTOP, as a debugger or a frozen group of processes does it) with
# a program in flight, with status unread, in the middle of many I/Os.  It does not hear
# that its device is wanted.  Only the removal of its mdev waits for it.
. /tests/operator/lib.sh

# stopped_client SIGN COMMAND...: runs it until `sign` is true, then stops it.
stopped_client()
{
	local sign=$1
	shift
	in_background /tmp/held "$@"
	until_true 20 "$sign" && kill -STOP "$user"
}
is_holding() { grep -q "holding for" /tmp/held; }
is_unread() { grep -q "stay unread" /tmp/held; }
at_work() { [ "$(cat "/sys/bus/mdev/devices/$UUID/stats/starts")" -gt 50 ]; }
is_running() { kill -0 "$1"; }
# is_stopped PID: it has not ended and runs not.
is_stopped() { grep -q '^State:.*stopped' "/proc/$1/status"; }

# others_are_served WHEN: what an operator does with other devices.
others_are_served()
{
	check "$1: another device is set offline" sets offline "$RNG2"
	check "$1: and online" sets online "$RNG2"
	check "$1: lscss shows the devices" timeout 100 lscss
}

# removal_waits WHEN: until the client runs again and gives the device back, or dies.
removal_waits()
{
	mdevctl stop -u "$UUID" &
	remover=$!
	others_are_served "$1"
	check "$1: the removal waits" is_running "$remover"
	check "$1: the client is stopped still" is_stopped "$user"
	kill -"$2" "$user"
	wait "$remover"
	check_is "$1: the removal has ended" 0 echo $?
	kill "$user" 2>/dev/null
	wait "$user" 2>/dev/null
	check "$1: the mdev is gone" has_no_mdev
	check "$1: it starts again" mdevctl start -u "$UUID"
	check "$1: the next client finds it in order" "$VCCW" sense-id
}

# unbinding_does_not WHEN: the subchannel gets its own driver, the client is stopped still.
unbinding_does_not()
{
	check "$1: driverctl gives the device back" timeout 100 driverctl -b css unset-override "$sch"
	check "$1: its own driver has it, and it works" until_true 30 is_online
	check "$1: the client is stopped still" is_stopped "$user"
	kill -CONT "$user"
	kill "$user"
	wait "$user" 2>/dev/null
	check "$1: chccwdev sets it offline" until_true 30 sets offline "$RNG"
	check "$1: it is bound again" driverctl -b css set-override "$sch" vfio_ccw
	check "$1: its mdev has started by itself" until_true 30 has_mdev
	check "$1: it works" "$VCCW" sense-id
}

check "a device is handed over" hand_over || exit
check "its mdev starts" mdevctl start -u "$UUID"
for what in removal_waits:CONT unbinding_does_not; do
	step=${what%:*} signal=${what#*:}
	when="${step%%_*}, stopped with a program in flight"
	check "$when" stopped_client is_holding "$VCCW" hold --keep 2000 --end close
	$step "$when" "$signal"
	when="${step%%_*}, stopped with status unread"
	check "$when" stopped_client is_unread "$VCCW" hold --unread --keep 2000
	$step "$when" "$signal"
	when="${step%%_*}, stopped at work"
	check "$when" stopped_client at_work "$VCCW" bench ccws=1 --count 100000000
	$step "$when" KILL
done
check "stopped once more" stopped_client is_holding "$VCCW" hold --keep 2000 --end close
check_refused "the module stays" modprobe -r vfio_ccw
kill -KILL "$user"
wait "$user" 2>/dev/null
take_back >/dev/null 2>&1
