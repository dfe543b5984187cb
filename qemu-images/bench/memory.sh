# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# In the guest: logs every allocation and release with what called it, from
# the handing over of a device until a client has it open and does nothing.
. /tests/lib.sh

t=/sys/kernel/tracing
[ -d $t/events ] || mount -t tracefs tracefs $t || { echo "bench: no tracefs"; exit 1; }
echo 20000 >$t/buffer_size_kb
# Pages that can be moved are those of processes.
echo 'migratetype == 0' >$t/events/kmem/mm_page_alloc/filter
for e in kmalloc kmem_cache_alloc mm_page_alloc; do
	echo stacktrace >$t/events/kmem/$e/trigger || { echo "bench: no event $e"; exit 1; }
done
for e in kmalloc kmem_cache_alloc mm_page_alloc kfree kmem_cache_free mm_page_free; do
	echo 1 >$t/events/kmem/$e/enable
done
take $RNG || { echo "bench: no device"; exit 1; }
grep -F '[vfio_ccw]' /proc/kallsyms >/dev/ports/symbols
$VCCW bench clear --count 1000000000 >/dev/null 2>&1 &
client=$!
is_open() { ls -l /proc/$client/fd | grep -qF 'anon_inode:[vfio-device]'; }
until_true 20 is_open || { echo "bench: the client has no device open"; exit 1; }
sleep 1
kill -STOP $client
echo 0 >$t/tracing_on
[ "$(sed -n 's/^overrun: //p' $t/per_cpu/cpu0/stats)" = 0 ] || { echo "bench: the log overran"; exit 1; }
cat $t/trace >/dev/ports/trace
kill -CONT $client
kill $client
wait $client 2>/dev/null
echo "bench done"
