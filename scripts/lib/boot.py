# SPDX-License-Identifier: GPL-2.0-only
"""What booting is in every emulator: arguments, judgement, exit status.

exit status:
  0  the guest said ok       3  the machine ended without a verdict
  1  the guest said fail     4  the kernel complained (WARNING, BUG, KASAN, lockdep ...)
  2  cannot boot at all      5  time limit
"""
import json
import os
import signal
import sys

from . import report

CACHE = os.environ.get("VCCW_CACHE") or os.path.join(
    os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "vfio-ccw")
OK, FAILED, CANNOT, SILENT, COMPLAINT, TIMEOUT = range(6)
TRIES = 3
CRASHES = (signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS)


def add_arguments(p):
    """Those of every emulator."""
    p.add_argument("--initrd", required=True, metavar="FILE", help="made by scripts/build/initramfs")
    p.add_argument("--kernel", metavar="FILE", default=os.path.join(CACHE, "stock/current/vmlinuz"),
                   help="default: %(default)s")
    p.add_argument("--cmd", metavar="COMMAND", default="true", help="shell command to run in the guest")
    p.add_argument("--file", action="append", default=[], metavar="SOURCE[:PATH]",
                   help="put one more file or folder into the guest; repeatable")
    p.add_argument("--append", default="", metavar="TEXT", help="more for the kernel's command line")
    p.add_argument("--disk", action="append", default=[], metavar="IMAGE",
                   help="a read-only disk, such as scripts/fetch/rootfs --image makes; repeatable")
    p.add_argument("--port", action="append", default=[], metavar="NAME=FILE",
                   help="a port of the guest whose contents go to FILE; repeatable")
    p.add_argument("--timeout", type=float, default=120, metavar="SECONDS",
                   help="that the guest may run, or wait while the host is idle (default: %(default)s)")
    p.add_argument("--log", metavar="FILE", help="keep the kernel's log here")
    p.add_argument("--allow", action="append", default=[], metavar="REGEX",
                   help="lines of the log that are expected; repeatable")
    p.add_argument("--patient", action="store_true", help="boot once more, twice at most, a kernel that complains before it has "
                   "a module but its own")
    p.add_argument("--kmemleak", action="store_true", help="fail on leaked kernel memory (debug kernels)")
    p.add_argument("--json", action="store_true", help="last line of stdout: exit, seconds, reason, power_off (seconds that the "
                   "machine had from its verdict to its end)")
    p.add_argument("--quiet", action="store_true", help="no closing line when all is well")


def unusable(args):
    """Why this boot cannot even start, or nothing."""
    for path, remedy in ((args.kernel, "scripts/fetch/kernel gets one"), (args.initrd, "scripts/build/initramfs makes one")):
        if not os.path.exists(path):
            return f"{path} not found; {remedy}"
    for image in args.disk:
        if not os.path.exists(image):
            return f"--disk: {image} not found"
    for spec in args.port:
        if "=" not in spec:
            return f"--port wants NAME=FILE, not '{spec}'"
    for spec in args.file:
        if not os.path.exists(spec.partition(":")[0]):
            return f"--file: {spec.partition(':')[0]} not found"
    return None


def judge(machine, args):
    """(exit status, reason, lines that show it)."""
    bad = report.complaints(machine.console, args.allow)
    last = report.tail(machine.console)
    if bad:
        return COMPLAINT, f"the kernel complained: {bad[0].strip()}", "\n".join(
            [*bad, "--- end of the log:", last, "--- around the first:", report.around(machine.console, bad[0])])
    if machine.timed_out:
        last = "\n".join([*machine.processors, "--- end of the log:", last])
        if machine.verdicts:
            return TIMEOUT, (f"the guest said '{machine.verdicts[-1]}' but did not power off, "
                             f"machine killed; {machine.had}"), last
        return TIMEOUT, f"no end within {args.timeout:g} s, machine killed; {machine.had}", last
    if machine.status != 0:
        return SILENT, f"{machine.name} ended with status {machine.status}: {machine.says}", last
    if len(machine.verdicts) != 1 or not machine.verdicts[0].startswith("VCCW-RESULT: "):
        return SILENT, f"the machine ended without a verdict {machine.verdicts or ''}".strip(), last
    verdict = machine.verdicts[0].partition(": ")[2]
    if verdict != "ok":
        return FAILED, f"the guest says: {verdict}", last
    return OK, "ok", ""


def finish(args, status, reason, seconds, evidence="", power_off=None):
    if evidence:
        print(evidence, file=sys.stderr)
    if status != OK or not args.quiet:
        print(f"boot: {reason} ({seconds:.1f} s)", file=sys.stderr)
    if args.json:
        print(json.dumps({"exit": status, "seconds": round(seconds, 2), "reason": reason,
                          "power_off": None if power_off is None else round(power_off, 2)}))
    return status


def says_nothing(machine, args):
    """Why this boot says nothing of what was to be tried, or nothing."""
    if not machine.heard and -machine.status in CRASHES:
        return f"{machine.name} crashed (signal {-machine.status}) before its guest's init: {machine.says}"
    if not machine.heard and machine.timed_out:
        return f"the guest did not come to its init within {args.timeout:g} s; {machine.had}"
    if not args.patient or report.has_foreign_module(machine.console):
        return None
    bad = report.complaints(machine.console, args.allow)
    return f"the kernel complained before it had a module but its own: {bad[0].strip()}" if bad else None


def run(make, args):
    """Boots the machine that `make` makes; the exit status."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda n, _: sys.exit(128 + n))
    for left in reversed(range(TRIES)):
        machine = make()
        machine.run()
        why = says_nothing(machine, args)
        if not left or not why:
            break
        print(f"boot: once more: {why}", file=sys.stderr)
    if args.log:
        with open(args.log, "w") as f:
            f.write(machine.console)
    status, reason, evidence = judge(machine, args)
    return finish(args, status, reason, machine.seconds, evidence, machine.power_off)
