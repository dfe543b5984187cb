# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034 # the variables are for those who source this
# For scripts that boot a kernel of scripts/build/debug-kernel; after common.sh.

# debug_target NAME: builds kernel and modules; sets target (its folder), built
# (vfio_ccw.ko and the suites), mdev (where mdev.ko is), boot (arguments of
# scripts/boot/qemu), append (for the kernel's command line), and kcsan where that
# kernel has it: its reports are then for judge_races.
debug_target()
{
	local options
	target=$("$VCCW_ROOT/scripts/build/debug-kernel" --config "$1" --modules --print target)
	built=$VCCW_ROOT/build/$1
	mdev=$built/build/mdev-$(cat "$target/version")
	options=$target/headers/.config
	boot=(--mem 512M) # kmemleak reads all of the memory's map, twice
	append='' kcsan=''
	if grep -q '^CONFIG_DEBUG_KMEMLEAK=y' "$options"; then boot+=(--kmemleak); fi
	if grep -q '^CONFIG_KCSAN=y' "$options"; then
		kcsan=1
		append=panic_on_warn=0
		boot+=(--allow 'BUG: KCSAN: ')
	fi
}

# test_target NAME: the same; NAME may be stock, too.
test_target()
{
	if [[ $1 != stock ]]; then
		debug_target "$1"
		return
	fi
	target=$VCCW_CACHE/stock/current built=$VCCW_ROOT boot=() append='' kcsan=''
	mdev=$VCCW_ROOT/build/mdev-$(cat "$target/version")
}

# judge_races LOG...: of a kernel with KCSAN.
judge_races() { [[ -z $kcsan ]] || "$VCCW_ROOT/scripts/test/kcsan-reports" "$@"; }
