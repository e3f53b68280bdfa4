"""Playbooks on disk → Playbook, words, signals; checked at start. No Python lives there, so an author needs none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from bot.core.drafting import Eyes, parse_patterns
from bot.core.hearing import Ears, Signals, parse_signals
from bot.core.playbook import Playbook, Step, parse
from bot.core.situations import Situations, parse_situations
from bot.errors import PlaybookError, Problem
from bot.ports import Store
from bot.texts import FALLBACK, Words, entries

BASE = "recovery"  # what a playbook does not say in its own words is said in this one's
_Texts = Mapping[str, tuple[str, str]]  # language → file name and text
_T = TypeVar("_T")
_R = TypeVar("_R")


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that was on disk at start."""

    playbooks: Mapping[str, Playbook]
    words: Words
    ears: Ears
    eyes: Eyes = field(default_factory=lambda: Eyes(()))
    asked: Mapping[str, Ears] = field(default_factory=dict)  # by language: which kind of customer an agent asks about
    situations: Mapping[str, Situations] = field(default_factory=dict)  # by language: the same, by learned words

    def methods(self, lang: str) -> tuple[tuple[str, str], ...]:
        """Id and name of every playbook, the one that ships as default first."""
        ids = sorted(self.playbooks, key=lambda name: (name != BASE, name))
        return tuple((name, self.words.of(name).say(lang, f"method-{name}")) for name in ids)

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


def load(root: Traversable | None = None, own: Iterable[Traversable] = ()) -> Library:
    """`own`: folders of further playbooks, or others of the same name. Raise PlaybookError with every mistake."""
    root = root or files("playbooks")
    folders = {one.name: one for one in root.iterdir() if one.is_dir()} | {one.name: one for one in own}
    wrong: list[str] = []
    books = {name: book for name in sorted(folders) if (book := _tried(_book, folders[name], wrong))}
    texts = {name: found for name in sorted(folders) if (found := _tried(_texts, folders[name], wrong))}
    if FALLBACK not in texts.get("common", {}):
        wrong.append(f"playbooks/common/{FALLBACK}.ftl: found nothing, expected the words all playbooks share")
    if wrong:
        raise PlaybookError("\n".join(wrong))
    ears = Ears.of(sorted(_signals(root / "signals"), key=lambda one: one.lang != FALLBACK))
    asked = {one.lang: Ears.of([one]) for one in _signals(root / "coach")}
    situations = dict(_situations(root / "coach"))
    return Library(books, _words(books, texts), ears, _eyes(root / "review"), asked, situations)


def own_folders(path: str) -> tuple[Path, ...]:
    """One folder a playbook in AMENDS_PLAYBOOKS. Raise PlaybookError when that is no folder."""
    if not path:
        return ()
    folder = Path(path).resolve()
    if not folder.is_dir():
        raise PlaybookError(f"environment: AMENDS_PLAYBOOKS: found {path!r}, expected a folder of playbooks' folders")
    return tuple(sorted(one for one in folder.iterdir() if (one / "playbook.toml").is_file()))


def missing_words(library: Library) -> Iterator[Problem]:
    """What a language lacks: of the playbooks' keys, and of the words that English has."""
    expected = "words in this language"
    for lang in library.words.languages:
        for key in sorted(library.words.keys(FALLBACK)):
            if not library.words.has(lang, key):
                yield Problem(f"playbooks/*/{lang}.ftl", key, "nothing", expected)
        for book in library.playbooks.values():
            words = library.words.of(book.id)
            for key in sorted({*word_keys(book), *words.keys(FALLBACK)} - library.words.keys(FALLBACK)):
                if not words.has(lang, key):
                    yield Problem(f"playbooks/{book.id}/{lang}.ftl", key, "nothing", expected)


def word_keys(book: Playbook) -> Iterator[str]:
    """Every text key a playbook needs in each language: its own, or for fields and timers `recovery`'s."""
    yield f"method-{book.id}"
    for step in book.steps:
        for slot in ("title", "body", "say", "never"):
            yield f"{step.id}-{slot}"
        if any(not one.stamp for one in step.fields):
            yield f"{step.id}-open"
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


def _book(folder: Traversable) -> Playbook | None:
    toml = folder / "playbook.toml"
    if not toml.is_file():
        return None
    file = f"playbooks/{folder.name}/playbook.toml"
    book = parse(file, toml.read_text("utf-8"))
    if book.id != folder.name:
        raise PlaybookError(f"{file}: id: found {book.id!r}, expected the folder's name")
    return book


def _texts(folder: Traversable) -> _Texts:
    texts: dict[str, tuple[str, str]] = {}
    wrong: list[str] = []
    for one in folder.iterdir():
        if one.name.endswith(".ftl"):
            named = (f"playbooks/{folder.name}/{one.name}", one.read_text("utf-8"))
            texts[one.name.removesuffix(".ftl")] = named
            _tried(lambda named: entries(*named), named, wrong)
    if wrong:
        raise PlaybookError("\n".join(wrong))
    return texts


def _tried(read: Callable[[_T], _R], what: _T, wrong: list[str]) -> _R | None:
    """Read it; a mistake is noted, so that the next one is found too."""
    try:
        return read(what)
    except PlaybookError as error:
        wrong.append(str(error))
        return None


def _words(books: Mapping[str, Playbook], texts: Mapping[str, _Texts]) -> Words:
    """The shared words, and each playbook's own over them. A language exists where there are common words in it."""
    shared = sorted((name for name in texts if name not in books or name == BASE), key=lambda name: name != "common")

    def of(*names: str) -> dict[str, list[tuple[str, str]]]:
        return {
            lang: [texts[name][lang] for name in names if lang in texts.get(name, {})]
            for lang in sorted(texts["common"])
        }

    base = books.get(BASE)
    own = {}
    for name, book in books.items():
        said = {lang: entries(*text) for lang, text in texts.get(name, {}).items()}
        own[name] = Words(of(*shared, *((name,) if name != BASE else ())), _aliases(book, base), own=said)
    return Words(of(*shared), playbooks=own)


def _aliases(book: Playbook, base: Playbook | None) -> dict[str, str]:
    """A field or timer with an id of `recovery`'s has its words there, whatever its step is called here."""
    if base is None or book.id == base.id:
        return {}
    found = {}
    for step in book.steps:
        for one in step.fields:
            if (home := base.step_of(one.id)) and home.id != step.id:
                found[f"{step.id}-{one.id}"] = f"{home.id}-{one.id}"
        for timer in step.timers:
            twin = next((other for other in base.steps if other.phase == step.phase), None)
            if twin and twin.id != step.id and any(other.id == timer.id for other in twin.timers):
                found[f"{step.id}-timer-{timer.id}"] = f"{twin.id}-timer-{timer.id}"
    return found


def _eyes(folder: Traversable) -> Eyes:
    """English first: it is the fallback."""
    files = sorted((one for one in folder.iterdir() if one.name.endswith(".toml")), key=lambda one: one.name)
    patterns = [
        parse_patterns(one.name.removesuffix(".toml"), f"playbooks/review/{one.name}", one.read_text("utf-8"))
        for one in files
    ]
    return Eyes(tuple(sorted(patterns, key=lambda one: one.lang != FALLBACK)))


def _situations(folder: Traversable) -> Iterator[tuple[str, Situations]]:
    begin, end = "situations_", ".tsv"
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        if one.name.startswith(begin) and one.name.endswith(end):
            file = f"playbooks/{folder.name}/{one.name}"
            yield one.name[len(begin) : -len(end)], parse_situations(file, one.read_text("utf-8"))


def _signals(folder: Traversable) -> Iterator[Signals]:
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        if one.name.endswith(".toml"):
            lang = one.name.removesuffix(".toml")
            learned = folder / f"{lang}.tsv"
            tsv = learned.read_text("utf-8") if learned.is_file() else ""
            file = f"playbooks/{folder.name}/{one.name}"
            yield parse_signals(lang, file, one.read_text("utf-8"), tsv)
