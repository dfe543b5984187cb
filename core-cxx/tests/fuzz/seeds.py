#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Writes the named seeds of the corpus: seeds.py FOLDER.

Each is a channel program of a kind that the translator treats on its own.  The
form of an input is told in harness.hpp.
"""
import pathlib
import struct
import sys

READ, WRITE, CONTROL, NOP, TIC, SEARCH, BACK = 2, 1, 7, 3, 8, 0x31, 0x0C
DC, CC, SKIP, IDA, MIDA = 0x80, 0x40, 0x10, 4, 1
ORB = 0x00C2FF00  # format 1, prefetch, format-2 IDAWs
ORB2K, ORB_IDA1, ORB0, ORB_MIDA = ORB | 0x10000, ORB & ~0x20000, ORB & ~0x800000, ORB | 0x40
P, Q, R, DATA, LIST = 0x0000, 0x1000, 0x1800, 0x4000, 0x5000


def ccw(cmd, flags=0, count=0, addr=0):
    return struct.pack(">BBHI", cmd, flags, count, addr)


def ccw0(cmd, flags=0, count=0, addr=0):
    return struct.pack(">IBBH", cmd << 24 | addr, flags, 0, count)


def midaw(flags, count, addr):
    return [struct.pack(">5xBH", flags, count), struct.pack(">Q", addr)]


def words(*values):
    return [struct.pack(">Q", v) for v in values]


def program(orb, *runs, choices=0, start=P, later=()):
    out = struct.pack(">IBH", orb, choices, start // 8)
    for top, group in ((0, runs), (0x8000, later)):
        for at, doublewords in group:
            for i, dw in enumerate(doublewords):
                out += struct.pack(">H", top | (at // 8 + i)) + dw
    return out


SEEDS = {
    "chain": program(ORB, (P, [ccw(CONTROL, CC, 8, DATA), ccw(WRITE, DC, 4096, DATA + 1),
                               ccw(READ, CC, 9, DATA), ccw(NOP, CC, 1), ccw(READ, SKIP, 8)])),
    "tic": program(ORB, (P, [ccw(CONTROL, CC, 1, DATA), ccw(TIC, 0, 0, Q)]),
                   (Q, [ccw(READ, CC, 8, DATA), ccw(TIC, 0, 0, P)])),
    "search-loop": program(ORB, (P, [ccw(SEARCH, CC, 5, DATA), ccw(TIC, 0, 0, P),
                                     ccw(READ, 0, 64, DATA)])),
    "search-forward": program(ORB, (P, [ccw(SEARCH, CC, 5, DATA), ccw(TIC, 0, 0, Q),
                                        ccw(READ, 0, 64, DATA)]), (Q, [ccw(NOP)])),
    "join-behind-tic": program(
        ORB, (P, [ccw(SEARCH, CC, 5, DATA), ccw(TIC, 0, 0, Q + 8), ccw(NOP, CC, 1), ccw(TIC, 0, 0, Q)]),
        (Q, [ccw(READ, DC, 8, DATA), ccw(TIC, 0, 0, R)]), (R, [ccw(WRITE, 0, 8, DATA + 0x2000)])),
    "join-behind-search": program(
        ORB, (P, [ccw(SEARCH, CC, 5, DATA), ccw(TIC, 0, 0, Q + 8), ccw(NOP, CC, 1), ccw(TIC, 0, 0, Q)]),
        (Q, [ccw(SEARCH, CC, 8, DATA), ccw(READ, 0, 8, DATA), ccw(WRITE, 0, 8, DATA)])),
    "chain-through-tic": program(
        ORB, (P, [ccw(READ, DC, 8, DATA), ccw(TIC, 0, 0, Q)]),
        (Q, [ccw(0, DC, 8, DATA + 0x1000), ccw(0, 0, 8, DATA + 0x2000)])),
    "behind-the-end": program(
        ORB, (P, [ccw(READ, DC, 8, DATA), ccw(TIC, 0, 0, P + 24), ccw(0), ccw(0, CC, 8, DATA),
                  ccw(TIC, 0, 0, P + 40), ccw(READ, 0, 8, 0x10000028)])),
    "last-doubleword": program(ORB, (0x7FF8, [ccw(SEARCH, CC, 0, DATA)]), start=0x7FF8),
    "backward": program(ORB2K, (P, [ccw(BACK, DC, 0x1801, DATA + 0x1800), ccw(0, IDA, 0x801, LIST)]),
                        (LIST, words(DATA + 0x10, DATA + 0xFFF))),
    "idaws-2k": program(ORB2K, (P, [ccw(READ, IDA, 0x1008, LIST)]),
                        (LIST, words(DATA + 0x400, DATA + 0x1800, DATA))),
    "idaws-4k-bad": program(ORB, (P, [ccw(READ, IDA | CC, 0x2001, LIST), ccw(READ, IDA, 8, LIST + 4)]),
                            (LIST, words(DATA + 8, DATA + 0x1010, 0xFFFFFFFFFFFFF000))),
    "idaws-format-1": program(ORB_IDA1, (P, [ccw(WRITE, IDA, 0xC08, LIST + 4)]),
                              (LIST, words(DATA + 0x400, (DATA + 0x1800) << 32 | DATA))),
    "idaws-at-the-end": program(ORB, (P, [ccw(READ, IDA, 0x2001, 0x7FF0)]), (0x7FF0, words(DATA, DATA))),
    "midaws": program(ORB_MIDA, (P, [ccw(READ, MIDA, 40, LIST)]),
                      (LIST, midaw(0, 16, DATA + 0xFF0) + midaw(0x40, 16, 0) + midaw(0x80, 8, DATA))),
    "midaws-bad": program(ORB_MIDA, (P, [ccw(READ, MIDA, 40, LIST), ccw(READ, MIDA, 40, LIST + 0xFF0)]),
                          (LIST, midaw(0, 17, DATA + 0xFF0)), (LIST + 0xFF0, midaw(0, 8, DATA))),
    "format-0": program(ORB0, (P, [ccw0(READ, CC, 8, DATA), ccw0(0xF8, 0xFF, 77, Q)]),
                        (Q, [ccw0(WRITE, CC, 8, DATA), ccw0(WRITE, 0, 0, DATA)])),
    "read-only": program(ORB, (P, [ccw(WRITE, CC, 8, 0x3000), ccw(READ, 0, 0x1800, 0x2800)]), choices=12),
    "second-fetch": program(
        ORB, (P, [ccw(READ, IDA | CC, 0x1000, LIST), ccw(TIC, 0, 0, P)]), (LIST, words(DATA + 8, DATA)),
        later=((P, [ccw(READ, CC, 0x1008, DATA)]), (LIST, words(DATA, 0x10000000)))),
    "tight-limits": program(ORB, (P, [ccw(CONTROL, CC, 1, DATA)] * 21), choices=3),
}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in SEEDS.items():
        (folder / name).write_bytes(data)
