#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# boot: --smp 2
# The operator varies the channel path off and on, under a running program too: it is
# not used meanwhile.  The terminal has a path of its own; the others share that of the
# console.  The last one of its boot: after a START without a path the kernel may take
# QEMU's terminal for dead (lib.sh, "spoilt").
. /tests/lib.sh

check "a device is taken" take $TERMINAL || exit
sch=$(sch_of $TERMINAL)
path=/sys/devices/css0/chp0.$(cut -c1-2 "/sys/bus/css/devices/$sch/chpids")
check "there is a channel path" test -e $path/status || exit

# told WHAT VALUE: while a client waits, the path is varied; it reads a report.
told()
{
	in_background /tmp/told $VCCW crw --wait 200000
	until_true 5 grep -q IDLE /sys/bus/mdev/devices/"$uuid"/stats/state
	sleep 0.3
	check "varied $1" put "$1" $path/status
	wait $!
	check "the client reads a report of it" grep -q "$2" /tmp/told || sed 's/^/# /' /tmp/told
}
told off "channel path .*permanent error, not initialized"
told on "channel path .* initialized"
check "it works again" $VCCW nop

in_background /tmp/held $VCCW hold --keep 2000 --end close
until_true 10 grep -q "holding for" /tmp/held
before=$(cat /sys/bus/mdev/devices/"$uuid"/stats/interrupts)
check "varied off under a running program" put off $path/status
ended() { [ "$(cat /sys/bus/mdev/devices/"$uuid"/stats/pages_pinned)" = 0 ] && [ "$(cat /sys/bus/mdev/devices/"$uuid"/stats/interrupts)" -gt "$before" ]; }
check "which ends with an interrupt" until_true 5 ended
check "varied on again" put on $path/status
kill $user
wait $user
check "the next user finds it in order" $VCCW sense-id

check "what the host breaks off is no success, nor a HALT that nobody asked for" $VCCW race vary-running

# The kernel's own trace of START SUBCHANNEL, not the driver's, tells what was issued
# between the client's marks: without LPM bits of the path nothing, or it was used.
trace=/sys/kernel/tracing/trace
ssch=/sys/kernel/tracing/events/s390/s390_cio_ssch
# issued MARK: how many were, from this mark on to the next one, and the marks.
issued()
{
	awk -v sch="schid=$sch " -v mark="vccw: $1" '
		/vccw: / { inside = index($0, mark) != 0; marks += inside }
		inside && /s390_cio_ssch/ && index($0, sch) { n++ }
		END { print n + 0, "in", marks + 0 }' $trace
}
: >$trace
echo 1 >$ssch/enable
check "a path that is varied off is not used, whatever the program says" $VCCW race vary
echo 0 >$ssch/enable
check_is "no START SUBCHANNEL was issued for it by name" "0 in 3" issued "START without a path, LPM 0x80"
check_is "none without a name" "0 in 3" issued "START without a path, LPM 0x00"
check_is "those with the path were" "3 in 3" issued "START with a path"
check "channel reports of before a reset are gone" $VCCW race reset-reports
check_is "nothing stays pinned" 0 cat /sys/bus/mdev/devices/"$uuid"/stats/pages_pinned

# What a device is cannot be asked on a path that is varied off: a virtio device could be
# taken so, and its path varied on.
unbound() { remove_mdev "$uuid" && put "$sch" /sys/bus/css/drivers/vfio_ccw/unbind; }
taken_again()
{
	put "$sch" /sys/bus/css/drivers/vfio_ccw/bind &&
		put "$uuid" "/sys/bus/css/devices/$sch/mdev_supported_types/vfio_ccw-io/create"
}
check "it is put aside" unbound
check "its only path is varied off" put off $path/status
check_refused "it is not taken, as it cannot be asked what it is" taken_again
check "the log says why, and what to do" sh -c "dmesg | grep 'vfio_ccw $sch: .*path' | grep -q 'chchp -v 1'"
check "varied on again" put on $path/status
check "it is taken" taken_again
check "it works" $VCCW sense-id
