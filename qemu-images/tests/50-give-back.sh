# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091
# A device goes back to its owner in working order, also from under a user.
. /tests/lib.sh

works_again()
{
	check "$1: its own driver takes it back" until_true 10 test -d "/sys/bus/ccw/devices/$RNG"
	until_true 10 test -e /sys/class/misc/hw_random/rng_available
	check "$1: virtio finds the device" until_true 10 grep -q virtio_rng /sys/class/misc/hw_random/rng_available
	check "$1: it answers" dd if=/dev/hwrng of=/dev/null bs=16 count=1
}

load_module virtio_rng
check "a device is taken" take "$RNG"
check "it is used" "$VCCW" sense-id
check "it is given back" unbind_sch "$RNG"
works_again "after use"

take "$RNG"
in_background /tmp/held "$VCCW" hold --keep 2000 --end close
check "a user has a program in flight" until_true 10 grep -q "holding for" /tmp/held
check "it is taken from a user with a program in flight" unbind_sch "$RNG"
wait
works_again "after that"

until_true 20 is_settled "$RNG"
rmmod virtio_rng
