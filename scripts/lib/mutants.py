# SPDX-License-Identifier: GPL-2.0-only
"""Mutants of the core: read, applied to a copy, built, and set upon by tests."""
import os
import re
import shutil
import subprocess
from pathlib import Path

from . import core as layers


class Broken(Exception):
    """Something that is not the mutant's fault: said, and the script ends."""


class DoesNotCompile(Broken):
    pass


class Mutant:
    """One file core-cxx/tests/mutants/NAME.mutant."""

    def __init__(self, path):
        self.name = path.stem
        self.promise = self.what = ''
        self.killers = []
        self.hunks = []  # (file, old, new)
        self._read(path)
        if not (self.promise and self.what and self.killers and self.hunks):
            raise Broken(f'{path}: needs promise:, what:, killed-by: and a hunk')

    def _read(self, path):
        file = old = new = None
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if new is not None and line == '>>>>':
                self.hunks.append((file, '\n'.join(old), '\n'.join(new)))
                old = new = None
            elif new is not None:
                new.append(line)
            elif old is not None and line == '====':
                new = []
            elif old is not None:
                old.append(line)
            elif line == '<<<<' and file:
                old = []
            elif line.startswith('#') or not line:
                continue
            else:
                key, _, value = line.partition(': ')
                if key == 'killed-by':
                    self.killers.append(value)
                elif key == 'file':
                    file = value
                elif key in ('promise', 'what'):
                    setattr(self, key, value)
                else:
                    raise Broken(f'{path}:{number}: not understood: {line}')

    def apply(self, core):
        """Changes the copy of the core; returns the changed files' names."""
        for file, old, new in self.hunks:
            path = core / file
            text = path.read_text() if path.exists() else ''
            if text.count(old) != 1:
                raise Broken(f'mutant {self.name} no longer applies to core-cxx/{file} '
                             f'({text.count(old)} places instead of 1): bring its text up to date')
            path.write_text(text.replace(old, new))
        return sorted({file for file, _, _ in self.hunks})


CXX = os.environ.get('CXX', 'g++')
CORE = ['-std=c++20', '-O0', '-fno-exceptions', '-fno-rtti', '-fsanitize-coverage=trace-pc', '-MMD', '-MP']
TOOL = ['-std=c++20', '-O1', '-MMD', '-MP', '-U_FORTIFY_SOURCE']


def run(command, **more):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, errors='replace', **more)


def compile_one(source, target, flags):
    target.parent.mkdir(parents=True, exist_ok=True)
    done = run([CXX, *flags, '-c', '-o', str(target), str(source)])
    if done.returncode:
        raise DoesNotCompile(f'{source.name} does not compile:\n{done.stdout}')


def inputs_of(target):
    """What an object was made from, as its .d file says; none: unknown."""
    d = target.with_suffix('.d')
    if not d.exists():
        return set()
    words = d.read_text().split('\n\n')[0].replace('\\\n', ' ').split()
    return {Path(os.path.abspath(w)) for w in words[1:] if not w.endswith(':')}


def is_fresh(target):
    inputs = inputs_of(target)
    if not target.exists() or not inputs:
        return False
    made = target.stat().st_mtime
    return all(i.exists() and i.stat().st_mtime <= made for i in inputs)


class Bench:
    """The unchanged core, the explorer and the host tests, as objects."""

    def __init__(self, root, out):
        self.core = root / 'core-cxx'
        self.out = out
        self.sources = layers.sources(self.core)
        explorer = sorted((self.core / 'tests/explore').glob('*.cc'))
        tests = sorted((self.core / 'tests').glob('*.cc'))
        self.core_objects = {s: out / 'core' / s.relative_to(self.core).with_suffix('.o') for s in self.sources}
        self.explorer = [out / 'explore' / f'{s.stem}.o' for s in explorer]
        self.tests = [out / 'tests' / f'{s.stem}.o' for s in tests]
        self.jobs = [(s, self.core_objects[s], CORE) for s in self.sources]
        self.jobs += list(zip(explorer, self.explorer, [TOOL] * len(explorer)))
        self.jobs += list(zip(tests, self.tests, [TOOL] * len(tests)))

    def stale(self):
        return [job for job in self.jobs if not is_fresh(job[1])]

    def link(self, objects, folder):
        folder.mkdir(parents=True, exist_ok=True)
        for name, parts, libraries in (
                ('explore', [*self.explorer, self.out / 'tests/work.o'], []),
                ('core-tests', self.tests, ['-lgtest', '-lgtest_main', '-lpthread'])):
            done = run([CXX, '-o', str(folder / name), *map(str, [*objects, *parts]), *libraries])
            if done.returncode:
                raise Broken(f'{name} does not link:\n{done.stdout}')

    def build_mutant(self, mutant):
        """Compiles what the mutation touches; the rest is shared."""
        folder = self.out / 'mutants' / mutant.name
        shutil.rmtree(folder, ignore_errors=True)
        copy = folder / 'core'
        for part in ('include', *layers.folders(self.core)):
            shutil.copytree(self.core / part, copy / part, ignore=shutil.ignore_patterns('*.o', '.*'))
        changed = {self.core / file for file in mutant.apply(copy)}
        objects = []
        for source in self.sources:
            shared = self.core_objects[source]
            if changed & inputs_of(shared) or source in changed:
                own = folder / source.relative_to(self.core).with_suffix('.o')
                compile_one(copy / source.relative_to(self.core), own, CORE)
                objects.append(own)
            else:
                objects.append(shared)
        if mutant.killers != ['compiler']:
            self.link(objects, folder)
        return folder


def attack(folder, killer, seconds):
    """Sets one test on a build.  Returns how it died, or None if it lives."""
    kind, _, name = killer.partition(' ')
    if kind == 'compiler':
        return None
    if kind == 'explore':
        command = [str(folder / 'explore'), '--brief', '--seconds', str(seconds), *name.split()]
        name = name.split()[-1]
    elif kind == 'test':
        command = [str(folder / 'core-tests'), f'--gtest_filter={name}', '--gtest_brief=1']
    else:
        raise Broken(f'killed-by: {killer}: neither explore, test nor compiler')
    try:
        done = run(command, timeout=seconds * 2)
    except subprocess.TimeoutExpired:
        return 'does not end'
    if kind == 'explore':
        if done.returncode == 2:
            raise Broken(f'explore {name}:\n{done.stdout}')
        found = re.search(rf'^not ok {re.escape(name)}: (.*)', done.stdout, re.M)
        if found and found[1].startswith('stopped after'):
            raise Broken(f'explore {name} takes more than {seconds} s')
        return found[1] if found else None
    if '0 tests from 0 test suites' in done.stdout:
        raise Broken(f'{killer}: there is no such test')
    if done.returncode == 0:
        return None
    failed = re.search(r'^\[ +FAILED +\] ([\w./]+)', done.stdout, re.M)
    return f'{failed[1]} fails' if failed else f'ends with status {done.returncode}'
