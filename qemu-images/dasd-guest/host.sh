# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2034,SC2154,SC3043 # uuid is lib.sh's, devices are for scripts; busybox has local
# In the emulated mainframe: passes DASDs and tapes on to Linux guests.  Read it after tests/lib.sh.

# What scripts/test/guest-dasd makes: 3390s, formatted, of 15 cylinders but for the first; tapes.
BOOT=0.0.0120		# of 30, to boot from
LOCKED=0.0.0121		# not to be written
SPOILT=0.0.0122		# with tracks that cannot be read:
NO_RECORDS=1800		# the first block of one without records,
NO_ADDRESS=1980		# and of one whose home address is another track's
DISK=0.0.0123
TAPE=0.0.0580		# a 3480
SHORT_TAPE=0.0.0582	# one of 1 MB

. /machine.sh
exec 5>&1

# The host's own drivers, and the tree that QEMU is in.
host_ready() { load_module dasd_eckd_mod && load_module ext4 && enter true; }

# natively COMMAND...: of dasd.sh, in the host.
natively() { enter busybox sh /host/dasd.sh "$@"; }

uuid_of() { cat "/tmp/uuid.$1"; }

# take_disk DEVICE: from the host's driver; uuid_of tells its mediated device.
take_disk() { take "$1" && echo "$uuid" >"/tmp/uuid.$1"; }

# passed DEVICE: QEMU's argument.
passed() { echo "vfio-ccw,sysfsdev=/sys/bus/mdev/devices/$(uuid_of "$1"),devno=fe.0.${1##*.},id=d${1##*.}"; }

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
	check "guest $1 is up" ask "$1" true
}

# plug NAME DEVICE: gives it a disk that was taken.
plug() { monitor "$1" "device_add $(passed "$2")"; }

# unplug NAME DEVICE: takes a disk away that is offline, and waits until the guest has seen that.
unplug()
{
	monitor "$1" "device_del d${2##*.}"
	ask "$1" "until [ ! -e /sys/bus/ccw/devices/$2 ]; do sleep 0.1; done"
}

# One that has ended and is not waited for is a zombie.
alive() { grep -q '^State:.[^ZX]' "/proc/$(cat "/tmp/$1/pid")/status" 2>/dev/null; }

# heard NAME PATTERN COUNT [END]: waits until the guest has said so many such lines, or last a line END; every
# minute tells on descriptor 5 what its console shows.
heard()
{
	local waited=0
	until [ "$(grep -cE "$2" "/tmp/$1/said")" -ge "$3" ]; do
		alive "$1" || { echo "QEMU has ended: $(tail -n 3 "/tmp/$1/qemu")"; return 1; }
		[ -z "$4" ] || ! tail -n 1 "/tmp/$1/said" | grep -q "$4" || return 1
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

# The sums of the files of which a copying guest said that they are on the disk, but for the first COUNT: a
# line that has come in part is none.
synced() { sed -nE 's/^synced ([0-9a-f]{32}  copies\/[0-9]+) \.\r?$/\1/p' "/tmp/$1/said" | tail -n +$((${2:-0} + 1)); }

# make_disk DEVICE: with a file system, natively.
make_disk() { natively online "$1" && natively format "$1" cdl && natively make_fs "$1" && natively offline "$1"; }

online_in_guest() { check "$1: the guest sets the disk online" ask "$2" "sh /dasd.sh online $3"; }

# copies CASE GUEST DEVICE: the guest copies in the background, and has told of four files.
copies()
{
	synced "$2" | wc -l >"/tmp/$2/before"
	ask "$2" "sh /dasd.sh copy $3 &"
	check "$1: the guest copies" more "$2" 4
}

# more GUEST COUNT: waits until the guest has told of so many more files than it had before.
more() { heard "$1" '^synced .* \.' $(($(cat "/tmp/$1/before") + $2)) "^copying ended"; }

# told GUEST: the sums of what it has told of since then.
told() { synced "$1" "$(cat "/tmp/$1/before")"; }

# verified CASE GUEST DEVICE [SUMS]: the guest looks at its disk, with the sums that it has told of.
verified()
{
	[ -n "$4" ] || told "$2" >/tmp/sums
	ask "$2" "printf '$(sed 's/$/\\n/' "${4:-/tmp/sums}" | tr -d '\n')' >/tmp/sums"
	cases "$1" ask "$2" "sh /dasd.sh verify $3 /tmp/sums"
}

# tell_outside FILE: the sums of $DISK's files; it is looked at when the machine is off.
tell_outside() { { cat "$1"; head -c 65536 /dev/zero; } >/dev/ports/synced; }

# end_guest NAME [SIGNAL]: by the monitor, or by a signal; nothing of it is left then.
end_guest()
{
	local dir=/tmp/$1
	if [ -n "$2" ]; then kill "-$2" "$(cat "$dir/pid")"; else monitor "$1" quit; fi
	wait "$(cat "$dir/pid")" 2>/dev/null
	# shellcheck disable=SC2046
	kill $(cat "$dir/readers")
}

# give_up DEVICE: from vfio_ccw back to the host's driver.
give_up() { remove_mdev "$(uuid_of "$1")" && back_to_host "$1"; }
back_to_host() { unbind_sch "$1" && until_true 100 test -e "/sys/bus/ccw/devices/$1/online"; }

# start_from_disk LAYOUT DRIVER: the guest b boots from the disk $BOOT, which is installed natively.
start_from_disk()
{
	check "$1, $2: installed natively, zipl" natively install $BOOT "$1" /host/guest/kernel /host/guest/initrd || return
	check "$1, $2: the driver" use_driver "$2" || return
	check "$1, $2: the disk is taken" take_disk $BOOT || return
	start_guest b -device "$(passed $BOOT),bootindex=1"
}
