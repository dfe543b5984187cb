# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091
# In the guest: I/Os a second of all devices at once.
#   throughput.sh ROUNDS SHAPE COUNT DEVICES...
# DEVICES: how many, in rising order.  A line for each and round:
# "bench DEVICES JSON".
. /bench/devices.sh

rounds=$1 shape=$2 count=$3
shift 3
for devices; do
	have_devices "$devices"
	each=$((count / devices)) round=0
	while [ $round -lt "$rounds" ]; do
		out=$($VCCW bench "$shape" --all --count $each --warm-up 100 --json) || { echo "bench: failed: $out"; exit 1; }
		echo "bench $devices $out"
		round=$((round + 1))
	done
done
