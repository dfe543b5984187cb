# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# What the demonstrations share: numbered steps, and commands that are shown before they run.
# The first command that fails ends it.

number=0

# step TITLE: starts a step; what it is about comes on stdin.
step()
{
	number=$((number + 1))
	printf '\n%s. %s\n' "$number" "$1"
	sed 's/^/   /'
	echo
}

# run COMMAND: shows and runs it.
run()
{
	echo "   # $1"
	sh -c "$1" >/tmp/run 2>&1
	status=$?
	sed 's/^/   /' /tmp/run
	[ $status = 0 ] && return 0
	echo "   this command failed, status $status"
	exit 1
}
