# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# In the guest: I/Os a second of all devices at once.
#   throughput.sh ROUNDS SHAPE COUNT DEVICES...
# DEVICES: how many, in rising order.  A line for each and round:
# "bench DEVICES JSON".
. /tests/lib.sh

rounds=$1 shape=$2 count=$3
shift 3
have=0
for devices; do
	while [ $have -lt "$devices" ]; do
		have=$((have + 1))
		take "0.0.0b$(printf %02x $have)" || { echo "bench: no device $have"; exit 1; }
	done
	each=$((count / devices)) round=0
	while [ $round -lt "$rounds" ]; do
		out=$($VCCW bench "$shape" --all --count $each --warm-up 100 --json) || { echo "bench: failed: $out"; exit 1; }
		echo "bench $devices $out"
		round=$((round + 1))
	done
done
