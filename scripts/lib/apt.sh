# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# A private apt: its own state in the cache, for packages of s390x and of this
# machine's architecture.  The system's sources are only read, its dpkg and apt
# state never touched.  Needs common.sh.

APT_KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

# Prints the URI of the Debian archive that this machine uses.  apt itself
# parses its sources, of either format.  Of several candidates the one whose
# index says Debian wins, then one that carries -updates too.
apt_mirror()
{
	if [[ -n ${VCCW_MIRROR:-} ]]; then
		echo "${VCCW_MIRROR%/}"
		return
	fi
	apt-get indextargets --format '$(SITE)|$(RELEASE)|$(COMPONENT)|$(ORIGIN)|$(LABEL)' \
		'Created-By: Packages' 2>/dev/null |
	awk -F'|' '
		$1 ~ /^cdrom:/ || $3 != "main" { next }
		$2 ~ /^(bookworm|trixie|forky|sid|stable|oldstable|testing|unstable)$/ {
			if (!($1 in score)) score[$1] = 1
			if ($4 == "Debian" && $5 == "Debian") score[$1] += 4
		}
		$2 ~ /-updates$/ { updates[$1] = 1 }
		END {
			for (s in score) {
				n = score[s] + 2 * (s in updates)
				if (n > best) { best = n; uri = s }
			}
			sub(/\/+$/, "", uri); print uri
		}' | grep . ||
		die "no Debian archive (main) in this machine's apt sources" \
			"set VCCW_MIRROR to the URI of one"
}

# apt_open SUITE [ARCH]: sets up the private state; afterwards the other
# functions work on that suite (and on the release under it, where it is a
# backports), for s390x beside this machine or, with ARCH, as an apt of that
# architecture would.
apt_open()
{
	local base=${1%-backports} host arches sources
	need apt-get apt
	host=${2:-$(dpkg --print-architecture)}
	arches=${2:-$host,s390x}
	[[ -r $APT_KEYRING ]] || die "$APT_KEYRING is missing (package debian-archive-keyring)" \
		"install that package"
	APT_SUITE=$1
	APT_MIRROR=$(apt_mirror)
	APT_NAME=$1${2:+-$2}
	APT_DIR=$VCCW_CACHE/apt/$APT_NAME
	mkdir -p "$APT_DIR"/{state/lists/partial,cache/archives/partial,parts}
	: >>"$APT_DIR/state/status"

	sources="deb [signed-by=$APT_KEYRING arch=$arches] $APT_MIRROR $1 main"
	[[ $base == "$1" ]] ||
		sources+=$'\n'"deb [signed-by=$APT_KEYRING arch=${2:-s390x}] $APT_MIRROR $base main"
	if [[ $(cat "$APT_DIR/sources.list" 2>/dev/null) != "$sources" ]]; then
		rm -f "$APT_DIR/updated"
		echo "$sources" >"$APT_DIR/sources.list"
	fi
	cat >"$APT_DIR/apt.conf" <<-END
		Dir::State "$APT_DIR/state";
		Dir::State::status "$APT_DIR/state/status";
		Dir::Cache "$APT_DIR/cache";
		Dir::Etc::sourcelist "$APT_DIR/sources.list";
		Dir::Etc::sourceparts "$APT_DIR/parts";
		Dir::Etc::preferences "$APT_DIR/none";
		Dir::Etc::preferencesparts "$APT_DIR/parts";
		APT::Architecture "$host";
		APT::Architectures { "${arches//,/\"; \"}"; };
		APT::Default-Release "$1";
		APT::Sandbox::User "root";
		APT::Update::Error-Mode "any";
		Acquire::Languages "none";
		Acquire::Retries "2";
		Acquire::http::Timeout "30";
		Acquire::https::Timeout "30";
		#clear APT::Update::Pre-Invoke;
		#clear APT::Update::Post-Invoke;
		#clear APT::Update::Post-Invoke-Success;
	END
	export APT_CONFIG=$APT_DIR/apt.conf
}

# Refreshes the index; fails, with apt's own words shown, if that is impossible.
apt_refresh()
{
	step "refreshing the index of $APT_SUITE from $APT_MIRROR" apt-get update -q || return 1
	touch "$APT_DIR/updated"
}

# Drops the index, so that a refresh gets all of it anew.
apt_forget()
{
	rm -rf "$APT_DIR/state/lists" "$APT_DIR/updated"
	mkdir -p "$APT_DIR/state/lists/partial"
}

# apt_age NAME: days since the last refresh of an index; its name is
# the suite's, or SUITE-ARCH.
apt_age()
{
	local at
	at=$(stat -c %Y "$VCCW_CACHE/apt/$1/updated" 2>/dev/null || echo 0)
	echo $((($(date +%s) - at) / 86400))
}

# apt_field PACKAGE[:ARCH] FIELD: of the version that the suite offers.
apt_field()
{
	apt-cache show --no-all-versions "$1" 2>/dev/null |
		awk -v f="$2:" '$1 == f && !n++ { sub(/^[^ ]* /, ""); print }'
}

# apt_names PACKAGE[:ARCH] REGEX: the names among its dependencies that match.
apt_names()
{
	apt_field "$1" Depends | tr ',|' '\n\n' | sed -E 's/^ *//; s/[ (:].*//' | grep -E -- "$2" || true
}

# apt_closure PACKAGE...: these and all that they depend on, as NAME VERSION lines.
apt_closure()
{
	apt-get install -qq -s --no-install-recommends "$@" |
		sed -nE 's/^Inst ([^ ]+) \(([^ ]+) .*/\1 \2/p' | sort
}

# apt_closure_get FOLDER PACKAGE...: downloads them all.
apt_closure_get()
{
	mkdir -p "$1/partial"
	apt-get install -qq -y --download-only --no-install-recommends \
		-o Dir::Cache::archives="$1" "${@:2}"
}

# apt_get PACKAGE:ARCH=VERSION...: downloads the .debs into the current folder,
# checked against the signed index.
apt_get() { apt-get download -q "$@" >&2; }
