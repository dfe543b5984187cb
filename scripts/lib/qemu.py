# SPDX-License-Identifier: GPL-2.0-only
"""A machine of QEMU's: its console and its ports are files."""
from . import machine
from . import postmortem
from .machine import APPEND

# Always there; out of the way of the devices that tests use.
SERIAL_DEVNO = "fe.0.fff0"
DISK_DEVNO = "fe.0.ffe%x"
DEFAULT_DEVICE = "virtio-rng-ccw,devno=fe.0.0a01"


class Machine(machine.Machine):
    name = "QEMU"

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

    def _examine(self):
        return postmortem.read(self._path("monitor"), self._log())
