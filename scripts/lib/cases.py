# SPDX-License-Identifier: GPL-2.0-only
"""Reads the "ok NAME" / "not ok NAME: WHY" lines that tests print."""
import re

_CASE = re.compile(r"^(not )?ok (.+)$")
_BEGIN = re.compile(r"^## begin (\S+)$")
_END = re.compile(r"^## end (\S+) (\d+)$")


def case_of(line):
    """(passed, name with reason), or None for a line that is no result."""
    m = _CASE.match(line)
    return m and (not m.group(1), m.group(2).strip())


class ScriptResults:
    """The cases of the scripts that one boot was to run.

    A script counts as failed beyond its own cases when it did not run, did
    not reach its end, ended with a status, or showed no case at all.
    """

    def __init__(self, scripts, output):
        self.cases = []
        self.notes = {}
        self._seen = {}
        current = None
        for line in output.splitlines():
            begin, end, case = _BEGIN.match(line), _END.match(line), case_of(line)
            if begin:
                current = begin.group(1)
                self._seen[current] = None
                count = 0
            elif end and end.group(1) == current:
                self._end(current, int(end.group(2)), count)
                current = None
            elif case:
                count = count + 1 if current else 0
                self.cases.append((case[0], f"{label(current)}: {case[1]}"))
                self.notes[len(self.cases) - 1] = []
            elif self.cases and not self.cases[-1][0]:
                self.notes[len(self.cases) - 1].append(line)
        for script in scripts:
            if script not in self._seen:
                self._fail(script, "it did not run")
            elif self._seen[script] is None:
                self._fail(script, "it did not reach its end")

    def _end(self, script, status, count):
        self._seen[script] = status
        if status != 0:
            self._fail(script, f"the script ended with status {status}")
        elif not count:
            self._fail(script, "the script showed no result")

    def _fail(self, script, why):
        self.cases.append((False, f"{label(script)}: {why}"))
        self.notes[len(self.cases) - 1] = []


def label(script):
    """The short name of a script: without its number and ending."""
    return re.sub(r"^\d+-|\.sh$", "", script or "guest")
