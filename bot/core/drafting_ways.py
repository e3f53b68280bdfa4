"""What a pattern file looks for: ways, each a small regular expression, and the text that they are looked for in.

A way knows which letters a draft must hold before it can be found, so that few are ever searched or compiled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LEAST, MOST = 2, 4  # so many letters of a word are looked up
_GLUE = 6  # so many letters may be glued before a word
_WORD = re.compile(r"\w+")
_FEW = 6  # so few alternatives are tried one after another
_COUNTS = frozenset("?*+{")
_START = r"(?:(?<!\w)|(?!\w))"
_WORD_START = r"\b"  # the same before a letter, and quicker
_STOP = r"(?!\w|'(?!s(?!\w))\w)"  # "colleague" is found in "colleague's", "can" not in "can't"
Need = frozenset[str]
UNKNOWN = Need()


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
            for piece in _beginnings(self.text[start : start + _GLUE + MOST], word.end() - start, self._glued):
                begins.setdefault(piece, []).append(start)
        return begins


@lru_cache(maxsize=8192)  # a draft is read as a whole and by its clauses, and its words come again in the next one
def _beginnings(text: str, word: int, glued: re.Pattern[str] | None) -> frozenset[str]:
    """What a word of so many letters begins with, also with a prefix off: وبالطلب is also بالطلب, الطلب and طلب."""
    behind = [0]
    if glued is not None:
        behind += [end for end in range(1, min(_GLUE, word) + 1) if glued.fullmatch(text, 0, end)]
    return frozenset(text[start : start + size] for start in behind for size in range(1, MOST + 1))


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


def _by_first_letter(sources: list[str], depth: int = 2) -> list[str]:
    """The same alternatives in the same order, but of long lists only those are tried that begin as the word does."""
    if len(sources) < _FEW or not depth:
        return sources
    parts: list[str] = []
    for plain, run in groupby(sources, key=_begins_plainly):
        if plain:
            begins: dict[str, list[str]] = {}
            for source in run:
                begins.setdefault(source[0], []).append(source[1:])
            parts += [letter + _rest(rests, depth - 1) for letter, rests in begins.items()]
        else:
            parts += run
    return parts


def _rest(rests: list[str], depth: int) -> str:
    return rests[0] if len(rests) == 1 else f"(?:{'|'.join(_by_first_letter(rests, depth))})"


def _begins_plainly(source: str) -> bool:
    return source[:1].isalpha() and source[1:2] not in _COUNTS
