"""Words: every key in every language with the same variables, short enough for its place, and none without a use."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import parse
from fluent.syntax.ast import BaseNode, Message, SelectExpression, TextElement, VariableReference
from fluent.syntax.visitor import Visitor

from bot.core.hearing import Ears
from bot.library import Library, missing_words
from bot.views import VIEWS

ROOT = Path(__file__).parent.parent
FILES = sorted(ROOT.glob("playbooks/*/*.ftl"))
LANGUAGES = sorted({file.stem for file in FILES})
TITLE, BUTTON = 24, 75  # characters in the head of a Slack modal, and on a button
METHODS = "|".join(sorted(file.parent.name.upper() for file in ROOT.glob("playbooks/*/playbook.toml")))
LATIN_IN_ARABIC = re.compile(rf"/amends|/invite|carp:|Amends|amends\.toml|SEK|JavaScript|Asia/Riyadh|{METHODS}")


class _Found(Visitor):
    """The variables and the plain text of one message."""

    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.text: list[str] = []

    def visit_VariableReference(self, node: VariableReference) -> None:  # noqa: N802 - Fluent's name
        self.variables.add(node.id.name)

    def visit_TextElement(self, node: TextElement) -> None:  # noqa: N802
        self.text.append(node.value)

    def visit_SelectExpression(self, node: SelectExpression) -> None:  # noqa: N802
        self.generic_visit(node)


def _read(node: BaseNode) -> _Found:
    found = _Found()
    found.visit(node)
    return found


@cache
def words(file: Path) -> dict[str, _Found]:
    """Key → what stands there; an attribute's key is message.attribute."""
    found = {}
    for entry in parse(file.read_text("utf-8")).body:
        if isinstance(entry, Message):
            name = entry.id.name
            if entry.value:
                found[name] = _read(entry.value)
            found |= {f"{name}.{one.id.name}": _read(one.value) for one in entry.attributes}
    return found


@cache
def keys(lang: str) -> frozenset[str]:
    return frozenset(key for file in FILES if file.stem == lang for key in words(file))


def test_there_are_three_languages(library: Library) -> None:
    assert list(library.words.languages) == LANGUAGES == ["ar", "en", "sv"]


def test_nothing_is_missing(library: Library) -> None:
    assert list(missing_words(library)) == []


@pytest.mark.parametrize("file", [file for file in FILES if file.stem != "en"], ids=lambda file: file.parent.name)
def test_every_key_stands_in_every_language_with_the_same_variables(file: Path) -> None:
    english, here = words(file.with_name("en.ftl")), words(file)
    assert set(here) == set(english)
    differ = {key: (here[key].variables, english[key].variables) for key in here}
    assert {key: both for key, both in differ.items() if both[0] != both[1]} == {}


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_no_key_stands_twice_and_none_is_empty(file: Path) -> None:
    names = [entry.id.name for entry in parse(file.read_text("utf-8")).body if isinstance(entry, Message)]
    assert sorted(names) == sorted(set(names))
    empty = {key for key, found in words(file).items() if not "".join(found.text).strip() and not found.variables}
    assert empty == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nobody_on_teams_is_told_to_write_a_slash(library: Library, lang: str) -> None:
    """Teams keeps "/" for itself; there the word alone is the command."""
    slash = {key for key in keys(lang) if "/amends" in library.words.say(lang, key, platform="slack")}
    assert {"help-lines", "help-method", "no-nothing-to-answer", "no-unknown-recovery", "no-ask-empty"} <= slash
    assert [key for key in keys(lang) if "/amends" in library.words.say(lang, key, platform="teams")] == []


# Short enough for their place


def plain(library: Library, lang: str, key: str, playbook: str = "recovery") -> str:
    """As a reader sees it, with the longest step's name where a step is named, without marks of direction."""
    book = library.playbooks[playbook]
    titles = [library.words.say(lang, f"{step.id}-title") for step in book.steps]
    said = library.words.say(lang, key, step=max(titles, key=len), who="Alexandra", what="", place=1, of=4)
    return re.sub("[\u2066-\u2069\u200e\u200f]", "", said)


def modal_titles(library: Library, lang: str) -> Iterator[tuple[str, str]]:
    for key in keys(lang):
        form = key.startswith("form-") and key.endswith((".title", ".submit"))
        if form or key == "cancel" or re.fullmatch(r"(apology|review|fix|document)-title", key):
            yield key, plain(library, lang, key)


def buttons(library: Library, lang: str) -> Iterator[tuple[str, str]]:
    labels = {"take", "offer-accept", "offer-decline", "more", "cancel", "close"}
    fields = {
        f"{step.id}-{one.id}" for book in library.playbooks.values() for step in book.steps for one in step.fields
    }
    for key in keys(lang):
        name, _, attribute = key.partition(".")
        form = name.startswith("form-") and not attribute
        pressed = attribute == "press" or name.endswith("-open") or key in labels
        option = name in fields and attribute not in {"", "hint", "press"}
        if form or pressed or option:
            yield key, plain(library, lang, key)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_titles_fit_a_modal(library: Library, lang: str) -> None:
    titles = dict(modal_titles(library, lang))
    assert len(titles) > 15
    assert {key: said for key, said in titles.items() if len(said) > TITLE} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_labels_fit_a_button(library: Library, lang: str) -> None:
    labels = dict(buttons(library, lang))
    assert len(labels) > 30
    assert {key: said for key, said in labels.items() if len(said) > BUTTON} == {}


# No language shines through in another


@pytest.mark.parametrize("file", [file for file in FILES if file.stem == "ar"], ids=lambda file: file.parent.name)
def test_no_latin_letters_are_left_in_arabic(file: Path) -> None:
    latin = {key: LATIN_IN_ARABIC.sub("", "".join(found.text)) for key, found in words(file).items()}
    assert {key: text for key, text in latin.items() if re.search("[A-Za-z]", text)} == {}


@pytest.mark.parametrize("file", [file for file in FILES if file.stem == "sv"], ids=lambda file: file.parent.name)
def test_no_sentence_was_left_in_english(file: Path) -> None:
    english = words(file.with_name("en.ftl"))
    same = {
        key
        for key, found in words(file).items()
        if found.text == english[key].text and len(re.findall("[a-z]{2,}", "".join(found.text))) > 2
    }
    assert same == set()


# What the program says has words


def constants(node: ast.AST) -> Iterator[str]:
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value


def choices(node: ast.expr) -> Iterator[str]:
    """One text, or one of two."""
    yield from constants(ast.List([node.body, node.orelse])) if isinstance(node, ast.IfExp) else constants(node)


@cache
def code(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a function or class in bot/ and handlers/, and where it stands."""
    for file in sorted([*ROOT.glob("bot/**/*.py"), *ROOT.glob("handlers/**/*.py")]):
        for node in ast.walk(code(file)):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called == name:
                    yield f"{file.relative_to(ROOT)}:{node.lineno}", node


def test_every_polite_no_has_its_words() -> None:
    said = {(f"no-{key}", where) for where, call in calls("Rejected") for key in choices(call.args[0])}
    assert len(said) > 20
    wrong = {one for one in said if one[0] not in keys("en")}
    begun = {one for one in wrong if one[0].endswith("-") and any(key.startswith(one[0]) for key in keys("en"))}
    assert wrong - begun == set()


def test_everything_wrong_with_a_field_has_its_words() -> None:
    files = [*ROOT.glob("bot/**/*.py"), *ROOT.glob("handlers/**/*.py")]
    said = {key for file in files for key in constants(code(file)) if re.match("no-field-", key)}
    assert "no-field-required" in said
    assert said <= keys("en")


def test_every_tell_has_its_view() -> None:
    told = {call.args[1].value for _, call in calls("Tell") if isinstance(call.args[1], ast.Constant)}
    assert {"card", "offer", "ping", "record", "undelivered"} <= told
    assert told <= set(VIEWS)


def test_every_view_is_told_or_shown() -> None:
    told = {
        key
        for name in ("Tell", "Ask", "show", "to_agent")
        for _, call in calls(name)
        for arg in call.args
        for key in constants(arg)
    }
    assert set(VIEWS) <= told


def test_every_key_that_is_said_has_its_words() -> None:
    said = {
        (key, where)
        for name in ("say", "quiet", "lines", "press")
        for where, call in calls(name)
        for arg in call.args[:2]
        if isinstance(arg, ast.Constant) and isinstance(key := arg.value, str) and "-" in key
    }
    assert len(said) > 60
    assert {one for one in said if one[0] not in keys("en")} == set()


def reasons(ears: Ears) -> set[str]:
    """Every reason that a message may be heard with."""
    groups = {name: group for ear in ears.by_lang.values() for name, group in ear.signals.groups.items()}
    return {name for name, group in groups.items() if group.reason} | {"capitals", "wording"}


def test_every_reason_has_its_words(library: Library) -> None:
    found = reasons(library.ears)
    assert len(found) > 15
    assert {name for name in found if f"reason-{name}" not in keys("en")} == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_and_severity_has_its_words(lang: str) -> None:
    assert {f"severity-{number}" for number in (1, 2, 3)} <= keys(lang)
    assert {f"scale-{number}" for number in range(1, 6)} <= keys(lang)
