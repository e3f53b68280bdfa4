"""The whole conversation: an event comes in, out come what is true now and what should follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from bot.core.effects import Admins, Aside, Channel, Effect, Person, Team, Tell, To, Wake
from bot.core.events import (
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
from bot.core.guards import GUARDS, support_wanted
from bot.core.limits import within
from bot.core.outage import KIND
from bot.core.playbook import Playbook, Step, Timer
from bot.core.policy import WAIT, patience
from bot.core.recovery import (
    AMOUNT,
    APPROVAL,
    DONE,
    DUE,
    IDLE,
    LADDER,
    OWNER,
    PREVENTION,
    STALLS,
    Call,
    Recovery,
    apply,
    begin,
    busy_until,
    promise,
    stalls,
    timer_of,
    untouched,
)
from bot.errors import Rejected

DRAFT = "draft"  # the field whose text is reviewed, for the agent alone, whenever he saves it
SOON = timedelta(days=1)  # before what stops it next time falls due
WEEK, ROUNDS = timedelta(days=7), 6  # how often its owner is asked afterwards, and how many times in all
AGAIN = "again"  # the timer that looks for an earlier failure with the same customer or cause; due at once
OUTAGE = "outage"  # the timer that looks whether others report the same, and brings what they may say; due at once
RECURS = ("customer", "cause")  # what a failure may have in common with an earlier one
Supervising = Acknowledged | Advised | TookOver | PassedOn


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is true now, and what should follow."""

    recovery: Recovery
    effects: tuple[Effect, ...]


def start(event: Escalated, playbook: Playbook) -> Outcome:
    now = begin(event, playbook)
    offer = Tell(_where(now), "offer", "offer")
    many = (Wake(event.at, OUTAGE, "", pierces=True),) if event.kind == KIND else ()
    if event.offered:
        return Outcome(now, (offer, *_ping(now, event.at), *many))
    started = (offer,) if event.channel else ()
    card = Tell(Person(now.agent), "card", "card")
    timers = _step_timers(now, playbook.steps[0])
    return Outcome(now, (*started, card, *timers, *_ping(now, event.at), *many))


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
        case "approval":
            return now.live and asking(now) and tell.args["number"] == str(len(_rounds(now)))
        case "prevention" | "prevention-late":
            return now.status == "closed" and DONE not in now.answers
        case "still":
            return now.live and now.asked_again is not None
        case "late" | "asked":
            return now.live
        case _:
            return True


def barred(no: Rejected) -> bool:
    """Was it refused because of who he is, not because he came late?"""
    return no.key in {"not-supervisor", "not-yours"}


def _refuse(now: Recovery, event: Event, playbook: Playbook) -> None:
    """Everything that a person may press too late, twice, or without the right to."""
    _refuse_stranger(now, event)
    _refuse_finished(now, event)
    if isinstance(event, Supervising):
        _refuse_supervisor(now, event)
    match event:
        case Accepted() if now.status == "open":
            raise Rejected("late-started")
        case Answered() | Skipped():
            _refuse_step(now, event, playbook)
            _refuse_amount(now, event)
        case Allowed() | Denied():
            _refuse_decision(now, event)
        case Snoozed() if timer_of(event, playbook) is None:
            raise Rejected("unknown-step")
        case Switched() if not untouched(now) or event.playbook == now.playbook:
            raise Rejected("late-method")
        case HandedOver() if event.to == now.agent:
            raise Rejected("handover-same")
        case HelpAsked() if not now.acknowledged_by and now.policy.next(now.turn, event.at, now.agent) is None:
            raise Rejected("help-exhausted" if now.policy.levels else "help-nobody")
        case Prevented() | Postponed() if DONE in now.answers or PREVENTION not in now.answers:
            raise Rejected("late-prevented")
        case Postponed() if event.until <= event.at:
            raise Rejected("form", {"until": "no-field-future"})
        case Reopened() if now.status != "closed":
            raise Rejected("late-reopened")
        case _:
            pass


def _refuse_stranger(now: Recovery, event: Event) -> None:
    """What only some may do."""
    match event:
        case Acknowledged() | Advised() | TookOver() | PassedOn():
            if not now.may_answer(event.by):
                raise Rejected("not-supervisor")
        case Allowed() | Denied():
            asked = any(event.by in people for people in _rounds(now))
            if event.by == now.agent or not (asked or now.may_answer(event.by)):
                raise Rejected("not-supervisor")
        case Prevented() | Postponed():
            if event.by not in {now.agent, now.answers.get(OWNER)} and not now.may_answer(event.by):
                raise Rejected("not-yours", who=str(now.answers.get(OWNER, now.agent)))
        case Reopened():
            if event.by != now.agent and not now.may_answer(event.by):
                raise Rejected("not-yours", who=now.agent)
        case _ if event.by != now.agent and now.live:
            raise Rejected("not-yours", who=now.agent)


def _refuse_supervisor(now: Recovery, event: Supervising) -> None:
    """One winner: everybody else hears who it is. A word of advice is always welcome."""
    match event:
        case Advised():
            return
        case PassedOn() if event.to == now.agent:
            raise Rejected("pass-agent", who=now.agent)
        case PassedOn() if event.to == event.by:
            raise Rejected("pass-self")
        case Acknowledged() if now.acknowledged_by == event.by and now.asked_again:
            return
    if now.acknowledged_by and (now.acknowledged_by != event.by or isinstance(event, Acknowledged)):
        raise Rejected("late-taken", who=now.acknowledged_by)


def _refuse_finished(now: Recovery, event: Event) -> None:
    if now.status == "closed" and not isinstance(event, Reopened | Prevented | Postponed):
        raise Rejected("late-closed")
    if now.live and isinstance(event, Prevented | Postponed):
        raise Rejected("early-prevented")
    if now.status == "dropped":
        raise Rejected("late-dropped", who=now.dropped_by)
    if now.status == "offered" and not isinstance(event, Accepted | Dropped | Supervising):
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


def _refuse_amount(now: Recovery, event: Answered | Skipped) -> None:
    """An amount that nobody may allow is told at once, beside the field."""
    amount = event.values.get(AMOUNT) if isinstance(event, Answered) else None
    if not isinstance(amount, Money) or not now.policy.limits or amount == now.answers.get(AMOUNT):
        return
    spent = event.spent if isinstance(event, Answered) else Decimal(0)
    alone = within(now.policy.limit(now.agent, amount.currency), amount.amount, spent)
    if not alone and now.policy.allowing(0, event.at, now.agent, amount.amount, amount.currency) is None:
        raise Rejected("form", {AMOUNT: "no-field-limit"})


def _refuse_decision(now: Recovery, event: Allowed | Denied) -> None:
    """Once, by somebody who may, and never more than was asked for."""
    approval = now.approval
    if approval is None or not asking(now):
        raise Rejected("late-allowed", who=approval.decided_by if approval else "")
    if isinstance(event, Denied):
        return
    amount = event.amount or Money(approval.amount, approval.currency)
    if amount.currency != approval.currency or not 0 < amount.amount <= approval.amount:
        raise Rejected("form", {AMOUNT: "no-field-less"})
    limit = now.policy.limit(event.by, amount.currency)
    if limit and not within(limit, amount.amount, event.spent):
        if amount.amount > limit.once:
            raise Rejected("limit", limit=f"{limit.once} {limit.currency}")
        raise Rejected("limit-day", limit=f"{limit.daily} {limit.currency}")


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
    yield from _repaint(was, now)
    if len(now.calls) > len(was.calls):
        yield from _ping(now, event.at)
    elif now.severity > was.severity and now.live and not now.acknowledged_by:
        yield from _nobody_left(now)
    yield from _approvals(was, now, event.at)
    if now.acknowledged_by and now.acknowledged_at != was.acknowledged_at and now.live:
        yield _idle_wake(now, busy_until(now, playbook))
    if support_wanted(now.answers) and not support_wanted(was.answers):
        yield _support(now)
    yield from _completed(was, now, event)


def _answered(was: Recovery, now: Recovery, event: Event, playbook: Playbook) -> Iterator[Effect]:
    """What was written: promises to be reminded of, an earlier failure to be looked for, a draft to be reviewed."""
    if isinstance(event, Answered):
        yield from _promises(now, event, playbook)
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
        yield from _following(now, event.at)
    if was.status == "closed" and isinstance(owner := now.answers.get(OWNER), str):
        yield Tell(Person(owner), "prevention", "prevention", fresh=False)


def _answers_to(now: Recovery, event: Event) -> Iterator[Effect]:
    """A word to the other side, so that nobody wonders whether he was heard."""
    match event:
        case HelpAsked():
            people = (now.acknowledged_by,) if now.acknowledged_by else now.calls[-1].people
            yield _to_agent(now, "help-coming", {"who": " ".join(people)})
            if now.acknowledged_by:
                slot = f"asked/{now.version}"
                yield Tell(Person(now.acknowledged_by), "asked", slot, {"why": event.why}, under="ping", wakes=True)
        case Acknowledged():
            yield _to_agent(now, "taken", {"who": event.by})
        case Advised():
            yield _to_agent(now, "advised", {"who": event.by, "text": event.text})
        case TookOver():
            before = Person(now.agents_before[-1])
            yield Tell(before, "taken-over", f"taken-over/{now.version}", {"who": event.by}, under="card")
        case PassedOn():
            yield _to_agent(now, "help-coming", {"who": event.to})
        case HandedOver():
            yield _to_agent(now, "handed", {"who": event.by})
        case Snoozed():
            yield Wake(event.until, event.timer, event.step, mark=event.mark, pierces=True)
            yield _to_agent(now, "snoozed", {"at": event.until.isoformat()})
        case Recurred() if not now.live:
            yield from _recurs(now, event)
        case _:
            pass


def _to_agent(now: Recovery, view: str, args: Mapping[str, str]) -> Tell:
    return Tell(Person(now.agent), view, f"{view}/{now.version}", args, under="card")


def asking(now: Recovery) -> bool:
    """Does an amount wait to be allowed?"""
    return now.approval is not None and now.approval.decision == "asked"


def _rounds(now: Recovery) -> tuple[tuple[str, ...], ...]:
    return now.approval.rounds if now.approval else ()


def _approvals(was: Recovery, now: Recovery, at: datetime) -> Iterator[Effect]:
    """One question up the ladder: whoever is asked now, what stands with those asked before, and the agent's answer."""
    if now.approval == was.approval:
        return
    for number, people in enumerate(_rounds(was) if asking(was) else (), 1):
        yield from (_approval(was, person, number, fresh=False) for person in people)
    if asking(now) and now.approval:
        number = len(now.approval.rounds)
        yield from (_approval(now, person, number, fresh=True) for person in now.approval.rounds[-1])
        turn = min(now.approval.turn, now.policy.turns)
        wait = now.policy.level(turn).wait if turn else WAIT
        at += patience(wait, now.severity)
        yield Wake(at, APPROVAL, now.step or "", round=number, mark=_iso(now.approval.at))
    elif now.approval and now.approval.decision != "alone":
        yield _to_agent(now, "decided", {"who": now.approval.decided_by})


def _approval(now: Recovery, person: str, number: int, *, fresh: bool) -> Tell:
    at = _iso(now.approval.at) if now.approval else ""
    args = {"number": str(number), "at": at}
    return Tell(Person(person), "approval", f"approval/{at}/{number}", args, fresh=fresh, wakes=fresh)


def _lapsed(now: Recovery, event: Elapsed, playbook: Playbook) -> Outcome | None:
    """Nobody has said whether the amount may be given."""
    if not asking(now) or now.approval is None or event.mark != _iso(now.approval.at):
        return None
    if event.round != len(now.approval.rounds):
        return None
    then = apply(now, event, playbook)
    card = Tell(Person(now.agent), "card", "card", fresh=False)
    return Outcome(then, (*_approvals(now, then, event.at), card))


def _elapsed(now: Recovery, event: Elapsed, playbook: Playbook) -> Outcome | None:
    if event.timer == PREVENTION:
        return _prevention(now, event, playbook)
    if not now.live:
        return None
    if event.timer == APPROVAL:
        return _lapsed(now, event, playbook)
    if event.timer == LADDER:
        return _unanswered(now, event, playbook)
    if event.timer == IDLE:
        return _idle(now, event, playbook)
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
    return Outcome(then, (word, *((before,) if now.outage_word else ()), card, *_repaint(now, then)))


def _unanswered(now: Recovery, event: Elapsed, playbook: Playbook) -> Outcome | None:
    """Whoever was pinged said nothing: the next one, or, past the last, whoever is told at the end."""
    if now.acknowledged_by or event.round != len(now.calls):
        return None
    then = apply(now, event, playbook)
    if len(then.calls) > len(now.calls):
        return Outcome(then, (*_ping(then, event.at), *_repaint(now, then)))
    return Outcome(then, tuple(_nobody_left(then)))


def _idle(now: Recovery, event: Elapsed, playbook: Playbook) -> Outcome | None:
    """Acknowledged is not done: whoever has it is asked whether he gets on, then it goes up again."""
    has_it = now.acknowledged_by and now.acknowledged_by != now.agent
    if not has_it or event.mark != _iso(now.acknowledged_at) or stalls(now) >= STALLS:
        return None
    then = apply(now, event, playbook)
    if (busy := busy_until(now, playbook)) > event.at:
        return Outcome(then, (_idle_wake(now, busy),))
    if then.asked_again and not now.asked_again:
        still = Tell(Person(now.acknowledged_by), "still", f"still/{then.version}", under="ping", wakes=True)
        again = event.at + patience(now.policy.idle, now.severity) / 2
        return Outcome(then, (still, _idle_wake(now, again)))
    card = Tell(Person(now.agent), "card", "card", fresh=False)
    if len(then.calls) > len(now.calls):
        return Outcome(then, (card, *_repaint(now, then), *_ping(then, event.at)))
    return Outcome(then, tuple(_nobody_left(then)))


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
        said = {"timer": timer.id, "step": event.step, "mark": event.mark}
        effects.append(Tell(Person(now.agent), "nudge", slot, said, under="card", wakes=not timer.promise))
    elif len(then.calls) > len(now.calls):
        effects += [*_ping(then, event.at), *_repaint(now, then)]
    else:
        effects += _late(now, then, event)
    if timer.every and event.round < timer.limit:
        effects.append(_wake(now, event.step, timer, event.at + wait, event.round + 1))
    return Outcome(then, tuple(effects))


def _late(now: Recovery, then: Recovery, event: Elapsed) -> Iterator[Effect]:
    """Everybody on the ladder knows already: whoever has it hears that a step is late."""
    last = now.calls[-1].people if now.calls else ()
    for to in _people((now.acknowledged_by,) if now.acknowledged_by else last):
        yield Tell(to, "late", f"late/{then.version}", {"step": event.step}, under="ping", wakes=True)


def _support(now: Recovery) -> Tell:
    """The employee's own recovery: one supervisor hears that support is wanted, and nothing more."""
    first = now.policy.next(0, now.touched_at or now.opened_at, now.agent)
    asked = now.calls[-1].people if now.calls else ()
    person = now.acknowledged_by or next(iter(asked or (first.people if first else ())), "")
    return Tell(Person(person) if person else Admins(), "support", "support", wakes=True)


def _where(now: Recovery) -> To:
    """Where the agent was when it began: beside him in the channel, or in private."""
    return Aside(now.agent, now.channel) if now.channel else Person(now.agent)


def _ping(now: Recovery, at: datetime) -> Iterator[Effect]:
    """Everybody the last call asks, and the timer that asks the next."""
    number = len(now.calls)
    if not number:
        return
    for to in _asked(now.calls[-1]):
        yield _pinging(now, number, to, fresh=True)
    wait = now.policy.level(now.turn or 1).wait if now.policy.levels else WAIT
    yield Wake(at + patience(wait, now.severity), LADDER, now.step or "", round=number)


def _pinging(now: Recovery, number: int, to: To, *, fresh: bool) -> Tell:
    """The first ping to somebody has the slot `ping`; a later one is a new message, for an old one does not ring."""
    before = any(to in _asked(call) for call in now.calls[: number - 1])
    slot = f"ping/{number}" if before else "ping"
    return Tell(to, "ping", slot, {"call": str(number)}, fresh=fresh, wakes=fresh)


def _repaint(was: Recovery, now: Recovery) -> Iterator[Effect]:
    """Every copy of the ping that stands somewhere says what is true now."""
    for number, call in enumerate(was.calls, 1):
        for to in _asked(call):
            yield _pinging(now, number, to, fresh=False)


def _asked(call: Call) -> tuple[To, ...]:
    return (*map(Person, call.people), *((Channel(call.channel),) if call.channel else ()))


def _people(ids: tuple[str, ...]) -> tuple[To, ...]:
    return tuple(map(Person, ids)) or (Admins(),)


def _nobody_left(now: Recovery) -> Iterator[Effect]:
    """The end of the ladder: its channel and its owner hear that nobody has answered, else the admins."""
    slot = f"unanswered/{now.version}"
    ends: list[To] = [Channel(now.policy.channel)] if now.policy.channel else []
    ends += [Person(now.policy.owner)] if now.policy.owner else []
    for to in ends or [Admins()]:
        yield Tell(to, "unanswered", slot, wakes=True)


def _following(now: Recovery, at: datetime) -> Iterator[Wake]:
    """What stops it next time is followed like a promise: before it is due, when it is, and then every week."""
    due = now.answers.get(DUE)
    if PREVENTION in now.answers and isinstance(due, datetime) and DONE not in now.answers:
        yield Wake(max(due - SOON, at), PREVENTION, "", 1, mark=_action(now))


def _action(now: Recovery) -> str:
    return f"{_mark(now, DUE)} {_iso(now.closed_at)}"


def _prevention(now: Recovery, event: Elapsed, playbook: Playbook) -> Outcome | None:
    due, owner = now.answers.get(DUE), now.answers.get(OWNER)
    if now.status != "closed" or DONE in now.answers or event.mark != _action(now):
        return None
    if not isinstance(due, datetime) or not isinstance(owner, str):
        return None
    then = apply(now, event, playbook)
    effects: list[Effect] = [Tell(Person(owner), "prevention", "prevention", wakes=True)]
    if event.round > 1:
        effects = [Tell(Person(owner), "prevention", f"prevention/{event.round}", wakes=True)]
    if event.at > due:
        first = now.policy.next(0, event.at, owner)
        slot = f"prevention-late/{event.round}"
        effects += [Tell(to, "prevention-late", slot, wakes=True) for to in _people(first.people if first else ())]
    if event.round < ROUNDS:
        following = due if event.at < due else event.at + (SOON if event.round <= 2 else WEEK)  # noqa: PLR2004
        effects.append(Wake(following, PREVENTION, "", event.round + 1, mark=event.mark))
    return Outcome(then, tuple(effects))


def _idle_wake(now: Recovery, at: datetime) -> Wake:
    return Wake(at, IDLE, now.step or "", mark=_iso(now.acknowledged_at))


def _recurring(was: Recovery, now: Recovery, event: Answered) -> Iterator[Wake]:
    for name in RECURS:
        if now.answers.get(name) and now.answers.get(name) != was.answers.get(name):
            yield Wake(event.at, AGAIN, name, pierces=True)


def _recurs(now: Recovery, event: Recurred) -> Iterator[Tell]:
    """The same cause again, and this one is complete: whoever had it, or the first on the ladder, hears of it."""
    first = now.policy.next(0, event.at, now.agent)
    asked = (now.acknowledged_by,) if now.acknowledged_by else first.people if first else ()
    for to in _people(asked):
        yield Tell(to, "recurs", f"recurs/{now.version}", {"of": event.of, "field": event.field}, wakes=True)


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
