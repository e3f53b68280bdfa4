"""Dialogs of tests/dialogs, played on a platform: whatever they expect in vain fails the test."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot import rehearsal
from bot.rehearsal import CAST as LANGS
from bot.rehearsal import Driver, Line, organisation, plain, sounds_like

FOLDER = Path(__file__).parent / "dialogs"


def read(path: Path) -> list[Line]:
    return rehearsal.read(path.name, path.read_text("utf-8"))


async def play(lines: Sequence[Line], driver: Driver) -> None:
    async for played in rehearsal.play(lines, driver):
        assert not played.wrong, f"line {played.number}: {'; '.join(played.wrong)}"


__all__ = ["FOLDER", "LANGS", "Driver", "Line", "organisation", "plain", "play", "read", "sounds_like"]
