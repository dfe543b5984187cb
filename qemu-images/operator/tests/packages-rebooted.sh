# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# After a reboot of the host that has the packages: the device is back with nothing done.
# An upgrade while a client has it, and removal.
. /tests/operator/packages-lib.sh

check "driverctl has bound the device" until_true 60 is_bound
check_is "the loaded module is the package's" "$one" cat /sys/module/vfio_ccw/version
check "mdevctl has started it" until_true 60 has_mdev
check "it works" $VCCW sense-id

in_background /tmp/held $VCCW hold --keep 100000 --end close
check "a client has the device" until_true 30 grep -q "holding for" /tmp/held
timed "the packages are upgraded meanwhile" install two
check_is "DKMS has the new one" "vfio-ccw/$two, $release, s390x: installed" dkms_status
check_is "the next one to be loaded is new" "$two" modinfo -F version vfio_ccw
check_is "the loaded one is still the old one" "$one" cat /sys/module/vfio_ccw/version
check "the client has the device still" kill -0 $user
kill $user
wait $user
check "it works after that" $VCCW sense-id
mdevctl stop -u "$UUID"
check "the old module goes" modprobe -r vfio_ccw
check "the new one comes" modprobe vfio_ccw
check_is "it is loaded" "$two" cat /sys/module/vfio_ccw/version

take_back
check "the module goes" modprobe -r vfio_ccw
files=$(dpkg -L vfio-ccw-dkms vfio-ccw-tools | grep -E 'vfio|vccw')
check "the packages have files" test -n "$files"
check "the packages are removed" dpkg --purge --force-depends vfio-ccw-dkms vfio-ccw-tools
left()
{
	for file in $files /var/lib/dkms/vfio-ccw "$built"/vfio_ccw.ko* "$built"/mdev.ko*; do
		[ ! -e "$file" ] || echo "$file"
	done
}
check_is "they leave no file of theirs" "" left
