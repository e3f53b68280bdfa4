"""The rooms of the house: what import-linter cannot see. Who imports whom inside the rooms is in pyproject.toml."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("app.py", "bot", "handlers", "playbooks", "tests")
CODE = sorted([*ROOT.glob("bot/**/*.py"), *ROOT.glob("handlers/**/*.py")])
SHOWN = [file for file in CODE if "views" in file.parts or file.name in {"render.py", "listen.py", "cards.py"}]
SENTENCE = re.compile(r"\b[a-z']{2,} [a-z']{2,}\b")
CLOCKS = {"now", "utcnow", "today", "time", "monotonic"}


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def named(file: Path) -> str:
    return str(file.relative_to(ROOT))


def imported(file: Path) -> set[str]:
    """Every module named in an import, wherever it stands."""
    found = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def test_the_rooms_have_their_fixed_names() -> None:
    assert all((ROOT / room).exists() for room in ROOMS)
    code = {file.parent.name for file in ROOT.glob("*/*.py")} - {"build", "dist"}
    assert code <= {*ROOMS}


@pytest.mark.parametrize("file", [*CODE, *sorted(ROOT.glob("tests/*.py"))], ids=named)
def test_nobody_imports_the_command_line(file: Path) -> None:
    roots = {name.partition(".")[0] for name in imported(file)}
    assert roots.isdisjoint({"app", "tests"}) or file.is_relative_to(ROOT / "tests")


def test_no_python_lives_with_the_playbooks() -> None:
    assert list(ROOT.glob("playbooks/**/*.py")) == []


@pytest.mark.parametrize("file", CODE, ids=named)
def test_a_module_says_what_its_room_is_for(file: Path) -> None:
    said = ast.get_docstring(tree(file))
    assert said
    assert said[0].isupper() or said[0].isdigit()


# The core is pure


@pytest.mark.parametrize("file", sorted(ROOT.glob("bot/core/*.py")), ids=named)
def test_the_core_waits_for_nothing_and_asks_no_clock(file: Path) -> None:
    for node in ast.walk(tree(file)):
        assert not isinstance(node, ast.Await | ast.AsyncFunctionDef | ast.AsyncFor | ast.AsyncWith)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            whose = node.func.value
            assert not (isinstance(whose, ast.Name) and whose.id in {"datetime", "date"} and node.func.attr in CLOCKS)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"open", "print", "input"}


@pytest.mark.parametrize("file", sorted(ROOT.glob("bot/**/*.py")), ids=named)
def test_the_bot_names_no_platform_in_its_code(file: Path) -> None:
    """Docstrings and settings may; what is done must not depend on it."""
    if file.name == "settings.py":
        return
    said = {text.casefold() for text, _ in texts(file)}
    assert said & {"slack", "teams", "desk"} == set()


@pytest.mark.parametrize("file", CODE, ids=named)
def test_only_clocks_and_platform_times_make_a_moment(file: Path) -> None:
    if file.name == "clock.py":
        return
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            whose = node.func.value
            now = isinstance(whose, ast.Name) and whose.id == "datetime" and node.func.attr in {"now", "utcnow"}
            assert not now, f"{named(file)}:{node.lineno}"


# No sentence in Python


def quiet(node: ast.AST) -> Iterator[ast.AST]:
    """Places whose texts nobody in a chat reads: docstrings, errors of ours, logs, words split into a list."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Raise() | ast.Assert():
            yield node
        case ast.Call(func=ast.Attribute(attr="split" | "info" | "warning" | "error" | "exception" | "compile")):
            yield node
        case ast.Call(func=ast.Name(id="TypeError" | "ValueError" | "LookupError" | "Undeliverable" | "Unknown")):
            yield node


def texts(file: Path) -> Iterator[tuple[str, int]]:
    hidden = {inner for node in ast.walk(tree(file)) for outer in quiet(node) for inner in ast.walk(outer)}
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in hidden:
            yield node.value, node.lineno


@pytest.mark.parametrize("file", SHOWN, ids=named)
def test_no_sentence_stands_in_python(file: Path) -> None:
    assert [(line, text) for text, line in texts(file) if SENTENCE.search(text)] == []


def test_the_check_would_find_a_sentence() -> None:
    assert SENTENCE.search("Please press the button")
    assert not any(map(SENTENCE.search, ["plain", "form-start.title", "a b", "initial_value", "Never say", "x-y z-w"]))
