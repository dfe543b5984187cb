# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091
# `vccw check` on the way from a bare host to one that can pass a device on: it names
# each thing that is missing and what mends it, and that does mend it.
. /tests/lib.sh

version=$($VCCW --version)
version=${version#vccw }
check_is "the module's version is the client's" "$version" cat /sys/module/vfio_ccw/version
rmmod vfio_ccw
check_status "without the module: not ready" 1 $VCCW check
check_said "the module is named" '^missing +vfio_ccw is not loaded'
check_said "and how to get it" 'do: .*modprobe vfio_ccw'
load_module vfio_ccw
check_status "no device yet: not ready" 1 $VCCW check
check_said "that is said" '^missing +no subchannel is bound to vfio_ccw'
check_said "whose module it is" "^ok +vfio_ccw is this project's, version $(echo "$version" | tr + .)\$"

check_status "a device with its own driver: not ready" 1 $VCCW check $RNG
check_said "its driver is named" "$RNG.*: its driver is io_subchannel"
check_said "and how to change that" "do: chzdev --active --disable $RNG; driverctl -b css set-override $(sch_of $RNG) vfio_ccw"
bind_sch $RNG
check_status "bound: not ready" 1 $VCCW check "$(sch_of $RNG)"
check_said "the mediated device is missing" '^missing .*: has no mediated device'
uuid=$(new_uuid)
create_mdev "$uuid" $RNG
check "with a mediated device: ready" $VCCW check $RNG
check_said "how a guest gets it" "sysfsdev=.*/$uuid"
check "all that are bound: ready" $VCCW check
check "in JSON" $VCCW check --json
check_said "ready" '"ready": true'
check_said "and each line" '"state": "ok"'

check_status "a device that there is not: not ready" 1 $VCCW check 0.0.ffff
check_said "it is named" 'there is no subchannel or device 0\.0\.ffff'
