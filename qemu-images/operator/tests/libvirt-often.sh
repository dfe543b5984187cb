# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# Ten times: detach and attach, with a reboot each and without.
. /tests/operator/libvirt.sh

prepare often $RNG || exit
attach "often" often $UUID $RNG --config
start_guest "often" often || exit
check_there "often" $RNG
detach_and_attach_often 10 "detach, attach" often $UUID $RNG
detach_and_attach_often 10 "detach, attach, reboot" often $UUID $RNG reboot
shut_down "often" often
