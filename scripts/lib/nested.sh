# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034 # for those who source this

# All of qemu-images/nested; no-path.sh spoils the devices for others.
nested_all=(quick.sh terminal.sh unplug.sh paths.sh reset.sh:25 no-path.sh)

# nested_scripts VERSION PROCESSORS SCRIPT[:ARGUMENT]...: in one host, with this QEMU outside and inside, which
# its cases name.
nested_scripts()
{
	"$VCCW_ROOT/scripts/boot/nested" --outer "$1" --inner "$1" --smp "$2" "${@:3}" |
		sed -uE "s/^((not )?ok) /\1 QEMU $1: /"
}
