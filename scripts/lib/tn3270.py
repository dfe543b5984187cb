# SPDX-License-Identifier: GPL-2.0-only
"""A 3270 terminal on this machine, driven by s3270 of the x3270 family.

The terminal is switched on by connect(), speaks TN3270 to a port, and is off
again after disconnect().  Every call either works or raises TerminalError.
"""
import contextlib
import os
import socket
import subprocess
import time

ANSWER = 10  # seconds in which an action is through, or waits for a keyboard that stays locked
MODEL = "3279-2-E"  # 24 lines of 80, colours


class TerminalError(Exception):
    """What s3270 could not do, in its own words."""


class Terminal:
    def __init__(self, port):
        self._port = port
        try:
            self._process = subprocess.Popen(["s3270", "-utf8", "-model", MODEL, "-socket"], stdin=subprocess.PIPE,
                                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        except FileNotFoundError as e:
            raise TerminalError("s3270 is missing; scripts/fetch/setup terminal installs it") from e
        try:
            self._talk = self._open()
        except TerminalError:
            self._process.kill()
            raise
        self._connecting = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self._path())

    def _path(self):
        return f"/tmp/x3sck.{self._process.pid}"

    def _open(self):
        """One more conversation with s3270; in each, an action that waits holds up only its own."""
        end = time.monotonic() + 60
        while True:
            s = socket.socket(socket.AF_UNIX)
            try:
                s.settimeout(ANSWER)
                s.connect(self._path())
                return s.makefile("rw", encoding="utf-8")
            except OSError as e:
                s.close()
                if time.monotonic() > end or self._process.poll() is not None:
                    raise TerminalError("s3270 does not start") from e
                time.sleep(0.05)

    def action(self, text):
        """One action of s3270(1); the lines that it answers."""
        data = []
        try:
            self._talk.write(text + "\n")
            self._talk.flush()
            while line := self._talk.readline():
                line = line.rstrip("\n")
                if line.startswith("data:"):
                    data.append(line[len("data: "):])
                elif line == "ok":
                    return data
                elif line == "error":
                    raise TerminalError(f"{text}: {' '.join(data).strip()}")
        except OSError as e:
            self._talk = self._open()
            raise TerminalError(f"{text}: {e}") from e
        raise TerminalError("s3270 has ended")

    def connect(self):
        """On, though the first screen may come much later, which s3270's own action waits for."""
        self._connecting = self._open()
        self._connecting.write(f"Connect(127.0.0.1:{self._port})\n")
        self._connecting.flush()
        end = time.monotonic() + 60
        while not self._state().startswith("connected"):
            if time.monotonic() > end:
                raise TerminalError(f"no connection to port {self._port}: {self._state()}")
            time.sleep(0.1)

    def _state(self):
        return " ".join(self.action("Query(ConnectionState)"))

    def disconnect(self):
        self.action("Disconnect()")
        self._connecting = None

    def screen(self):
        """The lines that are shown."""
        return [line.rstrip() for line in self.action("Ascii()")]

    def buffer(self):
        """The characters and attributes of the screen, as ReadBuffer(Ascii) tells them."""
        return self.action("ReadBuffer(Ascii)")

    def type(self, text):
        """A line, and the Enter key."""
        quoted = text.replace("\\", "\\\\").replace('"', '\\"')
        self.action(f'String("{quoted}")')
        self.action("Enter()")

    def shows(self, wanted, seconds):
        """Waits for a screen of which `wanted` is true; that screen, or nothing."""
        end = time.monotonic() + seconds
        while True:
            lines = self.screen()
            if wanted(lines):
                return lines
            if time.monotonic() > end:
                return None
            time.sleep(0.3)
