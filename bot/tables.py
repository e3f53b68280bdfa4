"""TOML tables that know where they stand: every mistake in them is collected, none stops the reading."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from typing import Any, TypeVar, cast
from zoneinfo import available_timezones

from bot.errors import Problem

_T = TypeVar("_T")
_ID = re.compile(r"[A-Za-z0-9][\w:.@=-]*")
_DURATION = re.compile(r"(\d{1,4})([mh])")
_UNITS = {"m": "minutes", "h": "hours"}


@dataclass(slots=True)
class Found:
    """Collects mistakes instead of stopping at the first."""

    problems: list[Problem]

    def wrong(self, file: str, key: str, found: object, expected: str) -> None:
        self.problems.append(Problem(file, key, found if isinstance(found, str) else repr(found), expected))


@dataclass(frozen=True, slots=True)
class Table:
    """A TOML table that knows where it stands. `names`: what people are called in the file, and their ids."""

    file: str
    where: str
    rows: Mapping[str, Any]
    found: Found
    names: Mapping[str, str] = field(default_factory=dict)

    def wrong(self, key: str, expected: str) -> None:
        what = repr(self.rows[key]) if key in self.rows else "nothing"
        self.found.wrong(self.file, self.where + key, what, expected)

    def get(self, key: str, default: _T, expected: str, good: Callable[[Any], bool]) -> _T:
        if key not in self.rows:
            return default
        if not good(self.rows[key]):
            self.wrong(key, expected)
            return default
        return cast("_T", self.rows[key])

    def ids(self, key: str, *, least: int = 0) -> tuple[str, ...]:
        expected = 'a list of member ids, like ["U012AB3CD"]'
        if key in self.rows and not (isinstance(self.rows[key], list) and all(map(is_id, self.rows[key]))):
            self.wrong(key, expected)
            return ()
        ids = tuple(self._person(key, one) for one in self.rows.get(key, ()))
        if len(ids) < least:
            self.wrong(key, f"{expected}, at least {least}")
        if len(set(ids)) < len(ids):
            self.wrong(key, "everybody once")
        return ids

    def person(self, key: str) -> str:
        """One member's id; empty when there is none."""
        found: str = self.get(key, "", "a member id, like 'U012AB3CD'", is_id)
        return self._person(key, found) if found else ""

    def duration(self, key: str, default: timedelta, what: str) -> timedelta:
        """'10m' or '1h', above 0."""

        def good(value: object) -> bool:
            match = _DURATION.fullmatch(value) if isinstance(value, str) else None
            return match is not None and int(match[1]) > 0

        match = _DURATION.fullmatch(self.get(key, "", f"{what}, above 0, like '10m' or '1h'", good))
        return timedelta(**{_UNITS[match[2]]: int(match[1])}) if match else default

    def inner(self, key: str, expected: str) -> Table:
        """The table under this key; an empty one when there is none."""
        none: dict[str, Any] = {}
        rows = self.get(key, none, expected, lambda value: isinstance(value, dict))
        return replace(self, where=f"{self.where}{key}.", rows=rows)

    def listed(self, key: str, expected: str) -> tuple[Table, ...]:
        """The tables of a list, each knowing its number."""
        none: list[dict[str, Any]] = []
        rows = self.get(key, none, expected, _tables)
        return tuple(
            replace(self, where=f"{self.where}{key}[{number}].", rows=row) for number, row in enumerate(rows, 1)
        )

    def only(self, *known: str) -> None:
        for key in self.rows:
            if key not in known:
                self.found.wrong(self.file, self.where + key, "an unknown key", "one of " + ", ".join(known))

    def _person(self, key: str, said: str) -> str:
        """A name's id; a platform may stand before either of them, "teams:sue"."""
        head, sign, name = said.rpartition(":")
        if name in self.names:
            return head + sign + self.names[name]
        if self.names and said not in self.names.values() and name not in self.names.values():
            expected = "a name or id of [people]: " + ", ".join(sorted(self.names))
            self.found.wrong(self.file, self.where + key, repr(said), expected)
        return said


def _tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def is_id(value: object) -> bool:
    return isinstance(value, str) and bool(_ID.fullmatch(value))


@cache
def zones() -> frozenset[str]:
    return frozenset(available_timezones())
