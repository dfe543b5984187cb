# SPDX-License-Identifier: GPL-2.0-only
"""The time that a guest had, where the host may be busy with other things.

A boot's time limit is for hangs.  What counts against it is what each of the guest's
processors ran, and what it could have run because a core of the host was idle: so a guest
that loops or waits for ever meets its limit, and one that was not scheduled does not.
Elapsed time only ends what a much longer limit ends.

Of each: what takes its steps one after the other, as the end of a machine whose clients go
on, gets no more than one processor's share.
"""
import os
import time

TICKS = os.sysconf('SC_CLK_TCK')
PATIENCE = 10  # times the limit, as elapsed time


def ran(pid):
    """Seconds of CPU time of a process with all its threads."""
    with open(f'/proc/{pid}/stat') as f:
        fields = f.read().rpartition(')')[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def host():
    """(idle, all) seconds of all cores."""
    with open('/proc/stat') as f:
        fields = [int(n) for n in f.readline().split()[1:]]
    return (fields[3] + fields[4]) / TICKS, sum(fields[:8]) / TICKS


class Progress:
    def __init__(self, pid, processors):
        self.pid = pid
        self.processors = processors
        self.had = 0.0  # what counts
        self.start = self.then = time.monotonic()
        self.ran = self.ran0 = ran(pid)
        self.idle, self.all = self.idle0, self.all0 = host()

    @property
    def elapsed(self):
        return self.then - self.start

    def tick(self):
        now, (idle, everything) = time.monotonic(), host()
        try:
            guest = ran(self.pid)
        except (OSError, IndexError, ValueError):
            guest = self.ran
        could = max(0.0, guest - self.ran) + max(0.0, idle - self.idle)
        self.had += min(now - self.then, could / self.processors)
        self.then, self.ran, self.idle, self.all = now, guest, idle, everything

    def over(self, limit):
        return self.had > limit or self.elapsed > PATIENCE * limit

    def says(self):
        total = self.all - self.all0
        busy = 100 * (1 - (self.idle - self.idle0) / total) if total > 0 else 0
        return (f'the guest ran {self.ran - self.ran0:.0f} s in {self.elapsed:.0f} s, '
                f'the host was {busy:.0f} % busy')
