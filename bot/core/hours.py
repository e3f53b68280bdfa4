"""Weekly hours, quiet hours, and a clock that pauses outside them. All on a wall clock in its own time zone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
AHEAD = 9  # days looked ahead for the next opening or closing: a week, and its edges


@dataclass(frozen=True, slots=True)
class Window:
    """Hours on some days of the week (0 is Monday). Up to midnight is `end` 00:00; an `end` before `start` is of the
    next day.
    """

    days: tuple[int, ...]
    start: time
    end: time

    def holds(self, local: datetime) -> bool:
        clock, today = local.time(), local.weekday() in self.days
        if self.start < self.end:
            return today and self.start <= clock < self.end
        yesterday = (local.weekday() - 1) % 7 in self.days
        return (today and clock >= self.start) or (yesterday and clock < self.end)

    def edges(self, day: date) -> tuple[datetime, datetime]:
        """When it opens and closes if it opens on this day, on a wall clock."""
        later = DAY if self.end <= self.start else timedelta(0)
        return datetime.combine(day, self.start), datetime.combine(day + later, self.end)


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours in which something holds, in one time zone."""

    windows: tuple[Window, ...]
    zone: str

    def holds(self, at: datetime) -> bool:
        local = at.astimezone(ZoneInfo(self.zone))
        return any(window.holds(local) for window in self.windows)

    def edges(self, at: datetime) -> Iterator[datetime]:
        """Moments after `at` where it may begin or end."""
        zone = ZoneInfo(self.zone)
        first = at.astimezone(zone).date() - DAY
        for number in range(AHEAD + 1):
            day = first + number * DAY
            for window in self.windows:
                if day.weekday() in window.days:
                    for edge in window.edges(day):
                        for fold in (0, 1):  # an hour that comes twice when clocks go back has two edges
                            yield edge.replace(tzinfo=zone, fold=fold).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which nobody is woken, in the team's own time zone. May run over midnight."""

    start: time
    end: time
    zone: str

    def holds(self, at: datetime) -> bool:
        clock = at.astimezone(ZoneInfo(self.zone)).time()
        if self.start <= self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end

    @property
    def hours(self) -> Hours:
        return Hours((Window(tuple(range(7)), self.start, self.end),), self.zone)


@dataclass(frozen=True, slots=True)
class Calendar:
    """When a team may be woken: in its working time, and not in its quiet hours. Empty means always."""

    working: Hours | None = None
    quiet: Quiet | None = None

    def awake(self, at: datetime) -> bool:
        return (self.working is None or self.working.holds(at)) and not (self.quiet and self.quiet.holds(at))

    def after(self, at: datetime, wait: timedelta = timedelta(0)) -> datetime:
        """`wait` later by a clock that stands still while nobody may be woken; with no wait, the next such moment."""
        if self.working is None and self.quiet is None:
            return at + wait
        now, left = at, wait
        while True:
            awake = self.awake(now)
            edge = self._edge(now, awake=awake)
            if edge is None:  # it never changes: settings refuse hours in which nobody is ever awake
                return now + left
            if awake and now + left < edge:
                return now + left
            left -= edge - now if awake else timedelta(0)
            now = edge.astimezone(at.tzinfo)

    def _edge(self, at: datetime, *, awake: bool) -> datetime | None:
        """The first moment after `at` at which it is the other way round."""
        parts = [part for part in (self.working, self.quiet.hours if self.quiet else None) if part]
        edges = sorted({edge for part in parts for edge in part.edges(at) if edge > at})
        return next((edge for edge in edges if self.awake(edge) != awake), None)


ALWAYS = Calendar()
MORNING = time(8)  # when a day begins where no working time is set


def begins(working: Hours | None, day: date, zone: str) -> datetime | None:
    """When work begins on a day; `None` where it does not."""
    if working is None:
        return datetime.combine(day, MORNING, ZoneInfo(zone)).astimezone(UTC)
    starts = [window.start for window in working.windows if day.weekday() in window.days]
    return datetime.combine(day, min(starts), ZoneInfo(working.zone)).astimezone(UTC) if starts else None


def tomorrow(working: Hours | None, at: datetime, zone: str) -> datetime:
    """When work begins next, not today."""
    today = at.astimezone(ZoneInfo(working.zone if working else zone)).date()
    following = (begins(working, today + number * DAY, zone) for number in range(1, AHEAD))
    return next((start for start in following if start), at + DAY)
