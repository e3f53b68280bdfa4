"""Inputs of a form: how they stand in an Adaptive Card, and what comes back from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, assert_never

from bot.cards import Form, Input, cut
from bot.presses import Inputs

LONGEST = 3000  # characters one may type
EVERYBODY = {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}  # Teams' own people picker
_DATE, _TIME, _MANY = "/date", "/time", "/many"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Filled:
    """What stood in the inputs of a card, and what is wrong with some of them, both by the input's name."""

    typed: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)


def inputs(
    form: Form, filled: Filled, people: tuple[tuple[str, str], ...], required: str, longest: int
) -> Iterator[Json]:
    """The form's inputs. `required`: what the client says where something is missing; empty: it asks for nothing."""
    for one in form.inputs:
        name = f"{form.action}/{one.id}"
        must = {"isRequired": True, "errorMessage": required} if one.required and required else {}
        yield from _input(one, name, filled.typed, people, longest, must)
        if wrong := filled.wrong.get(name):
            yield _small(wrong, {"color": "Attention", "weight": "Bolder"})
        if one.hint:
            yield _small(one.hint, {"isSubtle": True})


def read(action: str, data: Mapping[str, Any]) -> Inputs:
    """Field → what was filled in, for this action's inputs alone. What a client leaves out was left empty."""
    prefix = f"{action}/"
    fields = data.get("fields")
    found: dict[str, str | tuple[str, ...]] = (
        dict.fromkeys(filter(_name, fields), "") if isinstance(fields, list) else {}
    )
    typed = {key.removeprefix(prefix): _text(value) for key, value in data.items() if key.startswith(prefix)}
    for key, value in typed.items():
        name, mark, kind = key.partition("/")
        match mark + kind:
            case "":
                found[name] = value
            case "/many":
                found[name] = tuple(one for one in value.split(",") if one)
            case "/date" | "/time":
                found[name] = _moment(typed.get(name + _DATE, ""), typed.get(name + _TIME, ""))
            case _:
                found[key] = value  # no such field: the service says so
    return found


def typed(data: Mapping[str, Any]) -> dict[str, str]:
    """Everything that stood in the card's inputs, by name."""
    return {key: _text(value) for key, value in data.items() if "/" in key}


def _input(
    one: Input, name: str, typed: Mapping[str, str], people: tuple[tuple[str, str], ...], longest: int, must: Json
) -> Iterator[Json]:
    label = {"label": one.label}
    match one.kind:
        case "text" | "long" | "money":
            value = _value(cut(typed.get(name, ""), longest) or one.value)
            long = {"isMultiline": True} if one.kind == "long" else {}
            yield {"type": "Input.Text", "id": name, **label, "maxLength": LONGEST, **long, **value, **must}
        case "time":
            yield _time(one, name, typed)
        case "choice":
            value = _value(typed.get(name) or one.value)
            yield {"type": "Input.ChoiceSet", "id": name, **label, "choices": _choices(one.options), **value, **must}
        case "many":
            name += _MANY
            value = _value(typed.get(name) or ",".join(one.value.split()))
            choices = {"choices": _choices(one.options), "isMultiSelect": True}
            yield {"type": "Input.ChoiceSet", "id": name, **label, **choices, **value, **must}
        case "person":
            value = _value(typed.get(name) or one.value)
            choices = {"choices": _choices(people), "choices.data": EVERYBODY}
            yield {"type": "Input.ChoiceSet", "id": name, **label, **choices, **value, **must}
        case _:
            assert_never(one.kind)


def _time(one: Input, name: str, typed: Mapping[str, str]) -> Json:
    """A day and a clock time side by side; a clock time alone is the next such time."""
    at = datetime.fromisoformat(one.value) if one.value else None
    day = _value(typed.get(name + _DATE) or (f"{at:%Y-%m-%d}" if at else ""))
    clock = _value(typed.get(name + _TIME) or (f"{at:%H:%M}" if at else ""))
    date: Json = {"type": "Input.Date", "id": name + _DATE, "label": one.label, **day}
    time: Json = {"type": "Input.Time", "id": name + _TIME, "placeholder": one.label, **clock}
    columns = [
        {"type": "Column", "width": "stretch", "items": [date]},
        {"type": "Column", "width": "stretch", "items": [time], "verticalContentAlignment": "Bottom"},
    ]
    return {"type": "ColumnSet", "columns": columns}


def _choices(options: tuple[tuple[str, str], ...]) -> list[Json]:
    return [{"title": label, "value": value} for value, label in options]


def _small(text: str, style: Json) -> Json:
    run = {"type": "TextRun", "text": text, "size": "Small", **style}
    return {"type": "RichTextBlock", "inlines": [run], "spacing": "Small"}


def _value(text: str) -> Json:
    return {"value": text} if text else {}


def _moment(day: str, clock: str) -> str:
    return f"{day} {clock}".strip()


def _name(value: Any) -> bool:
    return isinstance(value, str)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)
