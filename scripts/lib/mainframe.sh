# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# The devices of the tests on an emulated mainframe (qemu-images/hercules/lib.sh has their numbers).

# make_media DIR: their files.
make_media()
{
	local n dir=$1
	for n in 0 1 2; do
		dasdinit -linux "$dir/disk$n" 3390 DISK0$n 60
	done
	for n in 0 1 2 3 4 5 6 7; do
		dasdinit -linux "$dir/spare$n" 3390 SPARE$n 3
	done
	for n in 0 1; do
		dasdinit -linux "$dir/small$n" 3390 SMALL$n 3
	done
	dasdinit "$dir/fba" 9336 FBA001 2000
	hetinit -d -n "$dir/tape"
	hetinit -d -n "$dir/tape2"
	hetinit -d -n "$dir/tape3"
	for n in $(seq 300); do printf 'CARD %03d\n' "$n"; done >"$dir/cards"
	touch "$dir/print" "$dir/punch"
}

# device_lines DIR: into the array "devices".
device_lines()
{
	local n dir=$1
	devices=("0120 3390 $dir/disk0" "0121 3390 $dir/disk1 nosyncio" "0122 3390 $dir/disk2" "0140 9336 $dir/fba"
		"0580 3480 $dir/tape" "0590 3590 $dir/tape2" "0582 3480 $dir/tape3 compress=0 maxsizeM=10"
		"0124 3390 $dir/small0" "0125 3390 $dir/small1 nosyncio"
		"0F0E 1403 $dir/print" "0F0C 3505 $dir/cards ascii trunc eof" "0F1C 3505 $dir/cards ascii trunc eof"
		"0F0D 3525 $dir/punch ascii" "0700 3270"
		"0E40 CTCE {port:a} 127.0.0.1 {port:b}" "0E42 CTCE {port:b} 127.0.0.1 {port:a}")
	for n in 0 1 2 3; do devices+=("013$n 3390 $dir/spare$n"); done
	for n in 4 5 6 7; do devices+=("013$n 3390 $dir/spare$n nosyncio"); done
}
