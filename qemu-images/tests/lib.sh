# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# What test scripts in the guest share; a script reads it first.
#
# A script prints one line for each case, "ok NAME" or "not ok NAME: WHY", and
# leaves the machine as it found it: modules loaded, subchannels given back.
# Devices are named by their device number (0.0.0a01) or subchannel (0.0.0001).
#
# A first comment line "# boot: ARGS" in a script gives further arguments of
# scripts/boot/qemu; scripts with the same ARGS share a boot.

VCCW=${VCCW:-/bin/vccw}
RNG=0.0.0a01		# virtio-rng, two of them
RNG2=0.0.0a02
TERMINAL=0.0.0a70	# 3270 terminal that nobody is connected to
# Spoilt is a device of QEMU's that was started without a path: QEMU presents a deferred
# condition code 3, as it should, but shows it in all later status of the subchannel too
# (with the kernel's own vfio_ccw as well).  vfio_ccw's clients can go on with it; Linux' own
# drivers take it for dead.
said=/tmp/said		# what the last checked command printed

ok() { echo "ok $1"; }

# not_ok NAME WHY
not_ok() { echo "not ok $1: $2"; }

# Shows what the last checked command printed, as comments, without what went well:
# what went wrong first, as long output is cut.
show_said()
{
	sed -n '/^ *WRONG /s/^/# /p' "$said"
	sed '/^ *ok /d; /^ *WRONG /d; s/^/# /' "$said"
}

# check NAME COMMAND...: the command's status must be 0.
check()
{
	local name=$1 status
	shift
	"$@" >"$said" 2>&1
	status=$?
	[ $status = 0 ] && { ok "$name"; return 0; }
	not_ok "$name" "status $status of: $*"
	show_said
	return 1
}

# check_status NAME STATUS COMMAND...: the command's status must be STATUS.
check_status()
{
	local name=$1 want=$2 status
	shift 2
	"$@" >"$said" 2>&1
	status=$?
	[ $status = "$want" ] && { ok "$name"; return 0; }
	not_ok "$name" "status $status instead of $want of: $*"
	show_said
	return 1
}

# check_refused NAME COMMAND...: the command's status must not be 0.
check_refused()
{
	local name=$1
	shift
	"$@" >"$said" 2>&1 || { ok "$name"; return 0; }
	not_ok "$name" "not refused: $*"
	show_said
	return 1
}

# check_said NAME PATTERN: the last checked command printed this.
check_said()
{
	grep -Eq "$2" "$said" && { ok "$1"; return 0; }
	not_ok "$1" "'$2' is not in the output"
	show_said
	return 1
}

# check_not_said NAME PATTERN: it did not.
check_not_said()
{
	grep -Eq "$2" "$said" || { ok "$1"; return 0; }
	not_ok "$1" "'$2' is in the output"
	show_said
	return 1
}

# check_is NAME WANTED COMMAND...: what the command prints must be WANTED.
check_is()
{
	local name=$1 want=$2 got
	shift 2
	got=$("$@" 2>&1)
	[ "$got" = "$want" ] && { ok "$name"; return 0; }
	not_ok "$name" "'$got' instead of '$want'"
	return 1
}

# put VALUE FILE: writes to sysfs; its status tells.
put() { echo "$1" 2>/dev/null >"$2"; }

# until_true SECONDS COMMAND...: repeats it until its status is 0; VCCW_PATIENCE times as
# long, as the machine may be busy.
until_true()
{
	local left=$(($1 * 20 * ${VCCW_PATIENCE:-10}))
	shift
	while ! "$@" >/dev/null 2>&1; do
		[ $left -gt 0 ] || return 1
		left=$((left - 1))
		sleep 0.05
	done
}

# medians FILE SHAPE WHO...: of the lines "WHO SHAPE NUMBER" of a file, in one line.
medians()
{
	local file=$1 shape=$2 who
	shift 2
	for who; do
		grep "^$who $shape " "$file" | sort -n -k 3 | awk '{t[NR] = $3} END {print t[int((NR + 1) / 2)]}'
	done | tr '\n' ' '
}

# in_background FILE COMMAND...: $user is its process; FILE has what it says, and nothing of
# what was there before, which a test might take for its word.
in_background()
{
	local file=$1
	shift
	: >"$file"
	"$@" >"$file" 2>&1 &
	user=$!
}

# later NAME COMMAND...: in the background; /tmp/NAME.done holds its status.
later()
{
	local name=$1
	shift
	rm -f "/tmp/$name.done"
	{ "$@" >"/tmp/$name" 2>&1; echo $? >"/tmp/$name.done"; } &
	later=$!
}
is_done() { [ -s "/tmp/$1.done" ]; }
is_not_done() { ! is_done "$1"; }

is_loaded() { [ -d "/sys/module/$1" ]; }

# load_module NAME [PARAM=VALUE...]: with what it needs; loaded ones stay.
# vfio_ccw gets leave to hand virtio devices on.
load_module()
{
	local name=$1 needs need params
	shift
	is_loaded "$name" && return 0
	needs=$(sed -n "s/^$name //p" /etc/modules-needs)
	for need in $needs; do
		load_module "$need" || return 1
	done
	params=$(sed -n "s/^$name //p" /etc/modules-params)
	# shellcheck disable=SC2086 # words
	insmod "/lib/modules/$name.ko" $params "$@"
}

# use_driver ours|kernel: no subchannel may be bound; the kernel's is in /reference.
use_driver()
{
	! is_loaded vfio_ccw || rmmod vfio_ccw || return 1
	case $1 in
	ours) load_module vfio_ccw ;;
	kernel) load_module mdev && insmod /reference/vfio_ccw.ko ;;
	esac
}

# Prints the subchannel of a device number.  DEVICE is always such a number, never a subchannel,
# which may look the same.
sch_of()
{
	local s busid
	for s in /sys/bus/css/devices/*; do
		read -r busid 2>/dev/null <"$s/dev_busid" || continue
		[ "$busid" = "$1" ] && { echo "${s##*/}"; return 0; }
	done
	return 1
}

driver_of() { basename "$(readlink "/sys/bus/css/devices/$(sch_of "$1")/driver")"; }

# is_settled DEVICE: its own driver has it and is through with it.  The kernel finds
# out what a subchannel's device is some time after it has got it back, and virtio_ccw
# sets it online by itself after that; taking it away meanwhile hangs that for good or
# corrupts the kernel's memory, with the kernel's own vfio_ccw as well.
is_settled()
{
	local dir dev
	dir=/sys/bus/css/devices/$(sch_of "$1")
	case $(readlink "$dir/driver") in
	*/io_subchannel) ;;
	*) return 0 ;;
	esac
	for dev in "$dir"/*/online; do
		case $(cat "${dev%/*}/cutype") in
		3832/*) [ "$(cat "$dev")" = 1 ] ;;
		*) [ -e "$dev" ] ;;
		esac
	done 2>/dev/null
}

# bind_sch DEVICE: from its own driver to vfio_ccw.
bind_sch()
{
	local sch dir
	sch=$(sch_of "$1") || return 1
	dir=/sys/bus/css/devices/$sch
	# By then each device has said what it is; a spoilt one does not, and is nobody's.
	put 1 /proc/cio_settle
	[ ! -e "$dir/$1" ] || until_true 20 is_settled "$1"
	if [ -e "$dir/$1/online" ]; then
		put 0 "$dir/$1/online"
	fi
	put vfio_ccw "$dir/driver_override" || return 1
	[ ! -e "$dir/driver" ] || put "$sch" "$dir/driver/unbind" || return 1
	put "$sch" /sys/bus/css/drivers/vfio_ccw/bind
}

# unbind_sch DEVICE: from vfio_ccw back to the driver that it had.
unbind_sch()
{
	local sch
	sch=$(sch_of "$1") && release_sch "$sch"
}

# The same of a subchannel.
release_sch()
{
	local dir=/sys/bus/css/devices/$1
	put "" "$dir/driver_override" || return 1
	put "$1" "$dir/driver/unbind" || return 1
	put "$1" /sys/bus/css/drivers/io_subchannel/bind
}

mdev_type() { echo "/sys/bus/css/devices/$(sch_of "$1")/mdev_supported_types/vfio_ccw-io"; }

new_uuid() { cat /proc/sys/kernel/random/uuid; }

# create_mdev UUID DEVICE: on a bound subchannel.
create_mdev() { put "$1" "$(mdev_type "$2")/create"; }

remove_mdev() { put 1 "/sys/bus/mdev/devices/$1/remove"; }

# take DEVICE: binds it, makes an mdev; $uuid names that.
take()
{
	uuid=$(new_uuid)
	bind_sch "$1" && create_mdev "$uuid" "$1"
}

# Gives back everything that a script may have taken; runs when it ends.
give_back()
{
	local m s
	for m in /sys/bus/mdev/devices/*; do
		[ ! -e "$m" ] || put 1 "$m/remove"
	done
	for s in /sys/bus/css/drivers/vfio_ccw/[0-9a-f]*.*; do
		[ ! -e "$s" ] || release_sch "${s##*/}"
	done
}
trap give_back EXIT
