"""Card → Adaptive Card 1.5. Words stand in text runs: Teams reads no markdown, link or mention in a run.

A form that is to be filled in now stands in the card with its button; other forms unfold from theirs, and what is
seldom needed waits behind "More …". Inputs are named `<action>/<field>`, so that no two in a card share a name and
a press finds its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, assert_never

from bot.cards import CUT, Button, Card, Facts, Form, Lines, Node, Row, Text, cut, plain
from bot.texts import direction, isolated
from handlers.teams.inputs import Filled, inputs

VERSION = "1.5"  # the newest that every Teams client draws
BYTES = 28 * 1024  # of a card as it is sent
ACTIONS = 6  # in one row; Teams drops what is beyond
FALLBACK, TITLE, BUTTON = 1000, 300, 60
LENGTHS = (3000, 1000, 300, 80)  # of one text, tried in turn until the card fits
LINES = 30  # of one text
CROWD = "crowd"  # recoveries told in one message with the one that is pressed
MORE = "more"  # the id of what "More …" opens
CONTENT_TYPE = "application/vnd.microsoft.card.adaptive"
_LOOKS: Mapping[str, dict[str, Any]] = {"muted": {"isSubtle": True}, "strong": {"weight": "Bolder"}}
_COLOURS = {"urgent": "Attention", "done": "Good"}
_AT = re.compile(r"<(?=\s*/?\s*at\b)", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e]")  # control signs; those that turn a line round
_JOINER = "\u2060"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Dressing:
    """What a card in Teams needs beside the card: two words, whom one can choose, and what came of the last press.

    `people`: id and name. `notice`: a polite no, on top. `filled`: what was typed, and what is wrong with it.
    """

    more: str = CUT
    required: str = CUT
    people: tuple[tuple[str, str], ...] = ()
    notice: str = ""
    filled: Filled = field(default_factory=Filled)


def adaptive(card: Card, dressing: Dressing | None = None) -> Json:
    """At most 28 KB: long texts are cut shorter and shorter, at last whole paragraphs go."""
    dressing = dressing or Dressing()
    made: Json = {}
    for longest in LENGTHS:
        made = _Drawing(card, dressing, longest).card()
        if size(made) <= BYTES:
            return made
    while size(made) > BYTES and len(made["body"]) > 1:
        made["body"].pop()
    return made


def attachment(card: Json) -> Json:
    return {"contentType": CONTENT_TYPE, "content": card}


def size(made: Json) -> int:
    """Bytes of the card in UTF-8."""
    return len(json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode())


def harmless(text: str) -> str:
    """The one place where a text is made safe: no mention, no sign that turns the line round. Reads as before."""
    return _AT.sub("<" + _JOINER, _UNSEEN.sub("", text))


@dataclass(frozen=True, slots=True)
class _Drawing:
    now: Card
    dressing: Dressing
    longest: int

    def card(self) -> Json:
        first, shown, hidden = _sorted([self._fitting(one) for one in self.now.presses])
        body = [*self._head(), *(one for node in self.now.nodes for one in self._node(node))]
        actions = [self._press(one) for one in shown]
        if first:
            body += self._inputs(first, asked=False)
            actions.insert(0, _execute(first, first.submit))
        if hidden:
            body.append(self._hidden(hidden))
            targets = [MORE]
            actions.append({"type": "Action.ToggleVisibility", "title": self.dressing.more, "targetElements": targets})
        made = self._frame(body, actions)
        fallback = harmless(cut(plain(self.now), FALLBACK))
        return {**made, "fallbackText": fallback, "msteams": {"width": "Full"}}

    def _fitting(self, press: Button | Form) -> Button | Form:
        """A form without the inputs whose text is too long here: left out, it stays as it is; cut, it would be lost."""
        if isinstance(press, Button):
            return press
        return replace(press, inputs=tuple(one for one in press.inputs if len(one.value) <= self.longest))

    def _frame(self, body: list[Json], actions: list[Json]) -> Json:
        rtl = {"rtl": True} if direction(self.now.lang) == "rtl" else {}
        made: Json = {"type": "AdaptiveCard", "version": VERSION, "lang": self.now.lang, **rtl, "body": body}
        return {**made, "actions": actions} if actions else made

    def _head(self) -> Iterator[Json]:
        if self.dressing.notice:
            items = list(self._paragraphs(self.dressing.notice, {"weight": "Bolder"}))
            yield {"type": "Container", "style": "warning", "items": items}
        colour = {"color": _COLOURS[self.now.tone]} if self.now.tone in _COLOURS else {}
        title = cut(harmless(self.now.title), TITLE)
        yield _rich([_run(title, {"size": "Medium", "weight": "Bolder", **colour})])

    def _node(self, node: Node) -> Iterator[Json]:
        match node:
            case Text(text, "quote"):
                items = list(self._paragraphs(text, {}, quoted=True))
                yield {"type": "Container", "style": "emphasis", "items": items}
            case Text(text, look):
                style = _LOOKS.get(look, {})
                yield from self._paragraphs(text, style)
            case Lines():
                yield _rich([_run(harmless(node.label), {"weight": "Bolder"})])
                yield from self._list(node)
            case Facts(pairs):
                yield {"type": "Container", "items": [one for pair in pairs for one in self._fact(*pair)]}
            case Row():
                yield {"type": "Container", "separator": True, "items": list(self._row(node))}
            case Button() | Form():
                return
            case _:
                assert_never(node)

    def _row(self, row: Row) -> Iterator[Json]:
        """The button in a row of its own, under its line; it says with which others it stands."""
        yield from self._paragraphs(row.text, {"weight": "Bolder"})
        yield from self._paragraphs(row.detail, {}, quoted=True)
        if row.press:
            crowd = {CROWD: [one.press.value for one in self.now.rows if one.press]}
            yield {"type": "ActionSet", "actions": [_execute(row.press, row.press.label, crowd)]}

    def _paragraphs(self, text: str, style: Json, *, quoted: bool = False) -> Iterator[Json]:
        """A block a line: not every client breaks a line inside a run. What is quoted runs in its own direction."""
        for place, line in enumerate(self._lines(text)):
            shown = isolated(line) if quoted else line
            yield _rich([_run(shown, style)], {"spacing": "None"} if place else {})

    def _list(self, node: Lines) -> Iterator[Json]:
        for line in node.lines:
            yield _rich([_run(f"• {harmless(cut(line, self.longest))}")], {"spacing": "Small"})

    def _fact(self, label: str, value: str) -> Iterator[Json]:
        first, *rest = self._lines(value)
        bold = _run(harmless(f"{label}: "), {"weight": "Bolder"})
        yield _rich([bold, _run(isolated(first))], {"spacing": "Small"})
        for line in rest:
            yield _rich([_run(isolated(line))], {"spacing": "None"})

    def _lines(self, text: str) -> list[str]:
        lines = [line for line in harmless(cut(text, self.longest)).splitlines() if line.strip()]
        return [*lines[:LINES], CUT] if len(lines) > LINES else lines or [" "]

    def _press(self, press: Button | Form) -> Json:
        match press:
            case Button():
                return _execute(press, press.label)
            case Form():
                inner = self._frame(self._inputs(press, asked=True), [_execute(press, press.submit)])
                del inner["lang"]
                return {"type": "Action.ShowCard", "title": _title(press.label), "card": inner}
            case _:
                assert_never(press)

    def _hidden(self, presses: list[Button | Form]) -> Json:
        rows = [
            {"type": "ActionSet", "actions": [self._press(one) for one in presses[start : start + ACTIONS]]}
            for start in range(0, len(presses), ACTIONS)
        ]
        return {"type": "Container", "id": MORE, "isVisible": False, "separator": True, "items": rows}

    def _inputs(self, form: Form, *, asked: bool) -> list[Json]:
        """`asked`: the client insists on what is required. Not in the card itself: there it would insist as well
        when another form is sent, for a press carries all inputs above it.
        """
        required = self.dressing.required if asked else ""
        drawn = list(inputs(form, self.dressing.filled, self.dressing.people, required, self.longest))
        heading = [] if asked else [_rich([_run(harmless(form.label), {"weight": "Bolder"})], {"separator": True})]
        return [*heading, *_clean(drawn, harmless)]


def _sorted(presses: Sequence[Button | Form]) -> tuple[Form | None, list[Button | Form], list[Button | Form]]:
    """The form to fill in now, what stands beside it, and what waits behind "More …"."""
    shown = [one for one in presses if one.look != "more"]
    hidden = [one for one in presses if one.look == "more"]
    first = next((one for one in shown if isinstance(one, Form) and one.look == "primary"), None)
    beside = [one for one in shown if one is not first]
    room = ACTIONS - bool(first)
    if len(beside) + bool(hidden) > room:
        beside, hidden = beside[: room - 1], beside[room - 1 :] + hidden
    return first, beside, hidden


def _execute(press: Button | Form, label: str, more: Json | None = None) -> Json:
    """The same press for clients without Action.Execute comes as a message that carries `data`."""
    style = {"style": "positive"} if press.look == "primary" else {}
    asked = {"fields": [one.id for one in press.inputs]} if isinstance(press, Form) else {}
    data = {"action": press.action, "value": press.value, **asked, **(more or {})}
    submit = {"type": "Action.Submit", "title": _title(label), "data": data}
    return {**submit, "type": "Action.Execute", "verb": press.action, **style, "fallback": {**submit, **style}}


def _clean(made: Any, clean: Callable[[str], str]) -> Any:
    """Every text that is shown, at any depth; names and values stay as they are."""
    match made:
        case list():
            return [_clean(one, clean) for one in made]
        case Mapping():
            shown = {"label", "title", "placeholder", "errorMessage", "text"}
            return {k: clean(v) if k in shown and isinstance(v, str) else _clean(v, clean) for k, v in made.items()}
        case _:
            return made


def _title(text: str) -> str:
    return harmless(cut(text, BUTTON))


def _rich(runs: list[Json], more: Json | None = None) -> Json:
    return {"type": "RichTextBlock", "inlines": runs, **(more or {})}


def _run(text: str, style: Json | None = None) -> Json:
    return {"type": "TextRun", "text": text or " ", **(style or {})}
