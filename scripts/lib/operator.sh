# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2154 # tmp is the group's own folder

# operator_scripts PROCESSORS: the operator's tests in a host with so many.  Read lib/report.sh, too.
operator_scripts()
{
	local scripts=("$VCCW_ROOT"/qemu-images/operator/tests/[0-9]*.sh) status=0
	"$VCCW_ROOT/scripts/boot/operator" --smp "$1" --log "$tmp/log" >"$tmp/out" 2>"$tmp/stderr" || status=$?
	judge_scripts "the operator's host" "$status" "$tmp/out" "$tmp/stderr" "${scripts[@]/#*\//operator/}"
}
