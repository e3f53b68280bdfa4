"""The record. begin() and apply() are the only places a recovery changes: replaying the journal gives the row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal, assert_never

from bot.core.events import (
    CLOCK,
    Accepted,
    Acknowledged,
    Advised,
    Allowed,
    Answered,
    Barred,
    Denied,
    Dropped,
    Elapsed,
    Escalated,
    Event,
    HandedOver,
    HelpAsked,
    Informed,
    Money,
    Noted,
    PassedOn,
    Postponed,
    Prevented,
    Recurred,
    Reopened,
    Skipped,
    Snoozed,
    Switched,
    TookOver,
    Value,
)
from bot.core.guards import GUARDS
from bot.core.limits import Approval, Decision, within
from bot.core.playbook import Field, Playbook, Step, Timer
from bot.core.policy import HIGHEST, Policy, patience, pings_at_once

Status = Literal["offered", "open", "closed", "dropped"]
Why = Literal["severe", "asked", "late", "unanswered", "stalled", "passed", "reopened", "unhappy", "again"]
LADDER = "ladder"  # the timer that asks whether a pinged supervisor has answered
APPROVAL = "approval"  # the timer that asks whether a question for an amount was answered
AMOUNT = "amount"  # the field that limits are about
IDLE = "idle"  # the timer that asks whether whoever has it gets on with it
PREVENTION = "prevention"  # the field with what stops it next time, and the timer that asks whether it is done
OWNER, DUE, DONE = "prevention_owner", "prevention_due", "prevention_done"  # who does that, until when, and when he did
PREVENTED_IN = timedelta(days=7)  # where nobody said until when
STALLS = 2  # times it goes up again because whoever had it did not get on; then it stops by itself
UNHAPPY = frozenset("12")  # of 5: what a customer answers who is not content


@dataclass(frozen=True, slots=True)
class Call:
    """One ping: why, to whom, and on which turn of the ladder. `by`: who passed it on."""

    why: Why
    people: tuple[str, ...]
    channel: str = ""
    turn: int = 0
    by: str = ""


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
    )
    fresh = _called(fresh, "severe", event.at) if pings_at_once(event.severity) else fresh
    return fresh if event.offered else _enter(fresh, playbook.steps[0].id, event.at)


def apply(now: Recovery, event: Event, playbook: Playbook) -> Recovery:
    """What is true after the event. The engine has already refused what makes no sense.

    For Switched, `playbook` is the one switched to.
    """
    then = replace(_applied(now, event, playbook), version=now.version + 1)
    if event.by == CLOCK or isinstance(event, Barred):
        return then
    return replace(then, touched_at=event.at, asked_again=None)


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
        case Snoozed():
            return replace(now, reminded=tuple(one for one in now.reminded if one != promise(event)))
        case Elapsed():
            return _elapsed(now, event, playbook)
        case Escalated():
            raise TypeError("Escalated begins a recovery; it does not change one")
        case Allowed() | Denied() | Prevented() | Postponed():
            return _settled(now, event)
        case _:
            return _with_others(now, event, playbook)


Together = (
    HandedOver | HelpAsked | Acknowledged | Advised | TookOver | PassedOn | Reopened | Recurred | Informed | Barred
)
Settling = Allowed | Denied | Prevented | Postponed


def _with_others(now: Recovery, event: Together, playbook: Playbook) -> Recovery:
    """What colleagues, supervisors and earlier failures do to it."""
    match event:
        case HandedOver():
            return replace(now, agent=event.to, agents_before=(*now.agents_before, now.agent))
        case HelpAsked():
            then = replace(now, help_why=event.why)
            return then if now.acknowledged_by else _called(then, "asked", event.at)
        case Acknowledged() | Advised():
            return _had(now, event.by, event.at)
        case TookOver():
            then = _had(replace(now, agent=event.by, agents_before=(*now.agents_before, now.agent)), event.by, event.at)
            return _enter(replace(then, status="open"), now.step or playbook.steps[0].id, now.stepped_at or event.at)
        case PassedOn():
            call = Call("passed", (event.to,), turn=now.turn, by=event.by)
            return replace(now, calls=(*now.calls, call), acknowledged_by="", acknowledged_at=None)
        case Reopened():
            return _raised(_back(now, event.at, playbook), "reopened", event.at)
        case Recurred():
            again = replace(now, again=(*now.again, event.of))
            return _raised(again, "again", event.at) if now.live else _severer(again)
        case Informed():
            return replace(now, outage=event.outage, outage_word=event.word)
        case Barred():
            return now
        case _:
            assert_never(event)


def _settled(now: Recovery, event: Settling) -> Recovery:
    """Amounts, and what is to stop it next time."""
    match event:
        case Allowed():
            return _allowed(now, event)
        case Prevented():
            return replace(now, answers={**now.answers, DONE: event.at})
        case Postponed():
            return replace(now, answers={**now.answers, DUE: event.until})
        case Denied():
            return _decided(now, "refused", event.by, event.at, event.why)
        case _:
            assert_never(event)


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


def _answered(now: Recovery, event: Answered, playbook: Playbook) -> Recovery:
    answers = {**now.answers, **event.values}
    then = replace(now, answers={key: value for key, value in answers.items() if value is not None})
    if now.policy.limits and AMOUNT in event.values:
        then = _asking(now, then, event)
    if unhappy(now, then):
        return _raised(_back(then, event.at, playbook), "unhappy", event.at)
    step = playbook.step(now.step)
    if step and event.step == now.step and not missing(step, then.answers):
        return _move_on(then, event.at, playbook)
    return then


def _move_on(now: Recovery, at: datetime, playbook: Playbook) -> Recovery:
    step = now.step or ""
    done = now.done if step in now.skipped else {**now.done, step: at}
    following = playbook.after(step)
    if following is None:
        return _owned(replace(now, done=done, status="closed", step=None, closed_at=at), at)
    return _enter(replace(now, done=done), following.id, at)


def _owned(now: Recovery, at: datetime) -> Recovery:
    """What stops it next time has an owner and a date: the agent and a week, where nothing else was said."""
    if PREVENTION not in now.answers:
        return now
    return replace(now, answers={OWNER: now.agent, DUE: at + PREVENTED_IN, **now.answers})


def _enter(now: Recovery, step: str, at: datetime) -> Recovery:
    return replace(now, step=step, stepped_at=at)


def _had(now: Recovery, by: str, at: datetime) -> Recovery:
    """Somebody has it; who has it already goes on having it since then."""
    if now.acknowledged_by:
        return now
    return replace(now, acknowledged_by=by, acknowledged_at=at)


def _elapsed(now: Recovery, event: Elapsed, playbook: Playbook) -> Recovery:
    if event.timer == APPROVAL:
        return _asked_anew(now, event.at)
    if event.timer == IDLE:
        if busy_until(now, playbook) > event.at:
            return now
        if not raises(now, event, playbook):
            return replace(now, asked_again=event.at)
        stalled = _called(now, "stalled", event.at)
        gone_up = stalled.calls != now.calls
        return replace(stalled, acknowledged_by="", acknowledged_at=None, asked_again=None) if gone_up else now
    why: Why = "unanswered" if event.timer == LADDER else "late"
    then = _called(now, why, event.at) if raises(now, event, playbook) else now
    timer = timer_of(event, playbook)
    return replace(then, reminded=(*now.reminded, promise(event))) if timer and timer.promise else then


def _called(now: Recovery, why: Why, at: datetime) -> Recovery:
    """The next on the ladder is asked; nothing changes at its end."""
    asked = now.policy.next(now.turn, at, now.agent)
    if asked is None:
        return now
    call = Call(why, asked.people, asked.channel, asked.turn)
    return replace(now, calls=(*now.calls, call), turn=asked.turn)


def _severer(now: Recovery) -> Recovery:
    return replace(now, severity=min(now.severity + 1, HIGHEST))


def _raised(now: Recovery, why: Why, at: datetime) -> Recovery:
    """A second failure: one level more severe, and somebody is asked at once, whoever has it before all others."""
    holder = now.acknowledged_by
    now = replace(_severer(now), turn=0, acknowledged_by="", acknowledged_at=None)
    if not holder or holder == now.agent:
        return _called(now, why, at)
    return replace(now, calls=(*now.calls, Call(why, (holder,))))


def _back(now: Recovery, at: datetime, playbook: Playbook) -> Recovery:
    """Into the fix again: what was promised and done is promised and done anew, everything else stands."""
    fix = next((step for step in playbook.steps if step.phase == "fix"), playbook.steps[-1])
    later = playbook.steps[playbook.place(fix.id) :]
    anew = {one.id for one in fix.fields if one.later or one.kind in {"time", "scale"}}
    back = replace(
        now,
        status="open",
        answers={key: value for key, value in now.answers.items() if key not in anew},
        done={key: value for key, value in now.done.items() if playbook.step(key) not in later},
        skipped={key: value for key, value in now.skipped.items() if playbook.step(key) not in later},
        reopened=(*now.reopened, at),
        closed_at=None,
    )
    return _enter(back, fix.id, at)


def _asking(was: Recovery, now: Recovery, event: Answered) -> Recovery:
    """An amount within his own limit is decided; a greater one waits for somebody who may allow it."""
    amount = event.values[AMOUNT]
    if not isinstance(amount, Money):
        return replace(now, approval=None)
    if amount == was.answers.get(AMOUNT) and was.approval:
        return now
    limit = now.policy.limit(now.agent, amount.currency)
    approval = Approval("alone", amount.amount, amount.currency, event.by, event.at)
    if within(limit, amount.amount, event.spent):
        alone = replace(
            approval,
            granted=amount.amount,
            decided_by=event.by,
            decided_at=event.at,
            limit=limit.once if limit else None,
        )
        return replace(now, approval=alone)
    asked = now.policy.allowing(0, event.at, now.agent, amount.amount, amount.currency)
    approval = replace(approval, decision="asked", rounds=(asked.people,), turn=asked.turn) if asked else approval
    answers = {key: value for key, value in now.answers.items() if key != AMOUNT}
    return replace(now, answers=answers, approval=approval if asked else replace(approval, decision="expired"))


def _allowed(now: Recovery, event: Allowed) -> Recovery:
    if now.approval is None:
        return now
    amount = event.amount or Money(now.approval.amount, now.approval.currency)
    limit = now.policy.limit(event.by, amount.currency)
    then = _decided(now, "granted", event.by, event.at)
    granted = (
        replace(then.approval, granted=amount.amount, limit=limit.once if limit else None) if then.approval else None
    )
    return replace(then, approval=granted, answers={**now.answers, AMOUNT: amount})


def _decided(now: Recovery, decision: Decision, by: str, at: datetime, why: str = "") -> Recovery:
    if now.approval is None:
        return now
    return replace(now, approval=replace(now.approval, decision=decision, decided_by=by, decided_at=at, why=why))


def _asked_anew(now: Recovery, at: datetime) -> Recovery:
    """Nobody has answered: the next who may allow it is asked, and past the last it lapses."""
    approval = now.approval
    if approval is None:
        return now
    asked = now.policy.allowing(approval.turn, at, now.agent, approval.amount, approval.currency)
    if asked is None:
        return _decided(now, "expired", "", at)
    return replace(now, approval=replace(approval, rounds=(*approval.rounds, asked.people), turn=asked.turn))


def _stand_ins(step: Step, one: Field) -> tuple[str, ...]:
    """The fields any of which will do; the field alone when it is in no group."""
    return tuple(other.id for other in step.fields if other.group == one.group) if one.group else (one.id,)
