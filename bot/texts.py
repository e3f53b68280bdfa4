"""Words: say(key, **args) in one language, times and money as its readers write them. Only this file knows Fluent."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from babel import Locale, dates, lists, numbers
from babel.numbers import UnknownCurrencyError
from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser
from fluent.syntax.ast import Junk, Message

from bot.core.events import Money
from bot.errors import PlaybookError

FALLBACK = "en"
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
_BEGIN, _POP = {"ltr": "\u2066", "rtl": "\u2067", "": "\u2068"}, "\u2069"  # isolates, and their end
_VARIABLE = re.compile(r"\$([a-zA-Z][\w-]*)")
_TOUCHING = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")  # a letter and a digit
log = structlog.get_logger()


Sources = Mapping[str, Sequence[tuple[str, str]]]  # language → (file name, Fluent text) pairs


class Words:
    """All words of all languages. A key that a language lacks falls back to English and is logged once.

    `of(playbook)` has that playbook's own words laid over the shared ones, so that two playbooks may use the same key.
    """

    def __init__(
        self,
        sources: Sources,
        aliases: Mapping[str, str] | None = None,
        playbooks: Mapping[str, Words] | None = None,
        own: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        """`aliases`: key → the key that speaks where it has no words; `own`: what a playbook itself says.

        Raises PlaybookError for what is not Fluent.
        """
        read = {lang: [(name, text, entries(name, text)) for name, text in files] for lang, files in sources.items()}
        self._keys = {lang: frozenset(key for *_, keys in files for key in keys) for lang, files in read.items()}
        names = {lang: _VARIABLE.findall("\n".join(text for _, text, _ in files)) for lang, files in read.items()}
        self._variables = {lang: frozenset(found) for lang, found in names.items()}
        self._bundles = {lang: _bundle(lang, (text for _, text, _ in files)) for lang, files in read.items()}
        self._told: set[tuple[str, str]] = set()
        self.own = {lang: frozenset(keys) for lang, keys in (own or {}).items()}
        self._aliases, self._playbooks = aliases or {}, playbooks or {}

    def of(self, playbook: str) -> Words:
        """The words as this playbook says them; the shared ones where it has none of its own."""
        return self._playbooks.get(playbook, self)

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(sorted(self._bundles))

    def keys(self, lang: str) -> frozenset[str]:
        """Every key a language has: "message" and "message.attribute"."""
        return self._keys.get(lang, frozenset())

    def variables(self, lang: str) -> frozenset[str]:
        """Every name that words of a language put something in for: `who` of { $who }."""
        return self._variables.get(lang, frozenset())

    def has(self, lang: str, key: str) -> bool:
        """Is there a word for `key` ("message" or "message.attribute") in exactly this language?"""
        return key in self.keys(lang) or self._alias(key) in self.keys(lang)

    def say(self, lang: str, key: str, **args: str | float) -> str:
        for language in (lang, FALLBACK):
            for name in (key, self._alias(key)):
                if name in self.keys(language):
                    return self._format(language, name, args)
            self._miss(language, key)
        return key

    def spelled(self, key: str) -> tuple[str, ...]:
        """What people write for this in any language; each file has a line for each."""
        return tuple(line for lang in self.languages for line in self.say(lang, key).splitlines())

    def _alias(self, key: str) -> str:
        """The shared key that speaks for this one: `solve-due.hint` → `fix-due.hint`; itself when there is none."""
        name, dot, attribute = key.partition(".")
        return self._aliases.get(name, name) + dot + attribute

    def _format(self, lang: str, key: str, args: Mapping[str, str | float]) -> str:
        name, _, attribute = key.partition(".")
        bundle = self._bundles[lang]
        message = bundle.get_message(name)
        pattern = message.attributes[attribute] if attribute else message.value
        if pattern is None:
            return key
        text, errors = bundle.format_pattern(pattern, dict(args))
        for error in errors:
            self._miss(lang, f"{key}: {error}")
        return str(text)

    def _miss(self, lang: str, key: str) -> None:
        if (lang, key) not in self._told:
            self._told.add((lang, key))
            log.warning("words.missing", lang=lang, key=key)


@dataclass(frozen=True, slots=True)
class Voice:
    """The words of one language for one reader, in his time zone. `now` is when he reads."""

    words: Words
    lang: str
    zone: str
    now: datetime

    def say(self, key: str, **args: str | float) -> str:
        return self.words.say(self.lang, key, **args)

    def has(self, key: str) -> bool:
        return self.words.has(self.lang, key) or self.words.has(FALLBACK, key)

    def lines(self, key: str) -> tuple[str, ...]:
        """A text of several lines; none at all when the key does not exist."""
        return tuple(line for line in self.say(key).splitlines() if line.strip()) if self.has(key) else ()

    def time(self, at: datetime) -> str:
        """The clock alone for today, with the day else."""
        local = at.astimezone(ZoneInfo(self.zone))
        days = (local.date() - self.now.astimezone(ZoneInfo(self.zone)).date()).days
        clock = dates.format_time(local, "HH:mm", locale=self.lang)
        if days == 0:
            return clock
        if days in {1, -1}:
            return self.say("time-tomorrow" if days == 1 else "time-yesterday", time=clock)
        near = timedelta(days=-300) < at - self.now < timedelta(days=300)
        day = dates.format_skeleton("MMMEd" if near else "yMMMd", local, locale=self.lang)
        return self.say("time-day", day=day, time=clock)

    def money(self, money: Money) -> str:
        """With a space between letters and digits, which babel leaves out: "SEK 250", but "$250"."""
        return _TOUCHING.sub("\u00a0", numbers.format_currency(money.amount, money.currency, locale=self.lang))

    def every(self, items: Iterable[str]) -> str:
        """A list in a sentence: "a, b and c"."""
        return lists.format_list(list(items), locale=self.lang)

    def labels(self, items: Iterable[str]) -> str:
        """Labels in a row, as they stand beside their fields: questions and capitals would not fit into a sentence."""
        return " · ".join(items)

    def of(self, playbook: str) -> Voice:
        """The same voice in the words of a playbook."""
        return replace(self, words=self.words.of(playbook))


def currency(code: str) -> str | None:
    """The ISO 4217 code for what people write ("kr", "€", "ريال"), or `None`."""
    word = code.strip().strip(".").casefold()
    if word in _COLLOQUIAL:
        return _COLLOQUIAL[word]
    try:
        numbers.get_currency_name(word.upper(), locale=FALLBACK)
        numbers.validate_currency(word.upper())
    except UnknownCurrencyError:
        return None
    return word.upper()


def direction(lang: str) -> str:
    return "rtl" if lang in RIGHT_TO_LEFT else "ltr"


def isolated(text: str) -> str:
    """A value in its own direction amid words of another one: that of its first letter outside what is isolated in it,
    else of its first letter at all. Words put together of names alone would else run from left to right in Arabic.
    """
    return _BEGIN[leaning(_outside(text)) or leaning(text)] + text + _POP


def leaning(text: str) -> str:
    """The direction of its first letter; empty when there is none."""
    ways = {"L": "ltr", "R": "rtl", "AL": "rtl"}
    return next((ways[kind] for kind in map(unicodedata.bidirectional, text) if kind in ways), "")


def language_name(lang: str) -> str:
    """The language's name in itself, as its speakers look for it."""
    return (Locale.parse(lang).get_display_name(lang) or lang).capitalize()


def _outside(text: str) -> str:
    """The text without what is isolated in it, at any depth."""
    depth, left = 0, []
    for sign in text:
        depth += (sign in _BEGIN.values()) - (sign == _POP and depth > 0)
        left += [] if depth else [sign]
    return "".join(left)


_COLLOQUIAL = {
    "kr": "SEK",
    "kronor": "SEK",
    ":-": "SEK",
    "€": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "$": "USD",
    "£": "GBP",
    "ريال": "SAR",
    "درهم": "AED",
    "جنيه": "EGP",
    "دينار": "JOD",
}


@lru_cache
def _parser() -> FluentParser:
    return FluentParser()


def _bundle(lang: str, texts: Iterable[str]) -> FluentBundle:
    bundle = FluentBundle([lang], use_isolating=True)
    for text in texts:
        bundle.add_resource(_resource(text), allow_overrides=True)
    return bundle


@lru_cache(maxsize=256)
def _resource(text: str) -> Any:
    """Parsed once, though every playbook's bundle holds the shared words."""
    return _parser().parse(text)


@lru_cache(maxsize=256)
def entries(name: str, text: str) -> tuple[str, ...]:
    """Every key of a file: messages and their attributes. Raises PlaybookError naming each line that is not Fluent."""
    keys: list[str] = []
    wrong: list[str] = []
    for entry in _resource(text).body:
        match entry:
            case Junk():
                line = text[: entry.span.start].count("\n") + 1 if entry.span else 0
                found = (entry.content or "").strip().split("\n")[0]
                wrong.append(f"{name}: line {line}: found {found!r}, expected 'key = words'")
            case Message():
                keys += [entry.id.name] if entry.value else []
                keys += [f"{entry.id.name}.{attribute.id.name}" for attribute in entry.attributes]
    if wrong:
        raise PlaybookError("\n".join(wrong))
    return tuple(keys)
