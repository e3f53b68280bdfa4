"""Playbooks on disk → Playbook, words, signals; checked at start. No Python lives there, so an author needs none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from bot.core.hearing import Ears, parse_signals
from bot.core.playbook import Playbook, Step, parse
from bot.errors import PlaybookError, Problem
from bot.ports import Store
from bot.texts import FALLBACK, Words

_SHARED = ("common", "review")  # folders of words that belong to no playbook


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that was on disk at start."""

    playbooks: Mapping[str, Playbook]
    words: Words
    ears: Ears

    async def at(self, key: str, version: int, store: Store) -> Playbook:
        """The playbook as it was in that version: a recovery goes on as it began."""
        now = self.playbooks.get(key)
        if now and now.version == version:
            return now
        text = await store.playbook(key, version)
        if text is None:
            raise PlaybookError(f"playbooks/{key}: version {version} is neither on disk nor in the database")
        return parse(f"{key} {version}", text)

    async def keep(self, store: Store) -> None:
        """Remember every version in use. Raises PlaybookError when one was changed without a new version."""
        for book in self.playbooks.values():
            await store.keep_playbook(book.id, book.version, book.source)
            kept = await store.playbook(book.id, book.version)
            if kept is not None and parse(book.id, kept) != book:
                raise PlaybookError(
                    f"playbooks/{book.id}/playbook.toml: version: found {book.version} with other steps than "
                    f"recoveries began under, expected version = {book.version + 1}"
                )


def load(root: Traversable | None = None) -> Library:
    """Raise PlaybookError naming file, key, found and expected."""
    root = root or files("playbooks")
    folders = sorted((one for one in root.iterdir() if one.is_dir()), key=lambda one: one.name)
    books = {}
    for folder in folders:
        toml = folder / "playbook.toml"
        if toml.is_file():
            book = parse(f"playbooks/{folder.name}/playbook.toml", toml.read_text("utf-8"))
            if book.id != folder.name:
                raise PlaybookError(
                    f"playbooks/{folder.name}/playbook.toml: id: found {book.id!r}, expected the folder's name"
                )
            books[book.id] = book
    words = Words(_sources(folders))
    return Library(books, words, _ears(root / "signals"))


def missing_words(library: Library) -> Iterator[Problem]:
    """What a language lacks: of the playbooks' keys, and of the words that English has."""
    for lang in library.words.languages:
        keys = {key for book in library.playbooks.values() for key in word_keys(book)}
        for key in sorted(keys | library.words.keys(FALLBACK)):
            if not library.words.has(lang, key):
                yield Problem(f"playbooks/*/{lang}.ftl", key, "nothing", "words in this language")


def word_keys(book: Playbook) -> Iterator[str]:
    """Every text key a playbook needs in each language."""
    for step in book.steps:
        for slot in ("title", "body", "say", "never", "open"):
            yield f"{step.id}-{slot}"
        yield from _field_keys(step)
        for timer in step.timers:
            yield f"{step.id}-timer-{timer.id}"


def _field_keys(step: Step) -> Iterator[str]:
    for one in step.fields:
        yield f"{step.id}-{one.id}"
        if one.stamp:
            yield f"{step.id}-{one.id}.press"
        for option in one.options:
            yield f"{step.id}-{one.id}.{option}"


def _sources(folders: list[Traversable]) -> dict[str, list[tuple[str, str]]]:
    """Language → its files, the shared ones first. A language exists where there are common words in it."""
    common = next((one for one in folders if one.name == "common"), None)
    if common is None or not (common / f"{FALLBACK}.ftl").is_file():
        raise PlaybookError(f"playbooks/common/{FALLBACK}.ftl: found nothing, expected the words all playbooks share")
    languages = sorted(one.name.removesuffix(".ftl") for one in common.iterdir() if one.name.endswith(".ftl"))
    ordered = sorted(folders, key=lambda one: (one.name not in _SHARED, one.name))
    return {
        lang: [
            (f"playbooks/{folder.name}/{lang}.ftl", (folder / f"{lang}.ftl").read_text("utf-8"))
            for folder in ordered
            if (folder / f"{lang}.ftl").is_file()
        ]
        for lang in languages
    }


def _ears(folder: Traversable) -> Ears:
    signals = []
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        if one.name.endswith(".toml"):
            lang = one.name.removesuffix(".toml")
            learned = folder / f"{lang}.tsv"
            tsv = learned.read_text("utf-8") if learned.is_file() else ""
            signals.append(parse_signals(lang, f"playbooks/signals/{one.name}", one.read_text("utf-8"), tsv))
    return Ears.of(sorted(signals, key=lambda one: one.lang != FALLBACK))
