# SPDX-License-Identifier: MIT
"""Empty, reversed, last and many ranges."""
from map_model import lines


def expected(_):
    many = [(i * 0x3000, i * 0x3000 + 0x2000, True) for i in range(128)]
    return [*lines("none", []), *lines("empty", []), *lines("turned", [(0x1000, 0x8000, True)]),
            "last: ffffffffffffc000-fffffffffffff000", "last: frames=3 end=fffffffffffff000",
            *lines("many", many),
            # out go the frames 1-7 and all from 0x17f000 on
            _cut(many), "has=011"]


def _cut(many):
    frames = {f for s, e, _ in many for f in range(s >> 12, e >> 12)}
    frames -= set(range(1, 8)) | set(range(0x17f, 1 << 20))
    return f"cut: first={min(frames) << 12:x} frames={len(frames)} end={(max(frames) + 1) << 12:x}"
