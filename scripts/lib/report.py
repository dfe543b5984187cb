# SPDX-License-Identifier: GPL-2.0-only
"""Finds in a kernel log what a healthy kernel does not print."""
import re

_COMPLAINTS = re.compile("|".join((
    r"\bWARNING\b", r"\bBUG\b", r"\bOops\b", r"Kernel panic", r"Call Trace",
    r"\bKASAN\b", r"\bKCSAN\b", r"\bKFENCE\b", r"\bUBSAN\b", r"kmemleak: (?!Kernel memory leak detector|Automatic)",
    r"possible (circular|recursive|irq lock|deadlock)", r"inconsistent lock state",
    r"suspicious RCU", r"lock held when returning", r"bad unlock balance", r"DEBUG_LOCKS_WARN_ON",
    r"INFO: ", r"ODEBUG:", r"refcount_t:", r"list_(add|del) corruption", r"stack-protector",
    r"Unable to handle", r"illegal operation:", r"specification exception:", r"addressing exception:",
    r"protection exception:", r"data exception:", r"User process fault", r"Unknown symbol",
    r"disagrees about version", r"unregister_netdevice: waiting", r"soft lockup", r"hard LOCKUP", r"stalls? on CPU",
)))

# What a kernel says of its debugging options at start; none is a complaint.
_HARMLESS = re.compile("|".join((
    r"KernelAddressSanitizer initialized", r"kasan: ", r"kfence: initialized",
    r"WARNING: (this|This) is a (test|debug)", r"\*\*\s", r"Command line:",
)))


def complaints(log, allowed=()):
    """The offending lines; `allowed` are patterns of lines that a test expects."""
    allowed = [re.compile(a) for a in allowed]
    return [line for line in log.splitlines()
            if _COMPLAINTS.search(line) and not _HARMLESS.search(line)
            and not any(a.search(line) for a in allowed)]


def has_foreign_module(log):
    """Whether a module that is not the kernel's own was loaded."""
    return "module taints kernel" in log


def tail(log, lines=30):
    return "\n".join(log.splitlines()[-lines:])


def around(log, line):
    """What the kernel said before a line of its log and after it; fits what a failed case shows."""
    lines = log.splitlines()
    at = lines.index(line)
    return "\n".join(lines[max(0, at - 7):at + 20])
