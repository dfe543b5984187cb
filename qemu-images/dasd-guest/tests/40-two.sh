# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154 # disks are host.sh's
# Two guests at once, with a disk each.
. /tests/lib.sh
. /host.sh
host_ready || exit

check "the driver" use_driver "${DRIVER:-ours}" || exit
check "the first disk is taken" take_disk $DISK || exit
check "the second disk is taken" take_disk $DISK2 || exit
go_on one || exit
go_on two || exit
plug one $DISK
plug two $DISK2
ask two "sh /dasd.sh data $DISK2 cdl" >/tmp/two.cases &
other=$!
cases "one" ask one "sh /dasd.sh data $DISK cdl"
wait $other
cases "two" cat /tmp/two.cases
ask one "cat /tmp/sums" >/tmp/sums.one
ask two "cat /tmp/sums" >/tmp/sums.two
end_guest one
end_guest two
check "the first disk is the host's again" give_up $DISK
check "the second disk is the host's again" give_up $DISK2
cases "one, natively" natively verify $DISK /tmp/sums.one
cases "two, natively" natively verify $DISK2 /tmp/sums.two
tell_outside /tmp/sums.one
