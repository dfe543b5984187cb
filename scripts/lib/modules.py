# SPDX-License-Identifier: GPL-2.0-only
"""Finds kernel modules and the modules they need, without depmod.

Dependencies are read from each module's own .modinfo section; a module given
as a file wins over one of the same name in the kernel's tree.
"""
import lzma
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile


class ModuleError(Exception):
    """A message for the user."""


def module_name(path):
    return re.sub(r"\.ko(\.xz)?$", "", os.path.basename(path)).replace("-", "_")


def read_module(path):
    with open(path, "rb") as f:
        data = f.read()
    if path.endswith(".xz"):
        data = lzma.decompress(data)
    if data[:4] != b"\x7fELF":
        raise ModuleError(f"{path} is not a kernel module (not an ELF file)")
    return data


def modinfo(data, path="module"):
    """The key=value pairs of a 64-bit ELF module's .modinfo section."""
    end = ">" if data[5] == 2 else "<"
    shoff, = struct.unpack_from(end + "Q", data, 40)
    size, count, names = struct.unpack_from(end + "HHH", data, 58)

    def section(i):
        return struct.unpack_from(end + "IIQQQQ", data, shoff + i * size)

    strings = section(names)[4]
    for i in range(count):
        name, _, _, _, offset, length = section(i)
        if data.startswith(b".modinfo\0", strings + name):
            text = data[offset:offset + length].decode("latin-1")
            pairs = (item.partition("=") for item in text.split("\0") if item)
            return {key: value for key, _, value in pairs}
    raise ModuleError(f"{path} has no .modinfo section: not a kernel module")


SIGNED = b"~Module signature appended~\n"
SIGNATURE_HEADER = 12  # ends in the signature's length, 4 bytes


def without_debug(data, path):
    """The module without debug sections, where a strip for it is at hand; a signed one as it is."""
    if data.endswith(SIGNED) or b".debug_info\0" not in data:
        return data
    tool = shutil.which("s390x-linux-gnu-strip") or shutil.which("strip")
    with tempfile.TemporaryDirectory() as tmp:
        target = os.path.join(tmp, "module.ko")
        done = tool and subprocess.run([tool, "--strip-debug", "-o", target, path],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if not done or done.returncode != 0:
            print(f"note: {path} is packed with its debug sections", file=sys.stderr)
            return data
        with open(target, "rb") as f:
            return f.read()


def without_signature(data):
    """The module as it was before it was signed (include/linux/module_signature.h)."""
    if not data.endswith(SIGNED):
        return data
    data = data[:-len(SIGNED)]
    return data[:-SIGNATURE_HEADER - int.from_bytes(data[-4:], "big")]


class Tree:
    """The modules that a kernel came with: `root` is lib/modules/VERSION or
    a folder that holds it; None stands for a kernel without any."""

    def __init__(self, root, search=()):
        self.version = None
        self._files = {}
        self._builtin = set()
        if root:
            self._scan(self._locate(root))
        for folder in search:
            for name in sorted(os.listdir(folder)):
                if re.search(r"\.ko(\.xz)?$", name):
                    self._files[module_name(name)] = os.path.join(folder, name)

    @staticmethod
    def _locate(root):
        for base in (os.path.join(root, "lib", "modules"), root):
            if not os.path.isdir(base):
                continue
            if os.path.isdir(os.path.join(base, "kernel")):
                return base
            found = [os.path.join(base, d) for d in sorted(os.listdir(base))
                     if os.path.isdir(os.path.join(base, d, "kernel"))]
            if len(found) == 1:
                return found[0]
            if found:
                raise ModuleError(f"{base} holds the modules of several kernels; name one: "
                                  + ", ".join(os.path.basename(f) for f in found))
        raise ModuleError(f"no lib/modules/VERSION/kernel in {root}")

    def _scan(self, base):
        self.version = os.path.basename(base)
        for folder, _, names in os.walk(os.path.join(base, "kernel")):
            for name in names:
                if re.search(r"\.ko(\.xz)?$", name):
                    self._files[module_name(name)] = os.path.join(folder, name)
        builtin = os.path.join(base, "modules.builtin")
        if os.path.exists(builtin):
            with open(builtin) as f:
                self._builtin = {module_name(line.strip()) for line in f}

    def add_file(self, path):
        self._files[module_name(path)] = path

    def has(self, name):
        return module_name(name) in self._files

    def is_builtin(self, name):
        return name in self._builtin

    def resolve(self, wanted):
        """[(name, data, needs)] for `wanted` and all they need, needed ones first."""
        done = {}

        def visit(name, why):
            if name in done or self.is_builtin(name):
                return
            path = self._files.get(name)
            if path is None:
                raise ModuleError(f"module {name} not found ({why}): it is neither in the kernel's "
                                  "modules, nor built in, nor given as a file")
            data = read_module(path)
            info = modinfo(data, path)
            made_for = info.get("vermagic", "").split(" ")[0]
            if self.version and made_for != self.version:
                raise ModuleError(f"{path} was built for kernel {made_for}, "
                                  f"but the modules in use are of {self.version}: build it again")
            needs = [n.replace("-", "_") for n in info.get("depends", "").split(",") if n]
            for need in needs:
                visit(need, f"{name} needs it")
            if not path.endswith(".xz"):
                data = without_debug(data, path)
            done[name] = (name, data, [n for n in needs if n in done])

        for name in wanted:
            visit(name, "asked for")
        return list(done.values())
