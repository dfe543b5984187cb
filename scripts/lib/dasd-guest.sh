# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# What the emulated mainframe needs for Linux guests with DASDs of their own (qemu-images/dasd-guest);
# after common.sh.
# shellcheck disable=SC2154 # find_mdev sets search

own=$VCCW_ROOT/qemu-images/dasd-guest
. "$own/machine.sh"

# dasd_guest_tree: the image of a tree with QEMU and the disk's tools, its folder "root" beside it.
dasd_guest_tree() { "$VCCW_ROOT/scripts/fetch/rootfs" --image dasd-guest qemu-system-misc s390-tools e2fsprogs cpio; }

# The programs of a tree that a guest gets, with the libraries that they name, as arguments of initramfs.
guest_files()
{
	local root=$1 tool library tools=(dasdfmt fdasd mke2fs e2fsck)
	for tool in "${tools[@]}"; do
		echo --file "$root/usr/sbin/$tool:/sbin/$tool"
	done
	echo --file "$(realpath "$root/bin/mt-gnu"):/sbin/mt"	# cpio's
	for library in $(cd "$root/usr/sbin" && "$(s390_objdump)" -p "${tools[@]}" | sed -n 's/^ *NEEDED *//p' | sort -u); do
		echo --file "$(realpath "$root/usr/lib/s390x-linux-gnu/$library"):/lib/s390x-linux-gnu/$library"
	done
	echo --file "$(realpath "$root/usr/lib/s390x-linux-gnu/ld64.so.1"):/lib/ld64.so.1"
}
s390_objdump() { command -v s390x-linux-gnu-objdump || echo objdump; }

# pack_guest OUT TREE [MODULES]: a guest's initramfs; the modules' folder of a kernel that has its drivers there.
pack_guest()
{
	local modules=(--modules "${3:-}")
	[[ -z ${3:-} ]] || modules+=(--pack-if virtio_console --pack dasd_eckd_mod)
	# shellcheck disable=SC2046 # words
	"$VCCW_ROOT/scripts/build/initramfs" --out "$1" "${modules[@]}" --init "$own/init" $(guest_files "${2%/image}/root") \
		--file "$own/dasd.sh:/dasd.sh" --file "$own/tape.sh:/tape.sh" --file "$VCCW_ROOT/qemu-images/tests/lib.sh:/tests/lib.sh"
}

# pack_host OUT KERNEL INITRD [ARGUMENT OF initramfs...]: the mainframe's initramfs, with a guest's kernel and initramfs.
pack_host()
{
	local out=$1 kernel=$2 initrd=$3 stock=$VCCW_CACHE/stock/current images=$VCCW_ROOT/qemu-images
	shift 3
	find_mdev
	"$VCCW_ROOT/scripts/build/initramfs" --out "$out" --modules "$stock/modules" "${search[@]}" --root --unsigned \
		--pack dasd_fba_mod --pack dasd_eckd_mod --pack ext4 --pack-if crc32c_generic --pack-if tape_34xx \
		--module vfio_iommu_type1 \
		--pack "$VCCW_ROOT/vfio_ccw.ko" --file "$images/hercules/with-paths" --file "$images/tests:/tests" \
		--file "$own/host.sh:/host.sh" --file "$own/machine.sh:/machine.sh" --file "$own/dasd.sh:/dasd.sh" --file "$own/tape.sh:/tape.sh" \
		--file "$kernel:/guest/kernel" --file "$initrd:/guest/initrd" "$@"
}

# save_guest KERNEL INITRD OUT FOLDER: a guest that is up, saved as a file: it goes on in the emulated mainframe, where a
# boot takes minutes.  The folder is new.
save_guest()
{
	local kernel=$1 initrd=$2 out=$3 ends=$4 qemu pid status=1
	mkdir "$ends"
	make_ends "$ends"
	qemu=$("$VCCW_ROOT/scripts/fetch/qemu" --version 7.2)
	# shellcheck disable=SC2046
	"$qemu" $(machine "$ends") -kernel "$kernel" -initrd "$initrd" -append panic=0 &
	pid=$!
	echo $pid >>"$ends/readers"
	until grep -q '^## ready' "$ends/said"; do
		sleep 0.2
		kill -0 $pid 2>/dev/null || break
	done
	echo "migrate \"exec:cat >$out\"" 1<>"$ends/monitor.in"
	until grep -q 'Migration status: [cf]' "$ends/monitor"; do
		sleep 0.5
		kill -0 $pid 2>/dev/null || break
		echo "info migrate" 1<>"$ends/monitor.in"
	done
	! grep -q 'Migration status: completed' "$ends/monitor" || status=0
	stop_saved "$ends"
	wait $pid || true
	return $status
}

# stop_saved FOLDER: ends the machine and those that read its ends, as far as they are there.
stop_saved()
{
	[[ -e $1/readers ]] || return 0
	xargs kill <"$1/readers" 2>/dev/null || true
	rm "$1/readers"
}
