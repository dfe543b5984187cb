# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154,SC3043
# Two devices of different channel paths in one virtual machine, one attached while it was
# off, one while it runs.  Then resets with I/O on its way: by the operator, by the guest.
. /tests/operator/libvirt.sh

prepare two $RNG || exit
check "another device is handed over, too" take_for $UUID2 $TERMINAL || exit
attach "the first" two $UUID $RNG --config
start_guest "two devices" two || exit
check_there "the first" $RNG
put_in "the second" two $UUID2 $TERMINAL
check_goes_on "the first" $RNG

suspend_and_resume "two devices" two $UUID $RNG
check_goes_on "two devices: resumed, the second" $TERMINAL
reboot "two devices, the first" two $UUID $RNG
check_there "two devices: rebooted, the second" $TERMINAL
detach_and_attach "two devices, the first" two $UUID $RNG
check_goes_on "two devices: the second meanwhile" $TERMINAL
detach_and_attach "two devices, the second" two $UUID2 $TERMINAL
check_goes_on "two devices: the first meanwhile" $RNG
shut_down "two devices" two

# DIAGNOSE 308 with a program's status not taken; each start checks that nothing of before comes.
check "a guest is defined that loads itself again ten times" define_guest again reboots=10
attach "loads itself again" again $UUID $RNG --config
start_guest "loads itself again" again
check_heard "the guest has loaded itself ten times" says '^start 11$'
check_there "after the tenth time" $RNG

# resets: through QMP, with I/O running.
resets()
{
	local round=0
	until [ $round = 10 ] || is_wrong; do
		mark again
		virsh qemu-monitor-command again '{"execute":"system_reset"}' && until_true 30 says '^start' &&
			until_true 30 works $RNG || break
		round=$((round + 1))
	done >"$said" 2>&1
	echo $round
}
check_is "reset through QMP, 10 times, the guest works after each" 10 resets
check_heard "the last reset" works $RNG
shut_down "resets" again
