"""The two icons of the app package, drawn here: a speech bubble with a tick. PNG needs no more than zlib."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from itertools import pairwise
from math import hypot

COLOUR, OUTLINE = 192, 32  # pixels a side, as Teams wants them
_FINE = 3  # a pixel's edge is smoothed by looking at 3 × 3 points in it
_BLUE, _WHITE, _CLEAR = (38, 84, 124, 255), (255, 255, 255, 255), (255, 255, 255, 0)
_TICK = ((0.36, 0.44), (0.46, 0.54), (0.65, 0.34))
_TAIL = ((0.30, 0.60), (0.30, 0.82), (0.50, 0.66))
Pixel = tuple[int, int, int, int]


def colour() -> bytes:
    """White on blue; the whole square is filled."""
    return _png(COLOUR, lambda x, y: _blend(_BLUE, _WHITE, _bubble(x, y) - _tick(x, y, 0.045)))


def outline() -> bytes:
    """White on nothing: Teams colours it."""
    return _png(OUTLINE, lambda x, y: _blend(_CLEAR, _WHITE, _bubble(x, y) - _tick(x, y, 0.055)))


def _bubble(x: float, y: float) -> float:
    """1 inside a rounded box with a tail, else 0."""
    dx, dy = max(abs(x - 0.5) - 0.20, 0.0), max(abs(y - 0.44) - 0.12, 0.0)
    return float(hypot(dx, dy) <= 0.14 or _inside(x, y))  # noqa: PLR2004 - the corner's radius


def _inside(x: float, y: float) -> bool:
    """Left of every side of the tail, or right of every one."""
    sides = zip(_TAIL, (*_TAIL[1:], _TAIL[0]), strict=True)
    turns = [(bx - ax) * (y - ay) - (by - ay) * (x - ax) for (ax, ay), (bx, by) in sides]
    return all(turn >= 0 for turn in turns) or all(turn <= 0 for turn in turns)


def _tick(x: float, y: float, half: float) -> float:
    return float(any(_distance(x, y, a, b) <= half for a, b in pairwise(_TICK)))


def _distance(x: float, y: float, a: tuple[float, float], b: tuple[float, float]) -> float:
    """From a point to a stroke."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    along = ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy)
    along = min(1.0, max(0.0, along))
    return hypot(x - a[0] - along * dx, y - a[1] - along * dy)


def _blend(below: Pixel, above: Pixel, share: float) -> tuple[float, ...]:
    share = max(0.0, share)
    return tuple(one * (1 - share) + other * share for one, other in zip(below, above, strict=True))


def _png(side: int, paint: Callable[[float, float], tuple[float, ...]]) -> bytes:
    rows = b"".join(b"\0" + b"".join(_pixel(paint, x, y, side) for x in range(side)) for y in range(side))
    header = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    parts = (_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(rows, 9)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _pixel(paint: Callable[[float, float], tuple[float, ...]], x: int, y: int, side: int) -> bytes:
    points = [(i + 0.5) / _FINE for i in range(_FINE)]
    seen = [paint((x + dx) / side, (y + dy) / side) for dx in points for dy in points]
    return bytes(round(sum(channel) / len(seen)) for channel in zip(*seen, strict=True))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
