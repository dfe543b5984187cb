# SPDX-License-Identifier: GPL-2.0-only
"""Runs one emulated machine and gathers what it says; qemu.py and hercules.py know the emulators.

Three ways out of the guest, each a file in a temporary folder:
  console             the kernel's log, and nothing that a program prints
  out                 what the command prints
  result              the verdict, written only by the guest's init
"""
import ctypes
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from . import cpio
from .progress import Progress

# A machine that has panicked or given its verdict must end by itself in this time.
GRACE = 30
# How often that is looked for.
LOOK = 0.5
# Every complaint of the kernel ends the machine; crypto self-tests cost a quarter of
# the time to boot, those of the jitter generator a sixth of the rest.  QEMU keeps what
# it has translated by virtual address: programs that lie elsewhere each time are
# translated each time.  The kernel's watchdogs measure elapsed time, so
# on a busy host they find that an emulated processor was not scheduled: workers
# that do not get on, a lockup, an RCU stall, a task that waits for long.  What
# hangs for good is found by the time that the guest had (progress).
APPEND = ("panic=-1 panic_on_warn=1 oops=panic loglevel=8 cryptomgr.notests "
          "initcall_blacklist=jent_mod_init norandmaps "
          "workqueue.watchdog_thresh=0 nosoftlockup rcupdate.rcu_cpu_stall_suppress=1 "
          "sysctl.kernel.hung_task_timeout_secs=0")


def written(file):
    """What follows in a file up to the first NUL; what is behind that, megabytes of a disk, is not read."""
    text = bytearray()
    while chunk := file.read(1 << 16):
        before, nul, _ = chunk.partition(b"\0")
        text += before
        if nul:
            break
    return bytes(text)


class Machine:
    """One boot: what it came to stands once run() has returned."""

    name = ""  # of the emulator

    def __init__(self, options):
        self.options = options
        self.seconds = 0.0
        self.power_off = None  # seconds that it had from its verdict to its end
        self.timed_out = False
        self.had = ""         # how much it ran, if it timed out
        self.processors = []  # and what it was doing
        self.status = None    # of the emulator
        self.says = ""        # what the emulator complained of
        self.console = ""
        self.verdicts = []
        self.heard = True     # whether the guest has said a word; where nobody can tell, it has
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

    def command(self):
        """The emulator and its arguments; makes the files that they name."""
        raise NotImplementedError

    def _log(self):
        """The kernel's log so far."""
        return self._read("console")

    def _examine(self):
        """What the processors of a machine that hangs are doing, as lines."""
        return []

    def _last_words(self):
        """What a guest says that should have ended (qemu-images/last-words.sh)."""
        return re.findall(r"^# (?:not ended|waiting): ?.*", self._read("out"), re.M)

    def _look(self):
        """Called every LOOK seconds while the emulator runs."""

    def _stdin(self):
        return subprocess.DEVNULL

    def _path(self, name):
        return os.path.join(self._dir, name)

    def _initrd(self, more=()):
        """The initramfs followed by a small archive with this boot's orders; `more`: (path, contents)."""
        o = self.options
        orders = cpio.Archive()
        orders.bytes("/etc/cmd", (o.cmd + "\n").encode())
        for path, contents in more:
            orders.bytes(path, contents)
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

    def _launch(self):
        def die_with_parent():
            ctypes.CDLL(None).prctl(1, signal.SIGKILL)

        with open(self._path("stderr"), "wb") as err, self._stdout(err) as out:
            self._process = subprocess.Popen(
                self.command(), stdin=self._stdin(), stdout=out, stderr=err, env=self._environment(),
                preexec_fn=die_with_parent)

    def _stdout(self, err):
        return os.fdopen(os.dup(err.fileno()), "wb")

    def _environment(self):
        return None

    def _wait(self):
        start = time.monotonic()
        progress = Progress(self._process.pid, self.options.smp)
        looked, said = 0, False
        limits = [(progress, self.options.timeout)]
        ending = None  # since the verdict was first seen, or a panic
        while self._process.poll() is None:
            for count, _ in limits:
                count.tick()
            over = [count for count, limit in limits if count.over(limit)]
            if over:
                self.timed_out = True
                self.had = over[-1].says()
                self.processors = self._last_words() + self._examine()
                self._kill()
                break
            if progress.elapsed > looked + LOOK:
                looked = progress.elapsed
                self._look()
                if not ending:
                    said = bool(self._read("result"))
                    if said or "Kernel panic" in self._log():
                        ending = Progress(self._process.pid, self.options.smp)
                        limits.append((ending, GRACE))
            try:
                self._process.wait(0.05)
            except subprocess.TimeoutExpired:
                pass
            self._show()
        self.seconds = time.monotonic() - start
        self.power_off = ending.had if said else None
        self._show()

    def _show(self):
        """Passes the guest's output on as it comes."""
        try:
            with open(self._path("out"), "rb") as f:
                f.seek(self._shown)
                text = written(f)
        except FileNotFoundError:
            return
        if text:
            self._shown += len(text)
            sys.stdout.buffer.write(text)
            sys.stdout.buffer.flush()

    def _read(self, name):
        """A file's text, up to the part that was never written if it is a disk."""
        try:
            with open(self._path(name), "rb") as f:
                return written(f).decode(errors="replace").replace("\r\n", "\n")
        except FileNotFoundError:
            return ""

    def _collect(self):
        self.status = self._process.returncode
        self.says = self._read("stderr").strip()
        self.console = self._log().replace("\r\n", "\n")
        self.verdicts = [line for line in self._read("result").splitlines() if line]

    def _kill(self):
        if self._process and self._process.poll() is None:
            self._process.kill()
            self._process.wait()
