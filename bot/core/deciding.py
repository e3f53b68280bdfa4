"""An amount: decided by the agent alone, asked for up the ladder, allowed, refused or lapsed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.core.events import Allowed, Answered, Money, Value
from bot.core.limits import Approval, Decision, within
from bot.core.recovery import AMOUNT, Recovery, asking


def asked_for(was: Recovery, now: Recovery, event: Answered) -> Recovery:
    """An amount within his own limit is decided; a greater one waits for somebody who may allow it."""
    amount = event.values[AMOUNT]
    if not isinstance(amount, Money):
        return replace(now, approval=None) if asking(was) or AMOUNT in was.answers else now
    if asked_already(was, event):
        return replace(now, answers=_without_amount(now))
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
    answers = _without_amount(now)
    return replace(now, answers=answers, approval=approval if asked else replace(approval, decision="expired"))


def asked_already(now: Recovery, event: Answered) -> bool:
    """Is it the very amount that waits to be allowed, still standing in the form?"""
    approval = now.approval
    if approval is None or not asking(now) or approval.by != event.by:
        return False
    return event.values.get(AMOUNT) == Money(approval.amount, approval.currency)


def given_up(now: Recovery, at: datetime) -> Recovery:
    """A question that still waits when the recovery ends has lapsed."""
    return decided(now, "expired", "", at) if asking(now) else now


def allowed(now: Recovery, event: Allowed) -> Recovery:
    if now.approval is None:
        return now
    amount = event.amount or Money(now.approval.amount, now.approval.currency)
    limit = now.policy.limit(event.by, amount.currency)
    then = decided(now, "granted", event.by, event.at)
    granted = (
        replace(then.approval, granted=amount.amount, limit=limit.once if limit else None) if then.approval else None
    )
    return replace(then, approval=granted, answers={**now.answers, AMOUNT: amount})


def decided(now: Recovery, decision: Decision, by: str, at: datetime, why: str = "") -> Recovery:
    if now.approval is None:
        return now
    return replace(now, approval=replace(now.approval, decision=decision, decided_by=by, decided_at=at, why=why))


def asked_anew(now: Recovery, at: datetime) -> Recovery:
    """Nobody has answered: the next who may allow it is asked, and past the last it lapses."""
    approval = now.approval
    if approval is None:
        return now
    asked = now.policy.allowing(approval.turn, at, now.agent, approval.amount, approval.currency)
    if asked is None:
        return decided(now, "expired", "", at)
    return replace(now, approval=replace(approval, rounds=(*approval.rounds, asked.people), turn=asked.turn))


def _without_amount(now: Recovery) -> Mapping[str, Value]:
    """What waits to be allowed is no answer yet."""
    return {key: value for key, value in now.answers.items() if key != AMOUNT}
