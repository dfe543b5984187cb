# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154,SC3043 # disks are host.sh's; busybox has local
# 4-KiB reads and writes of a guest, one at a time, over this driver and the kernel's own in turns: TURNS (4)
# of COUNT (250) each.  Nothing is asserted of the times; scripts/test/guest-dasd tells what they came to.
. /tests/lib.sh
. /host.sh
host_ready || exit
go_on g || exit

# The host's clock; the guest's is none.
hundredths() { sed 's/ .*//; s/\.//' /proc/uptime; }

# turn DRIVER
turn()
{
	local what start
	use_driver "$1" && take_disk $DISK || { not_ok "$1" "does not get the disk"; return 1; }
	plug g $DISK
	ask g "sh /dasd.sh online $DISK" || { not_ok "$1" "the guest does not get the disk"; return 1; }
	for what in read write; do
		start=$(hundredths)
		ask g "sh /dasd.sh io $DISK $what ${COUNT:-250}" || { not_ok "$1" "$what failed"; return 1; }
		echo "# time $1 $what ${COUNT:-250} $(($(hundredths) - start))"
	done
	ask g "sh /dasd.sh offline $DISK"
	unplug g $DISK
	give_up $DISK
}

for n in $(seq "${TURNS:-4}"); do
	turn ours && turn kernel || exit
	ok "turn $n"
done
