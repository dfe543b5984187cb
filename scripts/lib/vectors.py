# SPDX-License-Identifier: GPL-2.0-only
"""Compares what channel programs came to over two drivers.

A line is "DRIVER DEVICE SET VECTOR: what came of it" (vccw vectors).  A list names the
programs that may differ, and why: "SET/VECTOR reason".  Prints a case for each set and device.
"""
import argparse
import re
import sys

LINE = re.compile(r"^(\w+) (\S+) (\S+) (\S+)(?: \(peer\))?: (.*)$")


def read_lines(path):
    """{(device, set): {vector: {driver: text}}}, in the order of the file."""
    found = {}
    with open(path, errors="replace") as f:
        for m in filter(None, map(LINE.match, f)):
            driver, device, group, vector, text = m.groups()
            found.setdefault((device, group), {}).setdefault(vector, {})[driver] = text
    return found


def read_allowed(path):
    with open(path) as f:
        words = [line.split(None, 1) for line in f if line.strip() and not line.startswith("#")]
    return {name: reason.strip() for name, reason in words}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("lines")
    p.add_argument("allowed")
    p.add_argument("--drivers", nargs=2, default=["ours", "kernel"])
    p.add_argument("--all", action="store_true", help="show every difference, also the allowed ones")
    args = p.parse_args()
    one, two = args.drivers
    allowed, used, failed = read_allowed(args.allowed), set(), False
    for (device, group), vectors in read_lines(args.lines).items():
        pairs = {v: t for v, t in vectors.items() if one in t and two in t}
        if not pairs:
            continue
        differ = [v for v, t in pairs.items() if t[one] != t[two]]
        used |= {f"{group}/{v}" for v in differ}
        wrong = [v for v in differ if f"{group}/{v}" not in allowed]
        name = f"{group} on {device}: {len(pairs)} programs, {len(pairs) - len(differ)} the same over both drivers"
        print(f"not ok {name}: {' '.join(wrong)}" if wrong else f"ok {name}")
        for v in differ if args.all else wrong:
            print(f"# {v}\n#   {one:7} {pairs[v][one]}\n#   {two:7} {pairs[v][two]}")
        failed = failed or bool(wrong)
    if not used and not failed:
        print("not ok the comparison: no program was compared")
        return 1
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
