"""Who is asked next, and when. A recovery keeps the policy it started under, with its rotas and absences."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.core.hours import Window
from bot.core.limits import Limit, Role, bound, within

HIGHEST = 3  # severity: legal, media, safety, a second failed fix
WAIT = timedelta(minutes=10)
IDLE = timedelta(minutes=30)  # how long somebody may have it without anything happening before he is asked again


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is away from `first` to `last`, both included, by the wall clock of whoever asks for him."""

    person: str
    first: date
    last: date
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Shift:
    """Who is on duty in these hours."""

    people: tuple[str, ...]
    hours: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class Rota:
    """Shifts of a week, in one time zone."""

    id: str
    zone: str
    shifts: tuple[Shift, ...]

    def on_duty(self, at: datetime) -> tuple[str, ...]:
        local = at.astimezone(ZoneInfo(self.zone))
        here = (shift for shift in self.shifts if any(window.holds(local) for window in shift.hours))
        return tuple(dict.fromkeys(person for shift in here for person in shift.people))

    @property
    def everybody(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(person for shift in self.shifts for person in shift.people))


@dataclass(frozen=True, slots=True)
class Level:
    """One rung of the ladder: everybody on it is asked at once, and has `wait` to say "I have it"."""

    people: tuple[str, ...] = ()
    rota: Rota | None = None
    channel: str = ""
    wait: timedelta = WAIT


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked on a turn."""

    turn: int
    people: tuple[str, ...]
    channel: str


@dataclass(frozen=True, slots=True)
class Policy:
    """Levels in their order; `repeat` is how often the ladder begins anew when nobody answered.

    At its end the `channel` and the `owner` are told, or the admins where neither is set. `idle`: how long somebody
    may have it without anything happening.
    """

    levels: tuple[Level, ...] = ()
    repeat: int = 0
    channel: str = ""
    owner: str = ""
    idle: timedelta = IDLE
    supervisors: tuple[str, ...] = ()  # who may answer too, though no level asks them
    absences: tuple[Absence, ...] = ()
    zone: str = "UTC"
    limits: tuple[Limit, ...] = ()

    @property
    def turns(self) -> int:
        return len(self.levels) * (self.repeat + 1)

    @property
    def people(self) -> frozenset[str]:
        """Everybody who may answer a ping under this policy."""
        rotas = [level.rota.everybody for level in self.levels if level.rota]
        named = [person for part in (*rotas, *(level.people for level in self.levels)) for person in part]
        stand_ins = (one.instead for one in self.absences)
        return frozenset({*named, *stand_ins, *self.supervisors, self.owner} - {""})

    def level(self, turn: int) -> Level:
        """The level of a turn, counted from 1 over every repeat."""
        return self.levels[(turn - 1) % len(self.levels)]

    def next(self, turn: int, at: datetime, agent: str) -> Asked | None:
        """Whom to ask after `turn`; levels without anybody there are passed over. `None` at the end.

        Nobody is asked about his own recovery.
        """
        for number in range(turn + 1, self.turns + 1):
            level = self.level(number)
            people = (*level.people, *(level.rota.on_duty(at) if level.rota else ()))
            there = tuple(dict.fromkeys(self._present(people, at)))
            if asked := tuple(person for person in there if person != agent):
                return Asked(number, asked, level.channel)
            if level.channel:
                return Asked(number, (), level.channel)
        return None

    def role(self, person: str) -> Role:
        if person and person == self.owner:
            return "owner"
        return "supervisor" if person in self.people else "agent"

    def limit(self, person: str, currency: str) -> Limit | None:
        """What he may decide alone; `None` for no bound."""
        return bound(self.limits, self.role(person), currency)

    def allowing(self, turn: int, at: datetime, agent: str, amount: Decimal, currency: str) -> Asked | None:
        """Whom to ask after `turn` who may allow as much; past the levels the owner, then `None`."""
        while asked := self.next(turn, at, agent):
            turn = asked.turn
            if able := tuple(one for one in asked.people if within(self.limit(one, currency), amount)):
                return Asked(turn, able, "")
        owner = self.owner if self.owner != agent and turn <= self.turns else ""
        return Asked(self.turns + 1, (owner,), "") if owner and within(self.limit(owner, currency), amount) else None

    def others(self, turn: int, at: datetime, agent: str, without: Collection[str]) -> bool:
        """Is there anybody after `turn` but these?"""
        while asked := self.next(turn, at, agent):
            if asked.channel or not set(asked.people) <= set(without):
                return True
            turn = asked.turn
        return False

    def _present(self, people: tuple[str, ...], at: datetime) -> list[str]:
        """Whoever is away gives way to his substitute, if he has one."""
        today = at.astimezone(ZoneInfo(self.zone)).date()
        away = {one.person: one.instead for one in self.absences if one.first <= today <= one.last}
        return [one for person in people if (one := away.get(person, person)) and one not in away]


def plain(people: tuple[str, ...], wait: timedelta = WAIT) -> Policy:
    """One person after the other, each with the same wait."""
    return Policy(tuple(Level((person,), wait=wait) for person in people))


def pings_at_once(severity: int) -> bool:
    return severity >= HIGHEST


def patience(wait: timedelta, severity: int) -> timedelta:
    """How long to wait: half as long when the severity is highest (the digest's default timers)."""
    return wait / 2 if severity >= HIGHEST else wait
