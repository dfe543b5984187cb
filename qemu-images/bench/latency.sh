# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091
# In the guest: all devices at once, how many I/Os and how long each takes.
#   latency.sh SHAPE COUNT DEVICES...
# DEVICES: how many, in rising order.  For each a line "all DEVICES JSON", of COUNT I/Os of
# all together, and a line "one DEVICES JSON", of a tenth as many of one beside the others.
. /bench/devices.sh

shape=$1 count=$2
shift 2
for devices; do
	have_devices "$devices"
	all=$($VCCW bench "$shape" --all --count $((count / devices)) --warm-up 20 --json) || { echo "bench: failed: $all"; exit 1; }
	echo "all $devices $all"
	one=$($VCCW bench "$shape" --all --latency --count $((count / 10)) --warm-up 20 --json) || { echo "bench: failed: $one"; exit 1; }
	echo "one $devices $one"
done
