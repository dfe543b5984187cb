# SPDX-License-Identifier: GPL-2.0-only
"""Which group runs next, where several run side by side.

Groups of the lane "guest" have all that they write in folders of their own and run
beside any other.  Those of the lane "host" build in the tree and run one at a time, so
they weigh like one group as long as all that are left of them.  The longest goes first,
so that no long one is left to run alone at the end.
"""
import os
import threading
import time

from .progress import host


def at_once(groups):
    """How many of them.  As many as processors: more guests make each other slower (four on two
    processors took a quarter more of their time than two).  On a machine that others use, looked at
    for a second, twice as many: each has a share.
    """
    if groups <= 2:
        return groups
    cores = len(os.sched_getaffinity(0))
    before = host()
    time.sleep(1)
    idle, everything = (now - then for now, then in zip(host(), before))
    return min(groups, 4, max(2, cores if idle > everything / 2 else 2 * cores))


class Queue:
    """[(seconds, lane, what)] that have not started."""

    def __init__(self, items):
        self.todo = sorted(items, key=lambda i: -i[0])
        self.host_busy = False

    def weight(self, item):
        return sum(i[0] for i in self.todo if i[1] == 'host') if item[1] == 'host' else item[0]

    def take(self):
        """The next one that may start now, or None."""
        fit = [i for i in self.todo if i[1] != 'host' or not self.host_busy]
        if not fit:
            return None
        item = max(fit, key=self.weight)
        self.todo.remove(item)
        self.host_busy |= item[1] == 'host'
        return item

    def ended(self, item):
        if item[1] == 'host':
            self.host_busy = False


def simulate(items, at_once):
    """Seconds until all of them are through."""
    queue, running, now = Queue(items), [], 0.0
    while True:
        item = queue.take() if len(running) < at_once else None
        if item:
            running.append((now + item[0], item))
        elif running:
            first = min(running, key=lambda r: r[0])
            running.remove(first)
            now = first[0]
            queue.ended(first[1])
        else:
            return now


class Schedule:
    """Hands out runs to threads; each takes what it can get until nothing is left."""

    def __init__(self, runs, expected, at_once):
        self.queue = Queue([(expected(r.group), r.group.lane, r) for r in runs])
        self.threads = at_once
        self.changed = threading.Condition()

    def take(self):
        with self.changed:
            while self.queue.todo:
                item = self.queue.take()
                if item:
                    return item
                self.changed.wait()
        return None

    def work(self):
        while item := self.take():
            try:
                item[2].run()
            finally:
                with self.changed:
                    self.queue.ended(item)
                    self.changed.notify_all()

    def start(self):
        """The threads, running."""
        threads = [threading.Thread(target=self.work, daemon=True) for _ in range(self.threads)]
        for thread in threads:
            thread.start()
        return threads
