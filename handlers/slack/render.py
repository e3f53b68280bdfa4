"""Card → Block Kit. Text goes out as rich_text, shown as it stands: Slack reads no mention, link or style in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, assert_never

from bot.cards import Button, Card, Facts, Form, Input, Lines, Node, Text, cut, plain
from bot.texts import direction

BLOCKS = 50  # in a message; 100 in a modal or on App Home
HEADER, BUTTON, OPTION, MODAL_TITLE, MODAL_BUTTON = 150, 75, 75, 24, 24
TEXT, FALLBACK, INPUT = 3000, 4000, 3000
OVERFLOW, ELEMENTS = 5, 5  # presses in one menu, in one row
FORM = "form:"  # an action that opens a form begins with it
_RLM = "\u200f"  # makes a line with a Latin beginning run from right to left
_ISOLATE, _POP = "\u2068", "\u2069"  # first strong isolate: a name keeps its own direction
Json = dict[str, Any]


def message(card: Card) -> Json:
    """The keyword arguments of chat.postMessage and its kin."""
    return {"blocks": blocks(card), "text": escaped(cut(plain(card), FALLBACK))}


def home(card: Card) -> Json:
    return {"type": "home", "blocks": blocks(card, most=100)}


def modal(form: Form, lang: str, back: Json) -> Json:
    """`back` travels through the modal, so that its answer finds the way to where it was opened."""
    return {
        "type": "modal",
        "callback_id": "form",
        "title": _plain(form.title, MODAL_TITLE),
        "submit": _plain(form.submit, MODAL_BUTTON),
        "close": _plain(form.cancel, MODAL_BUTTON),
        "private_metadata": json.dumps({**back, "action": form.action, "value": form.value}),
        "blocks": [_input(one, lang) for one in form.inputs],
    }


def blocks(card: Card, most: int = BLOCKS) -> list[Json]:
    title: Json = {"type": "header", "text": _plain(_line(card.title, card.lang), HEADER)}
    body = [title, *(block for node in card.nodes for block in _node(node, card.lang))]
    presses = list(_presses(card))
    return body[: most - len(presses)] + presses


def escaped(text: str) -> str:
    """For the one place where Slack reads markup: the fallback text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _node(node: Node, lang: str) -> Iterator[Json]:
    match node:
        case Text(text, "muted"):
            yield {"type": "context", "elements": [_plain(_line(text, lang), TEXT)]}
        case Text(text, look):
            kind = "rich_text_quote" if look == "quote" else "rich_text_section"
            style = {"style": {"bold": True}} if look == "strong" else {}
            yield _rich([{"type": kind, "elements": [_run(_line(text, lang), style)]}])
        case Lines():
            yield _rich([_section([_run(_line(node.label, lang), {"style": {"bold": True}})]), _list(node, lang)])
        case Facts(pairs):
            yield _rich([_section(list(_facts(pairs, lang)))])
        case Button() | Form():
            return
        case _:
            assert_never(node)


def _rich(elements: list[Json]) -> Json:
    return {"type": "rich_text", "elements": elements}


def _section(elements: list[Json]) -> Json:
    return {"type": "rich_text_section", "elements": elements}


def _run(text: str, style: Json | None = None) -> Json:
    return {"type": "text", "text": cut(text, TEXT) or " ", **(style or {})}


def _list(node: Lines, lang: str) -> Json:
    rows = [_section([_run(_line(line, lang))]) for line in node.lines]
    return {"type": "rich_text_list", "style": "bullet", "elements": rows}


def _facts(pairs: Iterable[tuple[str, str]], lang: str) -> Iterator[Json]:
    for place, (label, value) in enumerate(pairs):
        newline = "\n" if place else ""
        yield {"type": "text", "text": newline + _line(f"{label}: ", lang), "style": {"bold": True}}
        yield _run(_ISOLATE + cut(value, TEXT - 2) + _POP)


def _presses(card: Card) -> Iterator[Json]:
    """Buttons in rows, what is seldom needed in menus behind "…"."""
    shown = [press for press in card.presses if press.look != "more"]
    for row in _chunks([_button(press) for press in shown], ELEMENTS):
        yield {"type": "actions", "elements": row}
    hidden = [press for press in card.presses if press.look == "more"]
    menus = [
        {"type": "overflow", "action_id": f"more:{place}", "options": [_option(press) for press in chunk]}
        for place, chunk in enumerate(_chunks(hidden, OVERFLOW))
    ]
    if menus:
        yield {"type": "actions", "elements": menus}


def _button(press: Button | Form) -> Json:
    style = {"style": "primary"} if press.look == "primary" else {}
    text = _plain(press.label, BUTTON)
    return {"type": "button", "action_id": _action(press), "text": text, "value": press.value, **style}


def _option(press: Button | Form) -> Json:
    return {"text": _plain(press.label, OPTION), "value": f"{_action(press)} {press.value}"}


def _action(press: Button | Form) -> str:
    return f"{FORM}{press.action}" if isinstance(press, Form) else press.action


def _input(one: Input, lang: str) -> Json:
    hint = {"hint": _plain(_line(one.hint, lang), 2000)} if one.hint else {}
    label = _plain(_line(one.label, lang), 2000)
    block: Json = {"type": "input", "block_id": one.id, "label": label, "element": _element(one)}
    return {**block, "optional": not one.required, **hint}


def _element(one: Input) -> Json:
    """The element and what stands in it; every one answers under the action id "v"."""
    match one.kind:
        case "time":
            at = {"initial_date_time": int(datetime.fromisoformat(one.value).timestamp())} if one.value else {}
            return {"type": "datetimepicker", "action_id": "v", **at}
        case "person":
            who = {"initial_user": one.value} if one.value else {}
            return {"type": "users_select", "action_id": "v", **who}
        case "choice" | "many":
            return _select(one)
        case "text" | "long" | "money":
            value = {"initial_value": cut(one.value, INPUT)} if one.value else {}
            long = {"multiline": True} if one.kind == "long" else {}
            return {"type": "plain_text_input", "action_id": "v", "max_length": INPUT, **long, **value}
        case _:
            assert_never(one.kind)


def _select(one: Input) -> Json:
    options = [{"text": _plain(label, OPTION), "value": value} for value, label in one.options]
    chosen = [option for option in options if option["value"] in one.value.split()]
    many = one.kind == "many"
    key, initial = ("initial_options", chosen) if many else ("initial_option", chosen[0] if chosen else None)
    kind = "multi_static_select" if many else "static_select"
    return {"type": kind, "action_id": "v", "options": options, **({key: initial} if chosen else {})}


def _plain(text: str, longest: int) -> Json:
    return {"type": "plain_text", "text": cut(text, longest) or " ", "emoji": False}


def _line(text: str, lang: str) -> str:
    if direction(lang) != "rtl":
        return text
    return "\n".join(_RLM + line for line in text.split("\n"))


def _chunks(items: list[Any], most: int) -> Iterator[list[Any]]:
    for start in range(0, len(items), most):
        yield items[start : start + most]
