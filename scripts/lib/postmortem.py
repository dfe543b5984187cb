# SPDX-License-Identifier: GPL-2.0-only
"""What the processors of a machine that hangs were doing, read through QEMU's monitor."""
import re
import time

from .qmp import Qmp, Refused

STACK = 1024  # doublewords above the stack pointer


def human(qmp, line, cpu):
    return qmp.run('human-monitor-command', **{'command-line': line, 'cpu-index': cpu})


def module_range(console):
    """Where vfio_ccw is, as the guest's init last said; or nothing."""
    lines = re.findall(r'vfio_ccw (\d+) .* 0x([0-9a-f]{8,16})', console)
    if not lines:
        return None
    size, at = lines[-1]
    return int(at, 16), int(at, 16) + int(size)


def psw_address(registers):
    found = re.search(r'addr ([0-9a-f]{16})', registers)
    return found[1] if found else '?'


def read(path, console):
    """Lines: each processor's PSW, and whether our module is on its stack; then registers."""
    where = module_range(console)
    out, details = [], []
    try:
        qmp = Qmp(path)
        for cpu in range(len(qmp.run('query-cpus-fast'))):
            registers = human(qmp, 'info registers', cpu)
            psw = psw_address(registers)
            waits = re.search(r'mask [0-9a-f]{3}[2367abef]', registers)
            r15 = re.search(r'R15=([0-9a-f]{16})', registers)
            words = [int(psw, 16)] if psw != '?' else []
            if r15:
                stack = human(qmp, f'x /{STACK}gx 0x{r15[1]}', cpu)
                words += [int(w, 16) for w in re.findall(r'0x([0-9a-f]{16})', stack)]
            ours = [w for w in words if where and where[0] <= w < where[1]]
            verdict = 'unknown whether vfio_ccw is on its stack' if not where else (
                'vfio_ccw is on its stack: ' + ' '.join(f'+{w - where[0]:#x}' for w in ours[:8]) if ours
                else 'vfio_ccw is not on its stack')
            out.append(f"cpu {cpu}: PSW {psw}{' (waits)' if waits else ''}, {verdict}")
            details += ['  ' + line for line in registers.splitlines()[:6]]
        time.sleep(1)  # a stopped emulator does not move, a loop does
        for cpu, line in enumerate(out):
            out[cpu] = f"{line}; a second later {psw_address(human(qmp, 'info registers', cpu))}"
    except (OSError, Refused, ValueError, KeyError) as e:
        out.append(f'the machine could not be examined: {e}')
    return out + details
