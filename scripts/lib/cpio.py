# SPDX-License-Identifier: GPL-2.0-only
"""Writes newc cpio archives, byte for byte the same for the same input.

Owner, time and inode numbers are made up, and device nodes are only headers,
so no privilege is needed.
"""
import os
import stat


class Archive:
    """Collects entries by path; later ones replace earlier ones."""

    def __init__(self):
        self._entries = {}

    def _add(self, path, mode, data=b"", rdev=(0, 0)):
        path = os.path.normpath(path.lstrip("/"))
        parent = os.path.dirname(path)
        if parent and parent not in self._entries:
            self._add(parent, stat.S_IFDIR | 0o755)
        self._entries[path] = (mode, data, rdev)

    def directory(self, path):
        self._add(path, stat.S_IFDIR | 0o755)

    def bytes(self, path, data, executable=False):
        self._add(path, stat.S_IFREG | (0o755 if executable else 0o644), data)

    def node(self, path, major, minor):
        self._add(path, stat.S_IFCHR | 0o600, b"", (major, minor))

    def link(self, path, target):
        self._add(path, stat.S_IFLNK | 0o777, target.encode())

    def copy(self, source, path):
        """Copies a file or, recursively, a directory from this machine."""
        if os.path.isdir(source):
            self.directory(path)
            for name in sorted(os.listdir(source)):
                self.copy(os.path.join(source, name), os.path.join(path, name))
        elif os.path.islink(source) and not os.path.exists(source):
            self.link(path, os.readlink(source))
        else:
            with open(source, "rb") as f:
                self.bytes(path, f.read(), os.access(source, os.X_OK))

    def pack(self):
        """The whole archive, padded to a multiple of 512 bytes."""
        out = bytearray()
        entries = sorted(self._entries.items()) + [("TRAILER!!!", (0, b"", (0, 0)))]
        for number, (path, (mode, data, rdev)) in enumerate(entries, 1):
            name = path.encode() + b"\0"
            links = 2 if stat.S_ISDIR(mode) else 1
            fields = (number, mode, 0, 0, links, 0, len(data), 0, 0, *rdev, len(name), 0)
            out += b"070701" + b"".join(b"%08X" % f for f in fields) + name
            out += b"\0" * (-len(out) % 4)
            out += data
            out += b"\0" * (-len(out) % 4)
        return bytes(out + b"\0" * (-len(out) % 512))
