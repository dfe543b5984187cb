# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# The demonstration, as it runs in the guest: what an administrator of an s390x
# host would type to hand a device to a virtual machine, with explanations.
. /demo-lib.sh

step "The machine" <<'.'
An IBM mainframe ("s390x"), emulated.  It has no PCI bus for its classic
devices: disks, tapes and terminals hang on channels, and the operating system
reaches each one through a subchannel.  Ours has one device, number 0.0.0a01.
.
run 'uname -srm'
read -r device </sys/bus/css/devices/0.0.0000/dev_busid
S=/sys/bus/css/devices/0.0.0000
run "cat $S/dev_busid    # the device on subchannel 0.0.0000"
run "basename \$(readlink $S/driver)    # the driver that has it"

step "Loading the modules" <<'.'
vfio is the kernel's framework that lets a program (a virtual machine monitor
such as QEMU) drive a real device.  vfio_ccw is this project: it does so for
channel-attached devices.  The only device here is a virtio one, which a
host must not hand on, as its guest could reach the host's memory through it:
we have to allow that.
.
while read -r name rest; do
	params=$(sed -n "s/^$name / /p" /etc/modules-params)
	[ -d "/sys/module/$name" ] || run "insmod /lib/modules/$name.ko$params"
done </etc/modules-needs
run "lsmod | grep -E 'vfio|mdev'"

step "Taking the subchannel from its own driver" <<'.'
The kernel's io_subchannel driver lets go of it, vfio_ccw takes it.
.
[ ! -e $S/$device/online ] || run "echo 0 > $S/$device/online"
run "echo vfio_ccw > $S/driver_override"
run "echo 0.0.0000 > $S/driver/unbind"
run "echo 0.0.0000 > /sys/bus/css/drivers/vfio_ccw/bind"
run "basename \$(readlink $S/driver)"

step "Making the mediated device" <<'.'
A mediated device ("mdev") is what a virtual machine monitor opens.  Its type
is vfio_ccw-io; it gets a name, a UUID.  "vccw check" tells whether anything is
missing now; "note" is what a real host would have besides.
.
T=$S/mdev_supported_types/vfio_ccw-io
uuid=$(cat /proc/sys/kernel/random/uuid)
run "cat $T/device_api $T/available_instances"
run "echo $uuid > $T/create"
run "ls /sys/bus/mdev/devices"
run "vccw check $device"

step "Driving the device" <<'.'
From here on, the client "vccw" does what a virtual machine monitor would do on
behalf of its guest.  A channel program is a list of commands (CCWs) in the
guest's memory; START hands it to the channel.  The answer is an interrupt with
status (an IRB): "channel-end, device-end" means that all went well, and the
CPA tells how far the program came.  vfio_ccw translates the guest's addresses
to the host's on the way in, and back on the way out.
.
run "vccw demo"

if [ -e /bin/guest.elf ]; then
step "Giving the device to a virtual machine" <<'.'
QEMU opens the mediated device and hands it to its guest: here a small program
of our own, which takes the place of an operating system and tries the device
in every way that it can.  For each of its programs it shows the condition code
if that is not 0, and the three words of the subchannel status (SCSW) that the
interrupt brought.  Bad programs must end as they would on a real channel, and
what the host's driver refuses must come as a unit exception.
.
run "enter qemu-system-s390x -M s390-ccw-virtio -accel tcg -m 64 -nodefaults -display none \\
     -no-reboot -kernel /host/bin/guest.elf -append rounds=100 \\
     -chardev stdio,id=c -device sclpconsole,chardev=c \\
     -device vfio-ccw,sysfsdev=/sys/bus/mdev/devices/$uuid"
grep -q '^GUEST OK' /tmp/run || { echo "   the guest found something wrong"; exit 1; }
fi

step "Giving the device back" <<'.'
The mediated device goes, and the kernel's own driver takes the device again.
.
run "echo 1 > /sys/bus/mdev/devices/$uuid/remove"
run "echo > $S/driver_override"
run "echo 0.0.0000 > $S/driver/unbind"
run "echo 0.0.0000 > /sys/bus/css/drivers/io_subchannel/bind"
run "basename \$(readlink $S/driver)"
run "rmmod vfio_ccw && echo vfio_ccw is unloaded"
exit 0
