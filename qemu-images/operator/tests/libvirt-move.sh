# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# A device moves between two virtual machines that run.
. /tests/operator/libvirt.sh

prepare hot $TERMINAL || exit
check "another one is defined" define_guest other || exit
start_guest "the first guest" hot || exit
mark hot
attach "the first guest" hot $UUID $TERMINAL --live
check_there "the first guest" $TERMINAL
start_guest "another guest" other
check_refused "another guest is refused a device in use" virsh attach-device other "$(hostdev $UUID $TERMINAL)" --live
mark hot
check_goes_on "the first one" $TERMINAL
mark hot
detach "moved" hot $UUID $TERMINAL --live
check_gone "moved" $TERMINAL
mark other
attach "moved" other $UUID $TERMINAL --live
check_there "moved" $TERMINAL
mark other
detach "moved back" other $UUID $TERMINAL --live
check_gone "moved back" $TERMINAL
mark hot
attach "moved back" hot $UUID $TERMINAL --live
check_there "moved back" $TERMINAL
shut_down "another guest" other
shut_down "the first one" hot
