"""Is this message an escalation? A score with its reasons.

A message is cut into words once. Phrases (written by people, in `playbooks/signals/*.toml`) are found
through one rare word of each, so that ordinary talk costs a few set operations; learned weights (`*.tsv`)
are looked up. Every group of phrases counts once, however often it is met.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import chain, pairwise, repeat
from typing import TYPE_CHECKING, NamedTuple

from bot.core import language
from bot.core.signals import STEMS, UPSET, Group, Phrase, Signals, Term, parse_signals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = ["Ears", "Heard", "Signals", "hear", "parse_signals"]

THRESHOLD = 0.5  # how loud that is in a language is moved by `quiet` in its signals
ROUNDING = 1e-9  # no sum of weights is further from the truth
MOST_REASONS = 4
MOST_WORDS = 50_000  # different words remembered in a language: some 10 MB
USUAL_SEVERITY = 2
WORDING, CAPITALS, CUSTOMER = "wording", "capitals", "customer"
WORST = 3
# What it is about says more than anger, anger more than what went wrong, and that more than being upset.
KINDS_FIRST = ("refused_request", "discount", "outage", "angry", "other", UPSET)
CALM_KINDS = ("discount", "refused_request")  # a wish has a kind without being an escalation

_NOTHING = repeat(0.0)
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


class _Word(NamedTuple):
    """What one word brings along: its learned weight, whether no other language has it, and phrases to look for."""

    weight: float
    own: bool
    phrases: tuple[Phrase, ...]


class _Words(dict[str, _Word]):
    """The words that were met. A memory, no more: people repeat their words."""

    def __init__(self, phrases: Iterable[Phrase], weights: Mapping[Term, float], own: frozenset[str]) -> None:
        super().__init__()
        self._weights, self._own = weights, own
        self._phrases: dict[str, list[Phrase]] = defaultdict(list)
        self._stems: dict[str, list[Phrase]] = defaultdict(list)
        for phrase in phrases:
            for word in phrase.words:
                self._phrases[word].append(phrase)
            for stem in phrase.stems:
                self._stems[stem].append(phrase)

    def __missing__(self, word: str) -> _Word:
        if len(self) >= MOST_WORDS:
            self.clear()
        starts = {word[:letters] for letters in STEMS}
        phrases = (*self._phrases.get(word, ()), *chain.from_iterable(self._stems.get(one, ()) for one in starts))
        found = self[word] = _Word(self._weights.get(word, 0.0), word in self._own, phrases)
        return found


@dataclass(frozen=True, slots=True)
class _Ear:
    signals: Signals
    weights: Mapping[Term, float]
    pairs: Mapping[tuple[str, str], float]  # of the weights
    words: _Words


@dataclass(frozen=True, slots=True)
class Ears:
    """The signals of all languages, ready to listen with; the first language is assumed in doubt."""

    by_lang: Mapping[str, _Ear]
    vocabularies: Mapping[str, frozenset[str]]
    assumed: _Ear

    @classmethod
    def of(cls, signals: Iterable[Signals]) -> Ears:
        each = {one.lang: one for one in signals}
        vocabularies = _vocabularies(each)
        by_lang = {lang: _ear(one, each, vocabularies[lang]) for lang, one in each.items()}
        return cls(by_lang, vocabularies, next(iter(by_lang.values())))


def hear(text: str, ears: Ears) -> Heard:
    """Never raises, whatever the text; looks only at its beginning (`language.LONGEST`)."""
    return _judge(_listen(text, ears))


def alarm(text: str, ears: Ears) -> Heard | None:
    """What `hear` says of an escalation, else `None`. Ordinary talk is mostly ruled out by its words alone."""
    said = _listen(text, ears)
    if said.wording + _loudest(said) < said.ear.signals.quiet - ROUNDING:
        return None
    heard = _judge(said)
    return heard if heard.escalation else None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a score is made of. `spoken_of`: a customer speaks or is spoken of, so that groups count in full."""

    lang: str
    groups: tuple[Group, ...]
    spoken_of: bool
    terms: frozenset[Term]


def evidence(text: str, ears: Ears) -> Evidence:
    """For whoever tunes the signals; `hear` takes the short way."""
    said = _listen(text, ears)
    found = _met(said)
    terms: frozenset[Term] = frozenset({*said.heard, *pairwise(said.heard)})
    return Evidence(said.ear.signals.lang, tuple(found.values()), CUSTOMER in found, terms)


class _Said(NamedTuple):
    """A message as words, and what they bring along. `own`: how many of them no other language has."""

    text: str
    heard: list[str]
    distinct: set[str]
    ear: _Ear
    own: int
    phrases: list[Phrase]
    wording: float


def _listen(text: str, ears: Ears) -> _Said:
    heard = language.words(text)
    distinct = set(heard)
    ear, ascii_only = ears.assumed, text.isascii()
    if ascii_only:
        said = _read(text, heard, distinct, ear)
        if 2 * said.own >= len(distinct):  # no other language can have more
            return said
    other = ears.by_lang[language.recognise(text, distinct, ears.vocabularies)]
    return said if ascii_only and other is ear else _read(text, heard, distinct, other)


def _read(text: str, heard: list[str], distinct: set[str], ear: _Ear) -> _Said:
    """One pass over the words: this is done for every message, so it is written out."""
    own, learned = 0, 0.0
    phrases: list[Phrase] = []
    for weight, mine, found in map(ear.words.__getitem__, distinct):
        own += mine
        learned += weight
        if found:
            phrases += found
    pairs = set(pairwise(heard))
    learned += sum(map(ear.pairs.get, pairs, _NOTHING))
    much = math.sqrt(len(distinct) + len(pairs) or 1)  # so that a long message is no louder than a short one
    return _Said(text, heard, distinct, ear, own, phrases, learned / much)


def _judge(said: _Said) -> Heard:
    found = _met(said)
    strengths = _strengths(found, said.wording)
    score = 1 / (1 + math.exp(said.ear.signals.quiet - sum(strengths.values())))
    loud = sorted((name for name in strengths if strengths[name] > 0), key=strengths.__getitem__, reverse=True)
    groups = [found[name] for name in loud if name in found]
    reasons = tuple(name for name in loud if name not in found or found[name].reason)[:MOST_REASONS]
    escalation = score >= THRESHOLD
    severity = _severity(groups) if escalation else 0
    return Heard(
        said.ear.signals.lang, round(score, 4), escalation, severity, _kind(groups, escalation=escalation), reasons
    )


def _severity(groups: Iterable[Group]) -> int:
    """Take the worst that was heard; where nothing was said about it, the middle."""
    return max((group.severity for group in groups if group.severity), default=USUAL_SEVERITY)


def _kind(groups: Sequence[Group], *, escalation: bool) -> str:
    """Say what it is about; but who threatens with the law or the press is angry, whatever it is about."""
    kinds = {group.kind for group in groups}
    if not escalation:
        return next((kind for kind in CALM_KINDS if kind in kinds), "none")
    if any(group.kind == "angry" and group.severity == WORST for group in groups):
        return "angry"
    found = next((kind for kind in KINDS_FIRST if kind in kinds), "other")
    return "angry" if found == UPSET else found


def _met(said: _Said) -> dict[str, Group]:
    """Find the groups of which a phrase is met, by name; of two languages' the louder, whichever comes first."""
    found: dict[str, Group] = {}
    line = f" {' '.join(said.heard)} "
    for phrase in _may_be_met(said):
        group = phrase.group
        known = found.get(group.name)
        louder = known is None or (known.weight, known.alone) < (group.weight, group.alone)
        if louder and phrase.seen.search(line):
            found[group.name] = group
    groups = said.ear.signals.groups
    if CAPITALS in groups and _SHOUT.search(said.text, 0, language.LONGEST):
        found[CAPITALS] = groups[CAPITALS]
    return found


def _may_be_met(said: _Said) -> list[Phrase]:
    distinct = said.distinct
    return [one for one in said.phrases if (not one.also or one.also in distinct) and one.needs <= distinct]


def _loudest(said: _Said) -> float:
    """As much as the groups can add at most, without searching the text for one phrase."""
    most: dict[str, float] = {}
    for phrase in _may_be_met(said):
        group = phrase.group
        if (loud := group.most) > most.get(group.name, 0.0):
            most[group.name] = loud
    shout = said.ear.signals.groups.get(CAPITALS)
    return sum(most.values()) + (shout.most if shout else 0.0)


def _strengths(found: Mapping[str, Group], wording: float) -> dict[str, float]:
    customer = CUSTOMER in found
    strengths = {name: group.weight if customer else group.alone for name, group in found.items()}
    strengths[WORDING] = wording
    return strengths


def _ear(signals: Signals, each: Mapping[str, Signals], own: frozenset[str]) -> _Ear:
    """Join one language with the first of the other script: Arabic chat is full of English words."""
    other = [one for one in each.values() if (one.lang == "ar") != (signals.lang == "ar")][:1]
    heard = [*other, signals]
    weights: dict[Term, float] = {}
    for one in heard:
        weights.update(one.weights)
    phrases = chain.from_iterable(one.phrases for one in heard)
    pairs = {term: weight for term, weight in weights.items() if isinstance(term, tuple)}
    return _Ear(signals, weights, pairs, _Words(phrases, weights, own))


def _vocabularies(each: Mapping[str, Signals]) -> dict[str, frozenset[str]]:
    """Keep of each language the words that no other language has."""
    known = {lang: frozenset(_known(one)) for lang, one in each.items()}
    return {
        lang: mine.difference(*(other for name, other in known.items() if name != lang)) for lang, mine in known.items()
    }


def _known(signals: Signals) -> Iterator[str]:
    learned = (term for term in signals.weights if isinstance(term, str))
    return chain(signals.common, learned, *(phrase.words for phrase in signals.phrases))
