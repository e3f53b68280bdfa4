"""Card → Block Kit. Text goes out as rich_text, shown as it stands: Slack reads no mention, link or style in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, assert_never

from bot.cards import Button, Card, Facts, Form, Input, Lines, Node, Row, Text, cut, plain
from bot.texts import direction, isolated, leaning

BLOCKS = 50  # in a message; 100 in a modal or on App Home
BUTTON, OPTION, MODAL_TITLE, MODAL_BUTTON = 75, 75, 24, 24
HEADLINE = 75  # a longer title is a sentence; as a header it would shout and, past 150, be cut
TEXT, FALLBACK, INPUT = 3000, 4000, 3000
OVERFLOW, ELEMENTS = 5, 25  # presses in one menu, in one row
FORM = "form:"  # an action that opens a form begins with it
ROW = "row:"  # one that stands in a row begins with it and the row's recovery
_RLM = "\u200f"  # where Slack looks at the first letter for a line's direction, it finds this one
_RIGHT_TO_LEFT = "\u2067"  # where it does not look, the words of a line stand in the right order all the same
_POP = "\u2069"
_SIGNS = {"say": "white_check_mark", "never": "no_entry_sign"}  # seen before a word is read
_BOLD: dict[str, Any] = {"style": {"bold": True}}
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
    body = [_title(card), *_body(card)]
    presses = list(_presses(card))
    return body[: most - len(presses)] + presses


def escaped(text: str) -> str:
    """For the one place where Slack reads markup: the fallback text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _title(card: Card) -> Json:
    """A header over a card, a line of its own for a sentence."""
    title = _line(card.title, card.lang)
    if card.nodes and len(title) <= HEADLINE:
        return {"type": "header", "text": _plain(title, HEADLINE)}
    return _rich([_section([_run(title, _BOLD if card.nodes else {})])])


def _body(card: Card) -> Iterator[Json]:
    """The nodes in order, a rule between one block of facts and the next."""
    before: Node | None = None
    for node in card.nodes:
        if isinstance(node, Facts) and isinstance(before, Facts):
            yield {"type": "divider"}
        yield from _node(node, card.lang)
        before = node


def _node(node: Node, lang: str) -> Iterator[Json]:
    match node:
        case Text(text, "muted"):
            yield {"type": "context", "elements": [_plain(_line(text, lang), TEXT)]}
        case Text(text, "quote"):
            yield _rich([{"type": "rich_text_quote", "elements": [_run(_quoted(text))]}])
        case Text(text, look):
            run = _run(_line(text, lang), _BOLD if look == "strong" else {})
            yield _rich([_section([run])])
        case Lines():
            yield _rich([_label(node, lang), _list(node, lang)])
        case Facts(pairs):
            yield _rich([_section(list(_facts(pairs, lang)))])
        case Row():
            yield _row(node, lang)
        case Button() | Form():
            return
        case _:
            assert_never(node)


def _row(row: Row, lang: str) -> Json:
    """A line with its button beside it. Its id names the recovery: no two in a message are the same."""
    block = {"type": "section", "text": _plain(f"{_line(row.text, lang)}\n{isolated(row.detail)}", TEXT)}
    if row.press is None:
        return block
    button = _button(row.press)
    return {**block, "accessory": {**button, "action_id": f"{ROW}{row.press.value}:{button['action_id']}"}}


def unrowed(action: str) -> str:
    """The action of a press, whichever row it stood in."""
    return action.removeprefix(ROW).partition(":")[2] if action.startswith(ROW) else action


def _rich(elements: list[Json]) -> Json:
    return {"type": "rich_text", "elements": elements}


def _section(elements: list[Json]) -> Json:
    return {"type": "rich_text_section", "elements": elements}


def _run(text: str, style: Json | None = None) -> Json:
    return {"type": "text", "text": cut(text, TEXT) or " ", **(style or {})}


def _label(node: Lines, lang: str) -> Json:
    if name := _SIGNS.get(node.sign):
        return _section([{"type": "emoji", "name": name}, _run(_line(f" {node.label}", lang), _BOLD)])
    return _section([_run(_line(node.label, lang), _BOLD)])


def _list(node: Lines, lang: str) -> Json:
    rows = [_section([_run(_line(line, lang))]) for line in node.lines]
    return {"type": "rich_text_list", "style": "bullet", "elements": rows}


def _facts(pairs: Iterable[tuple[str, str]], lang: str) -> Iterator[Json]:
    for place, (label, value) in enumerate(pairs):
        before, after = (_RLM + _RIGHT_TO_LEFT, _POP) if direction(lang) == "rtl" else ("", "")
        newline = "\n" if place else ""
        yield {"type": "text", "text": f"{newline}{before}{label}: ", **_BOLD}
        yield _run(isolated(cut(value, TEXT - 3)) + after)


def _presses(card: Card) -> Iterator[Json]:
    """Buttons, then what is seldom needed in menus behind "…"."""
    shown = [_button(press) for press in card.presses if press.look != "more"]
    hidden = [_option(press) for press in card.presses if press.look == "more"]
    menus = [
        {"type": "overflow", "action_id": f"more:{place}", "options": chunk}
        for place, chunk in enumerate(_chunks(hidden, OVERFLOW))
    ]
    for row in _chunks([*shown, *menus], ELEMENTS):
        yield {"type": "actions", "elements": row}


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
    """Our own words: every line in the direction of its language."""
    return "\n".join(_turned(line, rtl=direction(lang) == "rtl") for line in text.split("\n"))


def _quoted(text: str) -> str:
    """Somebody else's words: every line in the direction it was written in."""
    return "\n".join(_turned(line, rtl=leaning(line) == "rtl") for line in text.split("\n"))


def _turned(line: str, *, rtl: bool) -> str:
    return f"{_RLM}{_RIGHT_TO_LEFT}{line}{_POP}" if rtl else line


def _chunks(items: list[Any], most: int) -> Iterator[list[Any]]:
    for start in range(0, len(items), most):
        yield items[start : start + most]
