"""What keeps happening: the top five complaints of a period against the period before. Opens the file to read only."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import comb
from pathlib import Path

from bot.core import language
from bot.errors import StoreError
from bot.store.codec import iso

MOST = 5  # "define the top five complaints" (Sullivan)
ENOUGH = 10  # recoveries in a period below which shares say nothing
_Name = tuple[str, ...]
SIGNAL = 0.05  # a change this unlikely by chance, adjusted for having looked at five, is a signal


@dataclass(frozen=True, slots=True)
class Complaint:
    """One complaint with its count and share now and before. `signal`: chance alone seldom changes it so much."""

    name: tuple[str, ...]
    count: int
    share: float
    before: int
    share_before: float
    signal: bool


@dataclass(frozen=True, slots=True)
class Top:
    """The period [since, until) and the one of the same length before it: completed recoveries, and complaints."""

    since: datetime
    until: datetime
    recoveries: int
    recoveries_before: int
    causes: tuple[Complaint, ...]
    lacked: tuple[Complaint, ...]

    @property
    def enough(self) -> bool:
        return self.recoveries >= ENOUGH


def top(path: Path, until: datetime, period: timedelta, team: str = "") -> Top:
    """Of recoveries by the time they were opened. Raises StoreError when there is no such database."""
    since = until - period
    now, before = _rows(path, since, until, team), _rows(path, since - period, since, team)
    causes = _five(_counted(now, _cause), _counted(before, _cause))
    lacked = _five(_counted(now, _lacked), _counted(before, _lacked))
    return Top(since, until, len(now), len(before), causes, lacked)


def as_json(found: Top) -> dict[str, object]:
    return {
        "since": found.since.isoformat(),
        "until": found.until.isoformat(),
        "recoveries": found.recoveries,
        "recoveries_before": found.recoveries_before,
        "enough": found.enough,
        "causes": [_row(one, ("family", "cause")) for one in found.causes],
        "lacked": [_row(one, ("lacked",)) for one in found.lacked],
    }


def told(found: Top) -> Iterator[str]:
    """The same, to be read."""
    counts = f"{found.recoveries} completed recoveries, {found.recoveries_before} in the period before"
    yield f"{found.since:%Y-%m-%d} to {found.until:%Y-%m-%d}: {counts}."
    if not found.enough:
        yield f"Not enough data: {ENOUGH} completed recoveries are needed before shares mean anything."
        return
    for title, complaints in (("By cause", found.causes), ("By what was missing", found.lacked)):
        yield ""
        yield title
        for place, one in enumerate(complaints, 1):
            verdict = "signal" if one.signal else "noise"
            change = f"before {one.before} ({one.share_before:.0%}): {verdict}"
            yield f"{place}. {': '.join(one.name)}  {one.count} ({one.share:.0%}), {change}"


def _row(one: Complaint, names: Sequence[str]) -> dict[str, object]:
    return {
        **dict(zip(names, one.name, strict=True)),
        "count": one.count,
        "share": round(one.share, 4),
        "before": one.before,
        "share_before": round(one.share_before, 4),
        "signal": one.signal,
    }


def _rows(path: Path, since: datetime, until: datetime, team: str) -> list[Mapping[str, str]]:
    if not path.is_file():
        raise StoreError(f"{path}: found no file, expected a database; set AMENDS_DB, or name it with --db")
    database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    database.row_factory = sqlite3.Row
    try:
        return database.execute(
            "select family, cause, lacked from recoveries where status = 'closed' and family is not null "
            "and opened_at >= :since and opened_at < :until and :team in ('', team) order by opened_at",
            {"since": iso(since), "until": iso(until), "team": team},
        ).fetchall()
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path}: {error}; expected a database of Amends") from error
    finally:
        database.close()


def _counted(rows: Sequence[Mapping[str, str]], name: Callable[[Mapping[str, str]], _Name]) -> Counter[_Name]:
    return Counter(name(row) for row in rows)


def _lacked(row: Mapping[str, str]) -> _Name:
    return (row["lacked"] or "-",)


def _cause(row: Mapping[str, str]) -> _Name:
    """Family and cause; the same cause in capitals or with a full stop is the same."""
    return row["family"], language.alike(row["cause"] or "")


def _five(now: Counter[_Name], before: Counter[_Name]) -> tuple[Complaint, ...]:
    """The most frequent first; equal ones by name, so that two runs agree."""
    first = sorted(now, key=lambda name: (-now[name], name))[:MOST]
    total, total_before = max(now.total(), 1), max(before.total(), 1)
    unlikely = _holm([_chance(now[name], before[name]) for name in first])
    return tuple(
        Complaint(name, now[name], now[name] / total, before[name], before[name] / total_before, signal)
        for name, signal in zip(first, unlikely, strict=True)
    )


def _chance(now: int, before: int) -> float:
    """How often chance alone parts two equal rates at least so far: exact binomial, two-sided, equal periods."""
    n = now + before
    tail = sum(comb(n, k) for k in range(max(now, before), n + 1)) / 2**n
    return min(1.0, 2.0 * float(tail))


def _holm(chances: Sequence[float]) -> list[bool]:
    """Which of several stay signals when all were looked at (Holm's step-down)."""
    signals = [False] * len(chances)
    for looked, place in enumerate(sorted(range(len(chances)), key=lambda one: chances[one])):
        if chances[place] > SIGNAL / (len(chances) - looked):
            break
        signals[place] = True
    return signals
