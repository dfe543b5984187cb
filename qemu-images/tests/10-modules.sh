# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091
# The modules load into this kernel, unload, and load again.
. /tests/lib.sh

check "vfio_ccw is loaded" is_loaded vfio_ccw
check "its css driver is registered" test -d /sys/bus/css/drivers/vfio_ccw
check_is "no subchannel is taken by loading" "" find /sys/bus/css/drivers/vfio_ccw -name '0.*'
check "vfio_ccw unloads" rmmod vfio_ccw
check_refused "its css driver is gone" test -d /sys/bus/css/drivers/vfio_ccw
check "vfio_ccw loads again" load_module vfio_ccw
rmmod vfio_ccw
for bad in max_ccws=0 max_segments=0 max_pages=0 max_ccws=100000; do
	check_refused "parameter $bad is refused" load_module vfio_ccw "$bad"
done
check "it loads with smaller limits" load_module vfio_ccw max_ccws=16
check_is "the limit is shown" 16 cat /sys/module/vfio_ccw/parameters/max_ccws
rmmod vfio_ccw
check "it loads after all that" load_module vfio_ccw
