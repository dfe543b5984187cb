# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC3043
# What a machine tells that does not end.

# Where our module is: stacks are held against this.
where_it_is() { grep '^vfio_ccw ' /proc/modules >/dev/kmsg 2>/dev/null; }

# Who waits in the kernel for a device or ends the machine, or does not listen to signals,
# and where: a line for each, the innermost function first.  Clients' threads come and go.
# Without a program: a machine that is slow would not come to its end otherwise.
show_waiting()
{
	local task state name where depth line
	for task in /proc/[0-9]*/task/*; do
		name= state= where= depth=0
		while read -r line; do
			case $line in
			Name:*) name=${line#Name:?} ;;
			State:*) state=${line#State:?} state=${state%% *} ;;
			esac
		done <"$task/status"
		while read -r line; do
			line=${line#* }
			[ $depth -ge 12 ] || where="$where ${line%%+*}"
			depth=$((depth + 1))
		done <"$task/stack"
		[ "$state" != D ] && case $where in
		*vccw* | *vfio* | *mdev* | *ccw* | *css* | *cpu_down* | *reboot*) false ;;
		esac || echo "# waiting: $name (${task##*/}, $state):$where"
	done 2>/dev/null
}

# To be called when the machine is about to end.  If it has not in ten seconds, stdout is
# told who waits for what: a port, as the kernel's console may be closed by then.
told_if_it_stays()
{
	where_it_is
	(
		sleep 10
		echo "# not ended: cores $(cat /sys/devices/system/cpu/online)"
		show_waiting
	) 2>/dev/null &
}
