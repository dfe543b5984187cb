#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Our guest with the host's devices passed through: what it says of them, and
# that it is what it says of a machine's own devices.  scripts/nested runs it.
. /tests/lib.sh
. /nested/lib.sh

# What must be the same: without the verdict's count, the bits that show an
# ORB's format and prefetch flag (emulated devices do not show them as they
# should), HALT and CLEAR (they show an old CPA, where the host's module shows
# 0 or the guest's address), an IDAW off its boundary (they overlook it), and
# what only a host's driver answers.
comparable()
{
	sed -E -e '/^(A guest|GUEST)/d' -e '/^   -- what only/,/^$/{/^$/!d}' -e '/^   (HALT|CLEAR|a second IDAW)/d' \
		-e 's/(SCSW ..)./\1x/' -e '/interrupts without status/d' "$1"
}

same()
{
	comparable /tmp/emulated >/tmp/a
	comparable "$2" >/tmp/b
	if [ "$(wc -l </tmp/a)" -gt 100 ] && cmp -s /tmp/a /tmp/b; then
		ok "$1"
	else
		not_ok "$1" "the transcripts differ, or are too short"
		diff /tmp/a /tmp/b | head -n 20 | sed 's/^/# /'
	fi
}

guest "$EMULATED" emulated >/tmp/emulated 2>/tmp/qemu
tell emulated /tmp/emulated
verdict "emulated devices (the control)" /tmp/emulated 3

for device in $NETWORK $RNG $TERMINAL; do
	check "$device is taken" pass $device || exit
done

guest "$passed" "rounds=1000" >/tmp/passed 2>/tmp/qemu
tell "passed through" /tmp/passed
verdict "passed through" /tmp/passed 3
same "passed through: the same answers" /tmp/passed
check_is "errors that QEMU met: EBUSY, EINVAL, EOPNOTSUPP, each as often as provoked" "16:6 22:3 95:3 " errors
dmesg >"$said"
check_said "the host's log tells of the ORB extension" "the guest uses an ORB extension"
check_said "the host's log tells of the limit, and what to do" "more than 4096 CCWs .*max_ccws"

guest "$passed" "no-prefetch rounds=20" >/tmp/strict 2>/tmp/qemu
tell "ORBs that do not allow prefetching" /tmp/strict
verdict "ORBs that do not allow prefetching" /tmp/strict 3
dmesg >"$said"
check_said "the host's log tells that programs are prefetched" "the guest forbids prefetching"
same "ORBs that do not allow prefetching: the same answers" /tmp/strict

forced=$(echo "$passed" | sed 's/devno=/force-orb-pfch=on,&/g')
guest "$forced" "no-prefetch rounds=20 forced" >/tmp/forced 2>/tmp/qemu
tell "force-orb-pfch=on" /tmp/forced
verdict "force-orb-pfch=on" /tmp/forced 3
same "force-orb-pfch=on: the same answers" /tmp/forced
exit 0
