# SPDX-License-Identifier: GPL-2.0-only
"""One driver, booted and measured: what the scripts here share."""
import concurrent.futures
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CACHE = os.environ.get("VCCW_CACHE") or os.path.join(
    os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "vfio-ccw")
STOCK = os.path.join(CACHE, "stock/current")
OURS = os.path.join(ROOT, "vfio_ccw.ko")
ICOUNT = ["--smp", "1", "--icount", "shift=0,sleep=off", "--append", "nokaslr"]
PARTS = ("client", "worker")

# Shape: how often, the highest ratio to the kernel's driver that is good enough.
SHAPES = {
    "ccws=1": (4000, 0.85), "ccws=64": (600, 0.25), "ccws=200": (400, 0.25), "pages=200": (100, 0.60),
    "block-read": (2000, 0.50), "block-write": (2000, 0.50), "block-read=16": (400, 0.60), "block-write=16": (400, 0.60),
    "block-read=128": (100, 0.75), "block-write=128": (100, 0.75), "old-read": (2000, 0.50), "tape-read": (400, 0.60),
    "screen": (2000, 0.85), "64k": (400, 0.85), "idal": (100, 0.85), "clear": (4000, 1.00),
}


def die(what):
    sys.exit(f"{os.path.basename(sys.argv[0])}: error: {what}")


def say(text):
    print(f"{os.path.basename(sys.argv[0])}: {text}", file=sys.stderr, flush=True)


def kernel_version(target=STOCK):
    with open(os.path.join(target, "version")) as f:
        return f.read().strip()


def commit():
    """The last commit that changed the module, marked where its files differ from it;
    "unknown" without git."""
    def git(*args):
        done = subprocess.run(["git", "-C", ROOT, *args, "--", "Kbuild", "drivers", "core-cxx", ":!core-cxx/tests",
                               ":!core-cxx/*.md"], capture_output=True, text=True)
        return done.stdout.strip()
    last = git("log", "-1", "--format=%h")
    return last + ("+changes" if last and git("status", "--porcelain") else "") or "unknown"


def reference():
    """The kernel's own driver."""
    done = subprocess.run([os.path.join(ROOT, "qemu-images/bench/reference")], stdout=subprocess.PIPE, text=True)
    if done.returncode:
        die("no kernel's driver to compare with, see above")
    return os.path.join(done.stdout.strip(), "vfio_ccw.ko")


def printed(*command, **env):
    """What a script of this tree prints."""
    done = subprocess.run([str(c) for c in command], stdout=subprocess.PIPE, text=True, env={**os.environ, **env})
    if done.returncode:
        die(f"{os.path.basename(command[0])} failed, see above")
    return done.stdout.strip()


def pack(out, module, *files, target=STOCK, mdev=None):
    """An initramfs with the driver `module`, the client and `files` ("FROM:TO"), for the
    kernel in the folder `target`."""
    mdev = mdev or os.path.join(ROOT, "build", "mdev-" + kernel_version(target))
    command = [ROOT + "/scripts/build/initramfs", "--out", out, "--modules", target + "/modules", "--pack-if", "iommufd",
               "--module", "vfio_iommu_type1", "--module", module, "--file", ROOT + "/build/client/vccw",
               "--file", ROOT + "/qemu-images/tests/lib.sh:/tests/lib.sh"]
    command += ["--search", mdev] if os.path.isdir(mdev) else []
    for f in files:
        command += ["--file", f]
    if subprocess.run(command).returncode:
        die(f"could not pack the initramfs of {module}, see above")
    return out


def here(name):
    return f"{ROOT}/qemu-images/bench/{name}:/bench/{name}"


def rngs(number):
    """Arguments of scripts/boot/qemu: as many devices, which devices.sh in the guest takes."""
    return [w for n in range(1, number + 1) for w in ("--device", f"virtio-rng-ccw,devno=fe.0.0b{n:02x}")]


class Driver:
    """One vfio_ccw.ko to measure."""

    def __init__(self, key, label, module, target=STOCK, mdev=None, backend="type1"):
        self.key = key
        self.label = label
        self.module = module
        self.target = target  # folder with vmlinuz, modules and version
        self.mdev = mdev
        self.backend = backend  # of VFIO
        self.results = {}  # shape -> {part: [a number for each pass]}

    def measure(self, jobs, passes, folder, log):
        """`jobs`: (shape, how often)."""
        initrd = pack(os.path.join(folder, self.key), self.module, here("run.sh"), target=self.target, mdev=self.mdev)
        orders = " ".join(f"{name}:{count}" for name, count in jobs)
        boot = [ROOT + "/scripts/boot/qemu", "--kernel", self.target + "/vmlinuz", "--initrd", initrd, "--timeout", "3600", "--log", log, "--quiet", *ICOUNT,
                "--cmd", f"BACKEND={self.backend} sh /bench/run.sh {passes} {orders}"]
        start = time.monotonic()
        done = subprocess.run(boot, capture_output=True, text=True, errors="replace")
        self._read(done.stdout)
        if done.returncode or any(len(self.results.get(n, {}).get("client", ())) != passes for n, _ in jobs):
            sys.stderr.write(done.stdout[-2000:] + done.stderr[-4000:])
            die(f"the measurement of {self.label} failed, see above")
        say(f"{self.label}: measured in {time.monotonic() - start:.0f} s")

    def _read(self, text):
        for line in text.splitlines():
            words = line.split(" ", 3)
            if words[0] != "bench" or len(words) != 4:
                continue
            result = json.loads(words[3])["result"]
            parts = self.results.setdefault(words[2], {part: [] for part in PARTS})
            for part in PARTS:
                parts[part].append(result[part + "_ns"])

    def value(self, shape):
        """What is known of a shape, ready for JSON."""
        parts = self.results[shape]
        sums = [sum(p) for p in zip(*(parts[part] for part in PARTS))]
        return {"instructions": round(statistics.median(sums)),
                "spread_percent": round((max(sums) / min(sums) - 1) * 100, 2),
                **{part: round(statistics.median(parts[part])) for part in PARTS},
                "passes": [round(n) for n in sums]}


def values(drivers, shapes, passes):
    """{driver's key: {shape: value}}; two are measured at a time."""
    jobs = [(s, SHAPES.get(s, (100, None))[0]) for s in shapes]
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(2) as pool:
        for future in [pool.submit(d.measure, jobs, passes, folder, f"{folder}/{d.key}.log") for d in drivers]:
            future.result()
    return {d.key: {s: d.value(s) for s in shapes} for d in drivers}
