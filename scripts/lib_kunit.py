#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Turns the JSON of the kernel's kunit.py into lines "ok SUITE.CASE".

usage: lib_kunit.py JSON KTAP

KTAP, which kunit.py read, gives what a failed case said.
"""
import json
import sys


def cases(group, path=()):
    """(name, status) of every case; parametrised ones are groups themselves."""
    for case in group.get("test_cases", []):
        yield ".".join(path + (case["name"],)), case["status"]
    for sub in group.get("sub_groups", []):
        yield from cases(sub, path + (sub["name"],))


def main():
    with open(sys.argv[1]) as f:
        tree = json.load(f)
    with open(sys.argv[2]) as f:
        said = [line.strip() for line in f if line.strip().startswith("# ") and " EXPECTATION FAILED " in line
                or " ASSERTION FAILED " in line]
    for group in tree.get("sub_groups", []):
        for name, status in cases(group, (group["name"],)):
            if status == "PASS":
                print(f"ok {name}")
                continue
            print(f"not ok {name}: {status}")
            for line in said:
                if name.split(".")[1] + ":" in line:
                    print(line)


if __name__ == "__main__":
    main()
