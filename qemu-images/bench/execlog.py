# SPDX-License-Identifier: GPL-2.0-only
"""Has the emulator log each instruction of a guest that does one shape of I/O without end."""
import bisect
import os
import socket
import subprocess
import sys
import time

from measure import ICOUNT, ROOT, die, pack

USER = range(0x1000000, 0x2000000)  # where the client's code is
CLIENT = "the client"
GUEST = """. /tests/lib.sh
take $RNG || exit
grep -i ' t ' /proc/kallsyms >/dev/ports/symbols
echo READY
$VCCW bench {shape} --count 1000000000
"""
WARM = 4  # seconds


def log_some(folder, shape, module, seconds, megabytes=None):
    """Leaves `symbols` and `log` in the folder; stops at `megabytes` or after `seconds`."""
    with open(folder + "/run.sh", "w") as f:
        f.write(GUEST.format(shape=shape))
    pack(folder + "/initramfs", module, folder + "/run.sh:/run.sh")
    boot = [ROOT + "/scripts/boot/qemu", "--initrd", folder + "/initramfs", "--timeout", "1200", *ICOUNT,
            "--port", f"symbols={folder}/symbols",
            "--chardev", f"socket,id=orders,path={folder}/orders,server=on,wait=off",
            "--qemu-arg=-mon", "--qemu-arg=chardev=orders,mode=readline",
            "--qemu-arg=-D", f"--qemu-arg={folder}/log", "--cmd", "sh /run.sh"]
    with open(folder + "/errors", "w") as errors, \
            subprocess.Popen(boot, stdout=subprocess.PIPE, stderr=errors, text=True) as machine:
        for line in machine.stdout:
            if line == "READY\n":
                break
        else:
            with open(folder + "/errors") as f:
                sys.stderr.write(f.read()[-2000:])
            die("the machine did not come so far")
        time.sleep(WARM)
        monitor = socket.socket(socket.AF_UNIX)
        monitor.connect(folder + "/orders")
        monitor.sendall(b"singlestep on\n")
        time.sleep(0.2)
        monitor.sendall(b"log exec,nochain\n")
        _wait(folder + "/log", seconds, megabytes)
        monitor.sendall(b"log none\n")
        time.sleep(0.2)
        monitor.sendall(b"quit\n")
        machine.stdout.read()


def _wait(log, seconds, megabytes):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(0.2)
        if megabytes and os.path.exists(log) and os.path.getsize(log) >= megabytes << 20:
            return


class Symbols:
    def __init__(self, path):
        known = set()
        with open(path) as f:
            for line in f:
                words = line.split()
                if len(words) >= 3:
                    known.add((int(words[0], 16), words[2]))
        self._table = sorted(known)
        self._starts = [a for a, _ in self._table]
        self._found = {}

    def at(self, pc):
        """Name, and whether the function starts there."""
        if pc not in self._found:
            n = bisect.bisect_right(self._starts, pc) - 1
            name = CLIENT if pc in USER else self._table[n][1] if n >= 0 else "low storage"
            self._found[pc] = name, pc not in USER and n >= 0 and self._starts[n] == pc
        return self._found[pc]


def instructions(folder):
    """(function, whether it is entered) of each instruction logged."""
    symbols = Symbols(folder + "/symbols")
    with open(folder + "/log", errors="replace") as f:
        for line in f:
            at = line.find("/")
            if not line.startswith("Trace"):
                continue
            try:
                yield symbols.at(int(line[at + 1:at + 17], 16))
            except ValueError:
                continue  # cut off
