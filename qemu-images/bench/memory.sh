# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# In the guest: what devices take of the host's memory.
#   memory.sh DEVICES SHAPE...
# A line for each state, "memory STATE KIB": before the devices are made, and then; "SHAPE one"
# and "SHAPE all" with one device and with all of them open after such a program; closed.
. /bench/devices.sh

devices=$1
shift

# What is neither free, nor a process's, nor a cache, in KiB.  Freed objects wait in their
# slabs for the next use, which has to be ended; freed pages wait in lists of each
# processor, which /proc/meminfo does not call free.
used()
{
	local cache
	sync
	echo 3 >/proc/sys/vm/drop_caches
	for cache in /sys/kernel/slab/*/shrink; do
		echo 1 >"$cache"
	done 2>/dev/null
	echo 1 >/proc/sys/vm/stat_refresh
	awk '/^ *count:/ {listed += $2 * 4}
		FILENAME ~ /meminfo/ {v[$1] = $2}
		END {print v["MemTotal:"] - v["MemFree:"] - listed - v["Buffers:"] - v["Cached:"] -
			v["AnonPages:"] - v["PageTables:"] - v["KernelStack:"] - v["KReclaimable:"]}' /proc/zoneinfo /proc/meminfo
}

state() { echo "memory $1 $(used)"; }

# opened STATE SHAPE DEVICES: the state after such a program, while the client has them open.
opened()
{
	local name=$1 shape=$2
	shift 2
	in_background /tmp/kept "$VCCW" bench "$shape" "$@" --count 1 --warm-up 0 --keep 1000
	until_true 120 grep -q keeping /tmp/kept || { cat /tmp/kept; exit 1; }
	state "$name"
	kill "$user"
	wait "$user" 2>/dev/null
}

have_devices 1
one=$uuid
# Brings the client and what it needs of the kernel into memory.
$VCCW bench ccws=1 -d "$one" --count 10 >/dev/null || exit 1
state before
have_devices "$devices"
state made
for shape; do
	opened "$shape one" "$shape" -d "$one"
	opened "$shape all" "$shape" --all
done
state closed
