"""New weights from what people said was wrong: a proposal for a person to accept, a line changed at a time.

The score is a sum, so learning is small steps against each mistake (logistic regression, started from the weights
in use). Few examples may only move weights a little, and a word is new only when it was met more than once.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.core.hearing import CUSTOMER, THRESHOLD, Ears, Evidence, evidence
from bot.core.signals import Group, Signals, Term

FURTHEST = 1.0  # no weight moves more than this at once
_MARGIN = 0.1  # beyond the threshold by this much is right enough
_STEP, _ROUNDS = 0.4, 100
_CAREFUL = 0.04  # a group speaks for many phrases
_SMALLEST = 0.05  # a smaller change is not worth a line
_MET = 2  # examples that a weight must touch
_SHORTEST = 3
Key = tuple[str, str]  # group and "weight" or "alone"; for words "" and the word or pair


@dataclass(frozen=True, slots=True)
class _Example:
    evidence: Evidence
    loud: bool


def proposal(ears: Ears, missed: Iterable[str], false: Iterable[str]) -> Iterator[str]:
    """Lines like a diff against playbooks/signals; none when nothing need change."""
    examples = [_Example(evidence(text, ears), loud=True) for text in missed]
    examples += [_Example(evidence(text, ears), loud=False) for text in false]
    for lang, ear in ears.by_lang.items():
        mine = [one for one in examples if one.evidence.lang == lang]
        if mine:
            yield from _Lesson(ear.signals, ear.weights, mine).lines()


class _Lesson:
    """One language."""

    def __init__(self, signals: Signals, words: Mapping[Term, float], examples: Sequence[_Example]) -> None:
        self._signals, self._examples = signals, examples
        self._was: dict[Key, float] = {}
        self._parts = [self._parts_of(one.evidence, words) for one in examples]
        met = Counter(key for parts in self._parts for key in parts)
        self._may = {key for key in met if self._may_change(key, met[key])}
        self._now = dict(self._was)

    def lines(self) -> Iterator[str]:
        before = self._right()
        self._learn()
        changed = {key: round(now, 2) for key, now in self._now.items() if abs(now - self._was[key]) >= _SMALLEST}
        yield from self._heading(before)
        words = sorted((key[1], now) for key, now in changed.items() if not key[0])
        groups = sorted((key, now) for key, now in changed.items() if key[0])
        yield from _file(f"playbooks/signals/{self._signals.lang}.toml") if groups else ()
        for (group, name), now in groups:
            yield f"@@ [signals.{group}] @@"
            yield f"-{name} = {self._was[group, name]:g}"
            yield f"+{name} = {now:g}"
        yield from _file(f"playbooks/signals/{self._signals.lang}.tsv") if words else ()
        for word, now in words:
            yield from (f"-{word}\t{self._was['', word]:.2f}",) if self._known(word) else ()
            yield f"+{word}\t{now:.2f}"

    def _heading(self, before: tuple[int, int]) -> Iterator[str]:
        after = self._right()
        for sign, was, now in zip(("missed", "false"), before, after, strict=True):
            total = sum(one.loud == (sign == "missed") for one in self._examples)
            if total:
                yield f"# {self._signals.lang} {sign}={total} right_now={was} right_then={now}"

    def _learn(self) -> None:
        for _ in range(_ROUNDS):
            for one, parts in zip(self._examples, self._parts, strict=True):
                score = self._score(parts)
                right = score >= THRESHOLD + _MARGIN if one.loud else score <= THRESHOLD - _MARGIN
                for key, share in () if right else parts.items():
                    if key in self._may:
                        step = _CAREFUL if key[0] else _STEP
                        moved = self._now[key] + step * ((1.0 if one.loud else 0.0) - score) * share
                        was = self._was[key]
                        self._now[key] = min(max(moved, was - FURTHEST), was + FURTHEST)

    def _right(self) -> tuple[int, int]:
        """Missed ones that would be heard, false alarms that would be quiet."""
        judged = [
            (one.loud, self._score(parts) >= THRESHOLD) for one, parts in zip(self._examples, self._parts, strict=True)
        ]
        return judged.count((True, True)), judged.count((False, False))

    def _score(self, parts: Mapping[Key, float]) -> float:
        strength = sum(self._now[key] * share for key, share in parts.items())
        return 1 / (1 + math.exp(self._signals.quiet - strength))

    def _parts_of(self, one: Evidence, words: Mapping[Term, float]) -> dict[Key, float]:
        """Everything the score is a sum of, with the share by which it counts."""
        name = "weight" if one.spoken_of else "alone"
        parts: dict[Key, float] = {}
        for group in one.groups:
            parts[group.name, name] = 1.0
            self._was[group.name, name] = _strength(group, name)
        for term in one.terms:
            key = ("", term if isinstance(term, str) else " ".join(term))
            parts[key] = 1 / math.sqrt(len(one.terms))
            self._was[key] = words.get(term, 0.0)
        return parts

    def _may_change(self, key: Key, met: int) -> bool:
        """Groups and words of this language's own files; a new word when it was met twice and says something."""
        group, word = key
        if group:
            return met >= _MET and group in self._signals.groups and group != CUSTOMER
        if self._signals.common.issuperset(word.split()):
            return False  # everyday words say nothing, whatever few examples suggest
        return self._known(word) or (met >= _MET and " " not in word and len(word) > _SHORTEST)

    def _known(self, word: str) -> bool:
        first, _, second = word.partition(" ")
        return ((first, second) if second else first) in self._signals.weights


def _strength(group: Group, name: str) -> float:
    return group.weight if name == "weight" else group.alone


def _file(name: str) -> Iterator[str]:
    yield f"--- {name}"
    yield f"+++ {name}"
