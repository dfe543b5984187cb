# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2154 # tmp is the group's own folder
# Read lib/report.sh, too.

# operators_host NAME PATTERN ARGS...: scripts/boot/operator with ARGS runs the operator's tests of that name, and
# each of them is judged.  $tmp/out is all that they said, $tmp/cases that without the XML in it ("# xml NAME: LINE").
operators_host()
{
	local name=$1 status=0
	local scripts=("$VCCW_ROOT/qemu-images/operator/tests"/$2)
	scripts=("${scripts[@]/#*\//operator/}")
	shift 2
	"$VCCW_ROOT/scripts/boot/operator" --log "$tmp/log" "$@" --cmd "/tests/run ${scripts[*]}" \
		>"$tmp/out" 2>"$tmp/stderr" || status=$?
	grep -v '^# xml ' "$tmp/out" >"$tmp/cases" || true
	judge_scripts "$name" "$status" "$tmp/cases" "$tmp/stderr" "${scripts[@]}"
}
