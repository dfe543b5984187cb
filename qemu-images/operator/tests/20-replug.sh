# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# A device that is handed over for good is unplugged and plugged in again,
# idle and under a client; driverctl's and mdevctl's udev rules bring it back.
. /tests/operator/lib.sh

# plug_again WHEN: a new subchannel takes the place of the old one.
plug_again()
{
	outside plug "virtio-rng-ccw,id=rng1,devno=fe.0.0a01"
	check "$1: the subchannel is there again" until_true 30 has_sch || return
	check_is "$1: where it was" "$sch" sch_of "$RNG"
	check "$1: driverctl's override holds" until_true 60 is_bound
	check "$1: mdevctl has started the device" until_true 60 has_mdev
	check "$1: it works" "$VCCW" sense-id
}

hold()
{
	in_background /tmp/held "$VCCW" hold --keep 2000 "$@"
	until_true 20 grep -q "holding for" /tmp/held
}

# gives_back CASE: the client that holds the device was asked for it, and has ended.
gives_back()
{
	check "$1" until_true 20 grep -q "the driver asks for the device: giving it back" /tmp/held
	kill "$user" 2>/dev/null
	wait "$user" 2>/dev/null
}

# comes_back WHEN: the device, by driverctl's and mdevctl's rules.
comes_back()
{
	check "$1: driverctl has bound it again" until_true 60 is_bound
	check "$1: mdevctl has started it again" until_true 60 has_mdev
	check "$1: it works" "$VCCW" sense-id
}

check "a device is handed over" hand_over || exit
check "its mdev starts" mdevctl start -u "$UUID"
for round in first second; do
	outside unplug rng1
	check "unplugged, $round time: the subchannel is gone" until_true 30 has_no_sch
	check "unplugged, $round time: the mdev is gone" has_no_mdev
	check "unplugged, $round time: driverctl keeps the override" test -s "/etc/driverctl.d/css-$sch"
	plug_again "plugged in, $round time"
done

check "a client holds a program in flight" hold --end close
outside unplug rng1
check "unplugged under it: the subchannel is gone" until_true 30 has_no_sch
wait "$user"
check_says "the client was asked for the device" "the driver asks for the device: giving it back" cat /tmp/held
plug_again "after a client that gave it back"

check "a client holds it that does not listen" hold --stay --end close
outside unplug rng1
check "it was asked" until_true 20 grep -q "the driver asks for the device: ignored" /tmp/held
check "the removal waits for it" test -d "/sys/devices/css0/$sch/$UUID"
kill "$user"
wait "$user" 2>/dev/null
check "unplugged under it: the subchannel is gone with it" until_true 30 has_no_sch
plug_again "after a client that did not listen"

# Another device comes to the subchannel before cio looks: it is nobody's that had the old one.
other=0.0.0a09
other_is_where_it_was() { [ "$(sch_of $other)" = "$sch" ]; }
other_is_bound() { [ "$(driver_of $other 2>/dev/null)" = vfio_ccw ]; }
check "a client holds a program in flight again" hold --end close
outside replace rng1 "virtio-rng-ccw,id=rng9,devno=fe.0.0a09"
gives_back "replaced: the client was asked for the old device"
check "replaced: the new one is where the old one was" until_true 30 other_is_where_it_was
check "replaced: driverctl's override, which is the subchannel's, holds" until_true 60 other_is_bound
check "replaced: mdevctl has started it anew" until_true 60 has_mdev
udevadm settle
outside replace rng9 "virtio-rng-ccw,id=rng1,devno=fe.0.0a01"
comes_back "replaced back, idle"

# The same device, away and back before cio looks: what ran there will not end.
check "a client holds a program in flight once more" hold --end close
outside replace rng1 "virtio-rng-ccw,id=rng1,devno=fe.0.0a01"
gives_back "away for a moment: the client was asked for the device"
comes_back "away for a moment"

# Taken away from a client that stays; then the subchannel is another one with the same number.
check "a client holds it that stays" hold --stay --end close
check "taken away from it" driverctl -b css unset-override "$sch"
check "its own driver has it" until_true 60 is_given_back
outside unplug rng1
check "unplugged behind it" until_true 30 has_no_sch
outside plug "virtio-rng-ccw,id=rng1,devno=fe.0.0a01"
check "plugged in again" until_true 30 is_given_back
check_refused "it cannot be handed over as long as the client stays" bind_sch "$RNG"
kill "$user"
wait "$user" 2>/dev/null
bound_now() { is_bound || put "$sch" /sys/bus/css/drivers/vfio_ccw/bind; }
check "it can when the client has gone" until_true 20 bound_now
check "mdevctl finds it" test -e "/sys/class/mdev_bus/$sch"
take_back >/dev/null 2>&1
