# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# In an emulated host: passes devices on to a nested guest.  Read it after
# tests/lib.sh.

NETWORK=0.0.0a10
passed=		# QEMU's arguments for the devices that pass() took
silence=250	# seconds without a word from a guest, after which it is ended

# pass DEVICE: takes it for a guest.
pass()
{
	take "$1" || return 1
	passed="$passed -device vfio-ccw,sysfsdev=/sys/bus/mdev/devices/$uuid,devno=fe.0.${1##*.}"
}

# nested_qemu ARGS...: QEMU of the tree on the disk, with what every run shares; /tmp/qemu.pid is its process.
nested_qemu()
{
	# shellcheck disable=SC2016 # its own
	sh -c 'echo $$ >/tmp/qemu.pid; exec "$@"' sh enter qemu-system-s390x -M s390-ccw-virtio -accel tcg,tb-size=64 -m 64 -nodefaults -display none \
		-no-reboot -monitor none -chardev stdio,id=text -device sclpconsole,chardev=text "$@"
}

# guest DEVICES OPTIONS: runs our guest (qemu-images/guest) with these devices;
# what it says goes to stdout, what QEMU says to stderr.  It may take as long as it likes on
# a busy machine, but is ended after $silence.
guest()
{
	# shellcheck disable=SC2086
	nested_qemu -kernel /host/bin/guest.elf -append "$2" $1 | {
		while IFS= read -r -t $silence line; do printf '%s\n' "$line"; done
		kill -KILL "$(cat /tmp/qemu.pid)"
	} 2>/dev/null
}

# tell NAME FILE: keeps what the guest said, and QEMU of it, for the outside.
tell()
{
	{
		printf '\n#### %s\n' "$1"
		cat "$2"
		sed 's/^/(QEMU) /' /tmp/qemu
	} >>/tmp/transcript
	[ ! -e /dev/ports/vccw.transcript ] || cat /tmp/transcript >/dev/ports/vccw.transcript
	rm /tmp/transcript
}

# verdict NAME FILE DEVICES: the guest must have said OK, of so many devices.
verdict()
{
	if grep -q "^GUEST OK: $3 devices" "$2"; then
		ok "$1"
		sed -n 's/^GUEST OK: /# /p' "$2"
		return
	fi
	not_ok "$1" "$(grep -E '^(GUEST )?FAILED' "$2" || echo "the guest gave no verdict")"
	grep -B 2 WRONG "$2" | head -n 40 | sed 's/^/# /'
	tail -n 3 "$2" | sed 's/^/# /'
}

# judged NAME FILE DEVICES OPTIONS: runs the guest with three devices; what it said is in FILE.
judged()
{
	guest "$3" "$4" >"$2" 2>/tmp/qemu
	tell "$1" "$2"
	verdict "$1" "$2" 3
}

# all_passed: takes one device of each kind.
all_passed()
{
	local device
	for device in $NETWORK $RNG $TERMINAL; do
		check "$device is taken" pass $device || return
	done
}

# talk NAME OPTIONS: the guest with the one device that pass() took; what it asks of
# the outside goes there at once.
talk()
{
	guest "$passed" "$2" 2>/tmp/qemu | tee /tmp/said-by-guest | while read -r line; do
		case $line in
		'# outside'*) echo "$line" ;;
		esac
	done
	tell "$1" /tmp/said-by-guest
	verdict "$1" /tmp/said-by-guest 1
}

# errors: what failed of the last guest's requests, as QEMU reports it, as
# ERRNO:TIMES.
errors()
{
	sort /tmp/qemu | sed -n 's/.*vfio-ccw: write I.O region failed with errno=\([0-9]*\).*/\1/p' |
		uniq -c | sed -E 's/ *([0-9]+) ([0-9]+)/\2:\1/' | tr '\n' ' '
}

# What must be the same of two guests' words: without the verdict's count, the bits that show an
# ORB's format and prefetch flag (emulated devices do not show them as they
# should), HALT and CLEAR (they show an old CPA, where the host's module shows
# 0 or the guest's address), an IDAW off its boundary (they overlook it), a TIC
# to no storage (they show its target, where the architecture shows the TIC), and
# what only a host's driver answers.
comparable()
{
	sed -E -e '/^(A guest|GUEST)/d' -e '/^   -- what only/,/^$/{/^$/!d}' -e '/^   (HALT|CLEAR|a second IDAW|a TIC out of storage)/d' \
		-e 's/(SCSW ..)./\1x/' -e '/interrupts without status/d' "$1"
}

# same NAME FILE CONTROL LINES: what two guests said is the same, and has so many lines.
same()
{
	comparable "$3" >/tmp/a
	comparable "$2" >/tmp/b
	if [ "$(wc -l </tmp/a)" -ge "$4" ] && cmp -s /tmp/a /tmp/b; then
		ok "$1"
	else
		not_ok "$1" "the transcripts differ, or are too short"
		diff /tmp/a /tmp/b | head -n 20 | sed 's/^/# /'
	fi
}

# The same devices as the host has, but the guest's machine's own.
EMULATED="-netdev hubport,id=n,hubid=0 -device virtio-net-ccw,netdev=n,devno=fe.0.0a10,mac=52:54:00:a1:b2:c3
	-device virtio-rng-ccw,devno=fe.0.0a01 -chardev null,id=t -device x-terminal3270,chardev=t,devno=fe.0.0a70"
