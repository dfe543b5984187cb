# SPDX-License-Identifier: GPL-2.0-only
# For people: short names for what scripts/ does.  The kernel's build reads
# Kbuild instead of this file.

.DEFAULT_GOAL := modules
.PHONY: modules client demo demo-3270 demo-dasd demo-guest-disk test test-debug test-full check bench bench-check fuzz coverage explore kunit mutants stress debug-guest-tests matrix man pictures install deb fetch setup clean help

modules:
	+@scripts/build/modules $(MAKEOVERRIDES)

client:
	+@$(MAKE) --no-print-directory -C qemu-images/client

demo demo-3270 demo-dasd demo-guest-disk:
	+@scripts/boot/$@

explore mutants kunit stress debug-guest-tests matrix fuzz coverage:
	+@scripts/test/$@

man pictures:
	+@scripts/check/$@

test check bench:
	+@scripts/$@/run

bench-check:
	+@scripts/bench/check

test-debug:
	+@scripts/test/run --debug

test-full:
	+@scripts/test/run --full

install:
	+@scripts/build/install $(MAKEOVERRIDES)

deb:
	+@scripts/build/deb

fetch:
	@scripts/fetch/kernel --refresh

setup:
	@scripts/fetch/setup build boot test bench check kernel signing terminal mainframe package

# Only what builds leave behind; the cache of fetched packages stays.
clean:
	@rm -rf build drivers/generated .vccw_kernel Module.symvers modules.order
	@rm -f *.ko *.o *.mod *.mod.c .*.cmd .module-common.* ..module-common.*
	@find drivers core-cxx kunit -type f \( -name '*.o' -o -name '*.ko' -o -name '*.mod' \
		-o -name '*.mod.c' -o -name '.*.cmd' -o -name '.*.d' \) -delete 2>/dev/null || true

help:
	@echo 'vfio_ccw: passes channel-attached devices of an s390x host to its guests'
	@echo
	@echo '  make          build vfio_ccw.ko (and mdev.ko, if the kernel has none)'
	@echo '  make demo     boot it on a stock Debian kernel in QEMU and drive a device,'
	@echo '                then pass it on to a virtual machine in there'
	@echo '  make install  install them for modprobe; scripts/build/dkms: for each new kernel, too'
	@echo '  make deb      Debian packages: the sources for DKMS, and the tools'
	@echo '  make demo-3270  Linux in a virtual machine with a terminal for you (minutes)'
	@echo '  make demo-dasd  a mainframe'\''s disk, on an emulated mainframe, through a guest and back'
	@echo '  make demo-guest-disk  a virtual machine boots from such a disk (minutes)'
	@echo '  make test     the tests of what you build, on stock kernels'
	@echo '  make test-debug  the tests in kernels with KASAN, lockdep and KCSAN, which it builds, and in'
	@echo '                the newest one; copies broken on purpose, a mainframe'\''s channels, a newer QEMU'
	@echo '  make test-full   both, and those that take many minutes'
	@echo '  make check    static checks: checkpatch, sparse, clang-tidy, locks, shellcheck, own text'
	@echo '  make bench    instructions an I/O, against the kernel'\''s own driver'
	@echo '  make bench-check   compare the cost of translation with the numbers kept here'
	@echo '  make explore  every interleaving of requests, interrupts and work, within bounds'
	@echo '  make mutants  break each promise in a copy and see a test notice'
	@echo '  make stress   random requests from many threads in a debug kernel (OPS=N)'
	@echo '  make fuzz     fuzz the translator, time-boxed'
	@echo '  make coverage branch coverage of the translator by its tests'
	@echo '  make kunit    in-kernel suites, in a kernel with KASAN, lockdep, UBSAN'
	@echo '  make debug-guest-tests  guest tests in that kernel'
	@echo '  make matrix   the module on the stock kernels of several Debian suites, each with its compiler'
	@echo '  make client   build the guest-side client, build/client/vccw'
	@echo '  make man      write the manual pages vccw.8 and vfio_ccw.4 anew; make pictures: draw those'
	@echo '                of the documentation'
	@echo '  make fetch    look for a newer stock kernel now (otherwise once a week)'
	@echo '  make setup    install all packages that any of these needs'
	@echo '  make clean    remove what was built'
	@echo
	@echo 'Variables'
	@echo '  KDIR=DIR      build for the kernel whose headers are in DIR; default: the running'
	@echo '                kernel on s390x, elsewhere the stock s390x kernel, which is fetched'
	@echo '  V=1           show the commands of the build'
	@echo '  VCCW_SUITE    (environment) Debian suite of the stock kernel: bookworm-backports'
	@echo '  VCCW_CACHE    (environment) where fetched things go: ~/.cache/vfio-ccw'
	@echo '  VCCW_MIRROR   (environment) Debian mirror: the one of your apt sources'
	@echo '  VCCW_NO_INSTALL=1   (environment) name missing packages instead of installing them (make)'
	@echo '  VCCW_SOURCE   (environment) tarball of the kernel source, for mdev.ko'
	@echo
	@echo 'Each does its own set-up and says what it installs; every script under scripts/'
	@echo 'can be run alone and has --help.'
