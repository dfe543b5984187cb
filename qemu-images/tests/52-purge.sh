# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091
# The operator has cio ignore a device that is handed over, and purge what is ignored: what is
# in use stays (kernel, Documentation/arch/s390/common_io.rst: "purge" is of unused devices).
# How cio tells differs between kernels.
. /tests/lib.sh

ignore() { put "$1 $RNG" /proc/cio_ignore; }
purge() { put purge /proc/cio_ignore; }
# cio's queue is through with what it was given before.
settled() { until_true 20 put 1 /proc/cio_settle; }

check "a device is taken" take "$RNG" || exit
sch=$(sch_of "$RNG")
in_background /tmp/held "$VCCW" hold --keep 2000 --end close
check "it has a program in flight" until_true 20 grep -q "holding for" /tmp/held
check "cio ignores it" ignore add
check "cio purges, with a program in flight" purge
check "cio has done so" settled
check "the subchannel is there, and ours" [ "$(driver_of "$RNG")" = vfio_ccw ]
check "the mediated device is there" [ -e "/sys/bus/mdev/devices/$uuid" ]
check_refused "the client was not asked for it" grep -q "asks for the device" /tmp/held
kill "$user"
wait "$user" 2>/dev/null
check "cio purges, with nobody there" purge
check "cio has done so, too" settled
check "it works" "$VCCW" sense-id -d "$uuid"
check_is "the same subchannel has it" "$sch" sch_of "$RNG"
check "cio does not ignore it any more" ignore free
check "it is given back" unbind_sch "$RNG"
