"""Between what the core knows and what SQLite keeps: rows and JSON, there and back without loss."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, cast

from bot.core import effects, events
from bot.core.events import Event, Money
from bot.core.policy import Policy
from bot.core.recovery import Note, Recovery
from bot.store.schema import FIELDS

_TIMES = frozenset({"sent_at", "happened_at", "deadline", "due", "check_back", "fixed_at"})
_PLAIN = (
    "workspace id version status step playbook playbook_version team agent channel link said lang severity kind "
    "help_why acknowledged_by dropped_by drop_reason"
).split()
_MOMENTS = "opened_at stepped_at touched_at closed_at acknowledged_at".split()
_REST = "policy done skipped notes agents_before calls reminded".split()
_KINDS = {
    kind.__name__: kind
    for kind in (
        Money,
        Policy,
        Note,
        effects.Person,
        effects.Aside,
        effects.Home,
        effects.Team,
        effects.Admins,
    )
}


def iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def dumps(value: Any) -> str:
    return json.dumps(_down(value), ensure_ascii=False, separators=(",", ":"))


def loads(text: str) -> Any:
    return _up(json.loads(text))


def event_data(event: Event | effects.Effect, *leave: str) -> str:
    return dumps({one.name: getattr(event, one.name) for one in fields(event) if one.name not in leave})


def event(kind: str, at: str, actor: str, data: str) -> Event:
    return cast("Event", getattr(events, kind)(at=moment(at), by=actor, **loads(data)))


def effect(kind: str, data: str) -> effects.Effect:
    return cast("effects.Effect", getattr(effects, kind)(**loads(data)))


def row(recovery: Recovery) -> dict[str, Any]:
    """The recovery as named parameters, one for every column."""
    answers = dict(recovery.answers)
    columns: dict[str, Any] = dict.fromkeys(FIELDS)
    amount = answers.pop("amount", None)
    if isinstance(amount, Money):
        columns |= {"amount": float(amount.amount), "currency": amount.currency}
    for name in FIELDS:
        if name in answers:
            value = answers.pop(name)
            columns[name] = iso(value) if isinstance(value, datetime) else value
    columns |= {name: getattr(recovery, name) for name in _PLAIN}
    moments = {name: getattr(recovery, name) for name in _MOMENTS}
    columns |= {name: at and iso(at) for name, at in moments.items()}
    columns["reasons"] = dumps(recovery.reasons)
    columns["answers"] = dumps(answers)
    columns["rest"] = dumps({name: getattr(recovery, name) for name in _REST})
    return columns


def recovery(columns: Any) -> Recovery:
    """The recovery that a row holds."""
    answers = dict(loads(columns["answers"]))
    for name in FIELDS:
        value = columns[name]
        if value is None or name == "currency":
            continue
        if name in _TIMES:
            answers[name] = moment(value)
        elif name == "amount":
            answers[name] = Money(Decimal(str(value)), columns["currency"])
        else:
            answers[name] = str(value)
    known: dict[str, Any] = {name: columns[name] for name in _PLAIN}
    known |= {name: columns[name] and moment(columns[name]) for name in _MOMENTS}
    known |= loads(columns["rest"])
    return Recovery(**known, reasons=loads(columns["reasons"]), answers=answers)


def _down(value: Any) -> Any:
    """To what JSON knows; anything else becomes {"$kind": …} so that it can come back."""
    match value:
        case datetime():
            return {"$time": iso(value)}
        case timedelta():
            return {"$seconds": value.total_seconds()}
        case Decimal():
            return {"$decimal": str(value)}
        case Mapping():
            return {key: _down(item) for key, item in value.items()}
        case tuple() | list():
            return [_down(item) for item in value]
        case _ if is_dataclass(value):
            kind = type(value).__name__
            return {f"${kind}": {one.name: _down(getattr(value, one.name)) for one in fields(value)}}
        case _:
            return value


def _up(value: Any) -> Any:
    match value:
        case {"$time": str(text)}:
            return moment(text)
        case {"$seconds": seconds}:
            return timedelta(seconds=seconds)
        case {"$decimal": text}:
            return Decimal(text)
        case dict() if len(value) == 1 and (kind := _KINDS.get(next(iter(value))[1:])):
            return kind(**_up(next(iter(value.values()))))
        case dict():
            return {key: _up(item) for key, item in value.items()}
        case list():
            return tuple(_up(item) for item in value)
        case _:
            return value
