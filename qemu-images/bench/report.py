# SPDX-License-Identifier: GPL-2.0-only
"""Tables of what was measured, for the terminal and for the documentation."""
import os
import re
import shutil

from growth import lines as growth_lines
from measure import ROOT, SHAPES

WHAT = {
    "ccws=1": "1 CCW", "ccws=64": "64 CCWs, data in one page", "ccws=200": "200 CCWs, data in one page",
    "pages=200": "200 CCWs on 200 pages", "64k": "64 KiB in one CCW",
    "block-read": "a disk block of 4 KiB, read", "block-write": "a disk block of 4 KiB, written",
    "block-read=16": "16 disk blocks, read", "block-write=16": "16 disk blocks, written",
    "block-read=128": "128 disk blocks, read", "block-write=128": "128 disk blocks, written",
    "old-read": "a disk block by LOCATE RECORD, read", "tape-read": "a tape block of 32 KiB, read",
    "screen": "a screen of a 3270, written",
    "idal": "1 MiB by IDALs, 256 words", "clear": "CLEAR",
}
BEGIN, END = "<!-- begin: scripts/bench/run --publish -->", "<!-- end -->"


def shape_rows(result):
    shapes, both = result["shapes"], "kernel" in result["shapes"]
    rows = [["shape"] + (["kernel's driver"] if both else []) + ["this module"] + (["ratio", "wanted"] if both else [])]
    for shape, ours in shapes["ours"].items():
        row = [WHAT.get(shape, shape)]
        if both:
            row.append(f"{shapes['kernel'][shape]['instructions']:,}")
        row.append(f"{ours['instructions']:,}")
        if both:
            ratio = ours["instructions"] / shapes["kernel"][shape]["instructions"]
            limit = SHAPES.get(shape, (0, None))[1]
            row += [f"{ratio:.3f}", "" if limit is None else f"≤ {limit:.2f}" + ("" if ratio <= limit else " missed")]
        rows.append(row)
    return rows


def throughput_rows(result):
    rows = [["devices at once", "kernel's driver", "this module", "ratio", "to one device"]]
    t = result["throughput"]
    first = next(iter(t["ours"].values()))
    for n, ours in t["ours"].items():
        rows.append([n, f"{t['kernel'][n]:,.0f}", f"{ours:,.0f}", f"{t['ratio'][n]:.2f}", f"{ours / first:.2f}"])
    return rows


def split_rows(result):
    keys = list(next(iter(next(iter(result["split"].values())).values())))
    rows = [["shape", "driver"] + keys]
    for shape, drivers in result["split"].items():
        for driver, parts in drivers.items():
            label = "this module" if driver == "ours" else "kernel's"
            rows.append([WHAT.get(shape, shape), label] + [f"{parts[k]:,.0f}" for k in keys])
    return rows


def latency_rows(result):
    found = result["latency"]
    rows = [["devices at once", "driver", "instructions an I/O", "of one: half take at most", "99 of 100 take at most"]]
    for n in found["ours"]:
        for key, label in (("kernel", "kernel's"), ("ours", "this module")):
            rows.append([str(n), label] + [f"{found[key][n][k]:,.0f}" for k in ("wall_ns", "p50_ns", "p99_ns")])
    return rows


def newest_rows(result):
    found = result["newest"]
    rows = [["shape", "kernel's driver", "this module", "ratio"]]
    for shape, ours in found["ours"].items():
        n, m = found["kernel"][shape]["instructions"], ours["instructions"]
        rows.append([WHAT.get(shape, shape), f"{n:,}", f"{m:,}", f"{m / n:.3f}"])
    return rows


def backend_rows(result):
    rows = [["shape", "driver", "type1", "iommufd", "iommufd, of the kernel's over type1", "iommufd, of the kernel's over it"]]
    found = result["backends"]
    for shape in found["ours-type1"]:
        n = {key: shapes[shape]["instructions"] for key, shapes in found.items() if key != "kernel_version"}
        rows.append([WHAT.get(shape, shape), "kernel's", f"{n['kernel-type1']:,}", f"{n['kernel-iommufd']:,}", "", ""])
        rows.append([WHAT.get(shape, shape), "this module", f"{n['ours-type1']:,}", f"{n['ours-iommufd']:,}",
                     f"{n['ours-iommufd'] / n['kernel-type1']:.3f}", f"{n['ours-iommufd'] / n['kernel-iommufd']:.3f}"])
    return rows


def memory_rows(result):
    found = result["memory"]
    rows = [["state", "kernel's driver", "this module"]]
    names = {"made": "made, not open", "closed": "closed again: more than made", "ccws=1": "open: more than made, after programs of one CCW"}
    for state, ours in found["ours"].items():
        theirs = found["kernel"].get(state)
        name = names.get(state) or f"open: more than made, after one of {state.split('=')[1]} CCWs on as many pages"
        rows.append([name, "refused" if theirs is None else f"{theirs:.1f}", f"{ours:.1f}"])
    return rows


SECTIONS = (
    ("shapes", "Instructions an I/O: START (or CLEAR), interrupt, read", shape_rows),
    ("newest", "The same on the newest kernel, built by its own compiler", newest_rows),
    ("backends", "Over both of VFIO's back ends", backend_rows),
    ("latency", "Many devices, a thread of the client each, 1 CPU: instructions, and instructions that one of them waits", latency_rows),
    ("memory", "KiB of the host's memory a device, of 64", memory_rows),
    ("growth", "Growth: instructions of one I/O over its length", lambda r: growth_lines(r["growth"])),
    ("split", "Where the instructions go", split_rows),
    ("throughput", "I/Os a second, all devices together, 2 CPUs", throughput_rows),
)


def text(result, only=None):
    out = []
    for key, title, rows_of in SECTIONS:
        if key not in result or (only and key not in only):
            continue
        rows = rows_of(result)
        widths = [max(len(r[i]) for r in rows) for i in range(len(rows[0]))]
        out.append(title)
        out += ["  ".join(c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(r, widths))).rstrip()
                for r in rows]
        out.append("")
    return "\n".join(out)


def markdown(rows):
    right = "|".join("---" if i == 0 else "---:" for i in range(len(rows[0])))
    return "\n".join([f"| {' | '.join(rows[0])} |", f"|{right}|"] + [f"| {' | '.join(r)} |" for r in rows[1:]])


def summary(result):
    """One sentence for the first page."""
    shapes = result["shapes"]

    def ratio(shape):
        return f"{shapes['ours'][shape]['instructions'] / shapes['kernel'][shape]['instructions']:.2f}"

    return (f"Of the instructions of the kernel's driver, an I/O of one CCW takes {ratio('ccws=1')},\n"
            f"one of 200 CCWs in one page {ratio('ccws=200')}, one of 200 CCWs on 200 pages {ratio('pages=200')}.")


def write_between(path, text):
    """Replaces what is between the marks in a file."""
    with open(path) as f:
        page = f.read()
    pattern = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END), re.S)
    if not pattern.search(page):
        raise SystemExit(f"bench: error: {os.path.relpath(path, ROOT)} has no marks to write between")
    with open(path, "w") as f:
        f.write(pattern.sub(lambda _: f"{BEGIN}\n{text}\n{END}", page))


def publish(result, folder):
    """Puts tables and plots into README.md here, with their commits, and a summary into the first page."""
    here = os.path.join(ROOT, "qemu-images/bench")
    os.makedirs(os.path.join(here, "results"), exist_ok=True)
    parts = []
    for key, title, rows_of in SECTIONS:
        if key not in result:
            continue
        stamp = result["commits"][key]
        if stamp["commit"].endswith("+changes"):
            raise SystemExit(f"bench: error: {key} was measured on files that no commit has; commit them and measure again")
        parts.append(f"{title} (commit {stamp['commit']}, Linux {stamp['kernel']}):\n\n{markdown(rows_of(result))}\n")
        plot = {"shapes": "shapes.png", "growth": "growth.png"}.get(key)
        if plot and os.path.exists(os.path.join(folder, plot)):
            shutil.copy(os.path.join(folder, plot), os.path.join(here, "results"))
            parts.append(f"![{title}](results/{plot})\n")
    write_between(os.path.join(here, "README.md"), "\n".join(parts))
    if "kernel" in result["shapes"]:
        write_between(os.path.join(ROOT, "README.md"), summary(result))
