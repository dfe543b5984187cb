# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash

# nested_scripts VERSION: all of qemu-images/nested in one host, with this QEMU outside and inside.
nested_scripts()
{
	# no-path.sh spoils the devices for others.
	"$VCCW_ROOT/scripts/boot/nested" --outer "$1" --inner "$1" \
		quick.sh terminal.sh unplug.sh paths.sh reset.sh:25 no-path.sh |
		sed -uE "s/^((not )?ok) /\1 QEMU $1: /"
}
