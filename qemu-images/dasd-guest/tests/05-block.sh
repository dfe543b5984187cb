# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154 # disks and said are the libraries'
# The short form: the guest sets its disk online and writes a block, which it and then the host read.
. /tests/lib.sh
. /host.sh
BLOCK=700
host_ready || exit

check "the driver" use_driver "${DRIVER:-ours}" || exit
check "the disk is taken" take_disk $DISK || exit
go_on g || exit
plug g $DISK
check "the guest sets it online" ask g "sh /dasd.sh online $DISK" || exit
check "the guest writes a block" ask g "sh /dasd.sh write_at $DISK $BLOCK"
written=$(cat "$said")
check_is "and reads it" "$written" ask g "sh /dasd.sh sum_at $DISK $BLOCK"
check "the guest sets it offline" ask g "sh /dasd.sh offline $DISK"
check "it is gone from the guest" unplug g $DISK
end_guest g
check "the disk is the host's again" give_up $DISK
check "the host sets it online" natively online $DISK
check_is "and reads the block" "$written" natively sum_at $DISK $BLOCK
check "and sets it offline" natively offline $DISK
