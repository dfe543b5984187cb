# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2034,SC2154,SC3043
# What the tests with libvirt share beyond lib.sh.  The guests are our quick one
# (qemu-images/guest), which says on its console what it finds: programs/operated.cc.
. /tests/operator/lib.sh

UUID2=a3f0c2d4-91b7-4e6a-8c35-7d1e5b9f0a42
export LIBVIRT_DEFAULT_URI=qemu:///system LC_ALL=C

# libvirtd is started by the first test of a boot, with the drivers that are needed.  It would
# look at every QEMU that it finds, which takes long here.
start_libvirt()
{
	virsh -q list >/dev/null 2>&1 && return
	find /usr/bin -name 'qemu-system-*' ! -name '*-s390x' -delete
	find /usr/lib -path '*/connection-driver/*' ! -name '*_qemu.so' ! -name '*_nodedev.so' -type f -delete
	mkdir -p /var/log
	# What the driver did is shown where a case fails.
	[ -e /sys/kernel/tracing/trace ] || mount -t tracefs none /sys/kernel/tracing
	put 1 /sys/kernel/tracing/events/vfio_ccw/enable
	libvirtd --daemon && until_true 60 virsh -q list
}

# take_for UUID DEVICE: handed over, its mdev defined and started.
take_for()
{
	local sch
	until_true 30 is_settled "$2"
	chzdev --active --disable "$2" >/dev/null 2>&1
	# udev's rule, which starts what is defined, must not meet the definition.
	sch=$(sch_of "$2") && driverctl -b css set-override "$sch" vfio_ccw && udevadm settle &&
		mdevctl define -u "$1" -p "$sch" --jsonfile /usr/share/vfio-ccw/mdev.json && mdevctl start -u "$1"
}

# hostdev UUID DEVICE: prints the name of its element's file; the guest finds it under the
# host's device number.
hostdev()
{
	cat >"/tmp/$1.xml" <<-.
		<hostdev mode='subsystem' type='mdev' model='vfio-ccw'>
		  <source><address uuid='$1'/></source>
		  <address type='ccw' cssid='0xfe' ssid='0x0' devno='0x${2##*.}'/>
		</hostdev>
	.
	echo "/tmp/$1.xml"
}

# define_guest NAME [OPTIONS]
define_guest()
{
	sed -e "s/NAME/$1/; s/OPTIONS/${2:-}/" /tests/operator/quick-guest.xml >"/tmp/$1.xml"
	: >"/var/log/$1.console"
	virsh define "/tmp/$1.xml"
}

# prepare GUEST DEVICE: what each test of a guest begins with; the device's mdev is $UUID.
prepare()
{
	check "libvirtd starts" start_libvirt &&
		check "a device is handed over" take_for $UUID "$2" &&
		check "a guest is defined" define_guest "$1"
}

lines_of() { wc -l <"/var/log/$1.console"; }

# mark GUEST: what it has said until now does not count any more.
mark()
{
	guest=$1
	marked=$(lines_of "$1")
}
since() { tail -n "+$((marked + 1))" "/var/log/$guest.console"; }
says() { since | grep -Eq "$1" || is_wrong; }
is_wrong() { grep -q WRONG "/var/log/$guest.console"; }

# A program that began before the mark may end after it.
works() { [ "$(since | grep -c "device ${1##*.} works")" -ge 2 ] || is_wrong; }

# check_heard NAME COMMAND...: waits until it is true of what the marked guest says.
check_heard()
{
	local name=$1
	shift
	if until_true 30 "$@" && ! is_wrong; then
		ok "$name"
		return
	fi
	not_ok "$name" "the guest does not say it: $*"
	show_guest
	return 1
}

# What the marked guest, its QEMU and the driver said and did last.
show_guest()
{
	tail -n 4 "/var/log/libvirt/qemu/$guest.log" | sed 's/^/# /'
	grep WRONG "/var/log/$guest.console" | sed 's/^/# /'
	tail -n 12 "/var/log/$guest.console" | sed 's/^/# /'
	tail -n 20 /sys/kernel/tracing/trace | cut -c 40- | sed 's/^/# /'
}

# PIM, PAM, POM and CHPIDs of a subchannel, as lscss shows them.
shown_by_lscss() { lscss | awk -v s="$1" '$2 == s { print $(NF - 4), $(NF - 3), $(NF - 2), $(NF - 1), $NF }'; }

# check_there NAME DEVICE: the guest finds it, with the host's paths, and it works.
check_there()
{
	local shown
	shown=$(shown_by_lscss "$(sch_of "$2")")
	check_heard "$1: the guest finds it with the CHPIDs of lscss, $shown" says "^device ${2##*.}: ${shown:-nothing}\$"
	check_heard "$1: I/O works" works "$2"
}

check_gone() { check_heard "$1: the guest has lost it" says "^device ${2##*.}: gone"; }

# check_goes_on NAME DEVICE: it works after the mark.
check_goes_on() { check_heard "$1: I/O goes on" works "$2"; }

# The guest said nothing of a device that went or of an error, since the mark.
undisturbed() { ! since | grep -Eq 'gone|no path|start|WRONG'; }

is_off() { [ "$(virsh domstate "$1" 2>/dev/null)" = "shut off" ]; }
has_hostdev() { virsh dumpxml "$1" | grep -q "$2"; }
has_no_hostdev() { ! has_hostdev "$1" "$2"; }
is_free() { "$VCCW" sense-id -d "$1"; }

# attach NAME GUEST UUID DEVICE HOW
attach()
{
	check "$1: virsh attach-device $5" virsh attach-device "$2" "$(hostdev "$3" "$4")" "$5"
}

detach()
{
	check "$1: virsh detach-device $5" virsh detach-device "$2" "$(hostdev "$3" "$4")" "$5" &&
		check "$1: libvirt has taken it out" until_true 30 has_no_hostdev "$2" "$3"
}

shut_down()
{
	mark "$2"
	check "$1: virsh shutdown" virsh shutdown "$2"
	check_heard "$1: the guest was asked, and saw nothing wrong" says '^shut down: [0-9]+ programs, 0 wrong'
	check "$1: it is off" until_true 30 is_off "$2"
}

# start_guest NAME GUEST: a new machine, with its devices.
start_guest()
{
	mark "$2"
	check "$1: virsh start" virsh start "$2" && check_heard "$1: the guest starts" says '^start 1$'
}

# What is done to a running guest that has a device; each: NAME GUEST UUID DEVICE.
suspend_and_resume()
{
	check "$1: virsh suspend" virsh suspend "$2"
	check_is "$1: it is paused" paused virsh -q domstate "$2"
	mark "$2"
	check "$1: virsh resume" virsh resume "$2"
	check_goes_on "$1: resumed" "$4"
	check "$1: the guest noticed nothing" undisturbed
}

# The guest is asked to shut down, then its machine is reset.
reboot()
{
	mark "$2"
	check "$1: virsh reboot" virsh reboot "$2"
	check_heard "$1: the guest starts again" says '^start [0-9]+$'
	check_there "$1: rebooted" "$4"
}

# It is not asked: I/O runs.
reset()
{
	mark "$2"
	check "$1: virsh reset" virsh reset "$2"
	check_heard "$1: the guest starts again" says '^start [0-9]+$'
	check_there "$1: reset" "$4"
}

take_out()
{
	mark "$2"
	detach "$1" "$2" "$3" "$4" --live
	check_gone "$1" "$4"
}

put_in()
{
	mark "$2"
	attach "$1" "$2" "$3" "$4" --live
	check_there "$1" "$4"
}

detach_and_attach()
{
	take_out "$@"
	check "$1: the host may use it" is_free "$3"
	put_in "$1: attached again" "$2" "$3" "$4"
}

# detach_and_attach_often TIMES NAME GUEST UUID DEVICE [reboot]: one case for all.
detach_and_attach_often()
{
	local round=0 file
	file=$(hostdev "$4" "$5")
	until [ $round = "$1" ] || is_wrong; do
		mark "$3"
		virsh detach-device "$3" "$file" --live && until_true 30 says "^device ${5##*.}: gone" || break
		mark "$3"
		virsh attach-device "$3" "$file" --live && until_true 30 works "$5" || break
		if [ -n "${6:-}" ]; then
			mark "$3"
			virsh reboot "$3" && until_true 60 says '^start' && until_true 30 works "$5" || break
		fi
		round=$((round + 1))
	done >"$said" 2>&1
	check_is "$2: $1 times" "$1" echo $round || { show_said; show_guest; }
}

# When a script ends, nothing of it is left.
take_all_back()
{
	local g uuid device
	for g in $(virsh -q list --all --name); do
		virsh destroy "$g"
		virsh undefine "$g"
	done
	for uuid in $UUID $UUID2; do
		mdevctl stop -u $uuid
		mdevctl undefine -u $uuid
	done
	for device in $RNG $RNG2 $TERMINAL; do
		driverctl -b css unset-override "$(sch_of $device)"
	done
} >/dev/null 2>&1
trap take_all_back EXIT
