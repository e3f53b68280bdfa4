"""The record: everything that is true of one recovery now, and what can be asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.core.effects import Effect
from bot.core.events import Elapsed, Snoozed, Value
from bot.core.guards import GUARDS
from bot.core.limits import Approval
from bot.core.playbook import Field, Playbook, Step, Timer
from bot.core.policy import Policy, patience

Status = Literal["offered", "open", "closed", "dropped"]
Why = Literal["severe", "asked", "late", "unanswered", "stalled", "passed", "reopened", "unhappy", "again"]
LADDER = "ladder"  # the timer that asks whether a pinged supervisor has answered
APPROVAL = "approval"  # the timer that asks whether a question for an amount was answered
AMOUNT = "amount"  # the field that limits are about
IDLE = "idle"  # the timer that asks whether whoever has it gets on with it
PREVENTION = "prevention"  # the field with what stops it next time, and the timer that asks whether it is done
OWNER, DUE, DONE = "prevention_owner", "prevention_due", "prevention_done"  # who does that, until when, and when he did
STALLS = 2  # times it goes up again because whoever had it did not get on; then it stops by itself
UNHAPPY = frozenset("12")  # of 5: what a customer answers who is not content


@dataclass(frozen=True, slots=True)
class Call:
    """One ping: why, to whom, and on which turn of the ladder. `by`: who passed it on, or had it until then; `said`:
    what was asked for, or what is wrong now, in the words of whoever called.
    """

    why: Why
    people: tuple[str, ...]
    channel: str = ""
    turn: int = 0
    by: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """A message that asks somebody for something; where it stands it is told once that is over."""

    view: str
    people: tuple[str, ...]
    slot: str
    args: Mapping[str, str] = field(default_factory=dict)


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
    turn: int = 0  # how far up the ladder it has gone, counted over every repeat
    asked_again: datetime | None = None  # when whoever has it was asked whether he gets on; nothing happened since
    reopened: tuple[datetime, ...] = ()
    again: tuple[str, ...] = ()  # recoveries of the last days with the same customer or the same cause
    outage: str = ""  # the one outage it is part of, with others
    outage_word: int = 0  # the last word of it that its agent was told
    ends: tuple[int, ...] = ()  # versions at which nobody was left to ask; the messages that say so are kept true
    followed: tuple[
        int, ...
    ] = ()  # versions at which the owner of what stops it next time was asked whether it is done
    asks: tuple[Ask, ...] = ()  # reminders, and what a supervisor was told is late, that are not over yet
    snoozed: Mapping[str, datetime] = field(default_factory=dict)  # reminders that were put off, and until when
    reminded: tuple[str, ...] = ()  # timers of promises that have spoken, with the promise as it stood then
    approval: Approval | None = None
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
    def pinged(self) -> tuple[str, ...]:
        """Everybody who was asked, each once, in the order of the first time."""
        return tuple(dict.fromkeys(person for call in self.calls for person in call.people))

    def may_answer(self, person: str) -> bool:
        """May he take, advise or pass on? Who is on the ladder, or was asked, also in a channel; not the agent."""
        asked = person in self.policy.people or person in self.pinged or any(call.channel for call in self.calls)
        return asked and person != self.agent


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is true now, and what should follow."""

    recovery: Recovery
    effects: tuple[Effect, ...]


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


def untouched(now: Recovery) -> bool:
    """Is nothing written down yet, so that another method may be used?"""
    return now.status == "open" and not (now.answers or now.done or now.skipped or now.notes)


def raises(now: Recovery, event: Elapsed, playbook: Playbook) -> bool:
    """Does this timer call the next supervisor? Not once somebody has it, unless it is he who does not get on."""
    if event.timer == IDLE:
        return bool(now.asked_again) and stalls(now) < STALLS
    timer = timer_of(event, playbook)
    return not now.acknowledged_by and (event.timer == LADDER or (timer is not None and timer.to == "supervisor"))


def busy_until(now: Recovery, playbook: Playbook) -> datetime:
    """Until when whoever has it need not be asked: something happened, or a promise to the customer is still ahead."""
    timers = [timer for step in playbook.steps for timer in step.timers if timer.promise]
    open_ones = (timer for timer in timers if not timer.when or GUARDS[timer.when](now.answers))
    promised = (now.answers.get(timer.promise or "") for timer in open_ones)
    moments = (now.touched_at, now.acknowledged_at, *promised)
    return max(at for at in moments if isinstance(at, datetime)) + patience(now.policy.idle, now.severity)


def stalls(now: Recovery) -> int:
    """How often it went up again because whoever had it did not get on."""
    return sum(call.why == "stalled" for call in now.calls)


def failures(now: Recovery) -> int:
    """How often it failed after the first time: it was opened again, or follows another."""
    return len(now.reopened) + len(now.again)


def anew(timer: Timer, was: Mapping[str, Value], now: Mapping[str, Value]) -> bool:
    """Does a timer matter that did not: what it waits for was there, and is not any more?"""
    return bool(timer.when and GUARDS[timer.when](now) and not GUARDS[timer.when](was))


def unhappy(was: Recovery, now: Recovery) -> bool:
    """Has the customer just said that he is not content?"""
    rating = now.answers.get("rating")
    return rating in UNHAPPY and rating != was.answers.get("rating")


def timer_of(event: Elapsed | Snoozed, playbook: Playbook) -> Timer | None:
    step = playbook.step(event.step)
    return next((one for one in step.timers if one.id == event.timer), None) if step else None


def promise(event: Elapsed | Snoozed) -> str:
    """One word for a timer and the promise it was set for."""
    return f"{event.step}/{event.timer} {event.mark}"


def put_off(event: Elapsed) -> tuple[str, str]:
    """What a reminder was set for, and until when it was put off; empty where it was not."""
    mark, _, until = event.mark.partition(" ")
    return mark, until


def asking(now: Recovery) -> bool:
    """Does an amount wait to be allowed?"""
    return now.approval is not None and now.approval.decision == "asked"


def rounds(now: Recovery) -> tuple[tuple[str, ...], ...]:
    return now.approval.rounds if now.approval else ()


def promised(now: Recovery, field_id: str) -> str:
    value = now.answers.get(field_id)
    return iso(value) if isinstance(value, datetime) else ""


def iso(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _stand_ins(step: Step, one: Field) -> tuple[str, ...]:
    """The fields any of which will do; the field alone when it is in no group."""
    return tuple(other.id for other in step.fields if other.group == one.group) if one.group else (one.id,)
