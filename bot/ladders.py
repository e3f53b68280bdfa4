"""Tables [policy], [rota], [[absence]] and [limits] of amends.toml → policies. A hole or a loop is found at start."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import product
from typing import get_args

from bot.core.hours import Calendar, Hours, Window
from bot.core.limits import Limit, Role
from bot.core.policy import IDLE, WAIT, Absence, Level, Policy, Rota, Shift, plain
from bot.tables import Found, Table, is_id, zones
from bot.texts import currency

SEVERITIES = ("1", "2", "3")
MOST_REPEATS = 10
LONGEST_ABSENCE = timedelta(days=366)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONDAY = date(2024, 1, 1)  # of a week that stands for every week
_DAY = timedelta(days=1)
_SPAN = re.compile(
    r"(?:([a-z]{3})(?:-([a-z]{3}))? )?([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)", re.IGNORECASE
)
_SUM = re.compile(r"(\d{1,9}(?:\.\d{1,2})?) ([A-Z]{3})")
_HOURS = "hours like 'mon-fri 08:00-17:00, sat 10:00-14:00'"


@dataclass(frozen=True, slots=True)
class Ladders:
    """Every policy by its name, and who is away when."""

    policies: Mapping[str, Policy]
    absences: tuple[Absence, ...]
    limits: tuple[Limit, ...] = ()

    def of(self, team: Table, supervisors: tuple[str, ...], wait: timedelta, zone: str) -> Mapping[int, Policy]:
        """The policies of a team by severity; 0 is every other severity, and one supervisor after the other where it
        names none.
        """
        named: dict[int, str] = {}
        expected = "the name of a [policy.NAME]: " + (", ".join(sorted(self.policies)) or "there is none")
        if name := team.get("policy", "", expected, self.policies.__contains__):
            named[0] = name
        inner = team.inner("policies", "a table of severity = policy")
        inner.only(*SEVERITIES)
        for severity in SEVERITIES:
            if name := inner.get(severity, "", expected, self.policies.__contains__):
                named[int(severity)] = name
        found = {0: plain(supervisors, wait)} | {severity: self.policies[name] for severity, name in named.items()}
        limits = limits_of(team) if "limits" in team.rows else self.limits
        return {
            severity: replace(self._for(policy, supervisors, zone), limits=limits) for severity, policy in found.items()
        }

    def _for(self, policy: Policy, supervisors: tuple[str, ...], zone: str) -> Policy:
        theirs = replace(policy, supervisors=supervisors, zone=zone)
        return replace(theirs, absences=tuple(one for one in self.absences if one.person in theirs.people))


def read(top: Table, people: Collection[str]) -> Ladders:
    """`people`: everybody who is known; somebody else in a ladder is a slip."""
    known = _Known(top, people)
    absences = tuple(known.absences())
    rotas = {key: known.rota(key, table, absences) for key, table in _named(top, "rota")}
    tables = dict(_named(top, "policy"))
    return Ladders({key: known.policy(key, tables, rotas) for key in tables}, absences, limits_of(top))


def limits_of(table: Table) -> tuple[Limit, ...]:
    """[limits]: what each role may decide alone, a table or, for several currencies, a list of them."""
    inner = table.inner("limits", "a table of role = { recovery = '200 EUR', day = '500 EUR' }")
    inner.only(*get_args(Role))
    return tuple(_limits(inner))


def _limits(inner: Table) -> Iterator[Limit]:
    for role in get_args(Role):
        rows = inner.rows.get(role, [])
        listed = replace(inner, rows={role: rows if isinstance(rows, list) else [rows]})
        known: set[str] = set()
        for one in listed.listed(role, "{ recovery = '200 EUR', day = '500 EUR' }, or a list of such"):
            one.only("recovery", "day")
            once, daily = _sum(one, "recovery"), _sum(one, "day")
            if "recovery" not in one.rows:
                one.wrong("recovery", "an amount with its currency, like '200 EUR'")
            if once and daily and (daily[1] != once[1] or daily[0] < once[0]):
                one.wrong("day", f"an amount in {once[1]}, not below 'recovery'")
            elif once and once[1] in known:
                one.wrong("recovery", f"one limit for {once[1]}")
            elif once:
                known.add(once[1])
                yield Limit(role, once[1], once[0], daily[0] if daily else None)


def _sum(table: Table, key: str) -> tuple[Decimal, str] | None:
    """An amount with its currency; `None` when it is missing or wrong."""

    def good(value: object) -> bool:
        match = _SUM.fullmatch(value) if isinstance(value, str) else None
        return match is not None and currency(match[2]) == match[2]

    found: str = table.get(key, "", "an amount above or equal to 0 with its currency, like '200 EUR'", good)
    match = _SUM.fullmatch(found)
    return (Decimal(match[1]), match[2]) if match else None


def hours(table: Table, key: str, zone: str, expected: str = _HOURS) -> Hours | None:
    """Hours of a week, as `key` says them; `None` when it says nothing."""
    said = table.get(key, "", expected, lambda value: isinstance(value, str) and bool(_windows(value)))
    return Hours(_windows(said), zone) if said else None


def awake(calendar: Calendar) -> bool:
    """Is there any hour of the week in which somebody may be woken?"""
    if calendar.working is None:
        return True
    zone = calendar.working.zone
    quiet = calendar.quiet.hours.windows if calendar.quiet else ()
    return any(
        calendar.working.holds(local) and not any(window.holds(local) for window in quiet)
        for local in _edges((*calendar.working.windows, *quiet), _week())
        if zone
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What a ladder may refer to."""

    top: Table
    people: Collection[str]

    def somebody(self, table: Table, key: str, *ids: str) -> None:
        """Is everybody who is named known?"""
        for one in ids:
            if one and one not in self.people and not table.names:
                expected = "somebody of [people], or of a team's supervisors or agents"
                table.found.wrong(table.file, table.where + key, repr(one), expected)

    def absences(self) -> Iterator[Absence]:
        for table in self.top.listed("absence", "tables [[absence]]"):
            table.only("person", "from", "until", "instead")
            person, instead = table.person("person"), table.person("instead")
            self.somebody(table, "person", person)
            self.somebody(table, "instead", instead)
            first, last = (table.get(key, None, "a date like 2026-12-20", _is_date) for key in ("from", "until"))
            if not person or first is None or last is None:
                for key in ("person", "from", "until"):
                    if key not in table.rows:
                        table.wrong(key, "who is away, and from when until when")
            elif not first <= last <= first + LONGEST_ABSENCE:
                table.wrong("until", "a date not before 'from', and at most a year after it")
            elif instead == person:
                table.wrong("instead", "somebody else")
            else:
                yield Absence(person, first, last, instead)

    def rota(self, key: str, table: Table, absences: tuple[Absence, ...]) -> Rota:
        """A rota without a hole, neither in its week nor where somebody is away."""
        table.only("time_zone", "covers", "shift")
        zone: str = table.get("time_zone", "", "a time zone like 'Europe/Stockholm'", zones().__contains__)
        if "time_zone" not in table.rows:
            table.wrong("time_zone", "a time zone like 'Europe/Stockholm'")
        shifts = tuple(self._shift(one) for one in table.listed("shift", f"tables [[rota.{key}.shift]]"))
        if not shifts:
            table.wrong("shift", f"at least one [[rota.{key}.shift]]")
        rota = Rota(key, zone or "UTC", shifts)
        covers = hours(table, "covers", rota.zone)
        always = (Window(tuple(range(7)), time(0), time(0)),)
        if all(shift.people and shift.hours for shift in shifts):
            self._hole(table, rota, covers.windows if covers else always, absences)
        return rota

    def _shift(self, table: Table) -> Shift:
        table.only("people", "hours")
        people = table.ids("people", least=1)
        self.somebody(table, "people", *people)
        if "hours" not in table.rows:
            table.wrong("hours", _HOURS)
        found = hours(table, "hours", "UTC")
        return Shift(people, found.windows if found else ())

    def _hole(self, table: Table, rota: Rota, covers: tuple[Window, ...], absences: tuple[Absence, ...]) -> None:
        """Tell of the first hour that nobody has: in the week, else while somebody is away."""
        all_windows = (*covers, *(window for shift in rota.shifts for window in shift.hours))
        away = tuple(one for one in absences if one.person in rota.everybody)
        days = {one.first + number * _DAY for one in away for number in range((one.last - one.first).days + 1)}
        for local in (*_edges(all_windows, _week()), *_edges(all_windows, sorted(days))):
            there = [shift.people for shift in rota.shifts if any(window.holds(local) for window in shift.hours)]
            policy = Policy((Level(tuple(one for people in there for one in people)),), absences=away)
            asked = any(window.holds(local) for window in covers)
            if asked and policy.next(0, local.replace(tzinfo=UTC), "") is None:
                every_week = local.date() < _MONDAY + 7 * _DAY
                when = f"{DAYS[local.weekday()]} {local:%H:%M}" if every_week else f"{local:%Y-%m-%d %H:%M}"
                expected = "shifts without a hole; 'covers' says which hours they should cover, 'instead' who stands in"
                table.found.wrong(table.file, f"{table.where}shift", f"nobody from {when}", expected)
                return

    def policy(self, key: str, tables: Mapping[str, Table], rotas: Mapping[str, Rota]) -> Policy:
        table = tables[key]
        table.only("levels", "repeat", "fallback", "owner", "idle")
        owner = table.person("owner")
        self.somebody(table, "owner", owner)
        repeat: int = table.get("repeat", 0, f"how often to begin anew, 0 to {MOST_REPEATS}", _is_repeat)
        levels = tuple(self._levels(key, tables, rotas, ()))
        if not table.rows.get("levels"):
            table.wrong("levels", "at least one level, like { people = ['U012AB3CD'], wait = '10m' }")
        return Policy(
            levels,
            repeat=repeat,
            channel=table.get("fallback", "", "a channel id, like 'C012AB3CD'", is_id),
            owner=owner,
            idle=table.duration("idle", IDLE, "how long somebody may have it without anything happening"),
        )

    def _levels(
        self, key: str, tables: Mapping[str, Table], rotas: Mapping[str, Rota], path: tuple[str, ...]
    ) -> Iterator[Level]:
        """The levels of a policy, and of the policies that it goes on with."""
        for table in tables[key].listed("levels", "a list of levels"):
            table.only("people", "rota", "channel", "policy", "wait")
            kinds = [kind for kind in ("people", "rota", "channel", "policy") if kind in table.rows]
            if len(kinds) != 1:
                expected = "one of people, rota, channel, policy"
                table.found.wrong(table.file, table.where + "-", ", ".join(kinds) or "nothing", expected)
            elif kinds != ["policy"]:
                yield self._level(table, rotas)
            else:
                yield from self._other(table, tables, rotas, (*path, key))

    def _other(
        self, table: Table, tables: Mapping[str, Table], rotas: Mapping[str, Rota], path: tuple[str, ...]
    ) -> Iterator[Level]:
        expected = "the name of a [policy.NAME]: " + ", ".join(sorted(tables))
        other: str = table.get("policy", "", expected, tables.__contains__)
        if other in path:
            loop = " → ".join((*path[path.index(other) :], other))
            if other == path[0] == min(path):  # told once
                where = table.where + "policy"
                self.top.found.wrong(table.file, where, f"a loop: {loop}", "levels that come to an end")
        elif other:
            quiet = {name: replace(one, found=Found([])) for name, one in tables.items()}  # told when it is read itself
            yield from self._levels(other, quiet, rotas, path)

    def _level(self, table: Table, rotas: Mapping[str, Rota]) -> Level:
        people = table.ids("people", least=1) if "people" in table.rows else ()
        self.somebody(table, "people", *people)
        expected = "the name of a [rota.NAME]: " + (", ".join(sorted(rotas)) or "there is none")
        rota: str = table.get("rota", "", expected, rotas.__contains__)
        channel: str = table.get("channel", "", "a channel id, like 'C012AB3CD'", is_id)
        wait = table.duration("wait", WAIT, "how long they have to answer")
        return Level(people, rotas.get(rota), channel, wait)


def _named(top: Table, key: str) -> Iterator[tuple[str, Table]]:
    inner = top.inner(key, f"tables [{key}.NAME]")
    for name, rows in inner.rows.items():
        if isinstance(rows, dict):
            yield name, replace(inner, where=f"{inner.where}{name}.", rows=rows)
        else:
            inner.wrong(name, f"a table [{key}.{name}]")


def _windows(said: str) -> tuple[Window, ...]:
    """Empty when it cannot be read."""
    found = [_SPAN.fullmatch(part.strip()) for part in said.split(",")]
    windows = [_window(match) for match in found if match]
    return tuple(one for one in windows if one) if len(windows) == len(found) and all(windows) else ()


def _window(match: re.Match[str]) -> Window | None:
    first, last = ((match[place] or "").lower() for place in (1, 2))
    if (first and first not in DAYS) or (last and last not in DAYS) or (match[5] == "24" and match[6] != "00"):
        return None
    start, end = time(int(match[3]), int(match[4])), time(int(match[5]) % 24, int(match[6]))
    if start == end and match[5] != "24":
        return None
    if not first:
        return Window(tuple(range(7)), start, end)
    begin, stop = DAYS.index(first), DAYS.index(last or first)
    return Window(tuple(sorted((begin + number) % 7 for number in range((stop - begin) % 7 + 1))), start, end)


def _week() -> list[date]:
    return [_MONDAY + number * _DAY for number in range(7)]


def _edges(windows: Iterable[Window], days: Iterable[date]) -> Iterator[datetime]:
    """Every moment of these days at which something may begin or end."""
    clocks = sorted({time(0), *(edge for window in windows for edge in (window.start, window.end))})
    yield from (datetime.combine(day, clock) for day, clock in product(days, clocks))


def _is_date(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _is_repeat(value: object) -> bool:
    return type(value) is int and 0 <= value <= MOST_REPEATS
