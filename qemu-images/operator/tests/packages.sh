# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# The packages on a host that has compilers and the kernel's headers: DKMS builds here,
# a device is handed over for good.
. /tests/operator/packages-lib.sh

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
