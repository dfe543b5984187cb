# SPDX-License-Identifier: GPL-2.0-only
"""Somebody at a 3270 terminal: presses Enter once for each "PRESS N" that comes on the screen."""
import re
import threading

from .tn3270 import Terminal, TerminalError

PRESS = re.compile(r"PRESS (\d)")
READY = ("connected-3270", "connected-tn3270")
LOOK = 0.1  # seconds


class Attendant(threading.Thread):
    """Connects to a port that is open; `ready` is set when the terminal is a 3270, or `failed` says why not."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.ready = threading.Event()
        self.failed = ""
        self._port = port
        self._ending = threading.Event()

    def run(self):
        try:
            with Terminal(self._port) as terminal:
                terminal.connect()
                while not self._ending.wait(LOOK) and not self._is_ready(terminal):
                    pass
                self.ready.set()
                self._attend(terminal)
        except TerminalError as e:
            if not self._ending.is_set():
                self.failed = str(e)

    def stop(self):
        self._ending.set()
        self.join()

    @staticmethod
    def _is_ready(terminal):
        return " ".join(terminal.action("Query(ConnectionState)")).startswith(READY)

    def _attend(self, terminal):
        answered = None
        while not self._ending.wait(LOOK):
            wanted = PRESS.search("\n".join(terminal.screen()))
            number = wanted and wanted[1]
            if number and number != answered:
                terminal.action("Enter()")
            answered = number
