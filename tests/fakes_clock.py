"""A clock that stands still until it is told to go on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)  # a Tuesday; 14:00 in Stockholm, 16:00 in Riyadh


class FakeClock:
    """The time as the test says it is."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def forward(self, by: timedelta) -> None:
        self.at += by
