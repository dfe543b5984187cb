# SPDX-License-Identifier: GPL-2.0-only
# A 3270 terminal: unsolicited interrupts, alone and during STARTs.  What
# happens at the terminal is asked for by "# outside:" lines, which
# scripts/boot/terminal obeys; without it ($TERMINAL_OUTSIDE), nobody is connected.
. /tests/lib.sh

events=/sys/kernel/tracing/events/vfio_ccw
trace=/sys/kernel/tracing/trace

exec 3>&1
outside() { echo "# outside: $*"; }

# connected: a WRITE is a success then.
connected() { $VCCW program /tmp/write; }
not_connected() { ! connected; }

# Device status of each unsolicited interrupt that the driver took, in order.
taken()
{
	sed -n 's/.* vfio_ccw_interrupt: .* scsw0=....[08]... scsw2=\(..\).*/ \1/p' $trace | tr -d '\n'
}

forget() { : >$trace; }

# The statuses that the last `unsolicited` read.
presented() { sed -n 's/^presented://p' "$said"; }

# A status that was taken becomes readable, each once and in order: the numbers
# of the statuses have no gap.
gaps()
{
	awk '/vfio_ccw_publish/ { sub(/.*irb=/, ""); if (last && $0 + 0 != last + 1) gaps++; last = $0 + 0 }
		END { print last ? gaps + 0 : "none at all" }' $trace
}

check "a 3270 terminal is taken" take $TERMINAL || exit
stats=/sys/bus/mdev/devices/$uuid/stats
unused=$(cat "$stats/bytes")

cat >/tmp/write <<'.'
buf screen size=6 hex=c3d9c5c1c4e8
ccw1 cmd=05 flags=sli count=6 data=screen
expect start=0 dstat=0c cstat=0
.
cat >/tmp/read <<'.'
buf key size=64
ccw1 cmd=06 flags=sli count=64 data=key
expect start=0 dstat=0c cstat=0
expect data=key hex=7d4040
.

if [ -z "$TERMINAL_OUTSIDE" ]; then
	sed -i '/^expect/s/dstat=0c/dstat=02/' /tmp/write
	check "a WRITE with nobody connected ends in unit check" $VCCW program /tmp/write
	exit
fi

echo 16384 >/sys/kernel/tracing/buffer_size_kb # each CPU: nothing may be overwritten
echo 1 >$events/vfio_ccw_interrupt/enable
echo 1 >$events/vfio_ccw_publish/enable

outside connect
check "somebody is connected" until_true 30 connected
check "connected before the device is opened: it works" $VCCW nop
check "a WRITE" $VCCW program /tmp/write
outside shows READY

check "a key is pressed while it is open" unsolicited 1 10 "press 1"
check_is "its attention was read" " 80" presented
check "a READ of the key" $VCCW program /tmp/read

outside disconnect
check "nobody is connected any more" until_true 30 not_connected
forget
check "switched on, 3 keys, switched off" unsolicited 5 10 connect presented "press 3" disconnect
check_is "each status was read, in order" " 04 80 80 80 04" presented
check_is "... and taken" " 04 80 80 80 04" taken

forget
check "the same before an eventfd is set: all is told to that one" \
	unsolicited late:4 30 connect presented "press 3"
check_is "each status was read then" " 04 80 80 80" presented
check_is "no status was left out" 0 gaps

forget
check "a storm of keys and plugs during STARTs" unsolicited starts 7 "storm 5"
sed -n 's/^starts/# &/p' "$said"
in_order=$(taken)
check_is "what was read is what was taken, in order" "${in_order:-anything}" presented
check_is "no status was left out" 0 gaps
outside counted "$(presented | wc -w)"

check "the device works after that" $VCCW nop
check_is "nothing stays pinned" 0 cat "$stats/pages_pinned"
check_is "no memory stays behind" "$unused" cat "$stats/bytes"
