"""Review patterns: what a language's TOML file says, checked and compiled.

A pattern is a line of words: `*` any ending, `<3>` up to three words between, `{name}` a list from [words],
`//` a sentence end, `!word` without glued prefix, `(a|b)` and `x?` as usual. Lines are alternatives.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.core.drafting_text import END, HIDDEN, fold_pattern
from bot.errors import PlaybookError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

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
_NAMES = ("with", "without")
_FLAGS = ("at_least", "clause")
_GAP = rf"(?:(?:[^\w{END}{HIDDEN}']|'(?!\w))+)"  # words may stand apart, but never around a quote
_START = r"(?:(?<!\w)|(?!\w))"
_STOP = r"(?!\w|'(?!s(?!\w))\w)"  # "colleague" is found in "colleague's", "can" not in "can't"
_SIGN = re.compile(r"\\.|\[\^?[^\]]*\]|[(|)]")
_TOKEN = re.compile(r"\{([a-z_]\w*)\}|<(\d+)>\s*|\s*//\s*|\s+|\(\?[:!=]|\(\?<[!=]|\\.|\[[^\]]*\]|.")


@dataclass(frozen=True, slots=True)
class Rule:
    """One way a sign, component or code is found. Without `find` the whole draft is the place.

    `beside` and `unless` look at the sentence; with `clause` everything stays between commas.
    """

    kind: str
    name: str
    find: re.Pattern[str] | None
    beside: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    needs: frozenset[str]
    without: frozenset[str]
    at_least: int
    clause: bool


@dataclass(frozen=True, slots=True)
class Patterns:
    """One language: its rules in the order in which they are asked, and the small words that betray it."""

    lang: str
    tells: frozenset[str]
    rules: tuple[Rule, ...]


@dataclass(slots=True)
class _Reader:
    """One file while it is read; knows the way to name a mistake."""

    file: str
    glued: str = ""
    words: dict[str, str] = field(default_factory=dict)

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

    def pattern(self, text: str, where: str) -> re.Pattern[str] | None:
        if not (source := self.alternatives(text, where)):
            return None
        try:
            return re.compile(rf"{_START}{source}{_STOP}")
        except re.error as error:
            raise self.wrong(where, text, f"a pattern ({error})") from None

    def alternatives(self, text: str, where: str) -> str:
        lines = [line.strip() for line in fold_pattern(text).split(END)]
        parts = ["".join(self.translated(line, where)) for line in lines if line and line[0] != "#"]
        return self.lifted("|".join(parts)) if parts else ""

    def lifted(self, source: str) -> str:
        """Write the prefixes before a list instead of before each of its words: the same, but smaller."""
        ways = list(_ways(source))
        glued = [way.removeprefix(self.glued) for way in ways if self.glued and way.startswith(self.glued)]
        rest = [way for way in ways if not (self.glued and way.startswith(self.glued))]
        if glued:
            rest = [f"{self.glued}(?:{'|'.join(glued)})", *rest]
        return f"(?:{'|'.join(rest)})"

    def translated(self, line: str, where: str) -> Iterator[str]:
        fresh = True  # does a word begin here? then prefixes may be glued on
        groups: list[bool] = []
        ended = False
        for match in _TOKEN.finditer(line):
            sign = match.group()
            if sign[0] == "(":
                groups.append(fresh)
            elif sign == "|":
                fresh = groups[-1] if groups else True
            elif sign == ")" and not groups:
                raise self.wrong(where, line, "as many ( as )")
            elif sign == ")":
                groups.pop()
                fresh = ended
            begins = fresh and (sign[0].isalpha() or sign[0] == "[")
            yield (self.glued if begins else "") + self.one(match, line, where)
            ended = sign.isspace() or match.group(2) is not None or sign.strip() == "//"
            fresh = fresh if sign[0] in "(|)?" else ended

    def one(self, match: re.Match[str], line: str, where: str) -> str:
        sign, name, words = match.group(), match.group(1), match.group(2)
        if name:
            if name not in self.words:
                raise self.wrong(where, line, f"one of the [words] above it instead of {{{name}}}")
            return self.words[name]
        if words:
            return rf"(?:[\w']+{_GAP}){{0,{words}}}"
        if sign.strip() == "//":
            return rf"[^\w]*(?:{END}|$)[^\w]*"
        if sign.isspace():
            return _GAP
        return {"(": "(?:", "*": r"\w*", "!": ""}.get(sign, sign)


def _ways(source: str) -> Iterator[str]:
    """Split at the bars that stand in no group."""
    begin = depth = 0
    for match in _SIGN.finditer(source):
        depth += {"(": 1, ")": -1}.get(match.group(), 0)
        if match.group() == "|" and not depth:
            yield source[begin : match.start()]
            begin = match.end()
    yield source[begin:]


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
    reader.glued = reader.text(table, "glued", "glued")
    for name, value in reader.table(table, "words").items():
        reader.words[name] = reader.alternatives(reader.text({name: value}, name, f"words.{name}"), f"words.{name}")
    tells = frozenset(fold_pattern(reader.text(table, "tells", "tells")).split())
    return Patterns(lang, tells, tuple(_rules(reader, table)))


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
    needs, without = (_names(reader, way.get(key, []), f"{where}.{key}", known) for key in _NAMES)
    at_least, clause = way.get("at_least", 1), way.get("clause", False)
    if not isinstance(at_least, int) or isinstance(at_least, bool) or at_least < 1:
        raise reader.wrong(f"{where}.at_least", at_least, "a number from 1")
    if not isinstance(clause, bool):
        raise reader.wrong(f"{where}.clause", clause, "true or false")
    find, beside, unless = (patterns[key] for key in _TEXTS)
    return Rule(*called, find, beside, unless, needs, without, at_least, clause)


def _names(reader: _Reader, value: object, where: str, known: set[str]) -> frozenset[str]:
    names = value if isinstance(value, list) else [value]
    for name in names:
        if name not in known:
            raise reader.wrong(where, name, f"what stands above it in the file: {', '.join(sorted(known))}")
    return frozenset(map(str, names))
