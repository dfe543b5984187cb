# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Completion of vccw's commands and options in bash, from what its --help says.
_vccw()
{
	local word=${COMP_WORDS[COMP_CWORD]} known
	if [[ $COMP_CWORD == 1 ]]; then
		known="$(vccw --help | sed -nE '/^commands$/,/^$/s/^  ([a-z0-9-]+) .*/\1/p') --help --version"
	elif [[ ${COMP_WORDS[COMP_CWORD - 1]} =~ ^(-d|--device)$ ]]; then
		known=$(ls /sys/bus/mdev/devices 2>/dev/null)
	elif [[ ${COMP_WORDS[1]} == check && $word != -* ]]; then
		known=$(ls /sys/bus/css/devices 2>/dev/null)
	else
		known=$(vccw "${COMP_WORDS[1]}" --help 2>/dev/null | sed -nE 's/^  (--[a-z0-9-]+).*/\1/p')
	fi
	mapfile -t COMPREPLY < <(compgen -W "$known" -- "$word")
}
complete -F _vccw vccw
