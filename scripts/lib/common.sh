# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034 # the variables are for those who source this
# Shared by all scripts in bash: source it first.  Everything that is
# not a result goes to stderr, so that stdout can be used by a caller.

VCCW_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
VCCW_CACHE=${VCCW_CACHE:-${XDG_CACHE_HOME:-${HOME:-~}/.cache}/vfio-ccw}
VCCW_SELF=$(basename "$(dirname "$0")")/${0##*/}
PATH=$PATH:/usr/sbin:/sbin
export LC_ALL=C.UTF-8 # messages of apt are read

# The suite whose kernel is "the stock kernel" where nobody says otherwise.
VCCW_SUITE=${VCCW_SUITE:-bookworm-backports}

say() { printf '%s: %s\n' "$VCCW_SELF" "$*" >&2; }

# die WHAT [WHAT-TO-DO]: ends the script with a named cause.
die()
{
	printf '%s: error: %s\n' "$VCCW_SELF" "$1" >&2
	[[ -z ${2:-} ]] || printf '%s: %s\n' "$VCCW_SELF" "$2" >&2
	exit 1
}

# help_of FILE: prints the comment at the top of a script as its --help.
help_of() { sed -n '2,/^[^#]/{/^# SPDX/d;/^# shellcheck/d;s/^# \{0,1\}//p}' "$1"; }

# need COMMAND PACKAGE: the command must exist.
need() { command -v "$1" >/dev/null || die "$1 is missing (package $2)" "run scripts/fetch/setup"; }

# step WHAT COMMAND...: runs a command that takes a while; its output is shown
# only when it fails.
step()
{
	local what=$1 log start=$SECONDS
	shift
	log=$(mktemp)
	say "$what ..."
	if "$@" >"$log" 2>&1 </dev/null; then
		[[ $((SECONDS - start)) -lt 5 ]] || say "... done in $((SECONDS - start)) s"
		rm -f "$log"
		return 0
	fi
	cat "$log" >&2
	rm -f "$log"
	say "failed: $what"
	return 1
}

# use_ccache: from here on compilers are ccache's, where it is installed; the next clone
# of the tree builds what is the same in it from there.
use_ccache()
{
	# Debug information would otherwise tell the folders apart.
	export CCACHE_DIR=$VCCW_CACHE/ccache CCACHE_NOHASHDIR=1 CCACHE_MAXSIZE=2G CCACHE_COMPRESS=1
	export CCACHE_BASEDIR=$VCCW_ROOT
	[[ ! -d /usr/lib/ccache || :$PATH: == *:/usr/lib/ccache:* ]] || PATH=/usr/lib/ccache:$PATH
}

# many_jobs: how many processes a build has that nothing of ours runs beside: twice as many as
# there are processors, so that it has its share of a busy machine.
many_jobs() { echo $((2 * $(nproc))); }

# lock_build: one build of this folder at a time.  What the holder starts may build as well.
lock_build()
{
	[[ -z ${VCCW_BUILD_LOCKED:-} ]] || return 0
	mkdir -p "$VCCW_ROOT/build"
	exec 8>"$VCCW_ROOT/build/.lock"
	flock -n 8 || { say "waiting for another build of this folder"; flock 8; }
	export VCCW_BUILD_LOCKED=1
}

# find_mdev: sets search, arguments of scripts/build/initramfs: where mdev.ko of the stock
# kernel is, if it had to be built.
find_mdev()
{
	local folder
	folder=$VCCW_ROOT/build/mdev-$(cat "$VCCW_CACHE/stock/current/version")
	search=()
	[[ ! -d $folder ]] || search=(--search "$folder")
}

# The build's ARCH and tool prefix, empty on an s390x machine.
kbuild_args()
{
	if [[ $(uname -m) == s390x ]]; then
		echo ARCH=s390
	else
		echo ARCH=s390 CROSS_COMPILE="${CROSS_COMPILE:-s390x-linux-gnu-}"
	fi
}

# The headers to build for where nobody says otherwise.
default_kdir()
{
	if [[ $(uname -m) == s390x ]]; then
		echo "/lib/modules/$(uname -r)/build"
	else
		echo "$VCCW_CACHE/stock/suites/$VCCW_SUITE/headers"
	fi
}
