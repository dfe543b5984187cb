# SPDX-License-Identifier: GPL-2.0-only
"""A machine of Hercules': a mainframe with asynchronous channels and real device types.

Its ports are small FBA disks: the guest writes text without NULs to them, and the file of a disk is read
here.  One of them gets the kernel's log.  The console, a 3215 that prints into Hercules' own
messages, loses some of it, but has what a dying kernel says last.  Hercules does not end when
its guest powers off: it gets the command to end by its standard input.
"""
import os
import re
import secrets
import shutil
import socket
import subprocess

from . import machine
from .attendant import Attendant
from .machine import APPEND

# Out of the way of the devices that tests use.
CONSOLE_DEVNO = "0f1f"  # no number of a subchannel
PORT_DEVNO = 0x0fe0
DISK_DEVNO = 0x0fd0
# Blocks of 512 bytes of a port.
PORT_BLOCKS = 16384
# Where a kernel for s390x finds its orders.
INITRD_AT = 64 << 20
INITRD_WORDS = 0x10408
COMMAND_LINE = 0x10480
# What takes long on a slow machine and nobody needs here.
SLOW = "initcall_blacklist=load_system_certificate_list,jent_mod_init,crypto_kdf108_init con3215_drop=0"
# A machine that has powered off or died.
STOPPED = re.compile(r"HHCCP011I|SIGP Stop \(05\) CPU0000")
# Lines that are Hercules', and not its console's.
ITS_OWN = re.compile(r"HHC[A-Z]{2}\d{3}[A-Z] |[A-Z]+=|CPU\d{4}:|([RCA]|GR|CR|AR|FPR)[0-9A-F]=|[VR]:[0-9A-F]")
# What it does not understand before it starts it does without; and a kernel that it cannot load.
CONFIGURED = "Script file processing started"
REFUSED = re.compile(r"^HHC[A-Z]{2}\d+[ES] .*", re.M)
UNLOADED = re.compile(r"^HHCSC\d+E .*", re.M)
KMSG = re.compile(r"\d+,\d+,(\d+),[^;]*;(.*)")
LISTENS = "Waiting for console connection"
CONSOLE = "--- the console, not complete:"
KEPT = "--- the kernel's log:"
# How long Hercules may take to end by itself, in looks.
LAST_LOOKS = 12


def is_free(port):
    with socket.socket() as s:
        try:
            s.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port():
    """A TCP port that was free a moment ago, even, as the one behind it: an adapter wants both."""
    while True:
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            port = s.getsockname()[1] & ~1
        if is_free(port) and is_free(port + 1):
            return port


def readable(line):
    """A line of /dev/kmsg (priority,number,microseconds,flags;text) as dmesg shows it.  What
    belongs to the line before it starts with a space there."""
    m = KMSG.match(line)
    return f"[{int(m[1]) / 1e6:12.6f}] {m[2]}" if m else line


class Machine(machine.Machine):
    name = "Hercules"

    def __init__(self, options):
        super().__init__(options)
        self._key = secrets.token_hex(8)
        self._stopping = 0
        self._refused = False
        self._console_port = free_port()
        self._attendant = None
        self._loaded = not options.attended

    def command(self):
        self._make_ports()
        self._put_kernel()
        with open(self._path("config"), "w") as f:
            f.write("\n".join(self._config()) + "\n")
        return [self.options.hercules, "-d", "-f", self._path("config"), "EXTERNALGUI"]

    def _environment(self):
        return {**os.environ, "HERCULES_RC": self._path("rc")}

    def _stdin(self):
        return subprocess.PIPE

    def _stdout(self, err):
        return open(self._path("hercules"), "wb")

    def tell(self, order):
        """Gives Hercules a command of its console."""
        try:
            self._process.stdin.write(order.encode() + b"\n")
            self._process.stdin.flush()
        except (BrokenPipeError, OSError):
            pass

    def _ports(self):
        """(name in the guest, file's name here)"""
        return [("vccw.result", "result"), ("vccw.out", "out"), ("vccw.log", "log")] + \
            [(name, "port-" + name) for name, _, _ in (p.partition("=") for p in self.options.port)]

    def _make_ports(self):
        for _, file in self._ports():
            with open(self._path(file), "wb") as f:
                f.truncate(PORT_BLOCKS * 512)

    def _put_kernel(self):
        names = "".join(f"0.0.{PORT_DEVNO + n:04x} {name}\n" for n, (name, _) in enumerate(self._ports()))
        disks = "".join(f"0.0.{DISK_DEVNO + n:04x}\n" for n in range(len(self.options.disk)))
        initrd = self._initrd([("/etc/ports", names.encode()), ("/etc/disks", disks.encode()),
                               ("/etc/verdict-key", self._key.encode() + b"\n")])
        shutil.copyfile(self.options.kernel, self._path("kernel"))  # a link to elsewhere is refused
        with open(self._path("words"), "wb") as f:
            f.write(INITRD_AT.to_bytes(8, "big") + os.path.getsize(initrd).to_bytes(8, "big"))
        with open(self._path("cmdline"), "wb") as f:
            f.write(f"condev=0x{CONSOLE_DEVNO} conmode=3215 console=ttyS0 {APPEND} {SLOW} {self.options.append}".strip()
                    .encode() + b"\0")
        with open(self._path("go.ins"), "w") as f:
            f.write(f"kernel 0x0\nwords 0x{INITRD_WORDS:x}\ncmdline 0x{COMMAND_LINE:x}\ninitrd 0x{INITRD_AT:x}\n")
        with open(self._path("rc"), "w") as f:
            f.write("\n".join([*self.options.order, "" if self.options.attended else self._load()]) + "\n")

    def _load(self):
        return f"ipl {self._path('go.ins')}"

    def _config(self):
        o = self.options
        yield from ("CPUSERIAL 000001", "CPUMODEL 2817", "ARCHMODE ESAME", "OSTAILOR LINUX", "LOADPARM ........",
                    f"MAINSIZE {o.mem}", "XPNDSIZE 0", f"NUMCPU {o.smp}", f"MAXCPU {o.smp}", "PANRATE 2000",
                    "PGMPRDOS LICENSED", f"CNSLPORT {self._console_port}", f"{CONSOLE_DEVNO} 3215-C / noprompt")
        for n, (_, file) in enumerate(self._ports()):
            yield f"{PORT_DEVNO + n:04X} 3370 {self._path(file)}"
        for n, image in enumerate(o.disk):
            yield f"{DISK_DEVNO + n:04X} 3370 {os.path.abspath(image)}"
        places = {}
        for line in o.device:
            yield re.sub(r"\{port:(\w+)\}", lambda m: str(places.setdefault(m[1], free_port())), line)

    def _messages(self):
        return self._read("hercules")

    @staticmethod
    def _complaints(messages):
        before, _, after = messages.partition(CONFIGURED)
        return REFUSED.findall(before) + UNLOADED.findall(after)

    def _log(self):
        kept = "\n".join((readable(line) for line in self._read("log").splitlines() if not line.startswith(" ")))
        printed = self._messages().replace("\r", "").splitlines()
        return "\n".join([CONSOLE] + [line for line in printed if line and not ITS_OWN.match(line)] + [KEPT, kept]) + "\n"

    def _attend(self, messages):
        """The machine is loaded when the terminal is there: what comes later is status that nobody asked for."""
        if not self._attendant:
            if LISTENS in messages:
                self._attendant = Attendant(self._console_port)
                self._attendant.start()
        elif self._attendant.ready.is_set():
            self._loaded = True
            self.tell(self._load())
        elif self._attendant.failed:
            self._kill()

    def _look(self):
        if not self._stopping:
            messages = self._messages()
            if not self._loaded:
                self._attend(messages)
            self._refused = bool(self._complaints(messages))
            if not (self._refused or STOPPED.search(messages)):
                return
            self.tell("quit")
        self._stopping += 1
        if self._stopping > LAST_LOOKS:
            self._kill()

    def _collect(self):
        super()._collect()
        if self._stopping:  # how a Hercules ends that was told to says nothing
            self.status = int(self._refused)
        self.heard = any(self._read(file) for _, file in self._ports())
        self.says = "; ".join(self._complaints(self._messages())) or self.says
        if self._attendant:
            self._attendant.stop()
            self.says = self.says or self._attendant.failed
        if self.options.messages:
            shutil.copyfile(self._path("hercules"), self.options.messages)
        # Only init knows the key, and has it no longer when the command runs.
        key = self._key + " "
        self.verdicts = [line[len(key):] if line.startswith(key) else f"not by init: {line}" for line in self.verdicts]
        for spec in self.options.port:
            name, path = spec.split("=", 1)
            with open(path, "w") as f:
                f.write(self._read("port-" + name))
