# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# virsh attach-device and detach-device --current: the machine if it runs, else its
# configuration.
. /tests/operator/libvirt.sh

prepare cold $RNG || exit
attach "--current, off" cold $UUID $RNG --current
start_guest "--current, off" cold || exit
check_there "--current, off" $RNG

mark cold
detach "--current, running" cold $UUID $RNG --current
check_gone "--current, running" $RNG
check "--current, running: the configuration has it still" sh -c "virsh dumpxml --inactive cold | grep -q $UUID"
mark cold
attach "--current, running" cold $UUID $RNG --current
check_there "--current, running" $RNG
shut_down "--current" cold
detach "--current, off" cold $UUID $RNG --current
start_guest "--current, without it" cold
shut_down "--current, without it" cold
none_since_start() { awk '/^start/ { n = 0 } /^device/ { n++ } END { exit n != 0 }' /var/log/cold.console; }
check "--current, without it: the guest had no device" none_since_start
