"""A playbook: steps, fields and timers in order, read from TOML and checked whole."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal, TypeVar, cast, get_args

from bot.core.guards import GUARDS
from bot.errors import PlaybookError

Phase = Literal["apologise", "review", "fix", "document"]
Kind = Literal["text", "long", "time", "choice", "many", "scale", "money", "person"]
Receiver = Literal["agent", "supervisor"]

VERBS = frozenset(
    "answer correct skip handover help drop accept decline note take advise takeover pass "
    "reopen snooze allow allowless deny prevented postpone show switch".split()
)
_ID = re.compile(r"[a-z][a-z0-9_]{0,29}")
_DURATION = re.compile(r"(\d{1,4})([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to be known. `later`: not asked before the rest is there; `group`: any one of the group will do;
    `private`: between the agent and the bot, never in the team's record; `proposed`: how long from now a time stands in
    the form until somebody changes it.
    """

    id: str
    kind: Kind
    required: bool = False
    later: bool = False
    stamp: bool = False
    private: bool = False
    group: str | None = None
    options: tuple[str, ...] = ()
    proposed: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Timer:
    """When nothing happens. `after` counts from the step's start, again and again if `every`, or from `promise`,
    a field of kind time; there it may be negative, to come before it.
    """

    id: str
    to: Receiver
    after: timedelta
    promise: str | None = None
    every: bool = False
    limit: int = 1
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do with the customer, in one of the four phases."""

    id: str
    phase: Phase
    fields: tuple[Field, ...]
    timers: tuple[Timer, ...] = ()
    skippable: bool = True
    notes: bool = False

    def field(self, name: str) -> Field | None:
        return next((one for one in self.fields if one.id == name), None)


@dataclass(frozen=True, slots=True)
class Playbook:
    """A way of recovering. Its version changes whenever steps, fields or timers do."""

    id: str
    version: int
    steps: tuple[Step, ...]
    source: str = field(default="", compare=False)

    def step(self, name: str | None) -> Step | None:
        return next((one for one in self.steps if one.id == name), None)

    def place(self, name: str | None) -> int:
        """Where a step stands in the order, from 0; -1 for a name that is not a step."""
        return next((i for i, one in enumerate(self.steps) if one.id == name), -1)

    def after(self, name: str) -> Step | None:
        """The next step; `None` behind the last."""
        place = self.place(name) + 1
        return self.steps[place] if place < len(self.steps) else None

    def step_of(self, field_id: str) -> Step | None:
        return next((one for one in self.steps if one.field(field_id)), None)


def parse(file: str, text: str) -> Playbook:
    """Raise PlaybookError naming file, key, found and expected of everything that is wrong, a line each."""
    found: list[str] = []
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PlaybookError(f"{file}: not TOML: {error}") from error
    read = _Reader(file, "", raw, found)
    steps = tuple(_step(one) for one in read.tables("step"))
    book = Playbook(read.id(), read.number("version", least=1), steps, text)
    read.only("id", "version", "step")
    found += () if found else _whole(file, book)
    if found:
        raise PlaybookError("\n".join(found))
    return book


@dataclass(frozen=True, slots=True)
class _Reader:
    """A TOML table that remembers where it stands, and goes on after a mistake so that every one is named."""

    file: str
    where: str
    table: Mapping[str, Any]
    found: list[str]

    def wrong(self, key: str, expected: str) -> None:
        value = repr(self.table[key]) if key in self.table else "nothing"
        self.found.append(f"{self.file}: {self.where}{key}: found {value}, expected {expected}")

    def get(self, key: str, good: Callable[[Any], bool], expected: str, default: _T) -> _T:
        """The value, if it is good; else the default, which a missing key has without a word."""
        if key in self.table and good(self.table[key]):
            return cast("_T", self.table[key])
        if key in self.table:
            self.wrong(key, expected)
        return default

    def id(self, key: str = "id") -> str:
        value = self.table.get(key)
        if isinstance(value, str) and _ID.fullmatch(value):
            return value
        self.wrong(key, "a short lower-case word like 'apology'")
        return ""

    def number(self, key: str, least: int, default: int | None = None) -> int:
        value = self.table.get(key, default)
        if type(value) is int and value >= least:
            return value
        self.wrong(key, f"a whole number from {least}")
        return least

    def flag(self, key: str, *, default: bool = False) -> bool:
        return self.get(key, lambda v: isinstance(v, bool), "true or false", default)

    def one_of(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        value = self.table.get(key, default)
        if value is not None and not isinstance(value, str):
            self.wrong(key, "a word")
        elif value not in allowed:
            self.wrong(key, "one of " + ", ".join(allowed))
        return value if isinstance(value, str) and value in allowed else allowed[0]

    def duration(self, key: str) -> timedelta:
        value = self.table.get(key, "")
        match = _DURATION.fullmatch(value) if isinstance(value, str) else None
        if match and match[1].strip("0"):
            return timedelta(**{_UNITS[match[2]]: int(match[1])})
        texts = isinstance(value, str)
        self.wrong(key, "a number above 0 and m, h or d, like '10m'" if texts else "a duration like '10m'")
        return timedelta(minutes=1)

    def words(self, key: str) -> tuple[str, ...]:
        ok = lambda v: isinstance(v, list) and all(isinstance(x, str) and _ID.fullmatch(x) for x in v)  # noqa: E731
        return tuple(self.get(key, ok, "a list of short lower-case words", []))

    def tables(self, key: str, *, least: int = 1) -> tuple[_Reader, ...]:
        rows: list[Mapping[str, Any]] = self.get(key, _tables, f"tables [[{key}]]", [])
        if len(rows) < least and _tables(self.table.get(key, [])):
            self.wrong(key, f"at least one [[{key}]]")
        names = [f"{self.where}{key} {row.get('id', number)!s}: " for number, row in enumerate(rows, 1)]
        return tuple(_Reader(self.file, name, row, self.found) for name, row in zip(names, rows, strict=True))

    def only(self, *known: str) -> None:
        for key in self.table:
            if key not in known:
                expected = ", ".join(known)
                self.found.append(f"{self.file}: {self.where}{key}: found an unknown key, expected {expected}")


def _tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _step(read: _Reader) -> Step:
    step = Step(
        id=read.id(),
        phase=cast("Phase", read.one_of("phase", get_args(Phase))),
        fields=tuple(_field(one) for one in read.tables("field")),
        timers=tuple(_timer(one) for one in read.tables("timer", least=0)),
        skippable=read.flag("skippable", default=True),
        notes=read.flag("notes"),
    )
    read.only("id", "phase", "skippable", "notes", "field", "timer")
    return step


def _field(read: _Reader) -> Field:
    one = Field(
        id=read.id(),
        kind=cast("Kind", read.one_of("kind", get_args(Kind), "text")),
        required=read.flag("required"),
        later=read.flag("later"),
        stamp=read.flag("stamp"),
        private=read.flag("private"),
        group=read.id("group") if "group" in read.table else None,
        options=read.words("options"),
        proposed=read.duration("proposed") if "proposed" in read.table else None,
    )
    read.only("id", "kind", "required", "later", "stamp", "private", "group", "options", "proposed")
    if one.id in VERBS:
        read.wrong("id", "a word that is not a button's verb (" + ", ".join(sorted(VERBS)) + ")")
    if one.stamp and one.kind != "time":
        read.wrong("stamp", "kind = 'time' beside it: a stamp notes the moment of the press")
    if one.proposed and (one.kind != "time" or one.stamp):
        read.wrong("proposed", "kind = 'time' beside it, and no stamp")
    if (one.kind in {"choice", "many"}) != bool(read.table.get("options")):
        read.wrong("options", "options for a choice, and only for a choice")
    return one


def _timer(read: _Reader) -> Timer:
    """`before` + `lead`, `past` + `after`, or `after` alone."""
    anchors = [key for key in ("before", "past") if key in read.table]
    after = -read.duration("lead") if "before" in anchors else read.duration("after")
    one = Timer(
        id=read.id(),
        to=cast("Receiver", read.one_of("to", get_args(Receiver), "agent")),
        after=after,
        promise=read.id(anchors[0]) if anchors else None,
        every=read.flag("every"),
        limit=read.number("limit", 1, 1),
        when=read.one_of("when", tuple(GUARDS)) if "when" in read.table else None,
    )
    if one.every and (one.promise or one.to == "supervisor"):
        read.wrong("every", "every only for the agent, and only where nothing was promised")
    if len(anchors) > 1 or ("before" in anchors and "after" in read.table):
        read.wrong(anchors[-1], "one of: after; before and lead; past and after")
    read.only("id", "to", "after", "before", "past", "lead", "every", "limit", "when")
    return one


def _whole(file: str, book: Playbook) -> Iterator[str]:
    """What is wrong only between the parts."""
    yield from _twice(f"{file}: step", [step.id for step in book.steps])
    yield from _twice(f"{file}: field", [one.id for step in book.steps for one in step.fields])
    times = {one.id for step in book.steps for one in step.fields if one.kind == "time"}
    for step in book.steps:
        yield from _twice(f"{file}: step {step.id}: timer", [one.id for one in step.timers])
        for timer in step.timers:
            if timer.promise and timer.promise not in times:
                where = f"{file}: step {step.id}: timer {timer.id}"
                yield f"{where}: found {timer.promise!r}, expected a field of kind 'time'"
    places = [get_args(Phase).index(step.phase) for step in book.steps]
    if places != sorted(places):
        yield f"{file}: step: found phases out of order, expected {', '.join(get_args(Phase))}"


def _twice(what: str, ids: list[str]) -> Iterator[str]:
    for one in dict.fromkeys(ids):
        if ids.count(one) > 1:
            yield f"{what} {one}: found twice, expected every id once"
