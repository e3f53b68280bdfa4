"""What kind of text is this: can it be read as a draft, is it a question to us, is it a draft at all?"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.core import language
from bot.core.drafting import Eyes, review
from bot.core.hearing import Ears

LONGEST = 5_000  # characters of a draft: nobody sends a longer one to an upset customer
_QUESTION = 400  # characters of a question to us; more is somebody's story
_FEW_WORDS = 4
_KNOWN = 0.15  # the share of everyday words by which a language is known
_CODE = re.compile(
    r"^\s*(?:Traceback \(most recent|File \"[^\"]+\", line \d|at [\w.$<>/]+\([^)\n]*\)|[\w.]+(?:Error|Exception)\b\s*:|"
    r"(?:def|class|function|import|public|private|const|let|var|SELECT|INSERT|UPDATE)\b.*[;:{(]\s*$|#include\b|\}\s*$|</?\w+[^>\n]*>\s*$)",
    re.MULTILINE,
)
_SIGNS = frozenset("{}[]();=<>\\|$&^~`_+*/")
_CODE_SIGNS = 0.12
_BEGINNING = 2_000


def unreadable(text: str, ears: Ears) -> str:
    """Why this cannot be read as a draft: "empty", "long", "wordless", "code" or "language"; empty when it can."""
    text = text.strip()
    if not text:
        return "empty"
    if len(text) > LONGEST:
        return "long"
    if not any(sign.isalpha() for sign in text):
        return "wordless"
    if _is_code(text):
        return "code"
    return "" if _known(text, ears) else "language"


@dataclass(frozen=True, slots=True)
class Tells:
    """Short runs of words: `asks` begin or make a question to us, `yours` speak to the customer, `theirs` of him."""

    asks: frozenset[str]
    yours: frozenset[str]
    theirs: frozenset[str]

    @classmethod
    def of(cls, asks: Iterable[str], yours: Iterable[str], theirs: Iterable[str]) -> Tells:
        return cls(*(frozenset(filter(None, map(_run, lines))) for lines in (asks, yours, theirs)))


def is_question(text: str, tells: Tells) -> bool:
    """Somebody wants to know what to say or do, in so many words."""
    return len(text) <= _QUESTION and _holds(text, tells.asks)


def is_draft(text: str, tells: Tells, eyes: Eyes) -> bool:
    """Written to the customer: it owns, regrets or mends something, and speaks to him rather than of him."""
    seen = review(text[:LONGEST], eyes)
    if not seen.components or is_question(text, tells):
        return False
    if _holds(text, tells.theirs):
        return False
    return _speaks_to_him(text, tells) or len(seen.components) > 1


def _speaks_to_him(text: str, tells: Tells) -> bool:
    return _holds(text, tells.yours) or any(_ends_in_you(word) for word in language.words(text))


def _ends_in_you(word: str) -> bool:
    """Arabic glues "you" and "your" behind the word: طلبك، لكم."""
    return "\u0600" < word < "\u0700" and len(word) > 2 and word.endswith(("ك", "كم"))  # noqa: PLR2004 - a root has three


def _holds(text: str, runs: Iterable[str]) -> bool:
    line = f" {_run(text)} "
    return any(f" {run} " in line for run in runs)


def _run(text: str) -> str:
    return " ".join(word for word in language.words(text) if word[0].isalnum())


def _is_code(text: str) -> bool:
    signs = sum(sign in _SIGNS for sign in text)
    return bool(_CODE.search(text)) or signs > _CODE_SIGNS * len(text)


def _known(text: str, ears: Ears) -> bool:
    """Is it in one of the languages whose everyday words we have? A few words are taken on trust."""
    heard = [word for word in language.words(text[:_BEGINNING]) if word[0].isalpha()]
    letters = [sign for sign in text[:_BEGINNING] if sign.isalpha()]
    scripts = Counter(unicodedata.name(sign, "?").split()[0] for sign in letters)
    if 2 * scripts["LATIN"] < len(letters):
        return 2 * scripts["ARABIC"] >= len(letters)
    if len(heard) < _FEW_WORDS:
        return True
    known = max(sum(word in ear.signals.common for word in heard) for ear in ears.by_lang.values())
    return known >= _KNOWN * len(heard)
