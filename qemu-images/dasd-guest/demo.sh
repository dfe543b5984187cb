# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154 # devices are host.sh's
# A Linux guest that boots from a mainframe's disk of its own: as it runs in the emulated mainframe.
. /demo-lib.sh
. /tests/lib.sh
. /host.sh

D=/sys/bus/ccw/devices/$BOOT
S=$(dirname "$(readlink -f "$D")")
sch=${S##*/}

# in_guest COMMAND: shows and runs it.
in_guest()
{
	echo "   guest# $1"
	ask b "$1" >/tmp/answer && sed 's/^/   /' /tmp/answer && return
	echo "   this command failed in the guest"
	exit 1
}

step "The machine" <<'.'
A mainframe, emulated by Hercules, with Debian's stock kernel.  Device 0.0.0120 is
an ECKD disk, a 3390 behind a 3990 control unit.  The host's dasd_eckd has it.
.
host_ready || exit
load_module vfio_ccw || exit
run "uname -srm"
run "cat $D/cutype $D/devtype"

step "Linux is put on the disk" <<'.'
By the host: dasdfmt formats it, fdasd makes a partition, mke2fs a file system; a
small root file system and a kernel are copied there, and zipl writes the records
from which the disk boots.
.
run "enter busybox sh /host/dasd.sh install $BOOT cdl /host/guest/kernel /host/guest/initrd"

step "The host gives the disk away" <<'.'
vfio_ccw takes its subchannel, and a mediated device is made, which QEMU opens.
.
uuid=$(new_uuid)
echo "$uuid" >/tmp/uuid.$BOOT
run "echo vfio_ccw > $S/driver_override"
run "echo $sch > $S/driver/unbind"
run "echo $sch > /sys/bus/css/drivers/vfio_ccw/bind"
run "echo $uuid > $S/mdev_supported_types/vfio_ccw-io/create"

step "A virtual machine boots from it" <<'.'
It has no other disk, kernel or initramfs.  QEMU's firmware reads the disk by channel
programs of its own, READ IPL first, then what zipl wrote; the kernel that comes
from there finds its root on the same disk.  All of that goes through vfio_ccw.
The machine is emulated twice here: this takes minutes.
.
echo "   # qemu-system-s390x -device $(passed $BOOT),bootindex=1 ..."
start_guest b -device "$(passed $BOOT),bootindex=1"
tail -n +1 -f /tmp/b/console | while IFS= read -r line; do echo "   | $line"; done &
heard b '^## ready' 1 5>/dev/null || exit 1
kill $!

step "In the guest" <<'.'
.
in_guest "uname -sr"
in_guest "cat /proc/cmdline"
in_guest "grep ' / ' /proc/mounts"
in_guest "cat /proc/dasd/devices"
in_guest "echo 'written by the guest' >/hello && sync && ls -l /hello"
in_guest "mount -o remount,ro /"

step "The host has its disk back" <<'.'
And reads on it what the guest wrote.
.
end_guest b
run "echo 1 > /sys/bus/mdev/devices/$uuid/remove"
run "echo > $S/driver_override"
run "echo $sch > $S/driver/unbind"
run "echo $sch > /sys/bus/css/drivers/io_subchannel/bind"
until_true 100 test -e "$D/online"
run "echo 1 > $D/online"
until_true 100 test -b "/dev/$(ls "$D/block")1"
run "mkdir -p /mnt && mount -t ext4 -o ro /dev/$(ls "$D/block")1 /mnt && cat /mnt/hello"
grep -qx 'written by the guest' /tmp/run || { echo "   that is not what was written"; exit 1; }
run "umount /mnt && echo 0 > $D/online"
run "rmmod vfio_ccw && echo vfio_ccw is unloaded"
exit 0
