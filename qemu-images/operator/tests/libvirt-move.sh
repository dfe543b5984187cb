# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# A device moves between two virtual machines that run.
. /tests/operator/libvirt.sh

prepare hot $TERMINAL || exit
check "another one is defined" define_guest other || exit
start_guest "the first guest" hot || exit
put_in "the first guest" hot $UUID $TERMINAL
start_guest "another guest" other
check_refused "another guest is refused a device in use" virsh attach-device other "$(hostdev $UUID $TERMINAL)" --live
mark hot
check_goes_on "the first one" $TERMINAL
take_out "moved" hot $UUID $TERMINAL
put_in "moved" other $UUID $TERMINAL
take_out "moved back" other $UUID $TERMINAL
put_in "moved back" hot $UUID $TERMINAL
shut_down "another guest" other
shut_down "the first one" hot
