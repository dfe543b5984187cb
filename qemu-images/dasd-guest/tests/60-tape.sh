# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154 # devices are host.sh's
# A 3480 tape in the guest, over this driver and the kernel's own: tar, marks, spacing, until it is full.  All that the
# programs say is what they say natively.
. /tests/lib.sh
. /host.sh
load_module tape_34xx && host_ready || exit

enter busybox sh /host/tape.sh $TAPE >/tmp/tape.native 2>&1
sed 's/^/# native: /' /tmp/tape.native
check "native: the files are on the tape" grep -qx 'same thousands -> 0' /tmp/tape.native
check "native: it is full some time" grep -q 'No space left' /tmp/tape.native

over()
{
	check "$1: the driver" use_driver "$1" && check "$1: the tape is taken" take_disk $TAPE || return
	plug g $TAPE
	ask g "sh /tape.sh $TAPE" >/tmp/tape.guest
	check "$1: all as natively" cmp /tmp/tape.guest /tmp/tape.native || sed "s/^/# $1: /" /tmp/tape.guest
	check "$1: it is gone from the guest" unplug g $TAPE
	check "$1: it is the host's again" give_up $TAPE
}

go_on g || exit
over kernel
over ours
end_guest g
