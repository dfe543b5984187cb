# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# What s390-tools keep or ignore, before a hand-over, during it and after a re-plug:
# a persistent configuration (chzdev), the list of ignored devices (cio_ignore).
. /tests/operator/lib.sh

# How lszdev shows it: yes or no for ON and PERS.
on_and_pers() { lszdev --no-headings --columns ON,PERS "$RNG" 2>/dev/null | tr -s ' ' | sed 's/^ //; s/ $//'; }
lscss_line() { lscss | grep -F " $sch " | cut -d' ' -f1; }
has_sch_shown() { lscss | grep -Fq " $sch "; }
hold()
{
	in_background /tmp/held "$VCCW" hold --keep 2000 --end close
	until_true 20 grep -q "holding for" /tmp/held
}
let_go()
{
	kill "$user"
	wait "$user" 2>/dev/null
}
not_asked() { ! grep -q "asks for the device" /tmp/held; }

sch=$(sch_of "$RNG")
check "before: the device is online" until_true 30 is_online
check "chzdev --persistent --enable" chzdev --persistent --enable "$RNG"
check_is "before: lszdev shows it on, and its configuration" "yes yes" on_and_pers
check_is "before: lscss shows it" "$RNG" lscss_line
check_is "before: cio_ignore does not ignore it" "Device $RNG is not ignored" cio_ignore --is-ignored "$RNG"

check "it is set offline" chzdev --active --disable "$RNG"
check "it is handed over" hand_over || exit
check "its mdev starts" mdevctl start -u "$UUID"
check_is "handed over: lszdev shows the configuration alone" "no yes" on_and_pers
check_is "handed over: lscss shows no device" none lscss_line
check_says "handed over: lscss --vfio shows it" "$UUID  $sch" lscss --vfio
check_refused "handed over: chzdev cannot set it online" chzdev --active --enable "$RNG"
check_is "handed over: vfio_ccw has it still" vfio_ccw driver_of "$RNG"

hold
check "in use: cio_ignore adds it" cio_ignore --add "$RNG"
# "Unused devices" go.  What has no ccw device of cio's own is nothing to cio but in use.
check "in use: cio_ignore purges" cio_ignore --purge
udevadm settle
check "in use: the subchannel is there" has_sch_shown
check "in use: the mdev is there" has_mdev
check "in use: the client was not asked for it" not_asked
let_go
check "it works after that" "$VCCW" sense-id
check "not in use: cio_ignore purges" cio_ignore --purge
udevadm settle
check "not in use: it is there" has_mdev
check "not in use: it works" "$VCCW" sense-id

outside unplug rng1
check "unplugged: it is gone" until_true 30 has_no_sch
outside plug "virtio-rng-ccw,id=rng1,devno=fe.0.0a01"
outside unplug rng2
no_other() { [ -z "$(sch_of "$RNG2")" ]; }
check "plugged again while ignored: cio has looked at it and at the next" until_true 30 no_other
outside plug "virtio-rng-ccw,id=rng2,devno=fe.0.0a02"
check "plugged again while ignored: it is not there" has_no_sch
check "cio_ignore removes it from the list" cio_ignore --remove "$RNG"
check "not ignored any more: driverctl's override holds" until_true 60 is_bound
check "not ignored any more: mdevctl has started the device" until_true 60 has_mdev
check "not ignored any more: it works" "$VCCW" sense-id
check_is "re-plugged: lszdev shows the configuration alone" "no yes" on_and_pers
check_says "re-plugged: lscss --vfio shows it" "$UUID  $(sch_of "$RNG")" lscss --vfio
hold
check "in use: the list is made empty, and cio looks at all subchannels" cio_ignore --remove-all
udevadm settle
check "in use: the client was not asked for it" not_asked
let_go
check "it works after that" "$VCCW" sense-id

take_back >/dev/null 2>&1
check "given back: its configuration has set it online" until_true 30 is_online
check_is "given back: lszdev shows both" "yes yes" on_and_pers
check "chzdev --persistent --disable" chzdev --persistent --disable "$RNG"
check_is "no configuration is left" "yes no" on_and_pers
