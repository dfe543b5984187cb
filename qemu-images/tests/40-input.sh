# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# What no driver should fall for; and two users of one device.
. /tests/lib.sh

check "a device is taken" take "$RNG" || exit

check "bad offsets, sizes and indexes are refused" "$VCCW" bad-input
check "and the device works after that" "$VCCW" sense-id

in_background /tmp/held "$VCCW" hold --keep 2000 --stay --end clear
holder=$user
check "a program is in flight" until_true 10 grep -q "holding for" /tmp/held
check_refused "a second user is refused" "$VCCW" nop
check_refused "vfio_ccw does not unload under a user" rmmod vfio_ccw
kill "$holder"
wait "$holder"
check "the user is killed, the next one works" "$VCCW" nop
check_is "nothing stays pinned" 0 cat "/sys/bus/mdev/devices/$uuid/stats/pages_pinned"
