# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2154 # tmp is the group's own folder
# Read lib/report.sh, too.

# operators_host NAME "SCRIPT..." ARGS...: scripts/boot/operator with ARGS runs these tests, and each of them is
# judged.  $tmp/out is all that they said, $tmp/cases that without the XML in it ("# xml NAME: LINE").
operators_host()
{
	local name=$1 scripts status=0
	read -ra scripts <<<"$2"
	shift 2
	"$VCCW_ROOT/scripts/boot/operator" --log "$tmp/log" "$@" --cmd "/tests/run ${scripts[*]}" \
		>"$tmp/out" 2>"$tmp/stderr" || status=$?
	grep -v '^# xml ' "$tmp/out" >"$tmp/cases" || true
	judge_scripts "$name" "$status" "$tmp/cases" "$tmp/stderr" "${scripts[@]}"
}

# operator_scripts PATTERN: the operator's tests of that name.
operator_scripts()
{
	local scripts=("$VCCW_ROOT/qemu-images/operator/tests"/$1)
	echo "${scripts[@]/#*\//operator/}"
}
