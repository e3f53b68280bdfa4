"""A short chaos: kills, trouble, a clock that jumps and a platform that is gone for an hour; the long one is
`make chaos`."""

from __future__ import annotations

from pathlib import Path

from tests.chaos import Chaos, gone, jumping, told


async def test_nothing_is_lost_and_nobody_is_pinged_twice(tmp_path: Path) -> None:
    chaos = Chaos(3, 7, tmp_path)
    chaos.rest = 0.8
    count = await chaos.run({"jumping": jumping, "gone": gone})
    assert len(count.accepted) > 10
    assert count.good, told(count)
