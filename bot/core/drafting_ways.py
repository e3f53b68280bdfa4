"""The little language of the pattern files: a line of words becomes ways, each a small regular expression.

A way knows which letters a draft must hold before it can be found, so that few are ever searched or compiled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.core.drafting_text import END, HIDDEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LEAST, MOST = 2, 4  # so many letters of a word are looked up
_NEEDS = 3  # so many words of a way
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


class WrongLineError(ValueError):
    """Says what a line should hold."""


@dataclass(eq=False, slots=True)
class Way:
    """One alternative. Of each set in `needs` the draft must hold a piece; `glued` may be written before it."""

    source: str
    needs: tuple[Need, ...]
    glued: str = ""
    _compiled: re.Pattern[str] | None = field(default=None, repr=False)

    @property
    def regex(self) -> re.Pattern[str]:
        """Compiled when it is first asked for."""
        if self._compiled is None:
            start = _WORD_START if self.glued or self.source[0].isalpha() else _START
            self._compiled = re.compile(f"{start}{self.glued}(?:{self.source}){_STOP}")
        return self._compiled


@dataclass(frozen=True, slots=True)
class Words:
    """Alternatives, as ways of their own and as a group to stand inside a way."""

    ways: tuple[Way, ...]
    source: str
    need: Need

    @staticmethod
    def of(found: Iterable[Way]) -> Words:
        ways = tuple(found)
        glued = [way for way in ways if way.glued]
        parts = [f"{glued[0].glued}(?:{'|'.join(way.source for way in glued)})"] if glued else []
        parts += [way.source for way in ways if not way.glued]
        firsts = [way.needs[0] for way in ways if way.needs]
        need = Need().union(*firsts) if len(firsts) == len(ways) else Need()
        return Words(ways, f"(?:{'|'.join(parts)})", need)


@dataclass(slots=True)
class _Sequence:
    """A way while it is read."""

    parts: list[str] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    glued: bool = False
    alone: Words | None = None

    def add(self, part: str, need: Need, alone: Words | None = None) -> None:
        self.alone = None if self.parts else alone
        self.parts.append(part)
        self.needs.append(need)

    def repeat(self, count: str) -> None:
        """What may be missing is not needed."""
        if not self.parts:
            raise WrongLineError(f"something before {count}")
        self.alone = None
        self.parts[-1] += count
        if count.startswith(_MAY_MISS):
            self.needs[-1] = Need()

    def ways(self, glued: str) -> Iterator[Way]:
        if self.alone is not None:
            yield from self.alone.ways
            return
        if len(self.parts) == 1:  # most ways are one word
            need = self.needs[0]
            yield Way(
                self.parts[0], (need,) if need and min(map(len, need)) >= LEAST else (), glued if self.glued else ""
            )
            return
        told = [(min(map(len, need)), need) for need in self.needs if need]
        best = sorted((each for each in told if each[0] >= LEAST), key=lambda each: (-each[0], len(each[1])))
        yield Way("".join(self.parts), tuple(need for _, need in best[:_NEEDS]), glued if self.glued else "")


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
                into.add(words.source, words.need, words)
            else:
                into.add(_sign(token), Need())
            self._fresh = self._ended = kind == "gap"

    def _word(self, sign: str, into: _Sequence) -> None:
        if sign == "[":
            raise WrongLineError("as many [ as ]")
        begins = self._fresh and bool(self.glued)
        first = not into.parts
        into.glued = into.glued or (begins and first)
        into.add(
            self.glued + sign if begins and not first else sign, Need() if sign[0] == "[" else Need((sign[:MOST],))
        )

    def _group(self, sign: str, into: _Sequence) -> None:
        words = Words.of(self._alternatives(nested=True))
        if sign in {"(", "(?:"}:
            into.add(words.source, words.need, words)
            return
        look = f"{sign}{words.source})"
        if sign.startswith("(?<"):  # the one mistake that only compiling shows
            try:
                re.compile(look)
            except re.error as error:
                raise WrongLineError(f"a pattern ({error})") from None
        into.add(look, Need())

    def _list(self, name: str) -> Words:
        if name not in self.lists:
            raise WrongLineError(f"one of the [words] above it instead of {{{name}}}")
        return self.lists[name]


def _sign(token: re.Match[str]) -> str:
    sign = token.group()
    if token["most"]:
        return rf"(?:[\w']+{_GAP}){{0,{token['most']}}}"
    if sign.strip() == "//":
        return rf"[^\w]*(?:{END}|$)[^\w]*"
    if sign.isspace():
        return _GAP
    return {"*": r"\w*", "!": ""}.get(sign, sign)
