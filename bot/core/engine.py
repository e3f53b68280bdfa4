"""The whole conversation: an event comes in, out come what is true now and what should follow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.core.calling import (
    ended,
    idle,
    idle_wake,
    nobody_left,
    ping,
    recurs,
    repaint,
    support,
    telling,
    to_agent,
    unanswered,
)
from bot.core.changing import apply, begin
from bot.core.effects import Aside, Effect, Person, Team, Tell, To, Wake
from bot.core.events import (
    Acknowledged,
    Advised,
    Answered,
    Barred,
    Elapsed,
    Escalated,
    Event,
    HandedOver,
    HelpAsked,
    Informed,
    PassedOn,
    Recurred,
    Snoozed,
    TookOver,
)
from bot.core.guards import GUARDS, support_wanted
from bot.core.outage import KIND
from bot.core.playbook import Playbook, Step, Timer
from bot.core.policy import patience
from bot.core.recovery import (
    APPROVAL,
    DONE,
    DUE,
    IDLE,
    LADDER,
    OWNER,
    PREVENTION,
    Outcome,
    Recovery,
    anew,
    asking,
    busy_until,
    failures,
    iso,
    promise,
    promised,
    put_off,
    rounds,
    timer_of,
)
from bot.core.refusing import refuse
from bot.core.reminding import moves
from bot.core.settling import approvals, following, lapsed, prevention

DRAFT = "draft"  # the field whose text is reviewed, for the agent alone, whenever he saves it
AGAIN = "again"  # the timer that looks for an earlier failure with the same customer or cause; due at once
OUTAGE = "outage"  # the timer that looks whether others report the same, and brings what they may say; due at once
RECURS = ("customer", "cause")  # what a failure may have in common with an earlier one


def start(event: Escalated, playbook: Playbook) -> Outcome:
    now = begin(event, playbook)
    offer = Tell(_where(now), "offer", "offer")
    many = (Wake(event.at, OUTAGE, "", pierces=True),) if event.kind == KIND else ()
    alone = nobody_left(now) if now.ends else ()
    if event.offered:
        return Outcome(now, (offer, *ping(now, event.at), *alone, *many))
    started = (offer,) if event.channel else ()
    card = Tell(Person(now.agent), "card", "card")
    timers = _step_timers(now, playbook.steps[0])
    return Outcome(now, (*started, card, *timers, *ping(now, event.at), *alone, *many))


def advance(now: Recovery, event: Event, playbook: Playbook) -> Outcome | None:
    """`None`: true once, no longer news. Raises Rejected when a person must be told no.

    For Switched, `playbook` is the one switched to.
    """
    match event:
        case Elapsed():
            return _elapsed(now, event, playbook)
        case Recurred():
            if now.status in {"dropped", "offered"} or event.of in now.again:
                return None
        case Informed():
            return _informed(now, event, playbook)
        case Barred():
            return Outcome(apply(now, event, playbook), ())
        case _:
            refuse(now, event, playbook)
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
        case "approval":
            return now.live and asking(now) and tell.args["number"] == str(len(rounds(now)))
        case "prevention" | "prevention-late":
            return now.status == "closed" and DONE not in now.answers
        case "still":
            return now.live and now.asked_again is not None
        case "late" | "asked":
            return now.live
        case _:
            return True


def _consequences(was: Recovery, now: Recovery, event: Event, playbook: Playbook) -> Iterator[Effect]:
    """What follows from the difference between before and after, whatever the event was."""
    if was.status == "offered" and now.status != "offered":
        yield Tell(_where(was), "offer", "offer", fresh=False)
    if was.agent != now.agent:
        yield Tell(Person(was.agent), "card", "card", fresh=False)
    if now.status == "open" or was.status == "open":
        yield Tell(Person(now.agent), "card", "card", fresh=now.status == "open")
    step = playbook.step(now.step)
    if step and (now.stepped_at != was.stepped_at or now.step != was.step or now.playbook != was.playbook):
        yield from _step_timers(now, step)
    yield from _answered(was, now, event, playbook)
    yield from repaint(was, now)
    yield from ended(was, now, playbook)
    if len(now.calls) > len(was.calls):
        yield from ping(now, event.at)
    elif failures(now) > failures(was) and now.live and not now.acknowledged_by:
        yield from nobody_left(now)
    yield from approvals(was, now, event.at)
    if now.acknowledged_by and now.acknowledged_at != was.acknowledged_at and now.live:
        yield idle_wake(now, busy_until(now, playbook))
    if support_wanted(now.answers) and not support_wanted(was.answers):
        yield support(now)
    yield from _completed(was, now, event)


def _answered(was: Recovery, now: Recovery, event: Event, playbook: Playbook) -> Iterator[Effect]:
    """What was written: promises to be reminded of, an earlier failure to be looked for, a draft to be reviewed."""
    if isinstance(event, Answered):
        yield from _promises(was, now, event, playbook)
        yield from _recurring(was, now, event)
    if now.answers.get(DRAFT, "") != was.answers.get(DRAFT, "") and now.status == "open" and DRAFT in now.answers:
        yield Tell(Person(now.agent), "review", f"review/{now.version}", under="card")


def _completed(was: Recovery, now: Recovery, event: Event) -> Iterator[Effect]:
    """The record for the team, and what is to stop it next time."""
    if now.status == "closed" and was.status != "closed":
        yield Tell(Team(now.team), "record", "record")
    elif now.status == "closed":
        yield Tell(Team(now.team), "record", "record", fresh=False)
    if now.status == "closed" and (was.live or now.answers.get(DUE) != was.answers.get(DUE)):
        yield from following(now, event.at)
    if was.status == "closed" and isinstance(owner := now.answers.get(OWNER), str):
        slots = (f"prevention/{version}" for version in was.followed)
        yield from (Tell(Person(owner), "prevention", slot, fresh=False) for slot in slots)


def _answers_to(now: Recovery, event: Event) -> Iterator[Effect]:
    """A word to the other side, so that nobody wonders whether he was heard."""
    match event:
        case HelpAsked():
            people = (now.acknowledged_by,) if now.acknowledged_by else now.calls[-1].people
            yield to_agent(now, "help-coming", {"who": " ".join(people)})
            if now.acknowledged_by:
                slot = f"asked/{now.version}"
                yield Tell(Person(now.acknowledged_by), "asked", slot, {"why": event.why}, under="ping", wakes=True)
        case Acknowledged():
            yield to_agent(now, "taken", {"who": event.by})
        case Advised():
            yield to_agent(now, "advised", {"who": event.by, "text": event.text})
        case TookOver():
            before = Person(now.agents_before[-1])
            yield Tell(before, "taken-over", f"taken-over/{now.version}", {"who": event.by}, under="card")
        case PassedOn():
            yield to_agent(now, "help-coming", {"who": event.to})
        case HandedOver():
            yield to_agent(now, "handed", {"who": event.by})
        case Snoozed():
            yield Wake(event.until, event.timer, event.step, mark=f"{event.mark} {iso(event.until)}", pierces=True)
            yield to_agent(now, "snoozed", {"at": event.until.isoformat()})
        case Recurred() if not now.live:
            yield from recurs(now, event)
        case _:
            pass


def _elapsed(now: Recovery, event: Elapsed, playbook: Playbook) -> Outcome | None:
    if event.timer == PREVENTION:
        return prevention(now, event, playbook)
    if not now.live:
        return None
    if event.timer == APPROVAL:
        return lapsed(now, event, playbook)
    if event.timer == LADDER:
        return unanswered(now, event, playbook)
    if event.timer == IDLE:
        return idle(now, event, playbook)
    timer = timer_of(event, playbook)
    if timer is None or not _still_true(now, timer, event):
        return None
    return _due(now, event, timer, playbook)


def _informed(now: Recovery, event: Informed, playbook: Playbook) -> Outcome | None:
    """A word for all who are part of one outage: as a message of its own, and on every card."""
    if not now.live or event.outage != (now.outage or event.outage) or event.word <= now.outage_word:
        return None
    then = apply(now, event, playbook)
    to = Person(now.agent)
    word = Tell(to, "outage-word", f"outage/{event.word}", {"word": str(event.word)}, under="card")
    before = Tell(to, "outage-word", f"outage/{now.outage_word}", {"word": str(now.outage_word)}, fresh=False)
    card = Tell(to, "card", "card", fresh=False)
    return Outcome(then, (word, *((before,) if now.outage_word else ()), card, *repaint(now, then)))


def _still_true(now: Recovery, timer: Timer, event: Elapsed) -> bool:
    if timer.when and not GUARDS[timer.when](now.answers):
        return False
    mark, until = put_off(event)
    if until != iso(now.snoozed.get(f"{event.step}/{event.timer} {mark}")):
        return False  # put off meanwhile, or once more: the last one counts
    if timer.promise:
        return mark == promised(now, timer.promise) and promise(event) not in now.reminded
    return now.step == event.step and mark == iso(now.stepped_at)


def _due(now: Recovery, event: Elapsed, timer: Timer, playbook: Playbook) -> Outcome:
    """A timer that still matters: wait longer if something moved meanwhile, else say it."""
    wait = patience(timer.after, now.severity)
    then = apply(now, event, playbook)
    if moves(now, event, timer):
        return Outcome(then, (_again(event, (now.touched_at or event.at) + wait, event.round),))
    effects: list[Effect] = []
    if len(then.calls) > len(now.calls):
        effects += [*ping(then, event.at), *repaint(now, then)]
    elif timer.to == "agent":
        effects += telling(then.asks[-1], "card", wakes=not timer.promise)
    else:
        effects += telling(then.asks[-1], "ping")
    if timer.every and event.round < timer.limit:
        effects.append(_again(event, event.at + wait, event.round + 1))
    return Outcome(then, tuple(effects))


def _again(event: Elapsed, at: datetime, number: int) -> Wake:
    return Wake(at, event.timer, event.step, number, mark=event.mark)


def _where(now: Recovery) -> To:
    """Where the agent was when it began: beside him in the channel, or in private."""
    return Aside(now.agent, now.channel) if now.channel else Person(now.agent)


def _recurring(was: Recovery, now: Recovery, event: Answered) -> Iterator[Wake]:
    for name in RECURS:
        if now.answers.get(name) and now.answers.get(name) != was.answers.get(name):
            yield Wake(event.at, AGAIN, name, pierces=True)


def _step_timers(now: Recovery, step: Step) -> Iterator[Effect]:
    for timer in step.timers:
        if not timer.promise and now.stepped_at:
            yield _wake(now, step.id, timer, now.stepped_at + patience(timer.after, now.severity))


def _promises(was: Recovery, now: Recovery, event: Answered, playbook: Playbook) -> Iterator[Effect]:
    """A promise reminds before it falls due; a promise that is nearer than the lead reminds at once. One that was
    thought to be kept, and is not, reminds again.
    """
    for step in playbook.steps:
        for timer in step.timers:
            matters = anew(timer, was.answers, now.answers)
            promised = (now.answers if matters else event.values).get(timer.promise or "")
            if isinstance(promised, datetime) and now.live:
                at = max(promised + timer.after, event.at)
                yield Wake(at, timer.id, step.id, mark=iso(promised), pierces=True)


def _wake(now: Recovery, step: str, timer: Timer, at: datetime) -> Wake:
    return Wake(at, timer.id, step, mark=iso(now.stepped_at))
