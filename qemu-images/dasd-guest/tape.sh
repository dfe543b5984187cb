# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC3043 # busybox has local
# What Linux does with a tape, the same in the guest and natively in the host:
# sh tape.sh COMMAND ARGUMENTS.  Prints cases as tests/lib.sh does.
# shellcheck source=/dev/null
. "${0%tape.sh}tests/lib.sh"
trap - EXIT	# what the host has passed on is not ours to give back

devices=/sys/bus/ccw/devices
tape=/dev/ntibm0	# the only one; not rewound when it is closed
block=10240		# bytes, tar's own

online()
{
	until_true 100 test -e "$devices/$1/online" && put 1 "$devices/$1/online" &&
		until_true 100 test -c $tape
}

offline() { put 0 "$devices/$1/online"; }

# mt OPERATION [COUNT]: cpio's, under the name that it has.
mt()
{
	if [ -x /sbin/mt ]; then /sbin/mt -f $tape "$@"; else mt-gnu -f $tape "$@"; fi
}

# archive FOLDER: to the tape, with a tape mark behind it.
archive() { tar -cf - -C "$1" . | dd of=$tape obs=$block 2>/dev/null; }

# same FOLDER: the archive where the tape is has this.
same()
{
	rm -rf /tmp/from_tape && mkdir /tmp/from_tape &&
		dd if=$tape bs=$block 2>/dev/null | tar -xf - -C /tmp/from_tape &&
		(cd /tmp/from_tape && md5sum -c "$1/sums")
}

one_block() { dd if=$tape of="$1" bs=$block count=1 2>/dev/null && [ -s "$1" ]; }

# Files in folders of their own, with their sums.
originals()
{
	local n
	for n in 1 2; do
		mkdir -p /tmp/archive$n
		head -c $((n * 50000)) /dev/urandom >/tmp/archive$n/file
		(cd /tmp/archive$n && md5sum file >sums) || return
	done
}

# life DEVICE: two archives, read back in several orders.
life()
{
	check "set online" online "$1" || return
	check "files" originals
	check "rewind" mt rewind || return
	check "an archive is written" archive /tmp/archive1
	check "another behind it" archive /tmp/archive2
	check "rewind again" mt rewind
	check "the first is what was written" same /tmp/archive1
	check "and behind its tape mark the second" same /tmp/archive2
	check "rewind, and forward over a tape mark" mt rewind
	check "forward" mt fsf 1
	check "a block" one_block /tmp/block1
	check "back by a block" mt bsr 1
	check "it again" one_block /tmp/block2
	check "it is the same one" cmp /tmp/block1 /tmp/block2
	check "back by a block again" mt bsr 1
	check "the second is there" same /tmp/archive2
	check "status" mt status
	check_said "it tells of the drive" 'drive|General status'
}

# sums: of the two archives on the tape.
sums()
{
	mt rewind
	dd if=$tape bs=$block 2>/dev/null | md5sum
	dd if=$tape bs=$block 2>/dev/null | md5sum
	mt rewind
}

# until_full DEVICE: blocks of 32 KiB until the end of the tape; prints how many there was room for.
until_full()
{
	online "$1" && mt rewind || return
	dd if=/dev/zero of=$tape bs=32768 2>/tmp/full && return 1
	grep -q 'No space left' /tmp/full || { cat /tmp/full; return 1; }
	sed -n 's/+.*out$//p' /tmp/full
	mt rewind && offline "$1"
}

"$@"
