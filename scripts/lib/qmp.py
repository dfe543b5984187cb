# SPDX-License-Identifier: GPL-2.0-only
"""QEMU's QMP server, as a client sees it."""
import json
import socket


class Refused(Exception):
    """QEMU's words."""


class Qmp:
    """One connection; made when it is first needed."""

    def __init__(self, path):
        self._path = path
        self._lines = None
        self._socket = None

    def _connect(self):
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(20)
        self._socket.connect(self._path)
        self._lines = self._socket.makefile("r")
        self._lines.readline()  # the greeting
        self.run("qmp_capabilities")

    def run(self, command, **arguments):
        if not self._socket:
            self._connect()
        self._socket.sendall(json.dumps({"execute": command, "arguments": arguments}).encode())
        for line in self._lines:
            answer = json.loads(line)
            if "error" in answer:
                raise Refused(answer["error"]["desc"])
            if "return" in answer:
                return answer["return"]
        raise Refused("QEMU closed the connection")
