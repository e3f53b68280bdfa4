"""What many tests need: the library as it ships, a clock that stands still, an empty store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.library import Library, load
from bot.store.sqlite import SqliteStore
from tests.fakes_clock import FakeClock


@pytest.fixture(scope="session")
def library() -> Library:
    return load()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    kept = SqliteStore(tmp_path / "amends.db")
    yield kept
    kept.close()
