#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A client that makes the driver complain thousands of times neither fills the
# host's logs nor silences another device.  Expected here: three lines a minute of
# each device and kind, what every administrator of a host with many guests
# needs, and what drivers/ratelimit.h states.
. /tests/lib.sh

TIMES=2000
history=/sys/kernel/debug/s390dbf/vfio_ccw_msg/sprintf

# What the kernel's log has had in this script.
log() { dmesg | sed '1,/^.*logs: begin$/d'; }
lines() { log | grep -c "$1"; }

# How many lines of the two do not name their subchannel.
unnamed() { log | grep -E "vfio_ccw_mdev ($noisy|$quiet)" | grep -vcE 'sch 0\.[0-3]\.[0-9a-f]{4}: '; }

# few TEXT: three lines with it, or three for each minute that the noisy one took.
few() { [ "$(lines "$1")" -ge 3 ] && [ "$(lines "$1")" -le $most ]; }

# The noisy one's lines: those that are there, and those that they say are not.
accounted()
{
	log | grep "$noisy: sch " | awk '
		{ n += !/ more lines about / }
		sub(/ more .*left out.*/, "") { sub(/.*[ (]/, ""); n += $0 }
		END { print n }'
}

check "a quiet device is taken" take $RNG2 || exit
quiet=$uuid
check "a noisy one is taken" take $RNG || exit
noisy=$uuid
sch=$(sch_of $RNG)
created="sch $sch: created"

# The ring buffer must hold every line that comes: nothing is counted otherwise.
echo "logs: begin" >/dev/kmsg
check "the history knows when the noisy one was made" grep -q "$created" $history
read -r began _ </proc/uptime
check "it makes the driver complain, $TIMES times of each kind" $VCCW flood -d "$noisy" --times $TIMES
read -r ended _ </proc/uptime
most=$((3 + (${ended%.*} - ${began%.*} + 1) / 60 * 3))
check "the quiet one does once" $VCCW flood -d "$quiet" --times 1

while read -r text; do
	check "noisy, '$text': few lines" few "$noisy.*$text"
	check_is "quiet, '$text': its one line" 1 lines "$quiet.*$text"
done <<.
transport mode
HALT or CLEAR in the I/O region
unknown async command
.
check_is "each line has the subchannel's number" 0 unnamed
check "the history is not wiped by it" grep -q "$created" $history
check "it resets its device, 400 times" $VCCW flood -d "$noisy" --times 0 --resets 400
check "the history is not wiped by that" grep -q "$created" $history
check "what the guest did can be recorded" put 3 "${history%/*}/level"
check "once more" $VCCW flood -d "$quiet" --times 1
check "and then is" grep -q "sch $(sch_of $RNG2): message" $history
put 2 "${history%/*}/level"

check "the noisy one is removed" remove_mdev "$noisy"
check_is "which tells once of each kind how many lines were left out" 3 lines "$noisy.*: [0-9]* more lines about .*left out"
check_is "and no line is unaccounted for" $((3 * TIMES)) accounted
