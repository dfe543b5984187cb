# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# A device is attached to a virtual machine that is off; then what may happen to a machine.
. /tests/operator/libvirt.sh

prepare cold $RNG || exit
attach "off" cold $UUID $RNG --config
start_guest "off, attached" cold || exit
check_there "off, attached, started" $RNG
check_refused "a second client finds it in use" is_free $UUID

suspend_and_resume "cold plug" cold $UUID $RNG
reboot "cold plug" cold $UUID $RNG
reset "cold plug" cold $UUID $RNG
detach_and_attach "cold plug" cold $UUID $RNG
shut_down "cold plug" cold
check "off: the host may use it" is_free $UUID
start_guest "started again" cold
check_there "started again" $RNG
shut_down "started again" cold
