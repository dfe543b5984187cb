#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What a client makes the driver allocate is charged to the client's control group,
# also where the work item allocates it.  Seen from outside: the kernel's function
# that charges, whose first argument is the group, and who calls it.
. /tests/lib.sh

tracing=/sys/kernel/tracing
group=/sys/fs/cgroup/client

leave()
{
	put 0 $tracing/events/vccw/enable
	put "" $tracing/kprobe_events
	rmdir $group
	umount /sys/fs/cgroup
}

mount -t cgroup2 none /sys/fs/cgroup 2>/dev/null
mkdir $group 2>/dev/null
if ! put +memory /sys/fs/cgroup/cgroup.subtree_control || [ ! -e $tracing/kprobe_events ]; then
	echo "# skipped: this kernel has no memory control groups (CONFIG_MEMCG) or kprobes (CONFIG_KPROBE_EVENTS)"
	leave 2>/dev/null
	exit 0
fi
check "a device is taken" take $RNG || exit
printf 'p:vccw/charge obj_cgroup_charge group=%%r2:x64\np:vccw/alloc vfio_ccw:vccw_port_alloc\n' >/tmp/probes
check "allocations and charges can be probed" put "$(cat /tmp/probes)" $tracing/kprobe_events
check "allocations and charges are seen" put 1 $tracing/events/vccw/enable
: >$tracing/trace
check "a client in a control group runs programs and reads late" \
	sh -c "echo \$\$ >$group/cgroup.procs; exec $VCCW race unread-releases --count 5"
cat $tracing/trace >/tmp/trace
leave

# calls WHAT: how many lines of the trace show it.
calls() { grep -c "$1" /tmp/trace; }

# In newer kernels the charge is inside of a function that cannot be probed.
case $(uname -r) in
6.1[2-5].*) ;;
*) echo "# skipped: which group is charged; this kernel does not show it"; exit 0 ;;
esac
client=$(sed -n 's/^ *vccw-.* charge: .* group=\(0x[0-9a-f]*\)$/\1/p' /tmp/trace | sort -u)
check_is "the client was charged, one group" 1 sh -c "echo '$client' | grep -c 0x"
check "the work item allocated" [ "$(calls 'kworker/.* alloc: ')" -gt 0 ]
check "and all that the work item allocated, too" \
	[ "$(calls 'kworker/.* alloc: ')" = "$(calls "kworker/.* charge: .* group=${client:-none}\$")" ]
echo "# the work item allocated $(calls 'kworker/.* alloc: ') times"
