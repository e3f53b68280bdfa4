"""The whole conversation: an event comes in, out come what is true now and what should follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.core.effects import Admins, Aside, Effect, Person, Team, Tell, To, Wake
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
    Skipped,
    Switched,
)
from bot.core.guards import GUARDS, support_wanted
from bot.core.playbook import Playbook, Step, Timer
from bot.core.policy import patience
from bot.core.recovery import LADDER, Recovery, apply, begin, promise, raises, timer_of, untouched
from bot.errors import Rejected

DRAFT = "draft"  # the field whose text is reviewed, for the agent alone, whenever he saves it


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is true now, and what should follow."""

    recovery: Recovery
    effects: tuple[Effect, ...]


def start(event: Escalated, playbook: Playbook) -> Outcome:
    now = begin(event, playbook)
    offer = Tell(_where(now), "offer", "offer")
    if event.offered:
        return Outcome(now, (offer, *_ping(now, event.at)))
    started = (offer,) if event.channel else ()
    card = Tell(Person(now.agent), "card", "card")
    return Outcome(now, (*started, card, *_step_timers(now, playbook.steps[0]), *_ping(now, event.at)))


def advance(now: Recovery, event: Event, playbook: Playbook) -> Outcome | None:
    """`None`: true once, no longer news. Raises Rejected when a person must be told no.

    For Switched, `playbook` is the one switched to.
    """
    if isinstance(event, Elapsed):
        return _elapsed(now, event, playbook)
    _refuse(now, event, playbook)
    then = apply(now, event, playbook)
    return Outcome(then, (*_consequences(now, then, event, playbook), *_answers_to(then, event)))


def wanted(now: Recovery, tell: Tell) -> bool:
    """Is there still a reason to ring? Asked when the message goes out, which may be the next morning."""
    if not tell.wakes:
        return True
    match tell.view:
        case "ping" | "unanswered":
            return now.live and not now.acknowledged_by
        case "nudge":
            return now.live and now.step == tell.args["step"]
        case "support":
            return True
        case "late" | "asked":
            return now.live
        case _:
            return True


def _refuse(now: Recovery, event: Event, playbook: Playbook) -> None:
    """Everything that a person may press too late, twice, or without the right to."""
    _refuse_finished(now, event)
    if isinstance(event, Acknowledged):
        if event.by not in now.policy.ladder:
            raise Rejected("not-supervisor")
        if now.acknowledged_by:
            raise Rejected("late-taken", who=now.acknowledged_by)
    elif event.by != now.agent:
        raise Rejected("not-yours", who=now.agent)
    match event:
        case Accepted() if now.status == "open":
            raise Rejected("late-started")
        case Answered() | Skipped():
            _refuse_step(now, event, playbook)
        case Switched() if not untouched(now) or event.playbook == now.playbook:
            raise Rejected("late-method")
        case HandedOver() if event.to == now.agent:
            raise Rejected("handover-same")
        case HelpAsked() if not now.acknowledged_by and now.level >= len(now.policy.ladder):
            raise Rejected("help-exhausted" if now.policy.ladder else "help-nobody")
        case _:
            pass


def _refuse_finished(now: Recovery, event: Event) -> None:
    if now.status == "closed":
        raise Rejected("late-closed")
    if now.status == "dropped":
        raise Rejected("late-dropped", who=now.dropped_by)
    if now.status == "offered" and not isinstance(event, Accepted | Dropped | Acknowledged):
        raise Rejected("not-started")


def _refuse_step(now: Recovery, event: Answered | Skipped, playbook: Playbook) -> None:
    step, current = playbook.step(event.step), playbook.place(now.step)
    if step is None or playbook.place(event.step) > current:
        raise Rejected("unknown-step")
    if isinstance(event, Skipped):
        if event.step != now.step:
            raise Rejected("late-step")
        if not step.skippable:
            raise Rejected("cannot-skip")
    elif unknown := set(event.values) - {one.id for one in step.fields}:
        raise Rejected("unknown-field", field=min(unknown))


def _consequences(was: Recovery, now: Recovery, event: Event, playbook: Playbook) -> Iterator[Effect]:
    """What follows from the difference between before and after, whatever the event was."""
    if was.status == "offered" and now.status != "offered":
        yield Tell(_where(was), "offer", "offer", fresh=False)
    if was.agent != now.agent:
        yield Tell(Person(was.agent), "card", "card", fresh=False)
    if now.status == "open" or was.status == "open":
        yield Tell(Person(now.agent), "card", "card", fresh=now.status == "open")
    step = playbook.step(now.step)
    if step and (now.step != was.step or now.playbook != was.playbook):
        yield from _step_timers(now, step)
    if isinstance(event, Answered):
        yield from _promises(now, event, playbook)
    if now.answers.get(DRAFT, "") != was.answers.get(DRAFT, "") and now.status == "open" and DRAFT in now.answers:
        yield Tell(Person(now.agent), "review", f"review/{now.version}", under="card")
    if now.level > was.level:
        yield from _ping(now, event.at)
    for person in was.pinged:
        yield Tell(Person(person), "ping", "ping", fresh=False)
    if support_wanted(now.answers) and not support_wanted(was.answers):
        yield _support(now)
    if now.status == "closed":
        yield Tell(Team(now.team), "record", "record")


def _answers_to(now: Recovery, event: Event) -> Iterator[Effect]:
    """A word to the other side, so that nobody wonders whether he was heard."""
    match event:
        case HelpAsked():
            who = now.acknowledged_by or now.policy.person(now.level) or ""
            yield Tell(Person(now.agent), "help-coming", f"help/{now.version}", {"who": who}, under="card")
            if now.acknowledged_by:
                slot = f"asked/{now.version}"
                yield Tell(Person(who), "asked", slot, {"why": event.why}, under="ping", wakes=True)
        case Acknowledged():
            yield Tell(Person(now.agent), "taken", f"taken/{now.version}", {"who": event.by}, under="card")
        case HandedOver():
            yield Tell(Person(event.to), "handed", f"handed/{now.version}", {"who": event.by}, under="card")
        case _:
            pass


def _elapsed(now: Recovery, event: Elapsed, playbook: Playbook) -> Outcome | None:
    if not now.live:
        return None
    if event.timer == LADDER:
        return _unanswered(now, event, playbook)
    timer = timer_of(event, playbook)
    if timer is None or not _still_true(now, timer, event):
        return None
    return _due(now, event, timer, playbook)


def _unanswered(now: Recovery, event: Elapsed, playbook: Playbook) -> Outcome | None:
    """A pinged supervisor said nothing: the next one, or, past the last, the admins."""
    if now.acknowledged_by or event.round != now.level:
        return None
    then = apply(now, event, playbook)
    if then.level > now.level:
        return Outcome(then, (*_ping(then, event.at), *_repaint(now)))
    return Outcome(then, (Tell(Admins(), "unanswered", f"unanswered/{then.version}", wakes=True),))


def _still_true(now: Recovery, timer: Timer, event: Elapsed) -> bool:
    if timer.when and not GUARDS[timer.when](now.answers):
        return False
    if timer.promise:
        return event.mark == _mark(now, timer.promise) and promise(event) not in now.reminded
    return now.step == event.step and event.mark == _iso(now.stepped_at)


def _due(now: Recovery, event: Elapsed, timer: Timer, playbook: Playbook) -> Outcome:
    """A timer that still matters: wait longer if something moved meanwhile, else say it."""
    wait = patience(timer.after, now.severity)
    moved = now.touched_at or event.at
    then = apply(now, event, playbook)
    if timer.every and moved + wait > event.at:
        return Outcome(then, (_wake(now, event.step, timer, moved + wait, event.round),))
    effects: list[Effect] = []
    if timer.to == "agent":
        slot = f"{event.step}/{timer.id}/{then.version}"
        said = {"timer": timer.id, "step": event.step}
        effects.append(Tell(Person(now.agent), "nudge", slot, said, under="card", wakes=not timer.promise))
    elif raises(now, event, playbook):
        effects += [*_ping(then, event.at), *_repaint(now)]
    else:
        effects += _late(now, then, event)
    if timer.every and event.round < timer.limit:
        effects.append(_wake(now, event.step, timer, event.at + wait, event.round + 1))
    return Outcome(then, tuple(effects))


def _late(now: Recovery, then: Recovery, event: Elapsed) -> Iterator[Effect]:
    """Everybody on the ladder knows already: whoever has it hears that a step is late."""
    person = now.acknowledged_by or now.policy.person(now.level)
    to: To = Person(person) if person else Admins()
    yield Tell(to, "late", f"late/{then.version}", {"step": event.step}, under="ping", wakes=True)


def _support(now: Recovery) -> Tell:
    """The employee's own recovery: one supervisor hears that support is wanted, and nothing more."""
    person = now.acknowledged_by or now.policy.person(now.level) or now.policy.person(1)
    return Tell(Person(person) if person else Admins(), "support", "support", wakes=True)


def _where(now: Recovery) -> To:
    """Where the agent was when it began: beside him in the channel, or in private."""
    return Aside(now.agent, now.channel) if now.channel else Person(now.agent)


def _ping(now: Recovery, at: datetime) -> Iterator[Effect]:
    person = now.policy.person(now.level)
    if person is not None:
        yield Tell(Person(person), "ping", "ping", wakes=True)
        yield Wake(at + patience(now.policy.wait, now.severity), LADDER, now.step or "", round=now.level)


def _repaint(now: Recovery) -> Iterator[Effect]:
    for person in now.pinged:
        yield Tell(Person(person), "ping", "ping", fresh=False)


def _step_timers(now: Recovery, step: Step) -> Iterator[Effect]:
    for timer in step.timers:
        if not timer.promise and now.stepped_at:
            yield _wake(now, step.id, timer, now.stepped_at + patience(timer.after, now.severity), 1)


def _promises(now: Recovery, event: Answered, playbook: Playbook) -> Iterator[Effect]:
    """A promise reminds before it falls due; a promise that is nearer than the lead reminds at once."""
    for step in playbook.steps:
        for timer in step.timers:
            promised = event.values.get(timer.promise or "")
            if isinstance(promised, datetime) and now.live:
                at = max(promised + timer.after, event.at)
                yield Wake(at, timer.id, step.id, mark=_iso(promised), pierces=True)


def _wake(now: Recovery, step: str, timer: Timer, at: datetime, number: int) -> Wake:
    return Wake(at, timer.id, step, number, mark=_iso(now.stepped_at))


def _mark(now: Recovery, field_id: str) -> str:
    value = now.answers.get(field_id)
    return _iso(value) if isinstance(value, datetime) else ""


def _iso(at: datetime | None) -> str:
    return at.isoformat() if at else ""
