# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091
# The channel path is varied with chchp while a client has the device.  The
# terminal has a path of its own; the others share that of the disk.
. /tests/operator/lib.sh

sch=$(sch_of "$TERMINAL")
path=0.$(cut -c1-2 "/sys/bus/css/devices/$sch/chpids")
check "the terminal is bound" driverctl -b css set-override "$sch" vfio_ccw || exit
check "its mdev starts" mdevctl start -u "$UUID" -p "$sch" -t vfio_ccw-io
in_background /tmp/held "$VCCW" hold --keep 2000 --end close
until_true 20 grep -q "holding for" /tmp/held
before=$(cat "/sys/bus/mdev/devices/$UUID/stats/interrupts")
ended() { [ "$(cat "/sys/bus/mdev/devices/$UUID/stats/interrupts")" -gt "$before" ]; }
check_refused "a program runs on the path" ended
check "chchp varies the path off" chchp --vary 0 "$path"
check "the program has ended with an interrupt" until_true 20 ended
check "chchp varies it on" chchp --vary 1 "$path"
kill "$user"
wait "$user" 2>/dev/null
check "the next client finds it in order" "$VCCW" nop
check "mdevctl stops it" mdevctl stop -u "$UUID"
check "driverctl gives it back" driverctl -b css unset-override "$sch"
