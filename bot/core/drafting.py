"""The eye: what is weak in a draft apology, where, and what is good about it.

It knows no language: words and their combinations stand in playbooks/review, one file a language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.core.drafting_patterns import CODES, COMPONENTS, Patterns, Rule, parse_patterns
from bot.core.drafting_text import Folded, fold
from bot.core.drafting_ways import Text
from bot.core.language import recognise, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from bot.core.drafting_patterns import Pattern
    from bot.core.drafting_ways import Way

__all__ = ["CODES", "COMPONENTS", "Eyes", "Finding", "Patterns", "Review", "parse_patterns", "review"]

_WORD = re.compile(r"[^\W\d_]+")
READ = 5_000  # so many code points are judged; what is longer is no chat message
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Finding:
    """One weakness; start and end count code points of the draft as it was written."""

    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Review:
    """What an agent is told, privately."""

    lang: str
    findings: tuple[Finding, ...]
    components: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Eyes:
    """The patterns of all languages; the first one is the fallback."""

    languages: tuple[Patterns, ...]

    def of(self, lang: str) -> Patterns | None:
        return next((each for each in self.languages if each.lang == lang), None)


def review(text: str, eyes: Eyes, lang: str | None = None) -> Review:
    """Find nothing in a draft without words, or in a language without patterns."""
    folded = fold(text, READ)
    lang = lang or _language(folded.text, eyes)
    patterns = eyes.of(lang)
    if patterns is None or not _WORD.search(folded.text):
        return Review(lang, (), ())
    found = _found(folded, patterns)
    findings = sorted((*span, name) for name, spans in found.items() if name in CODES for span in spans)
    return Review(
        lang,
        tuple(Finding(code, start, end) for start, end, code in findings),
        tuple(name for name in COMPONENTS if name in found),
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """One draft under one language's patterns; what a clause holds is asked once."""

    draft: Folded
    patterns: Patterns
    alive: frozenset[Way]
    whole: Text
    held: dict[tuple[int, str], bool] = field(default_factory=dict)
    parts: dict[str, Text] = field(default_factory=dict)

    def places(self, rule: Rule) -> Iterator[Span]:
        if rule.find is None:
            yield 0, self.draft.length
            return
        allowed = self.within_a_clause if rule.clause else _anywhere
        for place in rule.find.places(self.whole, self.alive, allowed):
            span = self.draft.words(*place)
            if self.fits(span, rule):
                yield self.draft.original(*span)

    def within_a_clause(self, start: int, end: int) -> bool:
        return not self.draft.pauses_in(*self.draft.words(start, end))

    def fits(self, span: Span, rule: Rule) -> bool:
        if not (rule.beside or rule.unless):
            return True
        around = self.draft.clause(*span) if rule.clause else self.draft.sentence(*span)
        if rule.beside and not self.holds(rule.beside, around):
            return False
        return not (rule.unless and self.holds(rule.unless, around))

    def holds(self, pattern: Pattern, around: str) -> bool:
        key = (id(pattern), around)
        if key not in self.held:
            if around not in self.parts:
                self.parts[around] = Text(around, self.patterns.glued)
            self.held[key] = pattern.holds(self.parts[around], self.alive)
        return self.held[key]


def _anywhere(_start: int, _end: int) -> bool:
    return True


def _found(draft: Folded, patterns: Patterns) -> dict[str, list[Span]]:
    """Each name that holds, with its places; a rule may ask for names that were found before it."""
    found: dict[str, list[Span]] = {}
    reading = _Reading(draft, patterns, patterns.alive(draft.text), Text(draft.text, patterns.glued))
    for rule in patterns.rules:
        if _asked(rule, found.keys()):
            spans = list(reading.places(rule))
            if len(spans) >= rule.at_least:
                kept = found.setdefault(rule.name, [])
                before = tuple(kept)
                kept.extend(span for span in spans if not any(_overlap(span, other) for other in before))
    return found


def _asked(rule: Rule, found: AbstractSet[str]) -> bool:
    return rule.needs <= found and not rule.without & found and (not rule.some or bool(rule.some & found))


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _language(text: str, eyes: Eyes) -> str:
    vocabularies = {each.lang: each.tells for each in eyes.languages}
    return recognise(text, set(words(text)), vocabularies) if vocabularies else ""
