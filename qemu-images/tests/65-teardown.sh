#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The device is taken away from a user with a program in flight, and with
# interrupts unread; afterwards it can be used again.
. /tests/lib.sh

# hold ARGS: a user in the background that keeps the device.
hold()
{
	in_background /tmp/held $VCCW hold "$@"
	until_true 10 grep -qE "holding for|stay unread" /tmp/held
}

has_it_back() { [ "$(cat /sys/bus/ccw/devices/$RNG/online 2>/dev/null)" = 1 ]; }

free_of_users() { [ ! -d /sys/bus/mdev/devices/"$uuid" ]; }

for what in "--keep 2000" "--unread --keep 2000"; do
	check "a device is taken" take $RNG || exit
	check "a user holds it ($what)" hold $what
	check "the mdev is removed from under it" remove_mdev "$uuid"
	wait $user
	check "and is gone" free_of_users
	uuid=$(new_uuid)
	check "a new one is made" create_mdev "$uuid" $RNG
	check "and works" $VCCW nop

	check "a user holds it again ($what)" hold $what
	check "the subchannel is unbound from under it" unbind_sch $RNG
	wait $user
	check "its own driver has it back" until_true 20 has_it_back
	check "bound again" take $RNG
	check "it works" $VCCW sense-id

	check "a user holds it a third time ($what)" hold $what
	kill -9 $user
	wait $user 2>/dev/null
	check "the user is killed, the next one finds it in order" $VCCW sense-id

	check "a user holds it at the end ($what)" hold $what
	check_refused "rmmod is refused while it is in use" rmmod vfio_ccw
	kill $user
	wait $user 2>/dev/null
	give_back
	until_true 20 has_it_back
	check "rmmod works when it is free" rmmod vfio_ccw
	check "and the module loads again" load_module vfio_ccw
done
