#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154,SC3028,SC3043
# boot: --smp 3 --mem 768M --device virtio-rng-ccw,devno=fe.0.0a03,id=rng3
# ends: poweroff
# Hostile clients do everything at random on four devices, and so does the host:
# mediated devices and bindings go and come, a path is varied, a device is unplugged
# and plugged.  The machine is ended in the middle of it.
. /tests/hostile/lib.sh

patience=90	# seconds, of a host that is busy, for what depends on no client for long

path=/sys/devices/css0/chp0.$(cut -c1-2 "/sys/bus/css/devices/$(sch_of $TERMINAL)/chpids")/status
pool=/tmp/uuids
mkdir -p $pool

# within WHAT COMMAND...: it comes back; its status does not matter.
within()
{
	local what=$1
	shift
	later "$host" "$@"
	until_true 5 is_done "$host" || { echo "# the host waits: $*"; show_waiting; }
	until_true $patience is_done "$host" || not_ok "the host: $what" "it has not come back after $patience s"
	done_by_host=$((done_by_host + 1))
}

mdev_of() { cat "$pool/$1" 2>/dev/null; }
make_mdev() { new_uuid >"$pool/$1" && create_mdev "$(mdev_of "$1")" "$1"; }
take_back() { bind_sch "$1" && make_mdev "$1"; }
is_absent() { [ -z "$(sch_of "$1")" ]; }

# The device with that id outside is another one afterwards.
replug()
{
	local number=${1##*.0a0}
	outside unplug "rng$number"
	until_true $patience is_absent "$1" || not_ok "the host: unplug" "the subchannel of $1 stays"
	outside plug "virtio-rng-ccw,id=rng$number,devno=fe.0.0a0$number"
	until_true $patience is_there "$1" || not_ok "the host: plug" "$1 does not appear"
	within "bind a new one" take_back "$1"
}

# One thing that operators do, with the device $1.
interfere()
{
	if [ "$(driver_of "$1" 2>/dev/null)" != vfio_ccw ]; then
		within "bind again" take_back "$1"
		return
	fi
	case $((RANDOM % 10)) in
	0 | 1 | 2)
		within "remove" remove_mdev "$(mdev_of "$1")"
		within "create" make_mdev "$1" ;;
	3 | 4)
		within "unbind" unbind_sch "$1"
		within "bind" take_back "$1" ;;
	5)
		within "vary off" put off "$path"
		within "vary on" put on "$path" ;;
	6)
		[ "$1" = $TERMINAL ] || replug "$1" ;;
	7 | 8)
		within "settle" put 1 /proc/cio_settle ;;
	9)
		within "stats" sh -c "cat /sys/bus/mdev/devices/*/stats/* /sys/kernel/debug/s390dbf/vfio_ccw_*/*" ;;
	esac
	sleep 0.$((RANDOM % 10))
}

# host NUMBER DEVICE...: goes on for ever.
host()
{
	local device
	host=host$1 done_by_host=0
	RANDOM=$((seed % 10000 + $1))
	shift
	while :; do
		for device; do
			interfere "$device"
			echo $done_by_host >/tmp/$host.count
		done
	done
}

seed=${HOSTILE_SEED:-$(date +%s)}
for device in $RNG $RNG2 $RNG3 $TERMINAL; do
	check "$device is taken" take_back $device || exit
done
host 1 $RNG $RNG2 &
host 2 $RNG3 $TERMINAL &
# shellcheck disable=SC2086 # words
later run $VCCW hostile run --stay --ops "${HOSTILE_OPS:-20000}" --seed "$seed" --devices 3 \
	--containers "${HOSTILE_CONTAINERS:-several}" --backend "${HOSTILE_BACKEND:-type1}" ${HOSTILE_ARGS:-}
# Ended by its time limit it gives nothing back: that may wait for what hangs.
trap 'show_waiting; trap - EXIT; exit 143' TERM
while ! is_done run; do
	sleep 5
	sed -n '/^# [0-9]* operations/h; ${x;p}' /tmp/run
done
sed 's/^\(# \)*/# /' /tmp/run
check "the host did something, too" until_true 60 test -s /tmp/host1.count -a -s /tmp/host2.count
echo "# the host did $(cat /tmp/host1.count) and $(cat /tmp/host2.count) things meanwhile"
check_is "no client has hurt the host" 0 cat /tmp/run.done
leave
