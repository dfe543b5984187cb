# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154,SC3043 # disks and said are the libraries'; busybox has local
# A guest boots from its passed-through disk: QEMU's firmware reads what zipl has put there, by the
# disk's own channel programs; kernel, init and all programs come from the disk (CDL).
# DRIVER=kernel: over the kernel's own driver.
. /tests/lib.sh
. /host.sh
host_ready || exit

boots()
{
	local name="cdl, $1"
	start_from_disk cdl "$1" || return
	check "$name: the guest's init runs" heard b '^## ready' 1 || sed 's/^/# /' /tmp/b/console
	grep -aE 'LOADPARM|Booting|Linux version|Mounted root|Kernel command|dasda' /tmp/b/console | sed 's/^/# console: /'
	check_is "$name: its root is its disk" "/dev/root / ext4" ask b "sed -n 's|^\([^ ]* / [^ ]*\) .*|\1|p' /proc/mounts | grep ext4"
	check "$name: it writes a file" ask b "head -c 65536 /dev/urandom >/file && md5sum /file && sync"
	sed -n 's|  /file|  file|p' "$said" >/tmp/sums
	# Where QEMU is the processor it has no DIAGNOSE X'308' subcode 4 (target/s390x/diag.c), which
	# Linux uses unless it is to clear (ipl.c, __reipl_run): that guest ends in a disabled wait.
	check "$name: it is told to load clear" ask b "echo 1 >/sys/firmware/reipl/ccw/clear"
	begin b "reboot -f"
	check "$name: it boots again, and its init runs" heard b '^## ready' 2 || sed 's/^/# /' /tmp/b/console
	check_is "$name: from the same disk" "$(cat /tmp/sums)" ask b "md5sum /file | sed 's|  /file|  file|'"
	check "$name: it lets go of its disk" ask b "mount -o remount,ro /"
	end_guest b
	check "$name: the disk is the host's again" give_up $BOOT
	cases "$name: then natively" natively verify $BOOT /tmp/sums
}

boots "${DRIVER:-ours}"
