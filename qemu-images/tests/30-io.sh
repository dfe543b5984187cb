# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# Channel programs go in, their data and interrupts come out.
. /tests/lib.sh

check "a virtio device is taken" take "$RNG" || exit
V="$VCCW"
stats=/sys/bus/mdev/devices/$uuid/stats
unused=$(cat "$stats/bytes")

check "info" "$V" info
check_said "info: the config region comes first" 'region 0: .*124 bytes'
check "sense-id" "$V" sense-id --json
check_said "sense-id: starts with ff 38 32" 'ff ?38 ?32'
for command in nop tic unit-check halt clear reset schib; do
	check "$command" "$V" "$command"
done
for end in halt clear close; do
	check "a program in flight, ended by $end" "$V" hold --end "$end"
	# Only a channel that goes on showing activity may keep the next START waiting (client, settle_halt).
	check_not_said "the next START is not refused" 'subchannel active'
	check "and the device works after that" "$V" nop
done
check "the whole tour" "$V" demo
check_is "only root reads the counters" 400 sh -c "stat -c %a $stats/* | sort -u"
check_is "nothing stays pinned" 0 cat "$stats/pages_pinned"
check_is "no memory stays behind" "$unused" cat "$stats/bytes"

give_back
check "a 3270 terminal is taken" take "$TERMINAL" || exit
check "sense-id of the terminal" "$V" sense-id --json
check_said "sense-id: starts with ff 32 70" 'ff ?32 ?70'
check "nop on the terminal" "$V" nop
