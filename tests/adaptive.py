"""Adaptive Card rules as Microsoft states them: the official schema of 1.5, and Teams' own limits beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from jsonschema import Draft6Validator

from handlers.teams.render import ACTIONS, BYTES, size

Json = dict[str, Any]
TEAMS_ONLY = {"msteams", "choices.data"}  # Teams' additions to the schema, documented by Teams


def mistakes(card: Json) -> list[str]:
    """What is wrong with a card; empty for a good one."""
    return [*_schema(card), *_limits(card), *_ids(card)]


def texts(node: Any) -> Iterator[str]:
    """Every text that a person reads in it, in order; a line of several runs is one text."""
    match node:
        case {"type": "RichTextBlock", "inlines": inlines}:
            yield "".join(one["text"] for one in inlines)
        case {"type": str(kind)} if kind.startswith(("Input.", "Action.")):
            yield str(node.get("label") or node.get("title") or "")
            yield from texts(node.get("card"))
        case dict():
            for key in ("body", "items", "columns", "actions"):
                yield from texts(node.get(key))
        case list():
            for inner in node:
                yield from texts(inner)
        case _:
            return


def parts(node: object, kind: str) -> Iterator[Json]:
    """Every element or action of a type, at any depth, fallbacks left out."""
    if isinstance(node, dict):
        if str(node.get("type", "")).startswith(kind):
            yield node
        for key, inner in node.items():
            if key != "fallback":
                yield from parts(inner, kind)
    elif isinstance(node, list):
        for inner in node:
            yield from parts(inner, kind)


def executes(card: Json) -> Iterator[Json]:
    """Every button that sends something, with the inputs that it takes along."""
    own = list(parts(card.get("body"), "Input."))
    for action in [*(card.get("actions") or ()), *parts(card.get("body"), "Action.")]:
        if action["type"] == "Action.ShowCard":
            inner = [*parts(action["card"]["body"], "Input.")]
            yield from ({**one, "inputs": inner} for one in parts(action["card"], "Action.Execute"))
        elif action["type"] == "Action.Execute":
            yield {**action, "inputs": own}


def neighbours(node: Any) -> Iterator[tuple[Json, Json]]:
    """Every element with the one that follows it in the same place."""
    if isinstance(node, dict):
        for key in ("body", "items"):
            inner = node.get(key) or []
            yield from pairwise(inner)
        for inner in node.values():
            yield from neighbours(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from neighbours(inner)


@cache
def _validator() -> Draft6Validator:
    text = (files("adaptive_cards") / "schemas" / "schema-1.5.json").read_text("utf-8")
    return Draft6Validator(json.loads(text))


def _schema(card: Json) -> Iterator[str]:
    for error in _validator().iter_errors(_without_additions(card)):
        yield f"{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}"


def _without_additions(node: Any) -> Any:
    match node:
        case dict():
            return {key: _without_additions(inner) for key, inner in node.items() if key not in TEAMS_ONLY}
        case list():
            return [_without_additions(inner) for inner in node]
        case _:
            return node


def _limits(card: Json) -> Iterator[str]:
    if card.get("version") != "1.5":
        yield f"version {card.get('version')}"
    if size(card) > BYTES:
        yield f"{size(card)} bytes"
    if not card.get("fallbackText"):
        yield "no fallbackText"
    for one in [*parts(card, "AdaptiveCard"), *parts(card, "ActionSet")]:
        if len(one.get("actions") or ()) > ACTIONS:
            yield f"{len(one['actions'])} actions in one row"
    for one in parts(card, "Action.Execute"):
        if (one.get("fallback") or {}).get("type") != "Action.Submit":
            yield f"{one.get('title')}: no Action.Submit for clients that do not know Action.Execute"
    if next(parts(card, "TextBlock"), None):
        yield "a TextBlock reads markdown: words stand in text runs"


def _ids(card: Json) -> Iterator[str]:
    ids = [one["id"] for one in parts(card, "") if "id" in one]
    for one in sorted({one for one in ids if ids.count(one) > 1}):
        yield f"id {one} twice"
