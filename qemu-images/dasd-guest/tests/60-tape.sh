# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154 # devices are host.sh's
# A tape in the guest: written by tar, positioned by mt, read back, filled up to its end; over this driver, over the
# kernel's own, and natively.  The host's own driver then finds on it what the guest did.
. /tests/lib.sh
. /host.sh
host_ready && load_module tape_34xx || exit

by_host() { enter busybox sh /host/tape.sh "$@"; }

over()
{
	check "$1: the driver" use_driver "$1" || return
	check "$1: the tape is taken" take_disk $TAPE && plug g $TAPE || return
	cases "$1" ask g "sh /tape.sh life $TAPE"
	ask g "sh /tape.sh sums" >/tmp/sums
	check "$1: set offline" ask g "sh /tape.sh offline $TAPE"
	check "$1: the guest's tape is gone" unplug g $TAPE
	check "$1: it is the host's again" give_up $TAPE
	check "$1: set online natively" by_host online $TAPE
	check_is "$1: the host finds the archives that the guest did" "$(cat /tmp/sums)" by_host sums
	check "$1: set offline natively" by_host offline $TAPE
	check_is "$1: two archives that differ" 2 distinct /tmp/sums

	check "$1: a short tape is taken" take_disk $SHORT_TAPE && plug g $SHORT_TAPE || return
	check_is "$1: up to its end there is as much room as natively" "$(cat /tmp/room)" ask g "sh /tape.sh until_full $SHORT_TAPE"
	check "$1: the guest's short tape is gone" unplug g $SHORT_TAPE
	check "$1: it is the host's again" give_up $SHORT_TAPE
}
distinct() { sort -u "$1" | wc -l; }

cases "native" by_host life $TAPE
check "native: set offline" by_host offline $TAPE
check "native: blocks up to the end of a short tape" by_host until_full $SHORT_TAPE
cp "$said" /tmp/room
check_said "native: there is room for some" '^[1-9]'
go_on g || exit
over kernel
over ours
end_guest g
