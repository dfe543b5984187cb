# SPDX-License-Identifier: GPL-2.0-only
"""Groups of tests: what they say of themselves, how long they take, one run of them.

A group is an executable NN-NAME.  It prints "ok CASE" or "not ok CASE: WHY" for each
of its cases, may say more about a case in lines that start with "#", and runs alone,
from any folder.  Its first comment line says what it tests.  More of its comment lines
mean something:

  # tier: debug     belongs to `scripts/test/run --debug`; full: only to `--full`
  # lane: guest     writes only into folders of its own (default: host; lib/schedule.py)
  # kernel: NAME    boots a kernel of scripts/build/debug-kernel, which is built first
  # minutes: N      what it takes on two idle cores, where nothing is known yet
  # again: COMMAND  runs one case alone; {case} is its name, {script} what is before ": "
"""
import json
import os
import re
import signal
import subprocess
import threading
import time
from pathlib import Path

CACHE = Path(os.environ.get('VCCW_CACHE') or
             Path(os.environ.get('XDG_CACHE_HOME') or Path.home() / '.cache') / 'vfio-ccw')
TIERS = ('test', 'debug', 'full')


class Group:
    def __init__(self, path):
        self.path = path
        self.name = path.name
        text = path.read_text(errors='replace')
        comments = re.findall(r'^# (?!SPDX|shellcheck|(?:tier|lane|kernel|minutes|again): )(.+)$', text, re.M)
        self.what = re.split(r'(?<=[.;])\s', ' '.join(comments))[0].rstrip('.;')
        said = dict(re.findall(r'^# (tier|lane|kernel|minutes|again): (.+)$', text, re.M))
        self.tier = said.get('tier', 'test')
        self.lane = said.get('lane', 'host')
        self.kernel = said.get('kernel')
        self.minutes = float(said.get('minutes', 1))
        self.again = said.get('again', f'scripts/test/run --only {self.name}')
        if self.tier not in TIERS:
            raise SystemExit(f'{path}: no tier {self.tier!r}: {", ".join(TIERS)}')

    def how_again(self, case):
        return self.again.replace('{case}', case).replace('{script}', case.partition(': ')[0])


class Times:
    """Seconds that each group took when it last passed, and how many of a processor's,
    over all checkouts."""

    def __init__(self):
        self.path = CACHE / 'test-times.json'
        self.load()

    def load(self):
        try:
            self.known = {name: (float(took), float(cpu)) for name, (took, cpu) in
                          json.loads(self.path.read_text()).items()}
        except (OSError, ValueError, TypeError):
            self.known = {}

    def expected(self, group):
        return self.known[group.name][0] if group.name in self.known else group.minutes * 60

    def cpu(self, group):
        return self.known[group.name][1] if group.name in self.known else None

    def learn(self, run):
        self.load()  # another run may have learned meanwhile
        self.known[run.group.name] = (round(run.seconds, 1), round(run.cpu, 1))
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_text(json.dumps(self.known, indent=1, sort_keys=True))
        except OSError:
            pass  # only the next plan is less exact


class Running:
    """One group, from its start to its verdict."""

    def __init__(self, group, folder):
        self.group = group
        self.out = folder / group.name
        self.start = self.seconds = self.cpu = 0.0
        self.status = self.process = None
        self.done = threading.Event()

    def run(self):
        self.start = time.monotonic()
        try:
            with open(self.out, 'wb') as out:
                self.process = subprocess.Popen([str(self.group.path)], stdin=subprocess.DEVNULL, stdout=out,
                                                stderr=subprocess.STDOUT, process_group=0)
        except OSError as e:
            self.status = str(e)
            self.done.set()
            return
        _, status, used = os.wait4(self.process.pid, 0)
        self.process.returncode = self.status = os.waitstatus_to_exitcode(status)
        self.seconds = time.monotonic() - self.start
        self.cpu = used.ru_utime + used.ru_stime
        self.done.set()

    def stop(self):
        """Ends what it has started, and its machines."""
        if self.process and not self.done.is_set():
            try:
                os.killpg(self.process.pid, signal.SIGTERM)
            except ProcessLookupError:
                pass

    def text(self):
        try:
            return self.out.read_text(errors='replace')
        except OSError:
            return ''

    def cases(self):
        """(passed, failed) so far."""
        text = self.text()
        return len(re.findall(r'^ok ', text, re.M)), len(re.findall(r'^not ok ', text, re.M))

    def verdict(self):
        """(passed, failed, why the group as a whole failed, or nothing)"""
        passed, failed = self.cases()
        why = ''
        if self.status and not failed:
            why = f'the group {self.group.name} ended with status {self.status}'
        elif not passed and not failed:
            why = f'the group {self.group.name} showed no case'
        return passed, failed + bool(why), why

    def failures(self):
        """Each failed case with what is said of it, up to the next case, and how to run it again."""
        lines, shown = [], None
        for line in self.text().splitlines():
            case = re.match(r'(not )?ok (.*)', line)
            if case:
                if shown:
                    lines.append(f'  again: {self.group.how_again(shown)}')
                shown = case[2].partition(': ')[0] if case[1] else None
                if shown and self.group.again.find('{script}') >= 0:
                    shown = case[2]
            if shown:
                lines.append(line)
        if shown:
            lines.append(f'  again: {self.group.how_again(shown)}')
        return lines
