# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# In the guest: I/Os a second of all devices at once.
#   throughput.sh SHAPE COUNT DEVICES...
# DEVICES: how many, in rising order.  One line each: "bench DEVICES JSON".
. /tests/lib.sh

shape=$1 count=$2
shift 2
have=0
for devices; do
	while [ $have -lt "$devices" ]; do
		have=$((have + 1))
		take "0.0.0b$(printf %02x $have)" || { echo "bench: no device $have"; exit 1; }
	done
	each=$((count / devices))
	out=$($VCCW bench "$shape" --all --count $each --warm-up 100 --json) || { echo "bench: failed: $out"; exit 1; }
	echo "bench $devices $out"
done
