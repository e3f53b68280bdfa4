"""The little language of the pattern files: a line of words becomes ways."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.core.drafting_text import END, HIDDEN
from bot.core.drafting_ways import LEAST, MOST, UNKNOWN, Need, Way, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NEEDS = 3  # so many words of a way
_GAP = rf"(?:(?:[^\w{END}{HIDDEN}']|'(?!\w))+)"  # words may stand apart, but never around a quote
_MAY_MISS = ("?", "{0", "{,")
_PLAIN = r"[^\W\d_](?:[^\W_]|')*\*?"  # most of a file are such words, one beside the other
_RUN = rf"{_PLAIN}(?:\|{_PLAIN})*"
_TOKEN = re.compile(
    rf"(?P<run>(?:(?<![^(|])|(?<=\(\?[!=:])){_RUN}(?=[|)]|$))|\((?P<group>(?!\?)[^()\[\\]*)\)"
    r"|(?P<list>\{(?P<name>[a-z_]\w*)\})|(?P<gap><(?P<most>\d+)>\s*|\s*//\s*|\s+)|(?P<count>\{\d*,?\d*\}|[?+])"
    r"|(?P<look>\(\?(?:[=!]|<[=!]|:))|(?P<open>\()|(?P<bar>\|)|(?P<close>\))"
    r"|(?P<word>[^\W\d_](?:[^\W_]|')*(?![\w'?+{])|[^\W\d_])|(?P<other>\\x\w\w|\\.|\[[^\]]*\]|.)",
)


class WrongLineError(ValueError):
    """Says what a line should hold."""


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

    def add_words(self, words: Words) -> None:
        self.add(words.source, words.need, words, words.first)

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

    def ways(self, glued: str) -> tuple[Way, ...]:
        if self.alone is not None:
            return self.alone.ways
        glue = glued if self.glued else ""
        if len(self.parts) == 1:  # most ways are one word
            need = self.needs[0]
            return (Way(self.parts[0], (need,) if need and min(map(len, need)) >= LEAST else (), glue, self.first()),)
        told = [(min(map(len, need)), need) for need in self.needs if need]
        best = sorted((each for each in told if each[0] >= LEAST), key=lambda each: (-each[0], len(each[1])))
        return (Way("".join(self.parts), tuple(need for _, need in best[:_NEEDS]), glue, self.first()),)


@dataclass(slots=True)
class LineReader:
    """Reads one line after another; `lists` are the named word lists, `glued` what may be written before every word.

    The same words and groups stand in many lines: each is made once.
    """

    lists: Mapping[str, Words]
    glued: str = ""
    _tokens: Iterator[re.Match[str]] = field(default_factory=lambda: iter(()))
    _fresh: bool = True  # does a word begin here? then prefixes may be glued on
    _ended: bool = False
    _known: dict[tuple[str, bool], Way] = field(default_factory=dict)
    _groups: dict[tuple[str, bool], tuple[Words, bool]] = field(default_factory=dict)

    def ways(self, line: str) -> list[Way]:
        self._tokens, self._fresh, self._ended = _TOKEN.finditer(line), True, False
        ways = self._alternatives(nested=False)
        if not all(way.source for way in ways):
            raise WrongLineError("a word on both sides of |")
        return ways

    def _alternatives(self, *, nested: bool) -> list[Way]:
        fresh, found = self._fresh, list[Way]()
        sequence: _Sequence | None = _Sequence()  # None behind a run of words: then only | ) or the end may follow
        for token in self._tokens:
            kind = token.lastgroup
            if kind == "run":
                found += self._run(token.group(), fresh=fresh)
                sequence, self._ended = None, False
            elif kind not in {"bar", "close"}:
                self._element(token, sequence or _Sequence())
            else:
                found += sequence.ways(self.glued) if sequence else ()
                if kind == "bar":
                    sequence, self._fresh, self._ended = _Sequence(), fresh, False
                elif nested:
                    self._fresh, self._ended = self._ended, False
                    return found
                else:
                    break
        else:
            if not nested:
                return [*found, *(sequence.ways(self.glued) if sequence else ())]
        raise WrongLineError("as many ( as )")

    def _run(self, words: str, *, fresh: bool) -> list[Way]:
        known, found = self._known, list[Way]()
        for word in words.split("|"):
            way = known.get((word, fresh))
            if way is None:
                way = known[word, fresh] = _plain(word, self.glued if fresh else "")
            found.append(way)
        return found

    def _element(self, token: re.Match[str], into: _Sequence) -> None:
        kind, sign = token.lastgroup, token.group()
        if kind == "count":
            into.repeat(sign)
            self._ended = False
        elif kind == "group":
            words, self._fresh = self._known_group(sign)
            self._ended = False
            into.add_words(words)
        elif kind in {"open", "look"}:
            self._group(sign, into)
        else:
            if kind == "word" or sign[0] == "[":
                self._word(sign, into)
            elif kind == "list":
                into.add_words(self._list(token["name"]))
            else:
                into.add(_sign(token), Need(), first=None if sign == "!" else Need())
            self._fresh = self._ended = kind == "gap"

    def _known_group(self, group: str) -> tuple[Words, bool]:
        """A group without groups in it, and whether a word may begin behind it."""
        key = group, self._fresh
        if key not in self._groups:
            outer, self._tokens = self._tokens, _TOKEN.finditer(group, 1)
            words = Words.of(self._alternatives(nested=True))
            self._groups[key] = words, self._fresh
            self._tokens = outer
        return self._groups[key]

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
            into.add_words(words)
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


def _plain(word: str, glued: str) -> Way:
    """A word, or how it begins: "charg*"."""
    letters = word.removesuffix("*")
    begin = Need((letters[:MOST],))
    source = letters if letters == word else letters + r"\w*"
    return Way(source, (begin,) if len(letters) >= LEAST else (), glued, begin)


def _sign(token: re.Match[str]) -> str:
    sign = token.group()
    if token["most"]:
        return rf"(?:[\w']+{_GAP}){{0,{token['most']}}}"
    if sign.strip() == "//":
        return rf"[^\w]*(?:{END}|$)[^\w]*"
    if sign.isspace():
        return _GAP
    return {"*": r"\w*", "!": ""}.get(sign, sign)
