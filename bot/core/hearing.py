"""Is this message an escalation? A score with its reasons.

A message is cut into words once. Phrases (written by people, in `playbooks/signals/*.toml`) are found
through one rare word of each, so that ordinary talk costs a few set operations; learned weights (`*.tsv`)
are looked up. Every group of phrases counts once, however often it is met.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from bot.core import language
from bot.core.signals import STEM, STEMS, Group, Phrase, Signals, Term, parse_signals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Ears", "Heard", "Signals", "hear", "parse_signals"]

THRESHOLD = 0.5  # how loud that is in a language is moved by `quiet` in its signals
MOST_REASONS = 4
MOST_WORDS = 50_000  # different words remembered in a language: some 10 MB
USUAL_SEVERITY = 2
WORDING, CAPITALS, CUSTOMER = "wording", "capitals", "customer"
KINDS_FIRST = ("outage", "discount", "refused_request", "angry")  # what it is about says more than anger
CALM_KINDS = ("discount", "refused_request")  # a wish has a kind without being an escalation

_SHOUT = re.compile(r"[A-ZÅÄÖ]{3,}[^\w.]+[A-ZÅÄÖ]{2,}[^\w.]+[A-ZÅÄÖ]{2,}(?!\w)")


@dataclass(frozen=True, slots=True)
class Heard:
    """What one message sounds like: severity 1-3 for an escalation, else 0; reasons strongest first."""

    lang: str
    score: float
    escalation: bool
    severity: int
    kind: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    """What one word brings along: phrases to look for, and the learned weights of itself and of its beginning."""

    phrases: tuple[Phrase, ...]
    weight: float
    begun: str
    begun_weight: float


@dataclass(frozen=True, slots=True)
class _Ear:
    signals: Signals
    words: Mapping[str, tuple[Phrase, ...]]
    stems: Mapping[str, tuple[Phrase, ...]]
    weights: Mapping[Term, float]
    known: dict[str, _Word] = field(default_factory=dict, compare=False)  # a memory, no more: people repeat their words

    def word(self, word: str) -> _Word:
        found = self.known.get(word)
        if found is None:
            if len(self.known) >= MOST_WORDS:
                self.known.clear()
            found = self.known[word] = self._look_up(word)
        return found

    def _look_up(self, word: str) -> _Word:
        starts = {word[:letters] for letters in STEMS}
        phrases = (*self.words.get(word, ()), *chain.from_iterable(self.stems.get(start, ()) for start in starts))
        begun = f"{word[:STEM]}*" if len(word) >= STEM else ""
        return _Word(phrases, self.weights.get(word, 0.0), begun, self.weights.get(begun, 0.0))


@dataclass(frozen=True, slots=True)
class Ears:
    """The signals of all languages, ready to listen with; the first language is assumed in doubt."""

    by_lang: Mapping[str, _Ear]
    vocabularies: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, signals: Iterable[Signals]) -> Ears:
        each = {one.lang: one for one in signals}
        return cls({lang: _ear(one, each) for lang, one in each.items()}, _vocabularies(each))


def hear(text: str, ears: Ears) -> Heard:
    """Never raises, whatever the text; looks only at its beginning (`language.LONGEST`)."""
    heard = language.words(text)
    distinct = set(heard)
    lang = language.recognise(text, distinct, ears.vocabularies)
    ear = ears.by_lang[lang]
    words = [ear.word(word) for word in distinct]
    found = _met(text, heard, distinct, words, ear.signals)
    strengths = _strengths(found, _wording(heard, words, ear.weights))
    score = 1 / (1 + math.exp(ear.signals.quiet - sum(strengths.values())))
    return _judge(lang, score, strengths, found)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a score is made of. `spoken_of`: a customer speaks or is spoken of, so that groups count in full."""

    lang: str
    groups: tuple[Group, ...]
    spoken_of: bool
    terms: frozenset[Term]


def evidence(text: str, ears: Ears) -> Evidence:
    """For whoever tunes the signals; `hear` takes the short way."""
    heard = language.words(text)
    distinct = set(heard)
    lang = language.recognise(text, distinct, ears.vocabularies)
    ear = ears.by_lang[lang]
    found = _met(text, heard, distinct, [ear.word(word) for word in distinct], ear.signals)
    return Evidence(lang, tuple(found.values()), CUSTOMER in found, frozenset({*heard, *pairwise(heard)}))


def _judge(lang: str, score: float, strengths: Mapping[str, float], found: Mapping[str, Group]) -> Heard:
    loud = sorted((name for name in strengths if strengths[name] > 0), key=strengths.__getitem__, reverse=True)
    groups = [found[name] for name in loud if name in found]
    reasons = tuple(name for name in loud if name not in found or found[name].reason)[:MOST_REASONS]
    escalation = score >= THRESHOLD
    severity = _severity(groups) if escalation else 0
    return Heard(lang, round(score, 4), escalation, severity, _kind(groups, escalation=escalation), reasons)


def _severity(groups: Iterable[Group]) -> int:
    """Take the worst that was heard; where nothing was said about it, the middle."""
    return max((group.severity for group in groups if group.severity), default=USUAL_SEVERITY)


def _kind(groups: Iterable[Group], *, escalation: bool) -> str:
    kinds = {group.kind for group in groups}
    order = KINDS_FIRST if escalation else CALM_KINDS
    return next((kind for kind in order if kind in kinds), "other" if escalation else "none")


def _met(text: str, heard: list[str], distinct: set[str], words: Iterable[_Word], signals: Signals) -> dict[str, Group]:
    """Find the groups of which a phrase is met, by name; of two languages' the louder, whichever comes first."""
    found: dict[str, Group] = {}
    candidates = [phrase for word in words if word.phrases for phrase in word.phrases if phrase.needs <= distinct]
    line = f" {' '.join(heard)} " if candidates else ""
    for phrase in candidates:
        group = phrase.group
        known = found.get(group.name)
        louder = known is None or (known.weight, known.alone) < (group.weight, group.alone)
        if louder and phrase.seen.search(line):
            found[group.name] = group
    if CAPITALS in signals.groups and _SHOUT.search(text, 0, language.LONGEST):
        found[CAPITALS] = signals.groups[CAPITALS]
    return found


def _wording(heard: list[str], words: list[_Word], weights: Mapping[Term, float]) -> float:
    """Add up the learned weights so that a long message is no louder than a short one."""
    pairs = set(pairwise(heard))
    begun = {word.begun: word.begun_weight for word in words if word.begun_weight}
    learned = (
        sum([word.weight for word in words]) + sum(begun.values()) + sum([weights.get(pair, 0.0) for pair in pairs])
    )
    return learned / math.sqrt(len(words) + len(pairs) or 1)


def _strengths(found: Mapping[str, Group], wording: float) -> dict[str, float]:
    customer = CUSTOMER in found
    strengths = {name: group.weight if customer else group.alone for name, group in found.items()}
    strengths[WORDING] = wording
    return strengths


def _ear(signals: Signals, each: Mapping[str, Signals]) -> _Ear:
    """Join one language with the first of the other script: Arabic chat is full of English words."""
    other = [one for one in each.values() if (one.lang == "ar") != (signals.lang == "ar")][:1]
    heard = [*other, signals]
    words: dict[str, list[Phrase]] = defaultdict(list)
    stems: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in chain.from_iterable(one.phrases for one in heard):
        for word in phrase.words:
            words[word].append(phrase)
        for stem in phrase.stems:
            stems[stem].append(phrase)
    weights = {term: weight for one in heard for term, weight in one.weights.items()}
    return _Ear(signals, _frozen(words), _frozen(stems), weights)


def _frozen(found: Mapping[str, list[Phrase]]) -> dict[str, tuple[Phrase, ...]]:
    return {word: tuple(phrases) for word, phrases in found.items()}


def _vocabularies(each: Mapping[str, Signals]) -> dict[str, frozenset[str]]:
    """Keep of each language the words that no other language has."""
    known = {lang: frozenset(_known(one)) for lang, one in each.items()}
    return {
        lang: mine.difference(*(other for name, other in known.items() if name != lang)) for lang, mine in known.items()
    }


def _known(signals: Signals) -> Iterator[str]:
    learned = (term for term in signals.weights if isinstance(term, str))
    return chain(signals.common, learned, *(phrase.words for phrase in signals.phrases))
