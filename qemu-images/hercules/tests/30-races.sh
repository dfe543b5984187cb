#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Requests and interrupts in the order of a race, on channels that run beside the processor:
# on disks and a tape, with the interrupt that a program is suspended and without.
. /tests/lib.sh
. /tests/hercules/lib.sh

count()
{
	case $1 in
	each-once) echo --count 300 ;;
	eventfd-replace) echo --count 500 ;;
	idal-flip | reset-race | storm) echo --count 100 ;;
	clear-start-searching) echo --count 10 ;;
	esac
}

# Hercules loses the HALT of a suspended program now and then (20-bounded.sh): its status never comes.
lost() { grep -qE 'no interrupt within .* after HALT|I/O cannot be ended' "$said" || [ "$(given_up)" -gt "$1" ]; }
given_up() { dmesg | grep -c 'I/O cannot be ended'; }

# race DEVICE SCENARIO TRIES [--suppress]: up to TRIES times, but again only after such a loss.
race()
{
	local device=$1 scenario=$2 tries=$3 name="$2 on $1 $4" before
	while :; do
		before=$(given_up)
		# shellcheck disable=SC2046 # words
		timeout 120 $VCCW race "$scenario" $4 --timeout 3000 $(count "$scenario") >"$said" 2>&1 &&
			{ ok "$name"; return; }
		tries=$((tries - 1))
		[ $tries -gt 0 ] && lost "$before" || break
		echo "# $name: Hercules has lost a HALT: once more"
		give_up_device "$device" && take "$device" || break
	done
	not_ok "$name" "see below"
	show_said
	give_up_device "$device" && take "$device"
}

for device in $DISK $DISK2 $TAPE $TAPE2; do
	check "$device is taken" take $device || continue
	for scenario in each-once start-between two-interrupts clear-discards unread-releases idle-clear-cpa idle-halt-cpa \
		close-unread reset-unread reset-woken reset-untold eventfd-replace eventfd-late irq-by-hand irq-disable idal-flip; do
		race $device $scenario 1
	done
	# Hercules forgets a START that is halted while it is still queued: no status ever comes.
	if [ $device = $DISK2 ]; then
		race $device clear-start-searching 1
		give_up_device $device
		continue
	fi
	for scenario in end-then-halt overflow; do
		race $device $scenario 1
	done
	race $device clear-start 3
	race $device clear-start 3 --suppress
	give_up_device $device
done
