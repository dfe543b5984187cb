# SPDX-License-Identifier: GPL-2.0-only
"""Manual pages: the roff of plain text, and of the Markdown that this project uses."""
import re


def page(lines):
    """A paragraph right after a heading needs no macro."""
    return "\n".join(l for i, l in enumerate(lines) if l != ".PP" or not lines[i - 1].startswith((".SH", ".SS"))) + "\n"


def escape(text):
    return re.sub(r"^([.'])", r"\\&\1", text.replace("\\", "\\e").replace("-", "\\-"))


def inline(text):
    """`code` in bold, which may break behind a slash; of a link its text."""
    text = re.sub(r"!?\[([^]]*)\]\([^)]*\)", r"\1", text)
    parts = ["\\fB" + escape(p).replace("/", "/\\:") + "\\fR" if i % 2 else escape(p).replace("**", "") for i, p in enumerate(text.split("`"))]
    return re.sub(r"^([.'])", r"\\&\1", "".join(parts).strip())


def title(name, section, package, volume):
    """The first line tells man to run tbl."""
    return ["'\\\" t", f".\\\" SPDX\\-License\\-Identifier: GPL\\-2.0\\-only",
            ".\\\" Written by scripts/check/man: change what it reads instead.",
            f'.TH {name.upper()} {section} "" "{package}" "{volume}"', ".nh", ".ad l"]


def section(text):
    return [f".SH {escape(text.upper())}"]


def verbatim(lines):
    return [".PP", ".RS 4", ".nf"] + [escape(l) for l in lines] + [".fi", ".RE"]


def widths(rows, whole=68, least=12):
    """Columns that are not too wide keep their width, the others share the rest."""
    natural = [max(len(c.replace("`", "")) for c in column) for column in zip(*rows)]
    short = [n for n in natural if n <= whole / len(natural)]
    share = (whole - sum(short)) // max(1, len(natural) - len(short))
    return [min(n, max(share, least)) for n in natural]


def table(rows):
    wide = [f"lw({n}n)" for n in widths(rows)]
    out = [".PP", ".TS", " ".join(w.replace("l", "lb", 1) for w in wide), " ".join(wide) + "."]
    for row in rows:
        out += ["\t".join(f"T{{\n{inline(c)}\nT}}" if c else "" for c in row)]
    return out + [".TE"]


def cells(line):
    return [c.strip() for c in line.strip().strip("|").split("|")]


def blocks(text):
    """Runs of lines without an empty one between; code keeps its empty lines."""
    out = []
    for block in re.split(r"\n\s*\n", text):
        lines = [l for l in block.splitlines() if not l.startswith("<!--")]
        if not lines:
            continue
        if out and lines[0].startswith("    ") and out[-1][-1].startswith("    "):
            out[-1] += [""] + lines
        else:
            out.append(lines)
    return out


def items(lines):
    """Of a list: lines that do not begin an item go on with the one before."""
    out = []
    for line in lines:
        if line.startswith("- "):
            out.append(line[2:])
        else:
            out[-1] += " " + line.strip()
    return [l for item in out for l in (".IP \\(bu 2", inline(item))]


def markdown(text, leave_out=()):
    """Sections of level 2; the title and what is in leave_out are not in the page."""
    out, skip = section("description"), False
    for lines in blocks(text):
        first = lines[0]
        if first.startswith("## "):
            skip = first[3:] in leave_out
            out += [] if skip else section(first[3:])
        elif skip or first.startswith(("# ", "![")):
            continue
        elif first.startswith("    "):
            out += verbatim([l[4:] for l in lines])
        elif first.startswith("|"):
            out += table([cells(l) for i, l in enumerate(lines) if i != 1])
        elif first.startswith("- "):
            out += items(lines)
        else:
            out += [".PP"] + [inline(l) for l in lines]
    return out


def plain(text):
    """Paragraphs; one with indented lines is kept as it is."""
    out = []
    for lines in blocks(text):
        if any(l.startswith("  ") for l in lines):
            out += verbatim(lines)
        else:
            out += [".PP"] + [escape(l) for l in lines]
    return out
