#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The operator varies the channel path off and on, under a running program too.
# The terminal has a path of its own; the others share that of the console.
. /tests/lib.sh

check "a device is taken" take $TERMINAL || exit
path=/sys/devices/css0/chp0.$(cut -c1-2 "/sys/bus/css/devices/$(sch_of $TERMINAL)/chpids")
check "there is a channel path" test -e $path/status || exit

# told WHAT VALUE: while a client waits, the path is varied; it reads a report.
told()
{
	$VCCW crw --wait 8000 >/tmp/told 2>&1 &
	until_true 5 grep -q IDLE /sys/bus/mdev/devices/"$uuid"/stats/state
	sleep 0.3
	check "varied $1" put "$1" $path/status
	wait $!
	check "the client reads a report of it" grep -q "$2" /tmp/told || sed 's/^/# /' /tmp/told
}
told off "channel path .*permanent error, not initialized"
told on "channel path .* initialized"
check "it works again" $VCCW nop

$VCCW hold --keep 5 --end close >/tmp/held 2>&1 &
user=$!
until_true 10 grep -q "holding for" /tmp/held
before=$(cat /sys/bus/mdev/devices/"$uuid"/stats/interrupts)
check "varied off under a running program" put off $path/status
ended() { [ "$(cat /sys/bus/mdev/devices/"$uuid"/stats/pages_pinned)" = 0 ] && [ "$(cat /sys/bus/mdev/devices/"$uuid"/stats/interrupts)" -gt "$before" ]; }
check "which ends with an interrupt" until_true 5 ended
check "varied on again" put on $path/status
wait $user
check "the next user finds it in order" $VCCW sense-id
