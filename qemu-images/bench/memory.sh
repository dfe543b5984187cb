# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# In the guest: what devices take of the host's memory.
#   memory.sh DEVICES SHAPE
# SHAPE: the largest program.
# A line for each state: "memory STATE KIB".
. /tests/lib.sh

# What is used and is neither a process's nor a cache, in KiB.
used()
{
	sync
	echo 3 >/proc/sys/vm/drop_caches
	awk '{v[$1] = $2} END {print v["MemTotal:"] - v["MemFree:"] - v["Buffers:"] - v["Cached:"] - v["AnonPages:"]}' /proc/meminfo
}

state() { echo "memory $1 $(used)"; }

# with STATE WORD COMMAND...: the state while the command runs, once it has said WORD.
with()
{
	name=$1 word=$2
	shift 2
	in_background /tmp/kept "$@"
	client=$user
	until_true 120 grep -q "$word" /tmp/kept || { cat /tmp/kept; exit 1; }
	state "$name"
	kill $client
	wait $client
}

# Brings the client and what it needs of the kernel into memory.
take 0.0.0b01 || exit 1
one=$uuid
$VCCW bench ccws=1 -d "$one" --count 10 >/dev/null || exit 1
state before
n=1
while [ $n -lt "$1" ]; do
	n=$((n + 1))
	take "0.0.0b$(printf %02x $n)" || { echo "memory: no device $n"; exit 1; }
done
state made
with open-one keeping $VCCW bench ccws=1 -d "$one" --count 1 --warm-up 0 --keep 1000
with open-all keeping $VCCW bench ccws=1 --all --count 1 --warm-up 0 --keep 1000
with largest-one keeping $VCCW bench "$2" -d "$one" --count 1 --warm-up 0 --keep 1000
with largest-all keeping $VCCW bench "$2" --all --count 1 --warm-up 0 --keep 1000
with idle-one holding $VCCW hold -d "$one" --unread --keep 1000
with busy-one holding $VCCW hold -d "$one" --keep 1000
state closed
