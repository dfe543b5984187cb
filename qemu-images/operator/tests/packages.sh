# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# The packages on a host that has compilers and the kernel's headers: DKMS builds here.
# An upgrade while a guest has a device, and removal.
. /tests/operator/lib.sh

VCCW=/usr/bin/vccw
release=$(uname -r)
built=/lib/modules/$release/updates/dkms
rm -f /usr/local/bin/vccw # the package's is meant

# of DIR: the version that its packages have.
of() { dpkg-deb -f "$(echo "/packages/$1"/vfio-ccw-tools_*.deb)" Version; }
# It has readelf tell that modules have no section .comment.
dkms_status() { dkms status 2>/dev/null; }
# Packages were unpacked here, not installed, and the configuration of none was run.
install() { dpkg --force-depends -i "/packages/$1"/*.deb; }
timed()
{
	start=$(seconds_up)
	check "$@"
	echo "# $1: $(($(seconds_up) - start)) s"
}

one=$(of one) two=$(of two)
timed "the packages install, DKMS builds" install one
check_is "DKMS has built it" "vfio-ccw/$one, $release, s390x: installed" dkms_status
check_is "modinfo finds it" "$one" modinfo -F version vfio_ccw
check "mdev was built along" test -e "$(modinfo -n mdev)"
check "the modules load" modprobe -a vfio_ccw vfio_iommu_type1
check_is "the loaded one is it" "$one" cat /sys/module/vfio_ccw/version
check_is "the client is of the same version" "vccw $one" $VCCW --version
check_status "vccw check says what is missing" 1 $VCCW check
check "the manual pages are there" test -e /usr/share/man/man8/vccw.8.gz -a -e /usr/share/man/man4/vfio_ccw.4.gz
check "the device is online before" until_true 30 is_online
check "chzdev sets it offline" chzdev --active --disable "$RNG"
check "it is handed over" hand_over
check "mdevctl starts it" mdevctl start -u "$UUID"
check "vccw check: ready" $VCCW check "$(sch_of "$RNG")"
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
