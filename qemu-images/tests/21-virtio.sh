#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A virtio device is not handed to a guest unless the administrator allows it: its
# queues' addresses are data to the channel (virtio 1.2, ch. 4.3.2.2: CCW_CMD_SET_VQ),
# so the guest's addresses would reach the host's device untranslated.  Any other
# device is taken, also one that does not tell what it is.
. /tests/lib.sh

params=/sys/module/vfio_ccw/parameters

has_it_back() { [ "$(cat /sys/bus/ccw/devices/$RNG/online 2>/dev/null)" = 1 ]; }
has_no_driver() { [ ! -e "/sys/bus/css/devices/$(sch_of "$1")/driver" ]; }

check "the module is loaded without leave for virtio" sh -c "rmmod vfio_ccw && insmod /lib/modules/vfio_ccw.ko" || exit
check_is "it has no leave" N cat $params/allow_virtio
check_refused "nobody gives it that leave later" put 1 $params/allow_virtio
echo "virtio: begin" >/dev/kmsg
sch=$(sch_of $RNG)
check_refused "a virtio device is refused" bind_sch $RNG
check "it has no driver now" has_no_driver $RNG
check_refused "and cannot be had by a guest" test -e "$(mdev_type $RNG)"
check "the log says why, and what to do" \
	sh -c "dmesg | sed '1,/virtio: begin/d' | grep 'vfio_ccw $sch: .*virtio' | grep -q 'allow_virtio=1'"
check "its own driver may have it back" \
	sh -c "echo >/sys/bus/css/devices/$sch/driver_override; echo $sch >/sys/bus/css/drivers/io_subchannel/bind"
check "and finds it in order" until_true 20 has_it_back
load_module virtio_rng
check "it answers" until_true 20 dd if=/dev/hwrng of=/dev/null bs=16 count=1
check "it may be refused again" test "$(bind_sch $RNG || echo refused)" = refused
check_is "which says so again" 2 sh -c "dmesg | sed '1,/virtio: begin/d' | grep -c 'allow_virtio=1'"
check "its own driver has it again" \
	sh -c "echo >/sys/bus/css/devices/$sch/driver_override; echo $sch >/sys/bus/css/drivers/io_subchannel/bind"
check "in order" until_true 20 has_it_back
until_true 20 is_settled $RNG
rmmod virtio_rng

check "a terminal is taken, although nobody is connected" take $TERMINAL
check "and works" $VCCW sense-id
give_back

path=/sys/devices/css0/chp0.$(cut -c1-2 "/sys/bus/css/devices/$(sch_of $TERMINAL)/chpids")
until_true 20 is_settled $TERMINAL
check "its only path is varied off" put off $path/status
check "it is taken although it cannot be asked" take $TERMINAL
check "its path is varied on" put on $path/status
check "and it works" $VCCW sense-id
give_back

check "the module is loaded with leave for virtio" sh -c "rmmod vfio_ccw && insmod /lib/modules/vfio_ccw.ko allow_virtio=1"
check "now the virtio device is taken" take $RNG
check "and works" $VCCW sense-id
