# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# Measures in the guest: run.sh PASSES SHAPE:COUNT...  One line for each
# measurement: "bench PASS SHAPE JSON".  BACKEND: the one of VFIO (default type1).
#
# The first pass over all shapes is not told: it brings every page of the
# client and of the kernel into memory, and the allocators to their final size.
. /tests/lib.sh

passes=$1
shift
take $RNG || { echo "bench: no device"; exit 1; }
pass=0
while [ $pass -le "$passes" ]; do
	for job; do
		count=${job##*:} warm=20
		[ $pass -gt 0 ] || [ "$count" -lt 20 ] || count=20
		[ "$count" -gt $warm ] || warm=2
		out=$($VCCW bench "${job%:*}" --count "$count" --warm-up $warm --backend "${BACKEND:-type1}" --json) ||
			{ echo "bench: ${job%:*} failed: $out"; exit 1; }
		[ $pass = 0 ] || echo "bench $pass ${job%:*} $out"
	done
	pass=$((pass + 1))
done
