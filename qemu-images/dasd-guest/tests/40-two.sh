# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154 # disks are host.sh's
# Two guests with a disk each, at once: both copy files, each to its own disk, and each finds its own there.  One
# of them is killed at it, which is nothing to the other.
# DRIVER=kernel: over the kernel's own driver.
. /tests/lib.sh
. /host.sh
host_ready || exit

check "the first disk has a file system" make_disk $DISK || exit
check "the second disk too" make_disk $BOOT || exit
check "the driver" use_driver "${DRIVER:-ours}" || exit
check "the first disk is taken" take_disk $DISK || exit
check "the second disk is taken" take_disk $BOOT || exit
go_on g || exit
go_on h || exit
plug g $DISK
plug h $BOOT

online_in_guest "first" g $DISK || exit
online_in_guest "second" h $BOOT || exit
copies "first" g $DISK || exit
copies "second" h $BOOT || exit
check "both: the first goes on copying" more g 8
check "both: and the second" more h 8
end_guest h KILL
told h >/tmp/sums.h
check "killed: the first goes on copying" more g $(($(told g | wc -l) + 4))
ask g "touch /tmp/enough"
check "killed: and ends by itself" heard g '^copying ended' 1
ask g "sh /dasd.sh offline $DISK"
verified "first" g $DISK
told g >/tmp/sums.g
check "the first guest's disk is gone" unplug g $DISK
end_guest g

check "the first disk is the host's again" give_up $DISK
check "the second disk too" give_up $BOOT
cases "first, natively" natively verify $DISK /tmp/sums.g
cases "second, natively" natively verify $BOOT /tmp/sums.h
