# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# A device is attached to a virtual machine that runs; then what may happen to a machine.
. /tests/operator/libvirt.sh

prepare hot $TERMINAL || exit
start_guest "without a device" hot || exit
put_in "hot plug" hot $UUID $TERMINAL
suspend_and_resume "hot plug" hot $UUID $TERMINAL
reboot "hot plug" hot $UUID $TERMINAL
detach_and_attach "hot plug" hot $UUID $TERMINAL
reboot "hot plug, attached again" hot $UUID $TERMINAL

shut_down "hot plug" hot
start_guest "hot plug is not kept" hot
put_in "hot plug into the new machine" hot $UUID $TERMINAL

check "it is detached" virsh detach-device hot "$(hostdev $UUID $TERMINAL)" --live
check "its mdev is stopped" mdevctl stop -u $UUID
check "and started" mdevctl start -u $UUID
put_in "after a restart of the mdev" hot $UUID $TERMINAL
shut_down "after a restart of the mdev" hot
