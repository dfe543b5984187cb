# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# The guest's virtual machine, without its disks; the same in the emulated mainframe and outside of it,
# where a guest that is up is saved, to go on in there.

# make_ends FOLDER: the guest's port and the monitor are FIFOs; what they say is in FOLDER/said and
# FOLDER/monitor.  The processes that read are in FOLDER/readers.
make_ends()
{
	mkfifo "$1/guest.in" "$1/guest.out" "$1/monitor.in" "$1/monitor.out"
	touch "$1/console" "$1/orders" "$1/said"
	cat <>"$1/guest.out" >>"$1/said" &
	echo $! >"$1/readers"
	cat <>"$1/monitor.out" >"$1/monitor" &
	echo $! >>"$1/readers"
}

# machine FOLDER: QEMU's arguments; a guest of $GUEST_MIB.  The guest's clock counts instructions while it is at
# work: where all is slow, a guest with a clock of the world's has nothing but ticks to do.
machine()
{
	echo "-M s390-ccw-virtio-7.2 -accel tcg,tb-size=64 -icount shift=7 -cpu max -smp 1 -m ${GUEST_MIB:-64}M -nodefaults -display none" \
		"-chardev file,id=console,path=$1/console -device sclpconsole,chardev=console" \
		"-chardev pipe,id=monitor,path=$1/monitor -mon chardev=monitor,mode=readline" \
		"-device virtio-serial-ccw,devno=fe.0.fff0 -chardev pipe,id=guest,path=$1/guest" \
		"-device virtserialport,chardev=guest,name=guest"
}
