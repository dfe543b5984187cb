# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# The host's operator works on the channel path and on the device while a virtual machine
# has it: the machine goes on.  The emulator has no channel paths that can be configured
# (chchp -c), so the path is varied, and the device is unplugged and plugged.
. /tests/operator/libvirt.sh

prepare host $TERMINAL || exit
check "a device on another path is handed over, too" take_for $UUID2 $RNG || exit
attach "the host's operator" host $UUID $TERMINAL --config
attach "the host's operator" host $UUID2 $RNG --config
start_guest "the host's operator" host || exit
check_there "the terminal" $TERMINAL
check_there "the other device" $RNG
sch=$(sch_of $TERMINAL)
path=0.$(cut -c1-2 "/sys/bus/css/devices/$sch/chpids")

mark host
# Each answers in the time that a public suite gives it.
check "chchp varies the path off, in 60 s" timeout 60 chchp --vary 0 "$path"
check_heard "the guest finds that the terminal has no path" says '^device 0a70: no path$'
mark host
check_goes_on "the other device" $RNG
check "lscss answers in 60 s" timeout 60 lscss
check "lschp answers in 60 s" timeout 60 lschp
check "virsh answers in 60 s" timeout 60 virsh domstate host
mark host
check "chchp varies it on, in 60 s" timeout 60 chchp --vary 1 "$path"
check_goes_on "the path is back: the terminal" $TERMINAL

mark host
outside unplug rng1
check_gone "unplugged under the machine" $RNG
check "unplugged under the machine: libvirt has taken it out" until_true 30 has_no_hostdev host $UUID2
check_goes_on "unplugged under the machine: the other device" $TERMINAL
check "unplugged under the machine: its subchannel is gone" until_true 30 has_no_sch
outside plug "virtio-rng-ccw,id=rng1,devno=fe.0.0a01"
check "plugged again: override and mdev come by themselves" until_true 60 is_free $UUID2
put_in "plugged again" host $UUID2 $RNG
check_goes_on "plugged again: the other device" $TERMINAL
reboot "plugged again" host $UUID2 $RNG
shut_down "plugged again" host
start_guest "plugged again, cold" host
check_there "plugged again, cold" $RNG
shut_down "plugged again, cold" host
