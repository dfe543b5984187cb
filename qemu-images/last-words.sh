# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC3043
# What a machine tells that does not end.

# Where our module is: stacks are held against this.
where_it_is() { grep '^vfio_ccw ' /proc/modules >/dev/kmsg 2>/dev/null; }

# Who waits in the kernel for a device or ends the machine, or does not listen to signals,
# and where: a line for each, the innermost function first.  Clients' threads come and go.
show_waiting()
{
	local task state
	for task in /proc/[0-9]*/task/*; do
		state=$(sed 's/.*) \(.\).*/\1/' "$task/stat")
		[ "$state" = D ] || grep -qE 'vccw|vfio|mdev|ccw|css|cpu_down|reboot' "$task/stack" || continue
		echo "# waiting: $(cat "$task/comm") (${task##*/}, $state):$(sed -n 's/^\[<0>\] \([^+]*\).*/ \1/p' "$task/stack" | head -n 12 | tr -d '\n')"
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
