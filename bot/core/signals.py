"""The signals of one language as its files say them: phrases in groups, and learned words."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from bot.core import language
from bot.errors import PlaybookError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

_T = TypeVar("_T")
Term = str | tuple[str, str]  # a word, or a pair of neighbours
KINDS = frozenset({"angry", "discount", "refused_request", "outage", "other", "none"})
UPSET = "upset"  # a group's kind: angry where nothing else is said
STEMS = (4, 3)  # so many letters look up a word with an open end; Arabic roots have three

_Slot = tuple[str, ...]  # the words that may stand in one place of a phrase; () is a gap
_GAP_SIGN, _OPEN_END, _OR_SIGN = "...", "*", "/"
_GAP = r"(?: \S+){0,3}?"
_GROUP_KEYS = frozenset({"weight", "alone", "severity", "kind", "reason", "phrases"})
_SEVERITIES = range(4)


@dataclass(frozen=True, slots=True)
class Group:
    """Phrases that mean the same. `alone` is the weight when nobody speaks of or as a customer."""

    name: str
    weight: float
    alone: float
    severity: int
    kind: str
    reason: bool
    most: float  # of the two weights


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """One phrase, looked for only where one of `words` or a word that begins with one of `stems` is met.

    `needs` are the words without which it cannot be there, `also` one of them that it is not looked up by: asking
    a set is ten times cheaper than searching.
    """

    group: Group
    words: tuple[str, ...]
    stems: tuple[str, ...]
    needs: frozenset[str]
    also: str
    slots: tuple[_Slot, ...]

    @property
    def seen(self) -> re.Pattern[str]:
        """Compiled when it is first looked for: of thousands most never are, and a start need not wait for them."""
        return _compiled(self)


@dataclass(frozen=True, slots=True)
class Signals:
    """What one language's files say."""

    lang: str
    quiet: float
    common: frozenset[str]
    groups: Mapping[str, Group]
    phrases: tuple[Phrase, ...]
    weights: Mapping[Term, float]


@cache
def _compiled(phrase: Phrase) -> re.Pattern[str]:
    return re.compile("".join(map(_place, phrase.slots)) + "(?= )")


def parse_signals(lang: str, file: str, toml_text: str, tsv_text: str) -> Signals:
    """Read one language; raises PlaybookError for the first mistake in either file."""
    try:
        read = tomllib.loads(toml_text)
    except tomllib.TOMLDecodeError as error:
        raise _wrong(file, "the file", str(error), "TOML") from error
    _only(file, "the file", read, {"quiet", "common", "signals"})
    common = frozenset(language.words(" ".join(_texts(file, "common", read.get("common", [])))))
    groups: dict[str, Group] = {}
    cut: list[tuple[Group, tuple[_Slot, ...]]] = []
    for name, table in _a(file, "signals", read.get("signals"), dict, "a table for each group").items():
        key = f"signals.{name}"
        group = groups[name] = _group(file, name, _a(file, key, table, dict, "a table"))
        cut += [(group, _cut(file, key, one)) for one in _texts(file, f"{key}.phrases", table.get("phrases", []))]
    quiet = _number(file, "quiet", read.get("quiet"))
    return Signals(lang, quiet, common, groups, _phrases(cut, common), _weights(file, tsv_text))


def _group(file: str, name: str, table: Mapping[str, Any]) -> Group:
    key = f"signals.{name}"
    _only(file, key, table, _GROUP_KEYS)
    weight = _number(file, f"{key}.weight", table.get("weight"))
    alone = _number(file, f"{key}.alone", table.get("alone", weight))
    severity, kind = table.get("severity", 0), table.get("kind", "none")
    if severity not in _SEVERITIES:
        raise _wrong(file, f"{key}.severity", repr(severity), "0, 1, 2 or 3")
    if kind not in {*KINDS, UPSET}:
        raise _wrong(file, f"{key}.kind", repr(kind), "one of " + ", ".join(sorted({*KINDS, UPSET})))
    reason = _a(file, f"{key}.reason", table.get("reason", True), bool, "true or false")
    return Group(name, weight, alone, severity, kind, reason, max(weight, alone))


def _cut(file: str, key: str, phrase: str) -> tuple[_Slot, ...]:
    """Cut a phrase into its places."""
    slots: list[_Slot] = []
    for place in phrase.split():
        found = _places(place)
        if not found:
            raise _wrong(file, f"{key}.phrases", repr(phrase), "words, with one word on each side of a /")
        slots += found
    if not _anchors(slots) or not slots[0] or not slots[-1]:
        raise _wrong(file, f"{key}.phrases", repr(phrase), "gaps between words, three letters before a *")
    return tuple(slots)


@cache
def _places(place: str) -> tuple[_Slot, ...]:
    """Usually one; a word with a hyphen is two, as it is when heard, and a mistake is none."""
    if place == _GAP_SIGN:
        return ((),)
    either = [_heard_as(one) for one in place.split(_OR_SIGN)]
    if len(either) == 1:
        return tuple((one,) for one in either[0])
    return (tuple(one[0] for one in either),) if all(len(one) == 1 for one in either) else ()


def _heard_as(word: str) -> list[str]:
    heard = language.words(word)
    if heard and word.endswith(_OPEN_END):
        heard[-1] += _OPEN_END
    return heard


def _anchors(slots: Iterable[_Slot]) -> list[_Slot]:
    """Keep the places by which a phrase can be looked up."""
    return [slot for slot in slots if slot and _anchoring(slot)]


@cache
def _anchoring(slot: _Slot) -> bool:
    return all(len(word) > min(STEMS) or not word.endswith(_OPEN_END) for word in slot)


def _phrases(cut: list[tuple[Group, tuple[_Slot, ...]]], common: frozenset[str]) -> tuple[Phrase, ...]:
    often = Counter(word for _, slots in cut for slot in slots for word in slot)

    @cache
    def everyday(slot: _Slot) -> tuple[bool, int, int]:
        return not common.isdisjoint(slot), sum(often[word] for word in slot), -min(map(len, slot))

    return tuple(_phrase(group, slots, min(_anchors(slots), key=everyday)) for group, slots in cut)


def _phrase(group: Group, slots: tuple[_Slot, ...], anchor: _Slot) -> Phrase:
    words = tuple(word for word in anchor if not word.endswith(_OPEN_END))
    stems = tuple(word.removesuffix(_OPEN_END)[: max(STEMS)] for word in anchor if word.endswith(_OPEN_END))
    needs = frozenset(slot[0] for slot in slots if len(slot) == 1 and not slot[0].endswith(_OPEN_END))
    also = max(needs.difference(words), key=len, default="")
    return Phrase(group, words, stems, needs, also, slots)


def _place(slot: _Slot) -> str:
    if not slot:
        return _GAP
    either = [re.escape(w.removesuffix(_OPEN_END)) + (r"\S*" if w.endswith(_OPEN_END) else "") for w in slot]
    return f" (?:{'|'.join(either)})" if len(either) > 1 else f" {either[0]}"


def _weights(file: str, tsv_text: str) -> dict[Term, float]:
    weights: dict[Term, float] = {}
    for number, line in enumerate(tsv_text.splitlines(), start=1):
        if not line or line[0] == "#":
            continue
        term, _, weight = line.partition("\t")
        try:
            weights[_pair(term) if " " in term else term] = float(weight)
        except ValueError as error:
            key = f"line {number} of the learned weights"
            raise _wrong(file, key, repr(line), "a word or two, a tab, a number") from error
    return weights


def _pair(term: str) -> tuple[str, str]:
    first, _, second = term.partition(" ")
    return first, second


def _a(file: str, key: str, found: object, kind: type[_T], expected: str) -> _T:
    if not isinstance(found, kind):
        raise _wrong(file, key, repr(found), expected)
    return found


def _number(file: str, key: str, found: object) -> float:
    if isinstance(found, bool) or not isinstance(found, (int, float)):
        raise _wrong(file, key, repr(found), "a number")
    return float(found)


def _texts(file: str, key: str, found: object) -> list[str]:
    return [_a(file, key, one, str, "a text") for one in _a(file, key, found, list, "a list of texts")]


def _only(file: str, key: str, found: Mapping[str, Any], expected: AbstractSet[str]) -> None:
    for name in found:
        if name not in expected:
            raise _wrong(file, key, repr(name), "one of " + ", ".join(sorted(expected)))


def _wrong(file: str, key: str, found: str, expected: str) -> PlaybookError:
    return PlaybookError(str(Problem(file, key, found, expected)))
