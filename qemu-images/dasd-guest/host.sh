# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154,SC3043 # uuid is lib.sh's; busybox has local
# In the emulated mainframe: passes DASDs on to Linux guests.  Read it after tests/lib.sh.

. /machine.sh
exec 5>&1

# natively COMMAND...: of dasd.sh, in the host.
natively() { enter busybox sh /host/dasd.sh "$@"; }

# passed UUID DEVICE: QEMU's argument.
passed() { echo "vfio-ccw,sysfsdev=/sys/bus/mdev/devices/$1,devno=fe.0.${2##*.},id=d${2##*.}"; }

# start_guest NAME ARGUMENT...: QEMU in the background, with further arguments.  What the guest says is
# in /tmp/NAME/said, its console in /tmp/NAME/console.
start_guest()
{
	local dir="/tmp/$1"
	shift
	rm -rf "$dir"
	mkdir "$dir"
	make_ends "$dir"
	# shellcheck disable=SC2046
	with-paths /tree enter qemu-system-s390x $(machine "$dir") "$@" >"$dir/qemu" 2>&1 &
	echo $! >"$dir/pid"
	# What is written to a FIFO that nobody has open is lost.
	until grep -q qemu "$dir/monitor" || ! alive "${dir##*/}"; do sleep 0.1; done
}

# go_on NAME: a guest that was up already when it was saved, outside; that is quicker than a boot.
go_on()
{
	start_guest "$1" -kernel /host/guest/kernel -initrd /host/guest/initrd -append panic=0 -incoming fd:7 7</guest/saved
	check "the guest is up" ask "$1" true
}

# plug NAME DEVICE: gives it the device that $uuid is for.
plug() { monitor "$1" "device_add $(passed "$uuid" "$2")"; }

# unplug NAME DEVICE: takes it away, and waits until the guest has seen that.
unplug()
{
	monitor "$1" "device_del d${2##*.}"
	ask "$1" "until [ ! -e /sys/bus/ccw/devices/$2 ]; do sleep 0.1; done"
}

# One that has ended and is not waited for has no command line.
alive() { grep -q . "/proc/$(cat "/tmp/$1/pid")/cmdline" 2>/dev/null; }

# heard NAME PATTERN COUNT: waits until the guest has said so many such lines; every minute tells on
# descriptor 5 what its console shows.
heard()
{
	local waited=0
	until [ "$(grep -cE "$2" "/tmp/$1/said")" -ge "$3" ]; do
		alive "$1" || { echo "QEMU has ended: $(tail -n 3 "/tmp/$1/qemu")"; return 1; }
		waited=$((waited + 1))
		[ $((waited % 240)) != 0 ] || tail -qn 1 "/tmp/$1/said" "/tmp/$1/console" | sed "s/^/# $1: /" >&5
		sleep 0.25
	done
}

# begin NAME ORDER: gives it to the guest; sets number.
begin()
{
	local dir=/tmp/$1
	number=$(($(wc -l <"$dir/orders") + 1))
	echo "$number $2" >>"$dir/orders"
	echo "$number $2" 1<>"$dir/guest.in"
}

# ask NAME ORDER: has the guest do it; prints what it said, its status is the order's.
ask()
{
	local dir=/tmp/$1 number before
	before=$(wc -l <"$dir/said")
	begin "$@"
	heard "$1" "^## end $number " 1 || return 125
	sed "1,${before}d; /^## end $number /,\$d" "$dir/said"
	return "$(sed -n "s/^## end $number //p" "$dir/said")"
}

monitor() { echo "$2" 1<>"/tmp/$1/monitor.in"; }

# cases PREFIX COMMAND...: what the command's cases are called begins with the prefix.
cases()
{
	local prefix=$1
	shift
	"$@" | sed -E "s/^((not )?ok )/\\1$prefix: /; /^((not )?ok |#)/!s/^/# /"
}

# end_guest NAME: nothing of it is left then.
end_guest()
{
	local dir=/tmp/$1
	monitor "$1" quit
	wait "$(cat "$dir/pid")" 2>/dev/null
	# shellcheck disable=SC2046
	kill $(cat "$dir/readers")
}

# give_up DEVICE UUID: from vfio_ccw back to the host's driver.
give_up() { remove_mdev "$2" && unbind_sch "$1" && until_true 100 test -e "/sys/bus/ccw/devices/$1/online"; }

# with_disk LAYOUT DRIVER: the guest b, which boots from the disk $DISK, installed natively.
with_disk()
{
	check "$1, $2: installed natively, zipl" natively install $DISK "$1" /host/guest/kernel /host/guest/initrd || return
	check "$1, $2: the driver" use_driver "$2" || return
	check "$1, $2: the disk is taken" take $DISK || return
	start_guest b -device "$(passed "$uuid" $DISK),bootindex=1"
}

# give_disk_back NAME: its.
give_disk_back() { check "$1: the disk is given back" give_up $DISK "$uuid"; }
