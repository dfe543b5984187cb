# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# A disk of a mainframe, from the host's driver to vfio_ccw, to a guest, and back: as it runs
# in the emulated mainframe.
. /demo-lib.sh

device=0.0.0120
block=5040	# the first 4096 bytes of cylinder 28: 15 tracks of 12 records each

step "The machine" <<'.'
A mainframe, emulated by Hercules: its channels run on their own, beside the
processor, and its devices are real types.  Device 0.0.0120 is a 3390 disk
behind a 3990 control unit.  A 3390 does not have numbered blocks: each track
holds records, and a record has a count (where it is and how long), a key and
data.  The kernel's driver for such disks, dasd_eckd, has it at first.
.
run 'uname -srm'
for module in dasd_eckd_mod vfio_iommu_type1 vfio_ccw; do
	for name in $(sed -n "s/^$module //p" /etc/modules-needs) $module; do
		[ -d "/sys/module/$name" ] || run "insmod /lib/modules/$name.ko"
	done
done
D=/sys/bus/ccw/devices/$device
run "cat $D/cutype $D/devtype"
run "echo 1 > $D/online"
disk=/dev/$(ls $D/block)
run "dd if=$disk bs=4096 skip=$block count=1 2>/dev/null | tr -d '\\000' | wc -c    # what is not 0 there"

step "Taking the disk from dasd_eckd" <<'.'
dasd_eckd lets go of it, vfio_ccw takes its subchannel, and a mediated device is
made: what a virtual machine monitor opens.
.
S=$(dirname "$(readlink -f $D)")
sch=${S##*/}
uuid=$(cat /proc/sys/kernel/random/uuid)
run "echo 0 > $D/online"
run "echo vfio_ccw > $S/driver_override"
run "echo $sch > $S/driver/unbind"
run "echo $sch > /sys/bus/css/drivers/vfio_ccw/bind"
run "echo $uuid > $S/mdev_supported_types/vfio_ccw-io/create"

step "What the device says of itself" <<'.'
SENSE ID, and the two commands in which a disk tells of itself.
.
run "vccw identify"

step "Its label, and a track" <<'.'
READ TRACK behind DEFINE EXTENT and LOCATE RECORD: every record with its count,
key and data.  Text on a mainframe is EBCDIC; the label is in record 3.
.
run "vccw label"
run "vccw track 0 0 --dump 48 | head -n 22"

step "Writing a record, and reading it back" <<'.'
Written as dasd_eckd would (DEFINE EXTENT, LOCATE RECORD, WRITE UPDATE DATA), with
data in three places of the guest's memory; read as in 1964: SEEK, then SEARCH ID
until the record comes by, with a TIC back to the search, then READ DATA.  The
channel runs this loop by itself.
.
cat >/tmp/write <<'.'
# cylinder 28 (1c), head 0, record 1; "written through vfio_ccw" in ASCII
buf extent size=16 hex=80c0000000000000001c0000001c000e
buf locate size=16 hex=01800001001c0000001c000001ff1000
buf text size=24 hex=7772697474656e207468726f756768207666696f5f636377
buf rest size=4096 fill=00
ccw1 cmd=63 flags=cc count=16 data=extent
ccw1 cmd=47 flags=cc count=16 data=locate
ccw1 cmd=85 flags=cd count=24 data=text
ccw1 cmd=00 flags=cd count=2000 data=rest
ccw1 cmd=00 count=2072 data=rest+2000
expect start=0 dstat=0c cstat=00 count=0
.
cat >/tmp/read <<'.'
buf seek size=6 hex=0000001c0000
buf id size=5 hex=001c000001
buf data size=4096
ccw1 cmd=07 flags=cc count=6 data=seek
search:
ccw1 cmd=31 flags=cc count=5 data=id
tic to=search
ccw1 cmd=06 count=4096 data=data
expect start=0 dstat=0c cstat=00 count=0
expect data=data hex=7772697474656e207468726f756768207666696f5f636377
.
run "cat /tmp/write"
run "vccw program --dump 0 /tmp/write"
run "cat /tmp/read"
run "vccw program --dump 32 /tmp/read"

step "A record that is not there" <<'.'
The same with record 99: the search goes round the track twice and ends the
program with a unit check; its sense data say why.
.
sed 's/^buf id .*/buf id size=5 hex=001c000063/; /^expect/d' /tmp/read >/tmp/none
echo 'expect start=0 dstat=0e' >>/tmp/none
run "vccw program --dump 0 /tmp/none"

step "A program in flight: suspended, halted, cleared" <<'.'
A CCW with the suspend flag makes the channel stop there.  It says so with an
intermediate interrupt: the program is not over, and its memory stays pinned.
HALT or CLEAR end it.
.
run "vccw hold --end halt"
run "vccw hold --end clear"

if [ -e /bin/guest.elf ]; then
step "Giving the disk to a virtual machine" <<'.'
QEMU opens the mediated device, and its guest, a small program of our own that
tests its channel subsystem, drives the disk.  (QEMU asks the host's sysfs what
kind of channel path leads to a device.  Hercules does not tell the kernel, so
with-paths adds the answer in a mount namespace for QEMU alone.)
.
run "enter true"
run "with-paths /tree enter qemu-system-s390x -M s390-ccw-virtio -accel tcg -m 64 -nodefaults -display none \\
     -no-reboot -kernel /host/bin/guest.elf -append rounds=3 \\
     -chardev stdio,id=c -device sclpconsole,chardev=c \\
     -device vfio-ccw,sysfsdev=/sys/bus/mdev/devices/$uuid"
grep -q '^GUEST OK' /tmp/run || { echo "   the guest found something wrong"; exit 1; }
fi

step "Giving it back to dasd_eckd" <<'.'
The host has its disk again, and finds on it what was written.
.
run "echo 1 > /sys/bus/mdev/devices/$uuid/remove"
run "echo > $S/driver_override"
run "echo $sch > $S/driver/unbind"
run "echo $sch > /sys/bus/css/drivers/io_subchannel/bind"
tries=0
until [ -e $D/online ] || [ $tries = 200 ]; do tries=$((tries + 1)); sleep 0.05; done
run "echo 1 > $D/online"
disk=/dev/$(ls $D/block)
run "dd if=$disk bs=4096 skip=$block count=1 2>/dev/null | tr -d '\\000'; echo"
grep -q '^written through vfio_ccw$' /tmp/run || { echo "   that is not what was written"; exit 1; }
run "rmmod vfio_ccw && echo vfio_ccw is unloaded"
exit 0
