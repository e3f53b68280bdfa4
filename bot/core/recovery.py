"""The record. begin() and apply() are the only places a recovery changes: replaying the journal gives the row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, assert_never

from bot.core.events import (
    Accepted,
    Acknowledged,
    Answered,
    Dropped,
    Elapsed,
    Escalated,
    Event,
    HandedOver,
    HelpAsked,
    Noted,
    Skipped,
    Switched,
    Value,
)
from bot.core.playbook import Field, Playbook, Step, Timer
from bot.core.policy import Policy, pings_at_once

Status = Literal["offered", "open", "closed", "dropped"]
Call = Literal["severe", "asked", "late", "unanswered"]  # why the next supervisor was pinged
LADDER = "ladder"  # the timer that asks whether a pinged supervisor has answered


@dataclass(frozen=True, slots=True)
class Note:
    """One progress note: what the customer was told, and when."""

    at: datetime
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Recovery:
    """Everything that is true of one recovery now. `version` counts the events behind it."""

    workspace: str
    id: str
    version: int
    status: Status
    playbook: str
    playbook_version: int
    policy: Policy
    team: str
    agent: str
    channel: str
    said: str
    lang: str
    link: str
    severity: int
    kind: str
    reasons: tuple[str, ...]
    opened_at: datetime
    step: str | None = None
    stepped_at: datetime | None = None
    touched_at: datetime | None = None
    answers: Mapping[str, Value] = field(default_factory=dict)
    done: Mapping[str, datetime] = field(default_factory=dict)
    skipped: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    agents_before: tuple[str, ...] = ()
    calls: tuple[Call, ...] = ()
    reminded: tuple[str, ...] = ()  # timers of promises that have spoken, with the promise as it stood then
    help_why: str = ""
    acknowledged_by: str = ""
    acknowledged_at: datetime | None = None
    closed_at: datetime | None = None
    dropped_by: str = ""
    drop_reason: str = ""

    @property
    def live(self) -> bool:
        return self.status in {"offered", "open"}

    @property
    def level(self) -> int:
        """How many supervisors have been pinged."""
        return len(self.calls)

    @property
    def pinged(self) -> tuple[str, ...]:
        return self.policy.pinged(self.level)


def missing(step: Step, answers: Mapping[str, Value], *, now: bool = False) -> tuple[str, ...]:
    """Fields the step still needs, in order; with `now` only those a form must have at once.

    A group counts as filled by any of its fields, and is named by its first.
    """
    wanted = (one for one in step.fields if one.required and not (now and one.later))
    return tuple(
        one.id
        for one in wanted
        if one.id == _stand_ins(step, one)[0] and not any(name in answers for name in _stand_ins(step, one))
    )


def begin(event: Escalated, playbook: Playbook) -> Recovery:
    fresh = Recovery(
        workspace=event.workspace,
        id=event.id,
        version=1,
        status="offered" if event.offered else "open",
        playbook=event.playbook,
        playbook_version=event.playbook_version,
        policy=event.policy,
        team=event.team,
        agent=event.by,
        channel=event.channel,
        said=event.said,
        lang=event.lang,
        link=event.link,
        severity=event.severity,
        kind=event.kind,
        reasons=event.reasons,
        opened_at=event.at,
        touched_at=event.at,
        calls=("severe",) if pings_at_once(event.severity) and event.policy.ladder else (),
    )
    return fresh if event.offered else _enter(fresh, playbook.steps[0].id, event.at)


def apply(now: Recovery, event: Event, playbook: Playbook) -> Recovery:
    """What is true after the event. The engine has already refused what makes no sense.

    For Switched, `playbook` is the one switched to.
    """
    then = replace(_applied(now, event, playbook), version=now.version + 1)
    return then if event.by == "clock" else replace(then, touched_at=event.at)


def replay(events: Iterable[Event], playbook: Playbook, *others: Playbook) -> Recovery:
    """The recovery that a journal tells of; its first event must be Escalated. `others`: what it may switch to."""
    first, *rest = events
    if not isinstance(first, Escalated):
        raise TypeError(f"a journal begins with Escalated, not {type(first).__name__}")
    now = begin(first, playbook)
    for event in rest:
        if isinstance(event, Switched):
            wanted = (event.playbook, event.playbook_version)
            playbook = next(one for one in others if (one.id, one.version) == wanted)
        now = apply(now, event, playbook)
    return now


def _applied(now: Recovery, event: Event, playbook: Playbook) -> Recovery:
    match event:
        case Accepted():
            return _enter(replace(now, status="open"), playbook.steps[0].id, event.at)
        case Dropped():
            return replace(now, status="dropped", closed_at=event.at, dropped_by=event.by, drop_reason=event.reason)
        case Answered():
            return _answered(now, event, playbook)
        case Skipped():
            skipped = {**now.skipped, event.step: event.reason}
            return _move_on(replace(now, skipped=skipped), event.at, playbook)
        case Switched():
            then = replace(now, playbook=event.playbook, playbook_version=event.playbook_version)
            return _enter(then, playbook.steps[0].id, event.at)
        case Noted():
            return replace(now, notes=(*now.notes, Note(event.at, event.by, event.text)))
        case HandedOver():
            ladder = (*now.pinged, *(one for one in now.policy.ladder[now.level :] if one != event.to))
            policy = replace(now.policy, ladder=ladder)  # nobody is pinged about his own recovery
            return replace(now, agent=event.to, agents_before=(*now.agents_before, now.agent), policy=policy)
        case HelpAsked():
            calls: tuple[Call, ...] = now.calls if now.acknowledged_by else (*now.calls, "asked")
            return replace(now, help_why=event.why, calls=calls)
        case Acknowledged():
            return replace(now, acknowledged_by=event.by, acknowledged_at=event.at)
        case Elapsed():
            call: Call = "unanswered" if event.timer == LADDER else "late"
            then = replace(now, calls=(*now.calls, call)) if raises(now, event, playbook) else now
            timer = timer_of(event, playbook)
            return replace(then, reminded=(*now.reminded, promise(event))) if timer and timer.promise else then
        case Escalated():
            raise TypeError("Escalated begins a recovery; it does not change one")
        case _:
            assert_never(event)


def untouched(now: Recovery) -> bool:
    """Is nothing written down yet, so that another method may be used?"""
    return now.status == "open" and not (now.answers or now.done or now.skipped or now.notes)


def raises(now: Recovery, event: Elapsed, playbook: Playbook) -> bool:
    """Does this timer call the next supervisor? Not once somebody has it, and not past the last one."""
    if now.acknowledged_by or now.level >= len(now.policy.ladder):
        return False
    timer = timer_of(event, playbook)
    return event.timer == LADDER or (timer is not None and timer.to == "supervisor")


def timer_of(event: Elapsed, playbook: Playbook) -> Timer | None:
    step = playbook.step(event.step)
    return next((one for one in step.timers if one.id == event.timer), None) if step else None


def promise(event: Elapsed) -> str:
    """One word for a timer and the promise it was set for."""
    return f"{event.step}/{event.timer} {event.mark}"


def _answered(now: Recovery, event: Answered, playbook: Playbook) -> Recovery:
    answers = {**now.answers, **event.values}
    then = replace(now, answers={key: value for key, value in answers.items() if value is not None})
    step = playbook.step(now.step)
    if step and event.step == now.step and not missing(step, then.answers):
        return _move_on(then, event.at, playbook)
    return then


def _move_on(now: Recovery, at: datetime, playbook: Playbook) -> Recovery:
    step = now.step or ""
    done = now.done if step in now.skipped else {**now.done, step: at}
    following = playbook.after(step)
    if following is None:
        return replace(now, done=done, status="closed", step=None, closed_at=at)
    return _enter(replace(now, done=done), following.id, at)


def _enter(now: Recovery, step: str, at: datetime) -> Recovery:
    return replace(now, step=step, stepped_at=at)


def _stand_ins(step: Step, one: Field) -> tuple[str, ...]:
    """The fields any of which will do; the field alone when it is in no group."""
    return tuple(other.id for other in step.fields if other.group == one.group) if one.group else (one.id,)
