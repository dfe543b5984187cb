# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC3043 # busybox has local
# What Linux does with an ECKD disk, the same in the guest and natively in the host:
# sh dasd.sh COMMAND ARGUMENTS.  Prints cases as tests/lib.sh does.
# shellcheck source=/dev/null
. "${0%dasd.sh}tests/lib.sh"
trap - EXIT	# what the host has passed on is not ours to give back

devices=/sys/bus/ccw/devices

# Starting a program takes seconds in a guest whose machine is emulated twice; what the shell can do it does.

# The disk of a device.
disk_of()
{
	set -- "$devices/$1"/block/dasd*
	[ -b "/dev/${1##*/}" ] && echo "/dev/${1##*/}"
}

# dasdfmt, fdasd and zipl look for disks under their numbers, where udev would put links.
links()
{
	local dir numbers
	[ -d /dev/block ] || mkdir /dev/block
	for dir in /sys/class/block/*; do
		read -r numbers <"$dir/dev"
		[ -e "/dev/block/$numbers" ] || ln -sf "../${dir##*/}" "/dev/block/$numbers"
	done
}

online()
{
	until_true 100 test -e "$devices/$1/online" && put 1 "$devices/$1/online" &&
		until_true 100 disk_of "$1"
}

offline() { put 0 "$devices/$1/online"; }

# part_of DEVICE: its first partition, as soon as it is there.
part_of()
{
	local disk
	disk=$(disk_of "$1") || return
	until_true 100 test -b "${disk}1" && echo "${disk}1"
}

# format DEVICE cdl|ldl: full, and one partition, which an LDL disk has by itself.
format()
{
	local disk
	disk=$(disk_of "$1") && links || return
	/sbin/dasdfmt -b 4096 -d "$2" -y "$disk" || return
	[ "$2" = ldl ] || /sbin/fdasd -a "$disk"
}

make_fs() { /sbin/mke2fs -q -F -t ext4 -b 4096 -N 512 -J size=4 -E lazy_itable_init=1,lazy_journal_init=1 "$(part_of "$1")"; }

mounted() { [ -d /mnt ] || mkdir /mnt; mount -t ext4 "$(part_of "$1")" /mnt; }

# fill COUNT: writes files of 16 KiB, and to /tmp/sums what they hold.
fill()
{
	local n
	for n in $(seq "$1"); do
		head -c 16384 /dev/urandom >"/mnt/file$n" || return
	done
	(cd /mnt && md5sum file* >/tmp/sums) && sync
}

same() { (cd /mnt && md5sum -c "$1"); }

fsck_clean() { /sbin/e2fsck -fn "$(part_of "$1")"; }

# data DEVICE cdl|ldl: the life of a disk.
data()
{
	check "set online" online "$1" || return
	check "dasdfmt, $2, all of it" format "$1" "$2" || return
	check "mke2fs" make_fs "$1" || return
	check "mount" mounted "$1" || return
	check "write files, and sync" fill 4
	check "umount" umount /mnt
	check "set offline" offline "$1"
	check "set online again" online "$1" || return
	check "fsck" fsck_clean "$1"
	check "mount again" mounted "$1" || return
	check "the files are what was written" same /tmp/sums
	check "umount again" umount /mnt
	check "set offline again" offline "$1"
}

# install DEVICE cdl|ldl KERNEL INITRD: makes it a disk that a guest boots from: the kernel is there, and the
# initramfs's contents as the root file system.
install()
{
	online "$1" && format "$1" "$2" && make_fs "$1" && mounted "$1" || return
	(cd /mnt && cpio -idm <"$4") && mkdir /mnt/boot && cp "$3" /mnt/boot/kernel && links || return
	/sbin/zipl -V -t /mnt/boot -i /mnt/boot/kernel -P "dasd=$1 root=/dev/dasda1 rw rootwait init=/init panic=0"
	set -- "$1" $?
	umount /mnt && offline "$1" && return "$2"
}

# verify DEVICE SUMS: the kernel replays the journal of a file system that was not unmounted; then the files hold
# what they did when it was said that they are on the disk, and nothing is to be repaired.
verify()
{
	online "$1" || { not_ok "set online" "failed"; return; }
	check "mount" mounted "$1" || return
	check "the $(wc -l <"$2") files that were said to be there are" same "$2"
	check "umount" umount /mnt
	check "fsck finds nothing to repair" fsck_clean "$1"
	check "set offline" offline "$1"
}

# copy DEVICE: copies files into a new folder until that fails, or /tmp/enough is there.  Says "synced SUM  NAME ."
# of each when it is on the disk; the sum is the original's.
copy()
{
	local n=0 sum
	rm -f /tmp/enough
	mounted "$1" && rm -rf /mnt/copies && mkdir /mnt/copies && sync || return
	while [ $n -lt 300 ] && [ ! -e /tmp/enough ]; do
		n=$((n + 1))
		head -c 16384 /dev/urandom >/tmp/original
		sum=$(md5sum </tmp/original)
		dd if=/tmp/original of=/mnt/copies/$n bs=16384 conv=fsync 2>/dev/null && sync || break
		echo "synced ${sum%% *}  copies/$n ."
	done
	umount /mnt
	echo "copying ended"
}

# read_at DEVICE BLOCK: past the cache; prints the block.
read_at() { dd if="$(disk_of "$1")" bs=4096 count=1 iflag=direct skip="$2" 2>/dev/null; }

sum_of() { read_at "$1" "$2" | md5sum; }

# write_block DEVICE BLOCK: past the cache, and reads it back.
write_block()
{
	head -c 4096 /dev/urandom >/tmp/block
	dd if=/tmp/block of="$(disk_of "$1")" bs=4096 count=1 oflag=direct conv=notrunc seek="$2" && read_at "$1" "$2" | cmp - /tmp/block
}

# COUNT blocks from the tenth on, one after the other, past the cache.
read_blocks() { dd if="$(disk_of "$1")" of=/dev/null bs=4096 count="$2" iflag=direct skip=10; }
write_blocks() { dd if=/dev/zero of="$(disk_of "$1")" bs=4096 count="$2" oflag=direct conv=notrunc seek=10; }

# wrong DEVICE BLOCK...: reads of blocks, and what the driver logs of each: sense data.  Before each, block 0
# is read, as sense data tell where the disk's arm was.
wrong()
{
	local device=$1 block
	shift
	for block; do
		read_at "$device" 0 >/dev/null || echo "cannot read block 0"
		dmesg -c >/dev/null
		read_at "$device" "$block" >/dev/null && echo "read $block"
		sense_logged
	done
}

# Without the time, and the place of the program in storage.
sense_logged() { dmesg -c | sed -nE 's/^.*(Sense\(hex\)|[Ss]ense data).*/&/; s/^[^]]*\] *//; /[Ss]ense/p' | sort -u; }

# locked DEVICE: formatting a disk that refuses to be written fails; what was logged.
locked()
{
	local disk
	online "$1" && disk=$(disk_of "$1") && links || return
	dmesg -c >/dev/null
	if /sbin/dasdfmt -b 4096 -d cdl -y "$disk" >/tmp/locked 2>&1; then echo "dasdfmt works"; else echo "dasdfmt fails"; fi
	sense_logged
}

"$@"
