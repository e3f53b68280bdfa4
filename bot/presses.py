"""A press, a form or a typed answer → the event it means. Raises Rejected when it means nothing here and now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from bot.answers import read
from bot.core.events import (
    Accepted,
    Acknowledged,
    Advised,
    Allowed,
    Answered,
    Denied,
    Dropped,
    Event,
    HandedOver,
    HelpAsked,
    Money,
    Noted,
    PassedOn,
    Postponed,
    Prevented,
    Reopened,
    Skipped,
    Snoozed,
    Switched,
    TookOver,
    Value,
)
from bot.core.playbook import Field, Kind, Playbook, Step
from bot.core.recovery import AMOUNT, Recovery, missing
from bot.errors import Rejected

Inputs = Mapping[str, str | tuple[str, ...]]
SUPERVISING = frozenset({"take", "advise", "takeover", "pass"})  # on a ping
ALLOWING = frozenset({"allow", "allowless", "deny"})  # on a question for an amount
PREVENTING = frozenset({"prevented", "postpone"})  # on what is to stop it next time
ANY_METHOD = frozenset(  # they mean the same in each
    {*SUPERVISING, *ALLOWING, *PREVENTING, "accept", "decline", "drop", "help", "handover", "reopen"}
)
SNOOZE = timedelta(minutes=15)
LONGEST = 40_000  # characters of one text that are kept; Slack's own limit


@dataclass(frozen=True, slots=True)
class Press:
    """Who pressed what, when, in which time zone, with which inputs. `mark`: what the card asked when it was drawn."""

    at: datetime
    by: str
    step: str
    verb: str
    inputs: Inputs
    zone: str
    playbook: str = ""
    mark: str = ""


def parted(verb: str) -> tuple[str, str]:
    """A verb, or an action, and the mark behind it: "snooze.due.2026-…" stood on a reminder of what was due then."""
    verb, _, mark = verb.partition(".")
    return verb, mark


def meant(press: Press, now: Recovery, playbook: Playbook, methods: Mapping[str, int] | None = None) -> Event:
    """`methods`: every playbook there is, with its version."""
    at, by = press.at, press.by
    if press.playbook not in {"", now.playbook} and press.verb not in ANY_METHOD:
        raise Rejected("unknown-step")  # a card from before another method was chosen
    match press.verb:
        case "accept":
            return Accepted(at, by)
        case "decline" | "drop":
            return Dropped(at, by, _text(press, "reason"))
        case "help":
            return HelpAsked(at, by, _text(press, "why"))
        case "note":
            return Noted(at, by, _needed(press, "note"))
        case "skip":
            return Skipped(at, by, press.step, _needed(press, "reason"))
        case "handover":
            return HandedOver(at, by, str(_needed_as(press, "to", "person")))
        case "switch":
            method = _needed(press, "method")
            if method not in (methods or {}):
                raise Rejected("form", {"method": "no-field-option"})
            return Switched(at, by, method, (methods or {})[method])
        case "snooze":
            timer, mark = parted(press.mark)
            return Snoozed(at, by, press.step, timer, at + SNOOZE, mark)
        case _:
            return _supervised(press) or _answered(press, now, playbook)


def _supervised(press: Press) -> Event | None:
    """What is pressed on a ping, or on what is complete."""
    match press.verb:
        case "take":
            return Acknowledged(press.at, press.by)
        case "advise":
            return Advised(press.at, press.by, _needed(press, "advice"))
        case "takeover":
            return TookOver(press.at, press.by)
        case "pass":
            return PassedOn(press.at, press.by, str(_needed_as(press, "to", "person")))
        case "reopen":
            return Reopened(press.at, press.by, _needed(press, "why"))
        case "allow":
            return Allowed(press.at, press.by, mark=press.mark)
        case "allowless":
            return Allowed(press.at, press.by, cast("Money", _needed_as(press, AMOUNT, "money")), mark=press.mark)
        case "prevented":
            return Prevented(press.at, press.by)
        case "postpone":
            return Postponed(press.at, press.by, cast("datetime", _needed_as(press, "until", "time")))
        case "deny":
            return Denied(press.at, press.by, _needed(press, "why"), press.mark)
        case _:
            return None


def _needed_as(press: Press, name: str, kind: Kind) -> Value | None:
    """An input that must be there, read; what is wrong with it is told beside it."""
    try:
        return read(Field(name, kind), _needed(press, name), press.at, press.zone)
    except Rejected as no:
        raise (no if no.fields else Rejected("form", {name: f"no-{no.key}"})) from no


def written(text: str, press: Press, now: Recovery, playbook: Playbook) -> Event:
    """A message typed instead of the form: the answer to the first thing that is missing and can be written."""
    step = playbook.step(now.step) if now.live else None
    if step is None:
        return Answered(press.at, press.by, "", {})  # the engine says why it is too late, or too early
    field = step.field(next(iter(missing(step, now.answers)), ""))
    if field is None or field.stamp or field.kind in {"choice", "many", "person"}:
        raise Rejected("use-button")
    return Answered(press.at, press.by, step.id, {field.id: read(field, text, press.at, press.zone)})


def _answered(press: Press, now: Recovery, playbook: Playbook) -> Event:
    step = playbook.step(press.step)
    stamp = step.field(press.verb) if step else None
    if step is None or not (press.verb in {"answer", "correct"} or (stamp and stamp.stamp)):
        raise Rejected("unknown-step")
    if stamp:
        if now.live and (stamp.id in now.answers or step.id in now.done):
            raise Rejected("late-step")
        return Answered(press.at, press.by, step.id, {stamp.id: press.at})
    if press.verb == "answer" and now.live and step.id != now.step:
        raise Rejected("late-step" if playbook.place(step.id) < playbook.place(now.step) else "unknown-step")
    values = _values(press, step, now) if now.live else {}  # too late: the engine says so, whatever the form holds
    return Answered(press.at, press.by, step.id, values)


def _values(press: Press, step: Step, now: Recovery) -> dict[str, Value | None]:
    """Every input read; all that is wrong with them is told at once."""
    values: dict[str, Value | None] = {}
    wrong: dict[str, str] = {}
    for name, raw in press.inputs.items():
        field = step.field(name)
        if field is None:
            raise Rejected("unknown-field", field=name)
        try:
            values[name] = read(field, raw, press.at, press.zone)
        except Rejected as no:
            wrong[name] = f"no-{no.key}"
    after = {key: value for key, value in {**now.answers, **values}.items() if value is not None}
    wrong |= {name: "no-field-required" for name in missing(step, after, now=True) if name not in wrong}
    if wrong:
        raise Rejected("form", wrong)
    return values


def _text(press: Press, name: str) -> str:
    return str(press.inputs.get(name, "")).strip()[:LONGEST]


def _needed(press: Press, name: str) -> str:
    if text := _text(press, name):
        return text
    raise Rejected("form", {name: "no-field-required"})
