# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2034,SC2154,SC3043
# What the operator's tests share beyond /tests/lib.sh.
. /tests/lib.sh

UUID=6c1b4f3e-5a0d-4c57-9d0e-2f8a7b1c3d5e

seconds_up() { cut -d. -f1 /proc/uptime; }

# until_true SECONDS COMMAND...: repeats it until its status is 0.  By the clock,
# and with five times the patience: on a busy machine programs start slowly here.
until_true()
{
	local end=$(($(seconds_up) + 5 * $1))
	shift
	while ! "$@" >/dev/null 2>&1; do
		[ "$(seconds_up)" -lt "$end" ] || return 1
		sleep 0.2
	done
}

# check_says NAME TEXT COMMAND...: it must print TEXT, somewhere.
check_says()
{
	local name=$1 text=$2
	shift 2
	"$@" >"$said" 2>&1
	grep -Fq -- "$text" "$said" && { ok "$name"; return 0; }
	not_ok "$name" "'$text' is not in the output of: $*"
	show_said
	return 1
}

# outside ORDER...: what scripts/boot/hotplug shall do to the machine.
outside() { echo "# outside: $*"; }

has_sch() { [ -n "$(sch_of "$RNG")" ]; }
has_no_sch() { ! has_sch; }
is_bound() { [ "$(driver_of "$RNG" 2>/dev/null)" = vfio_ccw ]; }
is_given_back() { [ "$(driver_of "$RNG" 2>/dev/null)" = io_subchannel ]; }
has_mdev() { [ -e "/sys/bus/mdev/devices/$UUID/stats" ]; }
has_mdev_dir() { [ -e "/sys/bus/mdev/devices/$UUID" ]; }
has_no_mdev() { [ ! -e "/sys/bus/mdev/devices/$UUID" ]; }
# is_online [DEVICE]
is_online() { [ "$(online "${1:-$RNG}")" = 1 ]; }
online() { cat "/sys/bus/ccw/devices/$1/online" 2>/dev/null; }

# sets STATE DEVICE: chccwdev sets it online or offline, and it is.
sets()
{
	local wanted=0
	[ "$1" = offline ] || wanted=1
	timeout 100 chccwdev "--$1" "$2" && [ "$(online "$2")" = $wanted ]
}

# A device that is handed over for good: bound by driverctl, its mdev defined
# from the example to start by itself.
hand_over()
{
	sch=$(sch_of "$RNG")
	# udev's rule for the new parent starts what is defined: not before this is.
	driverctl -b css set-override "$sch" vfio_ccw && udevadm settle &&
		mdevctl define -u "$UUID" -p "$sch" --jsonfile /usr/share/vfio-ccw/mdev.json
}

take_back()
{
	mdevctl stop -u "$UUID"
	mdevctl undefine -u "$UUID"
	driverctl -b css unset-override "$(sch_of "$RNG")"
	until_true 30 is_online
}
