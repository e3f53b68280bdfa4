"""The time: the machine's own, or the machine's moved ahead, so that a timer can be seen firing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class SystemClock:
    """What time it is."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class MovableClock:
    """The time, moved `ahead`; it only ever goes forward."""

    def __init__(self, ahead: timedelta = timedelta()) -> None:
        self.ahead = ahead

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def forward(self, by: timedelta) -> None:
        if by < timedelta():
            raise ValueError(f"{by}: time does not go back")
        self.ahead += by
