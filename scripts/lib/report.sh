# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# For test groups written in bash: results as lines, in the form that
# scripts/test/run reads.

fails=0

ok() { echo "ok $1"; }

# not_ok CASE WHY [OUTPUT]: of the output the end, where the reason is.
not_ok()
{
	fails=$((fails + 1))
	echo "not ok $1: $2"
	[[ -z ${3:-} ]] || tail -n 30 <<<"$3" | sed 's/^/# /'
}

# expect CASE STATUS PATTERN COMMAND...: the command ends with this status and
# prints (stdout or stderr) what matches the pattern.
expect()
{
	local name=$1 want=$2 pattern=$3 out status=0
	shift 3
	out=$("$@" 2>&1) || status=$?
	if [[ $status != "$want" ]]; then
		not_ok "$name" "status $status instead of $want" "$out"
	elif ! grep -Eq -- "$pattern" <<<"$out"; then
		not_ok "$name" "'$pattern' is not in the output" "$out"
	else
		ok "$name"
	fi
}

# runs NAME...: one of them is among ${scripts[@]}.
runs()
{
	local name
	for name; do
		[[ " ${scripts[*]} " != *" $name "* ]] || return 0
	done
	return 1
}

# judge_scripts MACHINE STATUS OUT STDERR SCRIPT...: shows the cases of scripts that /tests/run ran in a
# machine, and judges them.
judge_scripts()
{
	grep -E '^(not )?ok |^# ' "$3" || true
	judge_shown "$@"
}

# judge_shown MACHINE STATUS OUT STDERR SCRIPT...: the same of cases that were shown as they came.  The boot
# ended with STATUS and left OUT and STDERR; each script must have come to its end.
judge_shown()
{
	local machine=$1 status=$2 out=$3 stderr=$4 script
	shift 4
	fails=$((fails + $(grep -c '^not ok' "$out" || true)))
	[[ $status == 0 ]] || not_ok "$machine" "status $status" "$(cat "$stderr")"
	for script; do
		grep -qx "## end $script 0" "$out" ||
			not_ok "${script##*/}" "it did not reach its end" "$(tail -n 5 "$out")"
	done
}

# gtest_cases: turns the output of a googletest program (stdin) into cases, each followed by
# what was printed since the one before.
gtest_cases()
{
	awk '
		function verdict(text) { print text; printf "%s", said; said = "" }
		/^\[ +OK \] / { verdict("ok " $4); next }
		/^\[ +FAILED +\] .* \([0-9]+ ms\)$/ { sub(/,$/, "", $4); verdict("not ok " $4 ": it failed"); next }
		{ said = said "# " $0 "\n" }
		END { printf "%s", said }'
}

# end_group: the last command of a group; its status tells.
end_group() { [[ $fails == 0 ]]; }
