# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154 # disks are host.sh's
# $COUNT blocks of 4 KiB read and written by the guest's own driver, over the kernel's vfio_ccw and over this one,
# in turn, $ROUNDS times.  What is checked is that all of them come; the times are the wall clock's in an emulator
# in an emulator, most of them the guest's and QEMU's own, so only their ratios say something.
. /tests/lib.sh
. /host.sh
host_ready || exit

rounds=${ROUNDS:-3}
count=${COUNT:-1000}
times=/tmp/times
: >$times

# In hundredths of a second.
now() { sed 's/ .*//; s/\.//' /proc/uptime; }

# measure DRIVER SHAPE: a line "DRIVER SHAPE TIME" for $times.
measure()
{
	local start
	start=$(now)
	check "$1: $count blocks, $2" ask g "sh /dasd.sh $2_blocks $DISK $count" && echo "$1 $2 $(($(now) - start))" >>$times
}

over()
{
	check "$1: the driver" use_driver "$1" && check "$1: the disk is taken" take_disk $DISK || return
	plug g $DISK
	check "$1: the guest sets the disk online" ask g "sh /dasd.sh online $DISK" || return
	measure "$1" read
	measure "$1" write
	ask g "sh /dasd.sh offline $DISK"
	check "$1: the guest's disk is gone" unplug g $DISK
	check "$1: the disk is the host's again" give_up $DISK
}

go_on g || exit
round=0
while [ $round -lt "$rounds" ]; do
	over kernel
	over ours
	round=$((round + 1))
done
end_guest g
sed 's/^/# hundredths of a second: /' $times
# The median of each, and their ratio.
for shape in read write; do
	medians $times $shape kernel ours | awk -v s=$shape -v n="$count" '{printf "# %s: %d ms for %d blocks over the kernel'"'"'s driver, %d over this: %.2f\n",
		s, $1 * 10, n, $2 * 10, $2 / $1}'
done
