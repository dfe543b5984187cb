# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154,SC3043 # uuid is lib.sh's; busybox has local
# The emulated host: takes the 3270 terminal and runs a Linux guest that it is
# passed to.  Waits for a line on the port "orders" before it starts the guest.
# Arguments: the guest's kernel command line.
. /tests/lib.sh

TERMINAL=0.0.3270
load_module vfio_ccw || exit
check "the terminal is taken" take $TERMINAL || exit
orders_port()
{
	local name
	name=$(grep -lx orders /sys/class/virtio-ports/*/name) || return 1
	name=${name%/name}
	echo "/dev/${name##*/}"
}
until_true 10 orders_port || { not_ok "port orders" "is not there"; exit; }
stats=/sys/bus/mdev/devices/$uuid/stats
unused=$(cat "$stats/bytes")
echo "HOST: ready"
read -r _ <"$(orders_port)"

enter qemu-system-s390x -M s390-ccw-virtio -accel tcg,tb-size=256 -cpu max -smp 1 -m 256M \
	-nodefaults -display none -monitor none -serial none \
	-kernel /host/guest/kernel -initrd /host/guest/initrd -append "$*" \
	-chardev stdio,id=console,signal=off -device sclpconsole,chardev=console \
	-device "vfio-ccw,sysfsdev=/sys/bus/mdev/devices/$uuid,devno=fe.0.3270"
status=$?
check_is "QEMU ended well" 0 echo $status
for count in starts interrupts irbs_published; do echo "# $count: $(cat "$stats/$count")"; done
check_is "no interrupt was dropped" 0 cat "$stats/irbs_dropped"
check_is "nothing stays pinned" 0 cat "$stats/pages_pinned"
check_is "no memory stays behind" "$unused" cat "$stats/bytes"
