# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154 # disks are host.sh's
# The shortest that shows a guest with a disk of its own: it sets the disk online, writes one block and reads it
# back; the host's own driver then reads the same from the disk.
. /tests/lib.sh
. /host.sh
host_ready || exit

block=42

take_and_plug()
{
	check "the driver" use_driver ours && check "the disk is taken" take_disk $DISK && go_on g && plug g $DISK
}
take_and_plug || exit
check "the guest sets the disk online" ask g "sh /dasd.sh online $DISK" || exit
check "it writes a block and reads it back" ask g "sh /dasd.sh write_block $DISK $block" || exit
written=$(ask g "sh /dasd.sh sum_of $DISK $block")
check "it sets the disk offline" ask g "sh /dasd.sh offline $DISK"
check "the guest's disk is gone" unplug g $DISK
end_guest g
check "the disk is the host's again" give_up $DISK
check "the host sets it online" natively online $DISK
check_is "the host reads what the guest wrote" "${written:-nothing}" natively sum_of $DISK $block
check_refused "and not what is in the next block" [ "$written" = "$(natively sum_of $DISK $((block + 1)))" ]
natively offline $DISK
