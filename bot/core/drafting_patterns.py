"""Review patterns: what a language's TOML file says, checked and compiled.

A pattern is a line of words: `*` any ending, `<3>` up to three words between, `{name}` a list from [words],
`//` a sentence end, `!word` without glued prefix, `(a|b)` and `x?` as usual. Lines are alternatives.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.core.drafting_lines import LineReader, WrongLineError
from bot.core.drafting_text import END, fold_pattern, pieces
from bot.core.drafting_ways import LEAST, MOST, Text, Way, Words
from bot.errors import PlaybookError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CODES = (
    "conditional",
    "feelings_not_act",
    "passive_agentless",
    "but_excuse",
    "blame_customer",
    "blame_third_party",
    "blame_colleague",
    "template_phrase",
    "no_specifics",
    "no_next_step",
    "vague_time",
    "over_sorry",
    "minimise",
    "command_calm",
    "policy_wall",
    "premature_thanks",
    "empty_promise",
    "no_apology",
)
COMPONENTS = ("regret", "responsibility", "explanation", "repair", "repentance", "forgiveness")

_KINDS = {"sign": None, "code": CODES, "component": COMPONENTS}
_TEXTS = ("find", "beside", "unless")
_NAMES = ("with", "with_any", "without")
_FLAGS = ("at_least", "clause")


@dataclass(frozen=True, slots=True)
class Pattern:
    """Alternatives; only those of which the draft holds a piece (`alive`) are looked at."""

    ways: tuple[Way, ...]

    def places(
        self, text: Text, alive: frozenset[Way], allowed: Callable[[int, int], bool]
    ) -> Iterator[tuple[int, int]]:
        """From the left; where two ways find the same place, the one that is written first counts."""
        found = [
            (start, end, order)
            for order, way in enumerate(self.ways)
            if way in alive
            for start, end in way.places(text)
            if start < end and allowed(start, end)
        ]
        reached = 0
        for start, end, _ in sorted(found, key=lambda each: (each[0], each[2])):
            if start >= reached:
                yield start, end
                reached = end

    def holds(self, text: Text, alive: frozenset[Way]) -> bool:
        return any(way.holds(text) for way in self.ways if way in alive)


@dataclass(frozen=True, slots=True)
class Rule:
    """One way a sign, component or code is found. Without `find` the whole draft is the place.

    `beside` and `unless` look at the sentence; with `clause` everything stays between commas.
    """

    kind: str
    name: str
    find: Pattern | None
    beside: Pattern | None
    unless: Pattern | None
    needs: frozenset[str]
    some: frozenset[str]
    without: frozenset[str]
    at_least: int
    clause: bool


@dataclass(frozen=True, slots=True)
class Patterns:
    """One language: its rules in the order in which they are asked, and the small words that betray it."""

    lang: str
    tells: frozenset[str]
    rules: tuple[Rule, ...]
    glued: re.Pattern[str] | None = None
    _by_piece: dict[str, list[Way]] = field(default_factory=dict, compare=False, repr=False)

    def alive(self, text: str) -> frozenset[Way]:
        """The ways that this draft may hold."""
        held = pieces(text, LEAST, MOST)
        by_piece = self._indexed()
        near = {way for piece in by_piece.keys() & held for way in by_piece[piece]}
        near.update(by_piece[""])
        return frozenset(way for way in near if not any(need.isdisjoint(held) for need in way.needs[1:]))

    def every_way(self) -> Iterator[Way]:
        patterns = (pattern for rule in self.rules for pattern in (rule.find, rule.beside, rule.unless))
        yield from {way: None for pattern in patterns if pattern for way in pattern.ways}

    def _indexed(self) -> dict[str, list[Way]]:
        if not self._by_piece:
            self._by_piece[""] = []
            for way in self.every_way():
                for piece in way.needs[0] if way.needs else ("",):
                    self._by_piece.setdefault(piece, []).append(way)
        return self._by_piece


@dataclass(slots=True)
class _Reader:
    """One file while it is read; knows the way to name a mistake."""

    file: str
    lines: LineReader = field(default_factory=lambda: LineReader({}))
    words: dict[str, Words] = field(default_factory=dict)

    def wrong(self, key: str, found: object, expected: str) -> PlaybookError:
        return PlaybookError(str(Problem(self.file, key, f"{found!r}", expected)))

    def text(self, table: dict[str, object], key: str, where: str) -> str:
        value = table.get(key, "")
        if not isinstance(value, str):
            raise self.wrong(where, value, "text, one pattern a line")
        return value

    def table(self, table: dict[str, object], key: str) -> dict[str, object]:
        value = table.get(key, {})
        if not isinstance(value, dict):
            raise self.wrong(key, value, "a table")
        return value

    def pattern(self, text: str, where: str) -> Pattern | None:
        ways = tuple(self.ways(text, where))
        return Pattern(ways) if ways else None

    def ways(self, text: str, where: str) -> Iterator[Way]:
        for line in map(str.strip, fold_pattern(text).split(END)):
            if line and line[0] != "#":
                try:
                    yield from self.lines.ways(line)
                except WrongLineError as expected:
                    raise self.wrong(where, line, str(expected)) from None


def parse_patterns(lang: str, file: str, toml_text: str) -> Patterns:
    """Raise PlaybookError where the file is wrong; it names file, key, found and expected."""
    reader = _Reader(file)
    try:
        table: dict[str, object] = tomllib.loads(toml_text)
    except tomllib.TOMLDecodeError as error:
        raise reader.wrong("the file", str(error), "TOML") from None
    if unknown := set(table) - {"lang", "glued", "tells", "words", *_KINDS}:
        raise reader.wrong(min(unknown), "an unknown key", "lang, glued, tells, words, sign, component or code")
    if table.get("lang") != lang:
        raise reader.wrong("lang", table.get("lang"), repr(lang))
    glued = reader.text(table, "glued", "glued")
    reader.lines = LineReader(reader.words, glued)
    for name, value in reader.table(table, "words").items():
        where = f"words.{name}"
        reader.words[name] = Words.of(reader.ways(reader.text({name: value}, name, where), where))
    tells = frozenset(fold_pattern(reader.text(table, "tells", "tells")).split())
    return Patterns(lang, tells, tuple(_rules(reader, table)), re.compile(glued) if glued else None)


def _rules(reader: _Reader, table: dict[str, object]) -> Iterator[Rule]:
    known: set[str] = set()
    for kind, allowed in _KINDS.items():
        for name, ways in reader.table(table, kind).items():
            where = f"{kind}.{name}"
            if allowed is not None and name not in allowed:
                raise reader.wrong(where, name, f"one of {', '.join(allowed)}")
            if not isinstance(ways, list) or not all(isinstance(way, dict) for way in ways):
                raise reader.wrong(where, ways, f"[[{where}]]")
            for way in ways:
                yield _rule(reader, (kind, name), way, known)
            known.add(name)


def _rule(reader: _Reader, called: tuple[str, str], way: dict[str, object], known: set[str]) -> Rule:
    where = ".".join(called)
    if unknown := set(way) - {*_TEXTS, *_NAMES, *_FLAGS}:
        raise reader.wrong(f"{where}.{min(unknown)}", "an unknown key", ", ".join((*_TEXTS, *_NAMES, *_FLAGS)))
    patterns = {key: reader.pattern(reader.text(way, key, f"{where}.{key}"), f"{where}.{key}") for key in _TEXTS}
    needs, some, without = (_names(reader, way.get(key, []), f"{where}.{key}", known) for key in _NAMES)
    at_least, clause = way.get("at_least", 1), way.get("clause", False)
    if not isinstance(at_least, int) or isinstance(at_least, bool) or at_least < 1:
        raise reader.wrong(f"{where}.at_least", at_least, "a number from 1")
    if not isinstance(clause, bool):
        raise reader.wrong(f"{where}.clause", clause, "true or false")
    find, beside, unless = (patterns[key] for key in _TEXTS)
    return Rule(*called, find, beside, unless, needs, some, without, at_least, clause)


def _names(reader: _Reader, value: object, where: str, known: set[str]) -> frozenset[str]:
    names = value if isinstance(value, list) else [value]
    for name in names:
        if name not in known:
            raise reader.wrong(where, name, f"what stands above it in the file: {', '.join(sorted(known))}")
    return frozenset(map(str, names))
