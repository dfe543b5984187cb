# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154,SC3043 # disks are host.sh's; busybox has local
# While a guest copies files to its disk: the disk is taken away and given back, QEMU is killed, the
# guest is reset, the host is powered off.  Each time the files of which the guest said that they are on the
# disk must be there, and fsck must find nothing to repair.
# (Channel paths cannot be varied off here: on Hercules the kernel has no objects for them.)
# DRIVER=kernel: over the kernel's own driver.  PHASES: some of them, in this order.
. /tests/lib.sh
. /host.sh
host_ready || exit

check "a disk with a file system" make_disk $DISK || exit
check "the driver" use_driver "${DRIVER:-ours}" || exit
check "the disk is taken" take_disk $DISK || exit
go_on g || exit
plug g $DISK

# The guest's driver keeps what it has not written until the disk is there again.
taken_away()
{
	local first guest_disk=/sys/bus/ccw/devices/$DISK/availability
	online_in_guest "taken away" g $DISK
	copies "taken away" g $DISK || return
	first=$(cat /tmp/g/before)
	check "taken away: the mediated device is removed" remove_mdev "$(uuid_of $DISK)"
	check "taken away: the guest waits for its disk" ask g "until [ ! -e $guest_disk ] || grep -q 'no device' $guest_disk; do sleep 0.1; done; [ -e $guest_disk ]"
	check "taken away: the host has it" back_to_host $DISK
	check "taken away: the host reads it" host_reads
	synced g | wc -l >/tmp/g/before
	check "given back: taken again" take_disk $DISK
	plug g $DISK
	check "given back: the guest goes on copying" more g 4
	ask g "touch /tmp/enough"
	check "given back: and ends by itself" heard g '^copying ended' 1
	echo "$first" >/tmp/g/before
	check "given back: the guest sets the disk offline" ask g "sh /dasd.sh offline $DISK"
	verified "given back" g $DISK
}
host_reads() { natively online $DISK && natively read_at $DISK 0 >/dev/null && natively offline $DISK; }

killed()
{
	online_in_guest "QEMU killed" g $DISK
	copies "QEMU killed" g $DISK || return
	end_guest g KILL
	told g >/tmp/sums.killed
	go_on g || return
	plug g $DISK
	verified "QEMU killed" g $DISK /tmp/sums.killed
}

# The same machine starts again.
reset()
{
	local count
	online_in_guest reset g $DISK
	copies reset g $DISK || return
	count=$(grep -c '^## ready' /tmp/g/said)
	monitor g system_reset
	check "reset: the guest is up again" heard g '^## ready' $((count + 1)) || return
	verified reset g $DISK
}

# The machine is powered off with the guest at work; the disk is looked at outside.
power_off()
{
	online_in_guest "power off" g $DISK
	copies "power off" g $DISK || return
	told g >/tmp/sums
	tell_outside /tmp/sums
	trap - EXIT
	exit
}

for phase in ${PHASES:-taken_away killed reset power_off}; do
	$phase
done
