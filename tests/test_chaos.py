"""A short chaos: kills and trouble, and whatever can be had in a minute; the long one is `make chaos`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chaos import SCENES, Chaos, told


@pytest.mark.parametrize(("kills", "scene"), [(5, "gone"), (2, "jumping")])
async def test_nothing_is_lost_and_nobody_is_pinged_twice(tmp_path: Path, kills: int, scene: str) -> None:
    count = await Chaos(kills, 7, tmp_path).run({scene: SCENES[scene]})
    assert len(count.accepted) > 10
    assert count.good, told(count)
