# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091
# A subchannel goes to vfio_ccw, becomes a mediated device, and comes back.
. /tests/lib.sh

type=$(mdev_type "$RNG")
parent=${type%/mdev_supported_types*}
one=$(new_uuid)
two=$(new_uuid)

check_is "the device's own driver has it" io_subchannel driver_of "$RNG"
check "the subchannel binds to vfio_ccw" bind_sch "$RNG"
check_is "vfio_ccw has it" vfio_ccw driver_of "$RNG"
check_is "one mediated device can be made" 1 cat "$type/available_instances"
check_is "its API is vfio-ccw" vfio-ccw cat "$type/device_api"
check_refused "a bad UUID is refused" create_mdev nonsense "$RNG"
check "the mediated device is made" create_mdev "$one" "$RNG"
check_is "it belongs to the subchannel" "$parent/$one" find "$parent/" -maxdepth 1 -name "$one"
check "it is in an IOMMU group" test -e "/sys/bus/mdev/devices/$one/iommu_group"
check_is "no further one can be made" 0 cat "$type/available_instances"
check_refused "a second one is refused" create_mdev "$two" "$RNG"
check "it is removed" remove_mdev "$one"
check_is "one can be made again" 1 cat "$type/available_instances"
check "another one is made" create_mdev "$two" "$RNG"
check "the subchannel goes back with it in place" unbind_sch "$RNG"
check_refused "the mediated device is gone" test -e "/sys/bus/mdev/devices/$two"
check_is "the device's own driver has it again" io_subchannel driver_of "$RNG"
check "the channel device is back" until_true 10 test -d "/sys/bus/ccw/devices/$RNG"
