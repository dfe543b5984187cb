# SPDX-License-Identifier: GPL-2.0-only
"""Graphviz sources of the documentation's pictures."""
import html
import re
import textwrap
from typing import NamedTuple

FONT = 'fontname="Helvetica,Arial,sans-serif"'
GREY, LINE, BLUE, RED, GREEN = "#707070", "#c0c0c0", "#dbe9f6", "#f9d6d5", "#dff0d8"


class Cell(NamedTuple):
    state: str
    event: str
    action: str
    next: str
    why: str


def words(name):
    """Of an enumerator: StartCc0 is "start cc 0"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z0-9])", " ", name).lower()


def constant(name):
    """As stats/state shows it: NotOper is NOT_OPER."""
    return words(name).replace(" ", "_").upper()


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def graph(body, options=""):
    head = f'digraph picture {{\n\tgraph [bgcolor="white", {FONT}, fontsize=12{options}]\n' \
           f'\tnode [{FONT}, fontsize=11]\n\tedge [{FONT}, fontsize=10]\n'
    return head + "".join(f"\t{line}\n" for line in body) + "}\n"


def states(cells):
    """One arrow for each two states, with the events that lead from one to the other."""
    arrows = {}
    for c in cells:
        if c.next != c.state:
            arrows.setdefault((c.state, c.next), []).append(words(c.event))
    body = ['node [shape=box, style="rounded,filled", fillcolor="%s", color="%s", margin="0.2,0.1"]' % (BLUE, GREY)]
    body += [f"{s} [label={quoted(constant(s))}]" for s in dict.fromkeys(c.state for c in cells)]
    for (a, b), events in arrows.items():
        body.append(f"{a} -> {b} [label={quoted(chr(10).join(events))}, color=\"{GREY}\"]")
    return graph(body, ', rankdir=LR, nodesep=0.5, ranksep=0.9')


def table_cell(c):
    if c.action == "Broken":
        return f'<TD><FONT COLOR="{LINE}">cannot happen</FONT></TD>'
    action = words(c.action) if c.action != "None" else "nothing"
    moves = f"&#160; &#8594; {constant(c.next)}" if c.next != c.state else ""
    fill = f' BGCOLOR="{BLUE}"' if moves else ""
    why = html.escape(c.why)
    return f'<TD{fill}><B>{html.escape(action)}</B>{moves}<BR/><FONT COLOR="{GREY}" POINT-SIZE="9">{why}</FONT></TD>'


def state_table(cells):
    names = list(dict.fromkeys(c.state for c in cells))
    at = {(c.state, c.event): c for c in cells}
    rows = ["<TR><TD></TD>" + "".join(f"<TD><B>{constant(s)}</B></TD>" for s in names) + "</TR>"]
    for event in dict.fromkeys(c.event for c in cells):
        row = "".join(table_cell(at[s, event]) for s in names)
        rows.append(f'<TR><TD ALIGN="LEFT"><B>{words(event)}</B></TD>{row}</TR>')
    table = f'<TABLE BORDER="0" CELLBORDER="1" CELLSPACING="0" CELLPADDING="4" COLOR="{LINE}">\n\t'
    return graph([f'table [shape=plain, label=<{table}' + "\n\t".join(rows) + "</TABLE>>]"])


class Sheet:
    """Things at given places; y grows downwards."""

    def __init__(self):
        self.body = []
        self.number = 0

    def node(self, x, y, text, options):
        self.number += 1
        self.body.append(f'n{self.number} [pos="{x},{-y}", label={quoted(text)}, {options}]')
        return f"n{self.number}"

    def text(self, x, y, text, options=""):
        return self.node(x, y, text, f"shape=plaintext, width=0, height=0, margin=0{options}")

    def box(self, x, y, width, height, text, fill, options=""):
        return self.node(x, y, text, f'shape=box, style="filled", fixedsize=true, width={width / 72:.3f}, '
                         f'height={height / 72:.3f}, fillcolor="{fill}", color="{GREY}"{options}')

    def point(self, x, y):
        return self.node(x, y, "", "shape=point, width=0.01, style=invis")

    def edge(self, a, b, options=""):
        self.body.append(f"{a} -> {b} [{options}]")

    def dot(self):
        return graph(self.body, ", splines=line, pad=0.15")


LANES = {"client": (90, "client (QEMU)"), "core": (320, "vfio_ccw"), "memory": (560, "guest memory, by VFIO"),
         "channel": (760, "subchannel")}
ROW = 36


def io(lines):
    """Lanes, time downwards; the driver's lane is wide while the subchannel lock is held."""
    sheet = Sheet()
    end = ROW * (len(lines) + 1)
    for x, title in LANES.values():
        top = sheet.box(x, 0, 150, 26, title, BLUE)
        sheet.edge(top, sheet.point(x, end), f'arrowhead=none, color="{LINE}"')
    x = LANES["core"][0]
    first = None
    for i, (_, _, _, lock) in enumerate(lines + [[""] * 4], 1):
        if lock and first is None:
            first = i
        if not lock and first is not None:
            sheet.box(x, ROW * (first + i - 1) / 2, 10, ROW * (i - first) - 6, "", RED)
            first = None
    for i, (a, b, text, _) in enumerate(lines, 1):
        xa, xb, y = LANES[a][0], LANES[b][0], ROW * i
        if a == b:
            sheet.text(xa + 12 + 3.2 * len(text), y, text)
            continue
        sheet.edge(sheet.point(xa, y), sheet.point(xb, y), "arrowsize=0.7")
        # Beside the driver's lane, also where the arrow goes on to a farther one.
        near = LANES["core"][0]
        other = xb if a == "core" else xa
        sheet.text((near + (other if abs(other - near) <= 240 else near + 240)) / 2, y - 9, text)
    sheet.text(x + 14 + 75, end - 6, "bar: the subchannel lock is held", f', fontsize=9, fontcolor="{GREY}"')
    return sheet.dot()


def steps(lines):
    """[(cpu, lines of text)]: what follows from a step is in its box."""
    out = []
    for cpu, _, text, _ in lines:
        if out and out[-1][0] == cpu and (re.match(r"it ends|queue|release|program", text)):
            out[-1][1].append(text)
        else:
            out.append((cpu, [text]))
    return out


def panel(sheet, x, title, lines, good):
    wide = 210
    sheet.text(x + wide, -8, title, ", fontsize=13")
    for cpu in (1, 2):
        sheet.text(x + wide * (cpu - 0.5), 26, f"CPU {cpu}", f', fontcolor="{GREY}"')
    y, before = 44, None
    for cpu, text in steps(lines):
        text = [t for line in text for t in textwrap.wrap(line, 32)]
        height = 12 + 14 * len(text)
        bad = re.search("WHILE IT RUNS|given back", " ".join(text))
        fill = RED if bad else good if any(t.startswith(("release", "it ends", "no work")) for t in text) else "white"
        box = sheet.box(x + wide * (int(cpu) - 0.5), y + height / 2, wide - 16, height, "\n".join(text), fill)
        if before:
            sheet.edge(before, box, f'arrowsize=0.6, color="{GREY}"')
        before, y = box, y + height + 18
    return y


def race(old, new):
    sheet = Sheet()
    # Where the work item decides, the interrupt has not.
    old = [r for r in old if not r[2].startswith("it ends")]
    panel(sheet, 0, "The kernel driver's rule:\nthe work item decides what an interrupt meant", old, "white")
    panel(sheet, 470, "This driver:\nthe interrupt decides, when it arrives", new, GREEN)
    return sheet.dot()
