# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2034,SC2154,SC3043
# What the cases share.  A case is a script with a comment at its top:
#   # boot: ARGS    more arguments of scripts/boot/qemu
#   # ends: HOW...  clients are left as they are and the machine is ended, by
#                   poweroff or reboot; the case runs once for each
# Devices have ids outside, by which scripts/boot/hotplug unplugs them: rng1 to rng3.
. /tests/lib.sh
. /last-words.sh

RNG3=0.0.0a03
HOSTILE="$VCCW hostile --backend ${HOSTILE_BACKEND:-type1}"

# take_all DEVICE...: binds them, makes their mdevs; $uuids names those.
take_all()
{
	local device
	uuids=
	for device; do
		take "$device" || return 1
		uuids="$uuids $uuid"
	done
}

# unmapped NAME COUNT: memory is unmapped that often under programs, as the case NAME
# of the client does it.
unmapped()
{
	check "memory is unmapped $2 times under programs" $HOSTILE "$1" --count "$2"
	sed -n 's/.*\(START: \)/# \1/p' "$said"
}

# client NAME ARGS...: in the background; $client is its process.
client()
{
	local name=$1
	shift
	in_background "/tmp/$name" "$VCCW" "$@"
	client=$user
}

# over: without what was just checked the case makes no sense; its client does not keep the machine.
over()
{
	kill -KILL $client
	exit
}

# holds CHECK ARGS...: a client that does not listen has a program in flight.
holds()
{
	local check=$1
	shift
	client held hold --keep 1000 --stay "$@"
	check_says "$check" held 'holding for' 20 || over
}

# taken_and_held ARGS...: $RNG is taken, at subchannel $sch, and held so.
taken_and_held()
{
	check "a device is taken" take $RNG || exit
	sch=$(sch_of $RNG)
	holds "a client holds a program in flight" "$@"
}

# is_asked CHECK: the client that holds is asked for its device.
is_asked() { check_says "$1" held 'asks for the device: ignored' 20 || over; }

# unplugged_under_client END: $RNG is unplugged under a client that does not listen, and that would
# end its program so.
unplugged_under_client()
{
	taken_and_held --end "$1"
	outside unplug rng1
	is_asked "the client was asked for the device"
}

# says NAME PATTERN SECONDS: that client prints it.
says() { until_true "$3" grep -qE "$2" "/tmp/$1"; }

# check_says NAME CLIENT PATTERN SECONDS
check_says()
{
	says "$2" "$3" "$4" && { ok "$1"; return 0; }
	not_ok "$1" "'$3' is not what the client says"
	sed 's/^/# /' "/tmp/$2"
	return 1
}

state_of() { sed 's/.*) \(.\).*/\1/' "/proc/$1/stat" 2>/dev/null; }
ended() { case $(state_of "$1") in '' | Z) true ;; *) false ;; esac; }
is_stopped() { [ "$(state_of "$1")" = T ]; }

# is_there DEVICE: a new device that its own driver uses.
is_there() { [ "$(cat "/sys/bus/ccw/devices/$1/online" 2>/dev/null)" = 1 ]; }

# outside ORDER...: what scripts/boot/hotplug shall do to the machine.
outside() { echo "# outside: $*"; }

# The driver's log: it has noticed that the device is gone.
sees_it_gone() { grep -qiE 'not ?oper' /sys/kernel/debug/s390dbf/vfio_ccw_msg/sprintf; }

# The machine ends with all clients as they are.
leave()
{
	trap - EXIT
	exit 0
}
