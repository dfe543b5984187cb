# SPDX-License-Identifier: GPL-2.0-only
"""Which group runs next, where several run side by side.

Longest first, so that no long one is left to run alone at the end.  Groups of the lane
"guest" have all that they write in folders of their own and run beside any other; those
of the lane "host" build in the tree and run one at a time.
"""
import os
import threading

AT_ONCE = max(2, min(4, len(os.sched_getaffinity(0))))


def simulate(todo, at_once=AT_ONCE):
    """Seconds until all of [(seconds, lane)] are through."""
    todo = sorted(todo, reverse=True)
    running = []  # (end, lane)
    now = 0.0
    while todo:
        free = len(running) < at_once
        host = any(lane == 'host' for _, lane in running)
        fit = next((t for t in todo if t[1] != 'host' or not host), None) if free else None
        if fit:
            todo.remove(fit)
            running.append((now + fit[0], fit[1]))
            continue
        now = min(running)[0]
        running.remove(min(running))
    return max([end for end, _ in running], default=now)


class Schedule:
    """Hands out runs to threads; each takes what it can get until nothing is left."""

    def __init__(self, runs, expected):
        self.todo = sorted(runs, key=lambda r: -expected(r.group))
        self.host_busy = False
        self.changed = threading.Condition()

    def take(self):
        """The next run, when one may start; None when all have started."""
        with self.changed:
            while self.todo:
                run = next((r for r in self.todo if r.group.lane != 'host' or not self.host_busy), None)
                if run:
                    self.todo.remove(run)
                    self.host_busy |= run.group.lane == 'host'
                    return run
                self.changed.wait()
        return None

    def ended(self, run):
        with self.changed:
            if run.group.lane == 'host':
                self.host_busy = False
            self.changed.notify_all()

    def work(self):
        while run := self.take():
            try:
                run.run()
            finally:
                self.ended(run)

    def start(self):
        """The threads, running."""
        threads = [threading.Thread(target=self.work, daemon=True) for _ in range(min(AT_ONCE, len(self.todo)))]
        for thread in threads:
            thread.start()
        return threads
