# SPDX-License-Identifier: GPL-2.0-only
"""Compares what channel programs came to over two drivers with what they come to without any.

A line is "COLUMN DEVICE SET VECTOR: what came of it" (vccw vectors; qemu-images/native).  A list
names the programs that may differ from the run without a driver: "SET/VECTOR COLUMNS REASON",
COLUMNS being ours, kernel or both; with a ? behind it, if it so happens.  SET/*, with a ?, is all
of a set that have no line of their own.  Prints a case for each set and device, and one for the
list: an entry of a set that was run, but which no device needed, is wrong too, unless it has a ?.

The prefetch bit of intermediate status is not compared: Hercules leaves it out (channel.c fills in
the format bit alone), and the SCSW has the bits of the ORB (Principles of Operation, "Subchannel-
Status Word").
"""
import argparse
import re
import sys

LINE = re.compile(r"^(\w+) (\S+) (\S+) (\S+)(?: \(peer\))?: (.*)$")
TRUTH = "native"
DRIVERS = ("ours", "kernel")
COLUMNS = {"ours": {"ours"}, "kernel": {"kernel"}, "both": set(DRIVERS)}

# The first word of an SCSW, as printed, behind what was done or the status before it.
SCSW = re.compile(r"(?<=\| )[0-9a-f]{8}(?= [0-9a-f]{8} [0-9a-f]{8} lpum)")
PREFETCH, INTERMEDIATE, ENDS = 0x00400000, 0x8, 0x6


def without_prefetch_bit(m):
    word = int(m[0], 16)
    return f"{word & ~PREFETCH:08x}" if word & INTERMEDIATE and not word & ENDS else m[0]


def read_lines(paths):
    """{(device, set): {vector: {column: text}}}, in the order of the files."""
    found = {}
    for path in paths:
        with open(path, errors="replace") as f:
            for m in filter(None, map(LINE.match, f)):
                column, device, group, vector, text = m.groups()
                found.setdefault((device, group), {}).setdefault(vector, {})[column] = SCSW.sub(without_prefetch_bit, text)
    return found


def read_allowed(path):
    """{SET/VECTOR: drivers}, and those of them that differ by chance."""
    allowed, chance = {}, set()
    with open(path) as f:
        for line in f:
            if line.strip() and not line.startswith("#"):
                name, columns, _ = line.split(None, 2)
                allowed[name] = COLUMNS[columns.rstrip("?")]
                if columns.endswith("?"):
                    chance.add(name)
    return allowed, chance


def show(vector, texts):
    print(f"# {vector}")
    for column in (TRUTH, *DRIVERS):
        print(f"#   {column:7} {texts.get(column, 'not run')}")


def compare(name, group, vectors, allowed, needed, show_all):
    """One set on one device; true if all is as the list says."""
    same = dict.fromkeys(DRIVERS, 0)
    wrong = []
    for vector, texts in vectors.items():
        differ = {d for d in DRIVERS if texts.get(d) != texts.get(TRUTH)}
        for d in set(DRIVERS) - differ:
            same[d] += 1
        may = allowed.get(f"{group}/{vector}", allowed.get(f"{group}/*", set()))
        needed |= {(f"{group}/{vector}", d) for d in differ}
        if TRUTH not in texts or not differ <= may:
            wrong.append(vector)
        elif show_all and differ:
            show(vector, texts)
    counted = f"{name}: {len(vectors)} programs; as without a driver: {same['ours']} over ours, {same['kernel']} over the kernel's"
    print(f"not ok {counted}: {' '.join(wrong)}" if wrong else f"ok {counted}")
    for vector in wrong:
        show(vector, vectors[vector])
    return not wrong


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--allowed", required=True, help="the list")
    p.add_argument("--all", action="store_true", help="show every difference, also the allowed ones")
    p.add_argument("lines", nargs="+")
    args = p.parse_args()
    allowed, chance = read_allowed(args.allowed)
    needed, good, groups = set(), True, set()
    found = read_lines(args.lines)
    for (device, group), vectors in found.items():
        groups.add(group)
        good = compare(f"{group} on {device}", group, vectors, allowed, needed, args.all) and good
    stale = [f"{name} ({d})" for name, drivers in allowed.items() for d in sorted(drivers)
             if name.partition("/")[0] in groups and name not in chance and (name, d) not in needed]
    if stale or not found:
        print(f"not ok the list of differences: {'nothing was compared' if not found else 'not needed: ' + ' '.join(stale)}")
        good = False
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
