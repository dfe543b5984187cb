# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091
# What measurements of many devices share, in the guest.
. /tests/lib.sh

taken=0

# have_devices N: takes further ones, as outside's measure.rngs() made them, up to N.
have_devices()
{
	while [ $taken -lt "$1" ]; do
		taken=$((taken + 1))
		take "0.0.0b$(printf %02x $taken)" || { echo "bench: no device $taken"; exit 1; }
	done
}
