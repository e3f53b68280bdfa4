"""The same dialogs on every platform: same depth everywhere."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from bot.library import Library
from tests.dialog import FOLDER, Driver, play, read
from tests.drivers import desk_driver, slack_driver
from tests.teams_driver import teams_driver

Opens = Callable[[Path, Library], AbstractAsyncContextManager[Driver]]
PLATFORMS: dict[str, Opens] = {"slack": slack_driver, "desk": desk_driver, "teams": teams_driver}


@pytest.mark.parametrize("dialog", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
@pytest.mark.parametrize("platform", PLATFORMS)
async def test_dialog(platform: str, dialog: Path, tmp_path: Path, library: Library) -> None:
    async with PLATFORMS[platform](tmp_path, library) as driver:
        await play(read(dialog), driver)
