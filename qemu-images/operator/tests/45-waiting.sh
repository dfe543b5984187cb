# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# A removal waits for a client that does not listen: first the mdev's, then the device's,
# which is unplugged as well.  Meanwhile other devices are unplugged, plugged, varied, set
# offline and online, handed over: cio does all of that in one work queue, which must not
# wait along.
. /tests/operator/lib.sh

OTHER=7f3b6d18-2c4e-4a95-b0d7-64e1c9a85f23
is_asked() { grep -q "the driver asks for the device: ignored" /tmp/held; }
no_other() { [ -z "$(sch_of "$RNG2")" ]; }

# others WHEN [FIRST]: FIRST is plugged before the other device, which was unplugged.
others()
{
	check "$1: another device is set offline" sets offline "$RNG2"
	other=$(sch_of "$RNG2")
	check "$1: it is handed over" timeout 100 driverctl -b css set-override "$other" vfio_ccw
	check "$1: it has an mdev" timeout 100 mdevctl start -u "$OTHER" -p "$other" -t vfio_ccw-io
	check "$1: that works" timeout 100 "$VCCW" sense-id -d "$OTHER"
	check "$1: the mdev goes" timeout 100 mdevctl stop -u "$OTHER"
	check "$1: it is given back" timeout 100 driverctl -b css unset-override "$other"
	check "$1: it is online again" until_true 30 is_online "$RNG2"
	outside unplug rng2
	check "$1: unplugged, it is gone" until_true 30 no_other
	[ -z "${2:-}" ] || outside plug "$2"
	outside plug "virtio-rng-ccw,id=rng2,devno=fe.0.0a02"
	check "$1: plugged in, it is online" until_true 30 is_online "$RNG2"
	check "$1: the terminal's path is varied off" timeout 100 chchp --vary 0 "$path"
	check "$1: and on" timeout 100 chchp --vary 1 "$path"
	check "$1: the client has the device still" test -d "/sys/devices/css0/$sch/$UUID"
}

path=0.$(cut -c1-2 "/sys/bus/css/devices/$(sch_of "$TERMINAL")/chpids")
check "a device is handed over" hand_over || exit
check "its mdev starts" mdevctl start -u "$UUID"
in_background /tmp/held "$VCCW" hold --keep 2000 --stay --end close
until_true 20 grep -q "holding for" /tmp/held
mdevctl stop -u "$UUID" &
remover=$!
check "the client was asked for it" until_true 20 is_asked
others "its mdev is being removed"
outside unplug rng1
# Its subchannel stays as long as the client has it open.  What is plugged into its place is
# found after that; here it is the device itself.
others "it is unplugged, too" "virtio-rng-ccw,id=rng1,devno=fe.0.0a01"
check "the removal waits" kill -0 "$remover"
kill "$user"
wait "$user" 2>/dev/null
wait "$remover"
check "plugged again: driverctl's override holds" until_true 60 is_bound
check "plugged again: mdevctl has started the device" until_true 60 has_mdev
check "plugged again: it works" "$VCCW" sense-id
take_back >/dev/null 2>&1
