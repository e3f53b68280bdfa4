"""What a supervisor finds in the morning: open, promised, to be prevented, completed. Nobody is counted by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.recovery import DONE, DUE, Recovery

PERIOD = timedelta(days=7)  # whose causes are counted
CAUSES = 3
_PROMISES = (("due", "fixed_at"), ("check_back", "rating"))  # a promise, and what shows that it was kept


@dataclass(frozen=True, slots=True)
class Dated:
    """A promise or an action of a recovery, and when it falls due."""

    at: datetime
    recovery: Recovery


@dataclass(frozen=True, slots=True)
class Morning:
    """Everything that is told; the most severe, or the earliest, first."""

    open: tuple[Recovery, ...]
    overdue: tuple[Dated, ...]
    today: tuple[Dated, ...]
    prevention: tuple[Dated, ...]
    completed: int
    causes: tuple[tuple[str, int], ...]

    def __bool__(self) -> bool:
        return bool(self.open or self.overdue or self.today or self.prevention or self.completed)


def bounds(at: datetime, zone: str) -> tuple[datetime, datetime]:
    """Today on the reader's wall clock: its first moment, and the first of tomorrow."""
    local = at.astimezone(ZoneInfo(zone))
    first = local.replace(hour=0, minute=0, second=0, microsecond=0)
    following = (first + timedelta(hours=36)).replace(hour=0)
    return first, following


def morning(recoveries: Iterable[Recovery], at: datetime, zone: str) -> Morning:
    some = tuple(recoveries)
    first, following = bounds(at, zone)
    yesterday, _ = bounds(first - timedelta(hours=12), zone)
    running = tuple(
        sorted((one for one in some if one.status == "open"), key=lambda one: (-one.severity, one.opened_at))
    )
    promises = _sorted(one for now in running for one in _promised(now) if one.at < following)
    closed = [one for one in some if one.closed_at and one.status == "closed"]
    return Morning(
        open=running,
        overdue=tuple(one for one in promises if one.at < at),
        today=tuple(one for one in promises if one.at >= at),
        prevention=_sorted(one for now in closed for one in _prevented(now) if one.at < following),
        completed=sum(yesterday <= one.closed_at < first for one in closed if one.closed_at),
        causes=_causes(one for one in closed if one.closed_at and one.closed_at >= first - PERIOD),
    )


def _promised(now: Recovery) -> Iterator[Dated]:
    for name, kept in _PROMISES:
        value = now.answers.get(name)
        if isinstance(value, datetime) and kept not in now.answers:
            yield Dated(value, now)


def _prevented(now: Recovery) -> Iterator[Dated]:
    value = now.answers.get(DUE)
    if isinstance(value, datetime) and DONE not in now.answers:
        yield Dated(value, now)


def _causes(some: Iterable[Recovery]) -> tuple[tuple[str, int], ...]:
    """The most frequent ones; the same cause in capitals or with a full stop is the same."""
    said = [str(one.answers.get("cause", "")).strip().rstrip(".") for one in some]
    counts = Counter(one.casefold() for one in said if one)
    shown = {one.casefold(): one for one in reversed(said)}
    first = sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:CAUSES]
    return tuple((shown[cause], count) for cause, count in first)


def _sorted(some: Iterable[Dated]) -> tuple[Dated, ...]:
    return tuple(sorted(some, key=lambda one: one.at))
