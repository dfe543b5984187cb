# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091
# An operator hands a device over with the tools of the distribution.
. /tests/operator/lib.sh

check "udev has loaded the module for the subchannels" until_true 20 is_loaded vfio_ccw
check "modprobe takes it out" modprobe -r vfio_ccw
check "the device is online before" until_true 30 is_online
check "chzdev sets it offline" chzdev --active --disable "$RNG"
check_refused "it is offline" is_online
sch=$(sch_of "$RNG")

check "driverctl binds it, and loads the module" driverctl -b css set-override "$sch" vfio_ccw
check_is "vfio_ccw has it" vfio_ccw driver_of "$RNG"
check_is "driverctl lists it" "$sch vfio_ccw" driverctl -b css list-overrides
check_says "lscss shows no device behind it" "none     $sch" lscss
check_refused "lszdev does not offer it" lszdev "$RNG"

check_says "mdevctl knows the type" "vfio_ccw-io" mdevctl types --parent "$sch"
check "mdevctl defines a device from the example" mdevctl define -u "$UUID" -p "$sch" --jsonfile /usr/share/vfio-ccw/mdev.json
check_says "it is to start by itself" "$UUID $sch vfio_ccw-io auto" mdevctl list --defined
check "mdevctl starts it" mdevctl start -u "$UUID"
check_says "mdevctl lists it" "$UUID $sch vfio_ccw-io auto (defined)" mdevctl list
check_says "lscss --vfio shows it" "$UUID  $sch" lscss --vfio
check "it works" "$VCCW" sense-id
check_refused "a second one is refused" mdevctl start -p "$sch" -t vfio_ccw-io
check "mdevctl stops it" mdevctl stop -u "$UUID"
check "it is gone" has_no_mdev

check "the module can go from under the tools" modprobe -r vfio_ccw
check "and come back" modprobe vfio_ccw
check "the device is bound again" until_true 20 is_bound
check "its mdev has started by itself" until_true 30 has_mdev
check "it works again" "$VCCW" sense-id

in_background /tmp/held "$VCCW" hold --keep 2000 --stay
until_true 20 grep -q "holding for" /tmp/held
check_refused "the module stays while a client has it" modprobe -r vfio_ccw
kill "$user"
wait "$user" 2>/dev/null

check "mdevctl stops it again" mdevctl stop -u "$UUID"
check "mdevctl forgets it" mdevctl undefine -u "$UUID"
check "driverctl gives it back" driverctl -b css unset-override "$sch"
check "its own driver has it" until_true 30 is_given_back
check "chzdev sets it online" until_true 30 chzdev --active --enable "$RNG"
check_is "no override is left" "" sh -c 'ls /etc/driverctl.d'
