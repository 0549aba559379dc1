# SPDX-License-Identifier: MIT
"""Memory maps as sets: a frame is usable when some usable range covers each of its bytes, and no
other range touches it."""
PAGE = 0x1000


def _merged(ranges):
    runs = []
    for start, end in sorted(r for r in ranges if r[0] < r[1]):
        if runs and start <= runs[-1][1]:
            runs[-1][1] = max(runs[-1][1], end)
        else:
            runs.append([start, end])
    return runs


def runs(ranges):
    """[(start, end)] of whole free frames; ranges are (start, end, usable)."""
    good = _merged([(s, e) for s, e, usable in ranges if usable])
    bad = _merged([(s, e) for s, e, usable in ranges if not usable])
    found = []
    for start, end in good:
        for low, high in bad + [[end, end]]:
            if high <= start or low > end:
                continue
            found.append((start, min(low, end)))
            start = max(start, high)
            if start >= end:
                break
    found = [((s + PAGE - 1) // PAGE * PAGE, e // PAGE * PAGE) for s, e in found]
    return [(s, e) for s, e in found if s < e]


def lines(name, ranges):
    found = runs(ranges)
    frames = sum(e - s for s, e in found) // PAGE
    return [f"{name}: {s:x}-{e:x}" for s, e in found] + \
        [f"{name}: frames={frames} end={found[-1][1] if found else 0:x}"]
