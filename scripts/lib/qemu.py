# SPDX-License-Identifier: GPL-2.0-only
"""Runs one virtual s390x machine and gathers what it says.

Three ways out of the guest, each a file in a temporary folder:
  console             the kernel's log, and nothing that a program prints
  port vccw.out       what the command prints
  port vccw.result    the verdict, written only by the guest's init
"""
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from . import cpio
from . import postmortem
from .progress import Progress

# Always there; out of the way of the devices that tests use.
SERIAL_DEVNO = "fe.0.fff0"
DISK_DEVNO = "fe.0.ffe%x"
DEFAULT_DEVICE = "virtio-rng-ccw,devno=fe.0.0a01"
# A machine that has panicked or given its verdict must end by itself in this time.
GRACE = 30
# How often that is looked for.
LOOK = 0.5
# Every complaint of the kernel ends the machine; crypto self-tests only cost
# a quarter of the time to boot.  The kernel's watchdogs measure elapsed time, so
# on a busy host they find that an emulated processor was not scheduled: workers
# that do not get on, a lockup, an RCU stall, a task that waits for long.  What
# hangs for good is found by the time that the guest had (progress).
APPEND = ("panic=-1 panic_on_warn=1 oops=panic loglevel=8 cryptomgr.notests "
          "workqueue.watchdog_thresh=0 nosoftlockup rcupdate.rcu_cpu_stall_suppress=1 "
          "sysctl.kernel.hung_task_timeout_secs=0")


class Machine:
    """One boot: `outcome` stands once run() has returned."""

    def __init__(self, options):
        self.options = options
        self.seconds = 0.0
        self.power_off = None  # seconds that it had from its verdict to its end
        self.timed_out = False
        self.had = ""         # how much it ran, if it timed out
        self.processors = []  # and what it was doing
        self.qemu_status = None
        self.qemu_says = ""
        self.console = ""
        self.verdicts = []
        self._dir = None
        self._process = None
        self._shown = 0

    def run(self):
        self._dir = tempfile.mkdtemp(prefix="vccw-boot.")
        try:
            self._launch()
            self._wait()
            self._collect()
        finally:
            self._kill()
            shutil.rmtree(self._dir, ignore_errors=True)

    def _path(self, name):
        return os.path.join(self._dir, name)

    def _initrd(self):
        """The initramfs followed by a small archive with this boot's orders."""
        o = self.options
        orders = cpio.Archive()
        orders.bytes("/etc/cmd", (o.cmd + "\n").encode())
        if o.kmemleak:
            orders.bytes("/etc/check-kmemleak", b"")
        for spec in o.file:
            source, _, path = spec.partition(":")
            orders.copy(source, path or "/bin/" + os.path.basename(source))
        with open(o.initrd, "rb") as f:
            base = f.read()
        with open(self._path("initrd"), "wb") as f:
            f.write(base + b"\0" * (-len(base) % 4) + orders.pack())
        return self._path("initrd")

    def command(self):
        o = self.options
        c = [o.qemu, "-M", "s390-ccw-virtio", "-accel", o.accel, "-cpu", o.cpu, "-smp", str(o.smp), "-m", o.mem,
             "-nodefaults", "-display", "none", "-no-reboot", "-serial", "none",
             "-chardev", f"socket,id=monitor,path={self._path('monitor')},server=on,wait=off",
             "-mon", "chardev=monitor,mode=control",
             "-kernel", o.kernel, "-initrd", self._initrd(), "-append", f"{APPEND} {o.append}".strip(),
             "-chardev", f"file,id=console,path={self._path('console')}",
             "-device", "sclpconsole,chardev=console"]
        if o.icount:
            c += ["-icount", o.icount]
        for chardev in o.chardev:
            c += ["-chardev", chardev]
        for device in o.device or [DEFAULT_DEVICE]:
            c += ["-device", device]
        for number, image in enumerate(o.disk):
            image = image.replace(",", ",,")
            c += ["-drive", f"if=none,id=disk{number},format=raw,readonly=on,file={image}",
                  "-device", f"virtio-blk-ccw,drive=disk{number},devno={DISK_DEVNO % number}"]
        c += ["-device", f"virtio-serial-ccw,id=vccw-serial,devno={SERIAL_DEVNO}"]
        ports = [("vccw.result", self._path("result")), ("vccw.out", self._path("out"))]
        ports += [tuple(p.split("=", 1)) for p in o.port]
        for number, (name, path) in enumerate(ports, 1):
            path = path.replace(",", ",,")
            c += ["-chardev", f"file,id=port{number},path={path}",
                  "-device", f"virtserialport,bus=vccw-serial.0,nr={number},chardev=port{number},name={name}"]
        return c + o.qemu_arg

    def _launch(self):
        def die_with_parent():
            ctypes.CDLL(None).prctl(1, signal.SIGKILL)

        with open(self._path("stderr"), "wb") as err:
            self._process = subprocess.Popen(
                self.command(), stdin=subprocess.DEVNULL, stdout=err, stderr=err, preexec_fn=die_with_parent)

    def _wait(self):
        start = time.monotonic()
        limit = self.options.timeout
        progress = Progress(self._process.pid)
        looked = 0
        said = None  # what it had when the verdict was first seen
        while self._process.poll() is None:
            progress.tick()
            if progress.over(limit):
                self.timed_out = True
                self.had = progress.says()
                self.processors = postmortem.read(self._path("monitor"), self._read("console"))
                self._kill()
                break
            if limit == self.options.timeout and progress.elapsed > looked + LOOK:
                looked = progress.elapsed
                if self._read("result"):
                    said = progress.had
                if said is not None or "Kernel panic" in self._read("console"):
                    limit = min(limit, progress.had + GRACE)
            try:
                self._process.wait(0.05)
            except subprocess.TimeoutExpired:
                pass
            self._show()
        self.seconds = time.monotonic() - start
        self.power_off = None if said is None else progress.had - said
        self._show()

    def _show(self):
        """Passes the guest's output on as it comes."""
        try:
            with open(self._path("out"), "rb") as f:
                f.seek(self._shown)
                text = f.read()
        except FileNotFoundError:
            return
        if text:
            self._shown += len(text)
            sys.stdout.buffer.write(text)
            sys.stdout.buffer.flush()

    def _read(self, name):
        try:
            with open(self._path(name), errors="replace") as f:
                return f.read()
        except FileNotFoundError:
            return ""

    def _collect(self):
        self.qemu_status = self._process.returncode
        self.qemu_says = self._read("stderr").strip()
        self.console = self._read("console").replace("\r\n", "\n")
        self.verdicts = [line for line in self._read("result").splitlines() if line]

    def _kill(self):
        if self._process and self._process.poll() is None:
            self._process.kill()
            self._process.wait()
