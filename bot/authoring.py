"""What an author's playbook lacks, all of it at once: its steps, then its words in every language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.core.playbook import Playbook
from bot.core.signals import KINDS
from bot.errors import PlaybookError, Problem
from bot.library import BASE, Library, load, word_keys
from bot.texts import FALLBACK

# The narrowest place in which a text stands: a modal's title and a button on Slack, on a phone.
LONGEST = {"title": 24, "open": 40, "press": 40, "method": 75}
_EXTRA = ("then-say", "then-never", "then-open", "hint")
_CUSTOMERS = tuple(kind.replace("_", "-") for kind in sorted(KINDS - {"none"}))


def mistakes(folder: Path) -> tuple[str, ...]:
    """Every mistake, a line each; none when the playbook may be used."""
    folder = folder.resolve()
    if not (folder / "playbook.toml").is_file():
        return (f"{folder}/playbook.toml: found no file, expected a playbook",)
    try:
        library = load(own=(folder,))
    except PlaybookError as error:
        return tuple(str(error).splitlines())
    return tuple(str(one) for one in _words(library, library.playbooks[folder.name], folder))


def _words(library: Library, book: Playbook, folder: Path) -> Iterator[Problem]:
    needed, words = set(word_keys(book)), library.words.of(book.id)
    shared = library.words.keys(FALLBACK) if book.id != BASE else frozenset()
    written = {lang: words.own.get(lang, frozenset()) for lang in words.languages}
    everywhere = needed | {key for keys in written.values() for key in keys if _known(key, book)}
    for lang in words.languages:
        file = f"playbooks/{folder.name}/{lang}.ftl"
        for key in sorted(everywhere - written[lang]):
            if not words.has(lang, key) or (key in written[FALLBACK] and key not in shared):
                yield Problem(file, key, "nothing", "words in this language")
        for key in sorted(written[lang] - needed):
            if not _known(key, book):
                yield Problem(file, key, "a key that nothing uses", "a key of a step, field or timer")
        for key in sorted(written[lang]):
            longest = _longest(key, book)
            if longest and len(said := words.say(lang, key)) > longest:
                yield Problem(file, key, f"{len(said)} characters", f"at most {longest}: it must fit on a phone")


def _known(key: str, book: Playbook) -> bool:
    """May a playbook have this key, though it need not?"""
    for step in book.steps:
        slot = key.removeprefix(f"{step.id}-")
        if slot == key:
            continue
        fields = {f"{one.id}.hint" for one in step.fields} | {one.id for one in step.fields}
        kinds = {f"{base}-{kind}" for base in ("say", "never", "body", "then-say", "then-never") for kind in _CUSTOMERS}
        if slot in _EXTRA or slot in fields or slot in kinds:
            return True
    return False


def _longest(key: str, book: Playbook) -> int:
    """How many characters this text may have; 0 for no limit."""
    if key == f"method-{book.id}":
        return LONGEST["method"]
    if key.endswith(".press"):
        return LONGEST["press"]
    slots = {f"{step.id}-title": "title" for step in book.steps}
    slots |= {f"{step.id}-{end}": "open" for step in book.steps for end in ("open", "then-open")}
    return LONGEST[slots[key]] if key in slots else 0
