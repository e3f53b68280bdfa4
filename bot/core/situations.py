"""What an agent asks about, by learned words: for the many questions in which no phrase of an author is met."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from bot.core import language
from bot.errors import PlaybookError, Problem

START = "*"  # the row that says how usual each situation is, before a word is read
NONE = "none"
_BEGINNING = 5  # letters by which the forms of one word are known


@dataclass(frozen=True, slots=True)
class Situations:
    """Of one language: how much each term speaks for (+) or against (-) each of `names`, as the row of a table; one
    that nobody writes is never cut into its numbers.
    """

    names: tuple[str, ...]
    says: Mapping[str, str]

    def likely(self, text: str) -> tuple[str, float]:
        """The likeliest situation, `none` when it is none of them, and its chance, 0-1."""
        loud = [float(start) for start in self.says[START].split()]
        for term, much in terms(text).items():
            for place, weight in enumerate(self.says.get(term, "").split()):
                loud[place] += int(weight) * much
        most = max(loud)
        return self.names[loud.index(most)], 1 / sum(math.exp(one - most) for one in loud)


def terms(text: str) -> dict[str, float]:
    """Words, neighbours and beginnings of words, each with how much it counts: less in a long text."""
    heard = language.words(text)
    begin = (f"{word[:_BEGINNING]}*" for word in heard if len(word) > _BEGINNING)
    found = {*heard, *map(" ".join, pairwise(heard)), *begin}
    return dict.fromkeys(sorted(found), 1 / math.sqrt(len(found) or 1))


def parse_situations(file: str, text: str) -> Situations:
    """Read a table of one language: a column for each situation, a row for each term. Raises PlaybookError for the
    first row that is none.
    """
    rows = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line and line[0] != "#"]
    names = tuple(rows[0][1].split("\t")[1:]) if rows else ()
    numbers = re.compile(rf"-?\d+(?:\t-?\d+){{{len(names) - 1}}}" if names else "")
    says: dict[str, str] = {}
    for number, line in rows[1:]:
        term, _, weights = line.partition("\t")
        if not numbers.fullmatch(weights):
            raise _wrong(file, f"line {number}", line, f"a term and {len(names)} whole numbers, with tabs between")
        says[term] = weights
    if START not in says:
        raise _wrong(file, "the table", f"{len(rows)} rows", f"situations in the first row, and a row {START!r}")
    return Situations(names, says)


def _wrong(file: str, key: str, found: str, expected: str) -> PlaybookError:
    return PlaybookError(str(Problem(file, key, repr(found), expected)))
