# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Copies of what a build of the modules reads, and the core's sources; after common.sh.

# core_sources: those that are compiled, below the current folder.
core_sources()
{
	local layer
	for layer in $(sed -n 's/^core-folders := //p' core-cxx/sources.mk); do
		find "core-cxx/$layer" -name '*.cc'
	done | sort
}

# sources: the files, below the current folder; nothing that a build has made.
sources()
{
	find Kbuild VERSION scripts/{build,fetch,lib} drivers core-cxx kunit -type f ! -path '*/tests/*' ! -path '*/generated/*' \
		! -name '*.o' ! -name '.*' ! -name '*.mod*' ! -name '*.ko' ! -name '*.pyc' 2>/dev/null | sort
}

# copy_sources TO: to a folder where objects of an earlier build may be: unchanged
# files keep their time, vanished ones go.
copy_sources()
{
	local f
	mkdir -p "$1"
	comm -13 <(cd "$VCCW_ROOT" && sources) <(cd "$1" && sources) | while read -r f; do rm -f "${1:?}/$f"; done
	(cd "$VCCW_ROOT" && sources | xargs cp --parents -pu -t "$1")
	"$VCCW_ROOT/scripts/build/version" >"$1/VERSION" # no clone: it must be told
}
