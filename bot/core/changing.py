"""The only places a recovery changes are begin() and apply(): replaying the journal gives the row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from bot.core.deciding import allowed, asked_anew, asked_for, decided, given_up
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
)
from bot.core.playbook import Playbook
from bot.core.policy import HIGHEST, pings_at_once
from bot.core.recovery import (
    AMOUNT,
    APPROVAL,
    DONE,
    DUE,
    IDLE,
    LADDER,
    OWNER,
    PREVENTION,
    Call,
    Note,
    Recovery,
    Why,
    anew,
    busy_until,
    missing,
    promise,
    raises,
    timer_of,
    unhappy,
)
from bot.core.reminding import moves, not_prevented, over, reminded

PREVENTED_IN = timedelta(days=7)  # where nobody said until when


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
    if pings_at_once(event.severity):
        called = _called(fresh, "severe", event.at)
        fresh = called if called.calls else replace(fresh, ends=(fresh.version,))
    return fresh if event.offered else _enter(fresh, playbook.steps[0].id, event.at)


def apply(now: Recovery, event: Event, playbook: Playbook) -> Recovery:
    """What is true after the event. The engine has already refused what makes no sense.

    For Switched, `playbook` is the one switched to.
    """
    then = replace(_applied(now, event, playbook), version=now.version + 1)
    if then.asks:
        then = replace(
            then, asks=tuple(one for one in then.asks if one not in now.asks or not over(one, then, playbook))
        )
    if event.by == CLOCK or isinstance(event, Barred | Snoozed):  # put off is not done
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
            then = replace(now, status="dropped", closed_at=event.at, dropped_by=event.by, drop_reason=event.reason)
            return given_up(then, event.at)
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
            reminded = tuple(one for one in now.reminded if one != promise(event))
            return replace(now, reminded=reminded, snoozed={**now.snoozed, promise(event): event.until})
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
            then = replace(now, agent=event.to, agents_before=(*now.agents_before, now.agent))
            taken_over = now.acknowledged_by == now.agent  # whoever did so only looks after it from now on
            return replace(then, acknowledged_at=event.at) if taken_over else then
        case HelpAsked():
            then = replace(now, help_why=event.why)
            return then if now.acknowledged_by else _called(then, "asked", event.at, event.why)
        case Acknowledged() | Advised():
            return _had(now, event.by, event.at)
        case TookOver():
            then = _had(replace(now, agent=event.by, agents_before=(*now.agents_before, now.agent)), event.by, event.at)
            return _enter(replace(then, status="open"), now.step or playbook.steps[0].id, now.stepped_at or event.at)
        case PassedOn():
            call = Call("passed", (event.to,), turn=now.turn, by=event.by)
            return replace(now, calls=(*now.calls, call), acknowledged_by="", acknowledged_at=None)
        case Reopened():
            back = _back(now, event.at, playbook)
            return _raised(back, "reopened", event.at, event.why)
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
            return allowed(now, event)
        case Prevented():
            return replace(now, answers={**now.answers, DONE: event.at})
        case Postponed():
            return replace(now, answers={**now.answers, DUE: event.until})
        case Denied():
            return decided(now, "refused", event.by, event.at, event.why)
        case _:
            assert_never(event)


def _answered(now: Recovery, event: Answered, playbook: Playbook) -> Recovery:
    answers = {**now.answers, **event.values}
    then = replace(now, answers={key: value for key, value in answers.items() if value is not None})
    if now.policy.limits and AMOUNT in event.values:
        then = asked_for(now, then, event)
    if unhappy(now, then):
        return _raised(_back(then, event.at, playbook), "unhappy", event.at)
    step = playbook.step(now.step)
    if step and any(anew(one, now.answers, then.answers) for one in step.timers if not one.promise):
        then = replace(then, stepped_at=event.at)
    if step and event.step == now.step and not missing(step, then.answers):
        return _move_on(then, event.at, playbook)
    return then


def _move_on(now: Recovery, at: datetime, playbook: Playbook) -> Recovery:
    step = now.step or ""
    done = now.done if step in now.skipped else {**now.done, step: at}
    following = playbook.after(step)
    if following is None:
        return _owned(given_up(replace(now, done=done, status="closed", step=None, closed_at=at), at), at)
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
        return asked_anew(now, event.at)
    if event.timer == IDLE:
        if busy_until(now, playbook) > event.at:
            return now
        if not raises(now, event, playbook):
            return replace(now, asked_again=event.at)
        stalled = _up(now, "stalled", event.at)
        gone_up = stalled.calls != now.calls
        return replace(stalled, acknowledged_by="", acknowledged_at=None, asked_again=None) if gone_up else stalled
    if event.timer == PREVENTION:
        return not_prevented(replace(now, followed=(*now.followed, now.version + 1)), event)
    then = now
    if raises(now, event, playbook):
        then = _up(now, "unanswered", event.at) if event.timer == LADDER else _called(now, "late", event.at)
    timer = timer_of(event, playbook)
    if timer and then.calls == now.calls and not moves(now, event, timer):
        then = reminded(then, event, timer)
    return replace(then, reminded=(*now.reminded, promise(event))) if timer and timer.promise else then


def _called(now: Recovery, why: Why, at: datetime, said: str = "") -> Recovery:
    """The next on the ladder is asked; nothing changes at its end."""
    asked = now.policy.next(now.turn, at, now.agent)
    if asked is None:
        return now
    call = Call(why, asked.people, asked.channel, asked.turn, by=now.acknowledged_by, said=said)
    return replace(now, calls=(*now.calls, call), turn=asked.turn)


def _up(now: Recovery, why: Why, at: datetime, said: str = "") -> Recovery:
    """The next on the ladder is asked, or, at its end, whoever is told that nobody was left."""
    then = _called(now, why, at, said)
    return then if then.calls != now.calls else replace(now, ends=(*now.ends, now.version + 1))


def _severer(now: Recovery) -> Recovery:
    return replace(now, severity=min(now.severity + 1, HIGHEST))


def _raised(now: Recovery, why: Why, at: datetime, said: str = "") -> Recovery:
    """A second failure: one level more severe, and somebody is asked at once, whoever has it before all others."""
    holder = now.acknowledged_by
    now = replace(_severer(now), turn=0, acknowledged_by="", acknowledged_at=None)
    if not holder or holder == now.agent:
        return _up(now, why, at, said)
    return replace(now, calls=(*now.calls, Call(why, (holder,), said=said)))


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
