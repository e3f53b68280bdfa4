"""Everything that a person may press too late, twice, or without the right to: a polite no, and nothing changes."""

from __future__ import annotations

from bot.core.deciding import asked_already
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
    PassedOn,
    Postponed,
    Prevented,
    Reopened,
    Skipped,
    Snoozed,
    Switched,
    TookOver,
)
from bot.core.limits import within
from bot.core.playbook import Playbook
from bot.core.recovery import AMOUNT, DONE, OWNER, PREVENTION, Recovery, asking, iso, rounds, timer_of, untouched
from bot.errors import Rejected

Supervising = Acknowledged | Advised | TookOver | PassedOn


def refuse(now: Recovery, event: Event, playbook: Playbook) -> None:
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
        case Snoozed():
            _refuse_snooze(now, event, playbook)
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


def barred(no: Rejected) -> bool:
    """Was it refused because of who he is, not because he came late?"""
    return no.key in {"not-supervisor", "not-yours"}


def _refuse_stranger(now: Recovery, event: Event) -> None:
    """What only some may do."""
    match event:
        case Acknowledged() | Advised() | TookOver() | PassedOn():
            if not now.may_answer(event.by):
                raise Rejected("not-supervisor")
        case Allowed() | Denied():
            asked = any(event.by in people for people in rounds(now))
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
        case PassedOn() if not now.acknowledged_by and now.calls and event.to in now.calls[-1].people:
            raise Rejected("late-passed", who=event.to)
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


def _refuse_snooze(now: Recovery, event: Snoozed, playbook: Playbook) -> None:
    """A step that is done reminds nobody any more; a promise does, whatever the step."""
    timer = timer_of(event, playbook)
    if timer is None:
        raise Rejected("unknown-step")
    if not timer.promise and event.step != now.step:
        raise Rejected("late-step")


def _refuse_amount(now: Recovery, event: Answered | Skipped) -> None:
    """An amount that nobody may allow is told at once, beside the field."""
    amount = event.values.get(AMOUNT) if isinstance(event, Answered) else None
    if not isinstance(event, Answered) or not isinstance(amount, Money) or not now.policy.limits:
        return
    if amount == now.answers.get(AMOUNT) or asked_already(now, event):
        return
    spent = event.spent
    alone = within(now.policy.limit(now.agent, amount.currency), amount.amount, spent)
    if not alone and now.policy.allowing(0, event.at, now.agent, amount.amount, amount.currency) is None:
        raise Rejected("form", {AMOUNT: "no-field-limit"})


def _refuse_decision(now: Recovery, event: Allowed | Denied) -> None:
    """Once, by somebody who may, and never more than was asked for."""
    approval = now.approval
    if approval is None or not asking(now):
        raise Rejected("late-allowed", who=approval.decided_by if approval else "")
    if event.mark not in {"", iso(approval.at)}:
        raise Rejected("late-question")  # he answers an amount that is no longer asked for
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
