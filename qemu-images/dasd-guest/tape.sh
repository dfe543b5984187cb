# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC3043 # busybox has local
# What Linux does with a 3480 tape, the same in the guest and natively in the host: sh tape.sh DEVICE.
# What it prints must be the same in both.
# shellcheck source=/dev/null
. "${0%tape.sh}tests/lib.sh"
trap - EXIT	# what the host has passed on is not ours to give back

dir=/sys/bus/ccw/devices/$1

# says COMMAND...: what it prints, and its status.
says()
{
	local status
	"$@" >/tmp/tape.says 2>&1
	status=$?
	echo "$* -> $status"
	# dd's times differ.
	sed '/copied/d' /tmp/tape.says
}

write_tar() { tar -cf - -C /tmp/tape.in . | dd of=$tape obs=10240; }
read_tar() { dd if=$tape bs=10240 | tar -xf - -C /tmp/tape.out; }
same() { cmp "/tmp/tape.in/$1" "/tmp/tape.out/$1"; }

until_true 100 test -e "$dir/online" && put 1 "$dir/online" && until_true 100 test -e "$dir/non-rewinding" ||
	{ echo "no tape"; exit 1; }
tape=/dev/$(basename "$(readlink -f "$dir/non-rewinding")")
until_true 100 test -c "$tape"
rm -rf /tmp/tape.in /tmp/tape.out
mkdir /tmp/tape.in /tmp/tape.out
seq 5000 >/tmp/tape.in/numbers
head -c 20000 "${0%tape.sh}tests/lib.sh" >/tmp/tape.in/text
touch -d '2001-01-01 00:00:00' /tmp/tape.in /tmp/tape.in/*

says mt -f "$tape" rewind
says write_tar
says dd if=/tmp/tape.in/numbers of="$tape" bs=1000 count=20
says mt -f "$tape" rewind
says read_tar
says same numbers
says same text
says dd if="$tape" of=/tmp/tape.out/thousands bs=1000
head -c 20000 /tmp/tape.in/numbers >/tmp/tape.in/thousands
says same thousands
# Two marks are the end: the second one is an empty file.
says dd if="$tape" of=/tmp/tape.out/empty bs=1000
says mt -f "$tape" rewind
says mt -f "$tape" fsf 1
says mt -f "$tape" fsr 3
says dd if="$tape" bs=1000 count=1 of=/tmp/tape.out/fourth
says md5sum /tmp/tape.out/fourth
says mt -f "$tape" bsr 2
says dd if="$tape" bs=1000 count=1 of=/tmp/tape.out/third
says md5sum /tmp/tape.out/third
# A block that is longer than what is asked for.
says dd if="$tape" bs=100 count=1 of=/tmp/tape.out/short
says mt -f "$tape" rewind
says mt -f "$tape" bsr 1
says mt -f "$tape" fsf 2
# Until the tape is full.
says dd if=/dev/zero of="$tape" bs=32768
says mt -f "$tape" rewind
says mt -f "$tape" fsf 3
put 0 "$dir/online" || echo "does not go offline"
