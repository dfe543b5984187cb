# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154,SC3043
# libvirt knows the subchannel and keeps its mediated device, in place of mdevctl.
# Lines "# xml FILE: ..." are checked against libvirt's schema by the group 77-libvirt.
. /tests/operator/libvirt.sh

# xml_of NAME: shows it, for the outside; its status is virsh's.
xml_of()
{
	virsh nodedev-dumpxml "$1" >/tmp/dumped || return
	sed "s/^/# xml $1: /" /tmp/dumped
}
# parent_of NAME
parent_of() { virsh nodedev-dumpxml "$1" | sed -n 's|.*<parent>\(.*\)</parent>|\1|p'; }
# up_to_css NAME: its parents, up to the subchannel.
up_to_css()
{
	local name=$1
	while [ -n "$name" ]; do
		case $name in
		css_*) echo "$name"; return ;;
		esac
		name=$(parent_of "$name")
	done
	return 1
}
in_list() { virsh -q nodedev-list "$@" | grep -qx "$listed *"; }

check "libvirtd starts" start_libvirt || exit
# Which of the disks is vda is not the same at each boot.
disk=$(readlink -f /sys/block/vda | sed -n 's|.*/css0/\([^/]*\)/.*|\1|p')
check_is "from the block device vda up to its subchannel" "css_$(echo "$disk" | tr . _)" up_to_css block_vda
sch=$(sch_of $RNG)
css=css_$(echo "$sch" | tr . _)
check_is "from the device up to its subchannel" "$css" up_to_css "ccw_$(echo $RNG | tr . _)"
xml_of "$css" && ok "the subchannel is described" || not_ok "the subchannel is described" "virsh says no"
check_is "it names the device behind it" "<channel_dev_addr>" sh -c "grep -o '<channel_dev_addr>' /tmp/dumped"

check "chzdev sets it offline" chzdev --active --disable $RNG
check "driverctl binds it" driverctl -b css set-override "$sch" vfio_ccw
offers() { virsh nodedev-dumpxml "$css" | grep -q "<type id='vfio_ccw-io'>"; }
check "libvirt knows that mediated devices may be made of it" until_true 30 offers
listed=$css
check "it is in the list of those" in_list --cap mdev_types
xml_of "$css"

name=mdev_$(echo "${UUID}_$sch" | tr .- __)
sed -e "s/css_0_0_0042/$css/; s/6c1b4f3e-5a0d-4c57-9d0e-2f8a7b1c3d5e/$UUID/; /<name>/d" /guest/nodedev.xml >/tmp/nodedev.xml
check_says "nodedev-define" "$name" virsh nodedev-define /tmp/nodedev.xml
listed=$name
check "it is in the list of inactive ones" until_true 30 in_list --cap mdev --inactive
check_refused "not in that of active ones" in_list --cap mdev
check_says "mdevctl has it" "$UUID $sch vfio_ccw-io manual" mdevctl list --defined
check "nodedev-autostart" virsh nodedev-autostart "$name"
check_says "nodedev-info says so" "Autostart:      yes" virsh nodedev-info "$name"
check_says "mdevctl, too" "$UUID $sch vfio_ccw-io auto" mdevctl list --defined
check "nodedev-start" virsh nodedev-start "$name"
check "the mediated device is there" has_mdev_dir
check "it is in the list of active ones" until_true 30 in_list --cap mdev
xml_of "$name" && ok "it is described" || not_ok "it is described" "virsh says no"
check "it works" is_free $UUID

check "a guest is defined" define_guest node
start_guest "a node device" node
put_in "a node device" node $UUID $RNG
mark node
check_refused "nodedev-destroy of a device in use is refused" virsh nodedev-destroy "$name"
check_goes_on "a node device, not destroyed" $RNG
shut_down "a node device" node

outside unplug rng1
check "unplugged: the mediated device is gone" until_true 30 has_no_mdev
check "unplugged: libvirt has it as inactive" until_true 30 in_list --cap mdev --inactive
outside plug "virtio-rng-ccw,id=rng1,devno=fe.0.0a01"
check "plugged again: it has started by itself" until_true 60 has_mdev_dir
check "plugged again: libvirt has it as active" until_true 30 in_list --cap mdev
check "plugged again: it works" is_free $UUID

check "nodedev-destroy" virsh nodedev-destroy "$name"
check "the mediated device is gone" has_no_mdev
check "it is defined still" until_true 30 in_list --cap mdev --inactive
check "nodedev-undefine" virsh nodedev-undefine "$name"
no_longer() { ! in_list --cap mdev --inactive; }
check "it is not defined any more" until_true 30 no_longer
check_is "mdevctl has nothing" "" mdevctl list --defined
check "nodedev-create, for one that is not kept" virsh nodedev-create /tmp/nodedev.xml
check "it works" is_free $UUID
check "nodedev-destroy of that" virsh nodedev-destroy "$name"
check "it is gone for good" has_no_mdev
