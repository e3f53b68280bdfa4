"""What many tests need: the library as it ships, a clock that stands still, an empty store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from bot.library import Library, load
from bot.store.sqlite import SqliteStore
from tests.fakes_clock import FakeClock

# One plain line a fact, shown only where a test fails; pretty tracebacks take longer than the tests.
structlog.configure(
    processors=[
        structlog.processors.add_log_level,
        structlog.processors.format_exc_info,
        structlog.processors.LogfmtRenderer(bool_as_flag=False),
    ],
)


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
