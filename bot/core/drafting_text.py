"""A draft made easy to search: folded letters, masked quotes, marked sentence ends; each place leads back."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

END = "\n"  # stands where a sentence ends
HIDDEN = "\x1f"  # stands where somebody is quoted

_LETTERS = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىئیې", "ي"),
        **dict.fromkeys("’‘`´ʼ", "'"),
        "ة": "ه",
        "ؤ": "و",
        "ک": "ك",
        **dict.fromkeys("گڭ", "ق"),
        "چ": "ج",
        "ڤ": "ف",
        "پ": "ب",
        "ء": "",
        "ـ": "",
    },
)
_QUOTES = re.compile(
    r"""“[^”“]*”|„[^“”]*[“”]|«[^»]*»|»[^«»]*«|”[^”]*”|"[^"]*"|
        ^[ \t]*>[^\n]*|
        (?<!\w)['‘’](?=\w)(?:\w['’]\w|[^'‘’\n])*?\s(?:\w['’]\w|[^'‘’\n])*?['’](?!\w)""",
    re.VERBOSE | re.MULTILINE,
)
# A dot ends a sentence, but not in "10.20", "kl. 12", "t.ex." or "a.m."
_ENDS = re.compile(
    r"[!?؟;؛\n]+|\.{2,}|(?<![\s.]\w)(?<!\.\w\w)(?<!\d)(?<!\bm[rs])(?<!\bmrs)(?<!\bdr)\.(?!\d|[\w.]*\.)|(?<=\d)\.(?!\d)"
)
_PAUSES = re.compile(rf"{END}|(?<!\d)[,،:()]|[,،:()](?!\d)|\s[-–—]\s|—|[\u2600-\u27bf\U0001f300-\U0001faff]")
_WORD = re.compile(r"\w+")
_SHORT = re.compile(r"\b\w{1,3}\.\s*\d")
_LONELY = re.compile(r"(?<!\w)'(?!\w)")  # an apostrophe that touches no word: a word to some patterns, a gap to others
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_RULED = re.compile(r"(?<=\W{12})\W(?=\W{12})")  # inside a line of dashes; to try every way to part it takes hours


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is what patterns read; `at[i]` is where its character i stands in the original."""

    text: str
    at: tuple[int, ...]
    ends: tuple[int, ...]
    pauses: tuple[int, ...]
    length: int

    def original(self, start: int, end: int) -> tuple[int, int]:
        return self.at[start], self.at[end - 1] + 1

    def words(self, start: int, end: int) -> tuple[int, int]:
        """Leave out the signs and spaces around what was found; a span without words stays."""
        found = [match.span() for match in _WORD.finditer(self.text, start, end)]
        return (found[0][0], found[-1][1]) if found else (start, end)

    def pauses_in(self, start: int, end: int) -> bool:
        return bisect_left(self.pauses, start) < bisect_left(self.pauses, end)

    def sentence(self, start: int, end: int) -> str:
        """All sentences that the span touches."""
        return self._between(self.ends, start, end)

    def clause(self, start: int, end: int) -> str:
        """All clauses that the span touches: commas and dashes part them too."""
        return self._between(self.pauses, start, end)

    def _between(self, borders: tuple[int, ...], start: int, end: int) -> str:
        first = bisect_left(borders, start)
        last = bisect_right(borders, end - 1)
        begin = borders[first - 1] + 1 if first else 0
        return self.text[begin : borders[last] if last < len(borders) else len(self.text)]


def fold(text: str, most: int = 40_000) -> Folded:
    """Fold at most so many code points; `length` is that of the whole text."""
    letters = _unstretched(_folded_letters(text[:most]))
    flat = _LONELY.sub(" ", "".join(letter for letter, _ in letters))
    marked = list(flat)
    short = {match.start() + match.group().index(".") for match in _SHORT.finditer(flat)}
    for match in _ENDS.finditer(flat):
        if match.start() not in short:
            marked[match.start() : match.end()] = END * (match.end() - match.start())
    whole = "".join(marked)
    ends = tuple(i for i, letter in enumerate(marked) if letter == END)
    pauses = tuple(match.start() for match in _PAUSES.finditer(whole))
    return Folded(whole, tuple(place for _, place in letters), ends, pauses, len(text))


class _Folding(dict[int, str]):
    """What each letter becomes, remembered."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        dropped = unicodedata.combining(sign) or unicodedata.category(sign) == "Cf"
        self[code] = "" if dropped else _fold_sign(sign)
        return self[code]


_FOLDING = _Folding()


def fold_pattern(text: str) -> str:
    """Fold what a person wrote into a pattern file in the same way."""
    return unicodedata.normalize("NFC", text).translate(_FOLDING)


def _folded_letters(text: str) -> list[tuple[str, int]]:
    hidden = _hidden(text)
    out: list[tuple[str, int]] = []
    for place, sign in enumerate(text):
        if place in hidden:
            out.append((HIDDEN, place))
        elif unicodedata.combining(sign):
            _compose(out, sign)
        else:
            out.extend((letter, place) for letter in _FOLDING[ord(sign)])
    return out


def _hidden(text: str) -> frozenset[int]:
    return frozenset(place for match in _QUOTES.finditer(text) for place in range(*match.span()))


def _compose(out: list[tuple[str, int]], mark: str) -> None:
    """Join "a" and a ring to "å"; a mark that makes no letter (Arabic vowels) is dropped."""
    if out and len(whole := unicodedata.normalize("NFC", out[-1][0] + mark)) == 1:
        out[-1] = (whole.translate(_LETTERS) or out[-1][0], out[-1][1])


def _fold_sign(sign: str) -> str:
    if sign.isascii():
        return "'" if sign == "`" else sign.lower()
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    known = sign.translate(_LETTERS)
    return known if known != sign else unicodedata.normalize("NFKC", sign).lower().translate(_LETTERS)


def _unstretched(letters: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """'Sooo' reads like 'so', a long line of signs like a short one."""
    flat = "".join(letter for letter, _ in letters)
    extra = {i for match in _STRETCHED.finditer(flat) for i in range(match.start() + 1, match.end())}
    extra |= {match.start() for match in _RULED.finditer(flat)}
    return [pair for i, pair in enumerate(letters) if i not in extra]


def pieces(text: str, least: int, most: int) -> frozenset[str]:
    """All runs of so many letters."""
    return frozenset(text[i : i + size] for size in range(least, most + 1) for i in range(len(text) - size + 1))
