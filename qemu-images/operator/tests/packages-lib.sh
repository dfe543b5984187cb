# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# What the tests of the packages share.
. /tests/operator/lib.sh

VCCW=/usr/bin/vccw
release=$(uname -r)
built=/lib/modules/$release/updates/dkms
rm -f /usr/local/bin/vccw # the package's is meant

# of DIR: the version that its packages have.
of() { dpkg-deb -f "$(echo "/packages/$1"/vfio-ccw-tools_*.deb)" Version; }
# It has readelf tell that modules have no section .comment.
dkms_status() { dkms status 2>/dev/null; }
# Packages were unpacked here, not installed, and the configuration of none was run.
install() { dpkg --force-depends -i "/packages/$1"/*.deb; }
timed()
{
	start=$(seconds_up)
	check "$@"
	echo "# $1: $(($(seconds_up) - start)) s"
}

one=$(of one) two=$(of two)
