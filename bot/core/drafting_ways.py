"""The little language of the pattern files: a line of words becomes ways, each a small regular expression.

A way knows which letters a draft must hold before it can be found, so that few are ever searched or compiled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from bot.core.drafting_text import END, HIDDEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LEAST, MOST = 2, 4  # so many letters of a word are looked up
_NEEDS = 3  # so many words of a way
_GLUE = 6  # so many letters may be glued before a word
_WORD = re.compile(r"\w+")
_FEW = 6  # so few alternatives are tried one after another
_GAP = rf"(?:(?:[^\w{END}{HIDDEN}']|'(?!\w))+)"  # words may stand apart, but never around a quote
_START = r"(?:(?<!\w)|(?!\w))"
_WORD_START = r"\b"  # the same before a letter, and quicker
_STOP = r"(?!\w|'(?!s(?!\w))\w)"  # "colleague" is found in "colleague's", "can" not in "can't"
_MAY_MISS = ("?", "{0", "{,")
_TOKEN = re.compile(
    r"(?P<list>\{(?P<name>[a-z_]\w*)\})|(?P<gap><(?P<most>\d+)>\s*|\s*//\s*|\s+)|(?P<count>\{\d*,?\d*\}|[?+])"
    r"|(?P<look>\(\?(?:[=!]|<[=!]|:))|(?P<open>\()|(?P<bar>\|)|(?P<close>\))"
    r"|(?P<word>[^\W\d_](?:[^\W_]|')*(?![\w'?+{])|[^\W\d_])|(?P<other>\\x\w\w|\\.|\[[^\]]*\]|.)",
)
Need = frozenset[str]
UNKNOWN = Need()


class WrongLineError(ValueError):
    """Says what a line should hold."""


@dataclass(eq=False, slots=True)
class Way:
    """One alternative. Of each set in `needs` the draft must hold a piece; `glued` may be written before it.

    `first` are the letters its first word may begin with; empty when that cannot be said.
    """

    source: str
    needs: tuple[Need, ...]
    glued: str = ""
    first: Need = UNKNOWN
    _compiled: re.Pattern[str] | None = field(default=None, repr=False)

    @property
    def regex(self) -> re.Pattern[str]:
        """Compiled when it is first asked for."""
        if self._compiled is None:
            start = _WORD_START if self.glued or self.source[0].isalpha() else _START
            self._compiled = re.compile(f"{start}{self.glued}(?:{self.source}){_STOP}")
        return self._compiled

    def places(self, text: Text) -> list[tuple[int, int]]:
        """From the left, none within another; looked for only at words that begin as this way does."""
        if not self.first:
            return [match.span() for match in self.regex.finditer(text.text)]
        found: list[tuple[int, int]] = []
        reached = 0
        for start in text.starts(self.first):
            if start >= reached and (match := self.regex.match(text.text, start)):
                found.append(match.span())
                reached = match.end()
        return found

    def holds(self, text: Text) -> bool:
        if not self.first:
            return bool(self.regex.search(text.text))
        return any(self.regex.match(text.text, start) for start in text.starts(self.first))


class Text:
    """Something to be searched; knows where words begin with which letters, also behind what may be glued to them."""

    __slots__ = ("_begins", "_glued", "text")

    def __init__(self, text: str, glued: re.Pattern[str] | None = None) -> None:
        self.text = text
        self._glued = glued
        self._begins: dict[str, list[int]] | None = None

    def starts(self, first: Need) -> list[int]:
        if self._begins is None:
            self._begins = self._indexed()
        begins = self._begins
        found = [begins[each] for each in begins.keys() & first]
        if len(found) < 2:  # noqa: PLR2004 - nothing to merge
            return found[0] if found else []
        return sorted({start for starts in found for start in starts})

    def _indexed(self) -> dict[str, list[int]]:
        begins: dict[str, list[int]] = {}
        for word in _WORD.finditer(self.text):
            start = word.start()
            for behind in (start, *self._behind_glue(word)):
                for size in range(1, MOST + 1):
                    starts = begins.setdefault(self.text[behind : behind + size], [])
                    if not starts or starts[-1] != start:
                        starts.append(start)
        return begins

    def _behind_glue(self, word: re.Match[str]) -> Iterator[int]:
        """Where the word may begin once a prefix is taken off: وبالطلب is also بالطلب, الطلب and طلب."""
        if self._glued is not None:
            for end in range(word.start() + 1, min(word.start() + _GLUE, word.end()) + 1):
                if self._glued.fullmatch(self.text, word.start(), end):
                    yield end


@dataclass(frozen=True, slots=True)
class Words:
    """Alternatives, as ways of their own and as a group to stand inside a way."""

    ways: tuple[Way, ...]
    source: str
    need: Need
    first: Need

    @staticmethod
    def of(found: Iterable[Way]) -> Words:
        ways = tuple(found)
        glued = [way for way in ways if way.glued]
        parts = [f"{glued[0].glued}(?:{'|'.join(_by_first_letter([way.source for way in glued]))})"] if glued else []
        parts += _by_first_letter([way.source for way in ways if not way.glued])
        firsts = [way.needs[0] for way in ways if way.needs]
        need = Need().union(*firsts) if len(firsts) == len(ways) else Need()
        first = Need().union(*(way.first for way in ways)) if all(way.first for way in ways) else Need()
        return Words(ways, f"(?:{'|'.join(parts)})", need, first)


@dataclass(slots=True)
class _Sequence:
    """A way while it is read."""

    parts: list[str] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    firsts: list[Need | None] = field(default_factory=list)  # None: takes no room
    glued: bool = False
    alone: Words | None = None
    may_miss: set[int] = field(default_factory=set)

    def add(self, part: str, need: Need, alone: Words | None = None, first: Need | None = UNKNOWN) -> None:
        self.alone = None if self.parts else alone
        self.parts.append(part)
        self.needs.append(need)
        self.firsts.append(first)

    def repeat(self, count: str) -> None:
        """What may be missing is not needed."""
        if not self.parts:
            raise WrongLineError(f"something before {count}")
        self.alone = None
        self.parts[-1] += count
        if count.startswith(_MAY_MISS):
            self.needs[-1] = Need()
            self.may_miss.add(len(self.parts) - 1)

    def first(self) -> Need:
        """What it may begin with: its first part, and the next one where that may be missing."""
        begins = Need()
        for i, first in enumerate(self.firsts):
            if first is None:
                continue
            if not first:
                return Need()
            begins |= Need(("".join(self._letters(i))[:MOST],)) if self._is_letters(i) else first
            if i not in self.may_miss:
                return begins
        return Need()

    def _letters(self, start: int) -> Iterator[str]:
        """A word that is read letter by letter ("colleagues?") begins with all that surely follow."""
        for i in range(start, len(self.parts)):
            if (i in self.may_miss and i > start) or not self._is_letters(i):
                return
            yield self.parts[i]
            if i in self.may_miss:
                return

    def _is_letters(self, i: int) -> bool:
        return self.firsts[i] == Need((self.parts[i],))

    def ways(self, glued: str) -> Iterator[Way]:
        if self.alone is not None:
            yield from self.alone.ways
            return
        if len(self.parts) == 1:  # most ways are one word
            need = self.needs[0]
            found = (need,) if need and min(map(len, need)) >= LEAST else ()
            yield Way(self.parts[0], found, glued if self.glued else "", self.first())
            return
        told = [(min(map(len, need)), need) for need in self.needs if need]
        best = sorted((each for each in told if each[0] >= LEAST), key=lambda each: (-each[0], len(each[1])))
        needs = tuple(need for _, need in best[:_NEEDS])
        yield Way("".join(self.parts), needs, glued if self.glued else "", self.first())


@dataclass(slots=True)
class LineReader:
    """Reads one line; `lists` are the named word lists, `glued` what may be written before every word."""

    lists: Mapping[str, Words]
    glued: str = ""
    _tokens: Iterator[re.Match[str]] = field(default_factory=lambda: iter(()))
    _fresh: bool = True  # does a word begin here? then prefixes may be glued on
    _ended: bool = False

    def ways(self, line: str) -> list[Way]:
        self._tokens, self._fresh, self._ended = _TOKEN.finditer(line), True, False
        ways = self._alternatives(nested=False)
        if not all(way.source for way in ways):
            raise WrongLineError("a word on both sides of |")
        return ways

    def _alternatives(self, *, nested: bool) -> list[Way]:
        fresh, sequence, found = self._fresh, _Sequence(), list[Way]()
        for token in self._tokens:
            if token.lastgroup not in {"bar", "close"}:
                self._element(token, sequence)
                continue
            found += sequence.ways(self.glued)
            sequence = _Sequence()
            if token.lastgroup == "bar":
                self._fresh, self._ended = fresh, False
            elif nested:
                self._fresh, self._ended = self._ended, False
                return found
            else:
                break
        else:
            if not nested:
                return [*found, *sequence.ways(self.glued)]
        raise WrongLineError("as many ( as )")

    def _element(self, token: re.Match[str], into: _Sequence) -> None:
        kind, sign = token.lastgroup, token.group()
        if kind == "count":
            into.repeat(sign)
            self._ended = False
        elif kind in {"open", "look"}:
            self._group(sign, into)
        else:
            if kind == "word" or sign[0] == "[":
                self._word(sign, into)
            elif kind == "list":
                words = self._list(token["name"])
                into.add(words.source, words.need, words, words.first)
            else:
                into.add(_sign(token), Need(), first=None if sign == "!" else Need())
            self._fresh = self._ended = kind == "gap"

    def _word(self, sign: str, into: _Sequence) -> None:
        if sign == "[":
            raise WrongLineError("as many [ as ]")
        begins = self._fresh and bool(self.glued)
        first = not into.parts
        into.glued = into.glued or (begins and first)
        begin = Need() if sign[0] == "[" else Need((sign[:MOST],))
        into.add(self.glued + sign if begins and not first else sign, begin, first=begin)

    def _group(self, sign: str, into: _Sequence) -> None:
        words = Words.of(self._alternatives(nested=True))
        if sign in {"(", "(?:"}:
            into.add(words.source, words.need, words, words.first)
            return
        look = f"{sign}{words.source})"
        if sign.startswith("(?<"):  # the one mistake that only compiling shows
            try:
                re.compile(look)
            except re.error as error:
                raise WrongLineError(f"a pattern ({error})") from None
        into.add(look, Need(), first=None)

    def _list(self, name: str) -> Words:
        if name not in self.lists:
            raise WrongLineError(f"one of the [words] above it instead of {{{name}}}")
        return self.lists[name]


def _by_first_letter(sources: list[str], depth: int = 2) -> list[str]:
    """The same alternatives in the same order, but of long lists only those are tried that begin as the word does."""
    if len(sources) < _FEW or not depth:
        return sources
    parts: list[str] = []
    for plain, run in groupby(sources, key=_begins_plainly):
        if not plain:
            parts += run
            continue
        begins: dict[str, list[str]] = {}
        for source in run:
            begins.setdefault(source[0], []).append(source[1:])
        for letter, rests in begins.items():
            inner = "|".join(_by_first_letter(rests, depth - 1))
            parts.append(letter + (inner if len(rests) == 1 else f"(?:{inner})"))
    return parts


def _begins_plainly(source: str) -> bool:
    return source[:1].isalpha() and source[1:2] not in {"?", "*", "+", "{"}


def _sign(token: re.Match[str]) -> str:
    sign = token.group()
    if token["most"]:
        return rf"(?:[\w']+{_GAP}){{0,{token['most']}}}"
    if sign.strip() == "//":
        return rf"[^\w]*(?:{END}|$)[^\w]*"
    if sign.isspace():
        return _GAP
    return {"*": r"\w*", "!": ""}.get(sign, sign)
