"""Between what the core knows and what SQLite keeps: rows and JSON, there and back without loss."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, cast

from bot.core import effects, events, outage
from bot.core.events import Event, Money
from bot.core.hours import Window
from bot.core.limits import Approval, Limit
from bot.core.policy import Absence, Level, Policy, Rota, Shift, plain
from bot.core.recovery import Ask, Call, Note, Recovery
from bot.store.schema import FIELDS

_CENT = Decimal("0.01")
_TIMES = frozenset(
    {"sent_at", "happened_at", "deadline", "due", "check_back", "fixed_at", "prevention_due", "prevention_done"}
)
_PLAIN = (
    "workspace id version status step playbook playbook_version team agent channel link said lang severity kind "
    "help_why acknowledged_by dropped_by drop_reason"
).split()
_MOMENTS = "opened_at stepped_at touched_at closed_at acknowledged_at".split()
_REST = (
    "policy done skipped notes agents_before calls turn asked_again reopened again approval outage outage_word ends "
    "followed asks snoozed reminded"
).split()
_KINDS: dict[str, Callable[..., Any]] = {
    kind.__name__: kind
    for kind in (
        Money,
        Level,
        Rota,
        Shift,
        Absence,
        Limit,
        Approval,
        Window,
        outage.Word,
        Ask,
        Call,
        Note,
        effects.Person,
        effects.Aside,
        effects.Home,
        effects.Channel,
        effects.Team,
        effects.Admins,
    )
}


def _policy(ladder: tuple[str, ...] | None = None, wait: timedelta | None = None, **known: Any) -> Policy:
    """A policy; one from before there were levels is a plain ladder."""
    return Policy(**known) if ladder is None or wait is None else plain(ladder, wait)


_KINDS["Policy"] = _policy


def iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def dumps(value: Any) -> str:
    return _whole(json.dumps(_down(value), ensure_ascii=False, separators=(",", ":")))


def loads(text: str) -> Any:
    return _tupled(json.loads(text, object_hook=_up))


def event_data(event: Event | outage.Event | effects.Effect, *leave: str) -> str:
    return dumps({name: getattr(event, name) for name in _names(type(event)) or () if name not in leave})


def event(kind: str, at: str, actor: str, data: str) -> Event:
    return cast("Event", getattr(events, kind)(at=moment(at), by=actor, **loads(data)))


def effect(kind: str, data: str) -> effects.Effect:
    return cast("effects.Effect", getattr(effects, kind)(**loads(data)))


def fts(words: Iterable[str]) -> str:
    """A full-text query: any of these words, whatever they end in. Words are quoted, so none of them is an operator."""
    return " OR ".join(f'"{word.replace(chr(34), "")}"*' for word in words)


def row(recovery: Recovery) -> dict[str, Any]:
    """The recovery as named parameters, one for every column."""
    columns: dict[str, Any] = dict.fromkeys(FIELDS)
    known = {name: _columns(name, value) for name, value in recovery.answers.items()}
    for some in known.values():
        columns |= some
    answers = {name: value for name, value in recovery.answers.items() if not known[name]}
    columns |= {name: getattr(recovery, name) for name in _PLAIN}
    moments = {name: getattr(recovery, name) for name in _MOMENTS}
    columns |= {name: at and iso(at) for name, at in moments.items()}
    columns |= _allowed(recovery)
    columns["reasons"] = dumps(recovery.reasons)
    columns["answers"] = dumps(answers)
    columns["rest"] = dumps({name: getattr(recovery, name) for name in _REST})
    return {name: _whole(value) if isinstance(value, str) else value for name, value in columns.items()}


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
            answers[name] = Money(Decimal(str(value)).quantize(_CENT), columns["currency"])
        else:
            answers[name] = str(value)
    known: dict[str, Any] = {name: columns[name] for name in _PLAIN}
    known |= {name: columns[name] and moment(columns[name]) for name in _MOMENTS}
    known |= _with_calls(loads(columns["rest"]))
    return Recovery(**known, reasons=loads(columns["reasons"]), answers=answers)


def _allowed(recovery: Recovery) -> dict[str, str]:
    """Who allowed the amount, under which limit; for reports, the record itself keeps the whole of it."""
    approval = recovery.approval
    if approval is None or approval.granted is None:
        return {"allowed_by": "", "allowed_limit": ""}
    limit = "" if approval.limit is None else f"{approval.limit} {approval.currency}"
    return {"allowed_by": approval.decided_by, "allowed_limit": limit}


def _with_calls(rest: dict[str, Any]) -> dict[str, Any]:
    """A call from before there were levels was a word; the ladder says who was pinged by it."""
    if not any(isinstance(call, str) for call in rest["calls"]):
        return rest
    people = [level.people for level in rest["policy"].levels]
    calls = tuple(Call(why, people[turn - 1], turn=turn) for turn, why in enumerate(rest["calls"], 1))
    return {**rest, "calls": calls, "turn": len(calls)}


def _columns(name: str, value: Any) -> dict[str, Any]:
    """The answer as columns of its own; none when a playbook gives the field a kind that the column cannot hold."""
    match value:
        case Money() if name == "amount":
            return {"amount": float(value.amount), "currency": value.currency}
        case datetime() if name in _TIMES:
            return {name: iso(value)}
        case str() if name in FIELDS and name not in _TIMES | {"amount", "currency"}:
            return {name: value}
        case _:
            return {}


def _whole(text: str) -> str:
    """Half a surrogate pair, which JSON may carry and no database can write, becomes a sign."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _down(value: Any) -> Any:
    """To what JSON knows; anything else becomes {"$kind": …} so that it can come back."""
    kind = type(value)
    if kind in _SAME:
        return value
    if kind in _SCALARS_DOWN:
        return _SCALARS_DOWN[kind](value)
    if kind is tuple or kind is list:
        return [_down(item) for item in value]
    if (names := _names(kind)) is not None:
        return {f"${kind.__name__}": {name: _down(getattr(value, name)) for name in names}}
    if isinstance(value, Mapping):
        return {key: _down(item) for key, item in value.items()}
    return value


def _names(kind: type) -> tuple[str, ...] | None:
    """The fields of a dataclass; `None` where it is none."""
    if kind not in _KNOWN:
        _KNOWN[kind] = tuple(one.name for one in fields(kind)) if is_dataclass(kind) else None
    return _KNOWN[kind]


def _up(found: dict[str, Any]) -> Any:
    """What one JSON object stands for; those inside it are read already."""
    if len(found) == 1:
        ((key, value),) = found.items()
        if kind := _SCALARS.get(key):
            return kind(value)
        if key[:1] == "$" and (made := _KINDS.get(key[1:])):
            return made(**value)
    return {key: _tupled(value) if type(value) is list else value for key, value in found.items()}


_KNOWN: dict[type, tuple[str, ...] | None] = {}
_SAME = frozenset({str, int, float, bool, type(None)})
_SCALARS_DOWN: dict[type, Callable[[Any], Any]] = {
    datetime: lambda value: {"$time": iso(value)},
    date: lambda value: {"$date": value.isoformat()},
    time: lambda value: {"$clock": value.isoformat()},
    timedelta: lambda value: {"$seconds": value.total_seconds()},
    Decimal: lambda value: {"$decimal": str(value)},
}
_SCALARS: dict[str, Callable[[Any], Any]] = {
    "$time": moment,
    "$date": date.fromisoformat,
    "$clock": time.fromisoformat,
    "$seconds": lambda seconds: timedelta(seconds=seconds),
    "$decimal": Decimal,
}


def _tupled(value: Any) -> Any:
    return tuple(map(_tupled, value)) if type(value) is list else value
