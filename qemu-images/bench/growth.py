# SPDX-License-Identifier: GPL-2.0-only
"""How cost grows with the number of CCWs and of pages: a line, and how far off it measurements lie."""

KINDS = ("ccws", "pages")
SIZES = (1, 16, 64, 128, 250, 512, 1024, 2048, 4096)
KERNEL_MOST = 250  # the kernel's driver takes no longer runs of CCWs than 256


def jobs(key):
    """(shape, how often) for the driver `key`."""
    work = {"ccws": 20000, "pages": 1500}
    return [(f"{kind}={n}", min(1500, max(4, work[kind] // n))) for kind in KINDS for n in SIZES
            if key == "ours" or n <= KERNEL_MOST]


def fit(points):
    """The line through (n, cost) with the least squares of relative deviation:
    slope, intercept, and the largest deviation in percent with where it is."""
    s = [[0.0, 0.0], [0.0, 0.0]]
    t = [0.0, 0.0]
    for n, cost in points:
        for i, x in enumerate((1 / cost, n / cost)):
            t[i] += x
            for j, y in enumerate((1 / cost, n / cost)):
                s[i][j] += x * y
    det = s[0][0] * s[1][1] - s[0][1] * s[1][0]
    intercept = (t[0] * s[1][1] - t[1] * s[0][1]) / det
    slope = (s[0][0] * t[1] - s[1][0] * t[0]) / det
    off = max(((intercept + slope * n) / cost - 1, n) for n, cost in points)
    below = min(((intercept + slope * n) / cost - 1, n) for n, cost in points)
    worst = off if off[0] > -below[0] else below
    return {"slope": round(slope, 1), "intercept": round(intercept),
            "deviation_percent": round(abs(worst[0]) * 100, 1), "deviation_at": worst[1]}


def summary(driver):
    """{kind: {points, slope, ...}} of a measured driver."""
    out = {}
    for kind in KINDS:
        points = [(n, driver.value(f"{kind}={n}")["instructions"]) for n in SIZES if f"{kind}={n}" in driver.results]
        out[kind] = {"points": points, **fit(points)}
    return out


def lines(growth):
    """A table: [row, ...], the first one is the head."""
    rows = [["", "driver", "sizes", "instructions each", "plus", "largest deviation"]]
    for kind in KINDS:
        for key, label in (("kernel", "the kernel's"), ("ours", "this module")):
            if key not in growth:
                continue
            g = growth[key][kind]
            rows.append([{"ccws": "CCWs in one page", "pages": "CCWs on as many pages"}[kind], label,
                         f"{g['points'][0][0]}-{g['points'][-1][0]}", f"{g['slope']:.1f}", f"{g['intercept']}",
                         f"{g['deviation_percent']:.1f} % (at {g['deviation_at']})"])
    return rows
