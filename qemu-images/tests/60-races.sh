#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# boot: --smp 2
# Interrupts, requests and reads in the orders that went wrong before: the
# client's scenarios, each of which tells what it expects.
. /tests/lib.sh

check "a device is taken" take $RNG || exit
V=$VCCW
stats=/sys/bus/mdev/devices/$uuid/stats
unused=$(cat "$stats/bytes")

for name in clear-start clear-start-running start-between two-interrupts end-then-halt \
	idle-clear-cpa idle-halt-cpa clear-discards overflow each-once eventfd-late irq-by-hand irq-disable \
	close-held close-unread close-cleared reset-held reset-unread reset-woken reset-untold unmap-running; do
	check "race: $name" $V race $name
	case $name in clear-start*) check_not_said "race: $name: the START behind HALT is not refused" 'subchannel active' ;; esac
done
for name in clear-start clear-start-running close-held close-cleared reset-held unmap-running; do
	check "race: $name, without the interrupt that a program is suspended" $V race $name --suppress
done
check "race: eventfd-replace, 10,000 times under I/O" $V race eventfd-replace
check "race: storm" $V race storm
check "race: counters-read" $V race counters-read
check "race: idal-flip" $V race idal-flip --count 2000
check "race: reset-race, 500 resets" $V race reset-race
check "the device works after all that" $V sense-id
check_is "nothing stays pinned" 0 cat "$stats/pages_pinned"
check_is "no memory stays behind" "$unused" cat "$stats/bytes"

# Spoils the device (lib.sh), so the other one, and at the end.
give_back
check "another device is taken" take $RNG2 || exit
for name in no-path no-path-between; do
	check "race: $name" $V race $name
done
check_is "nothing stays pinned after a START without a path" 0 cat "/sys/bus/mdev/devices/$uuid/stats/pages_pinned"
