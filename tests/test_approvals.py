"""Amounts as they are pressed: the question that stood on the card is the one that is answered."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from bot.core.engine import start
from bot.core.limits import Limit
from bot.core.recovery import Recovery
from bot.errors import Rejected
from bot.ports import Change
from bot.service import Source
from tests.test_engine import BOOK, escalated
from tests.test_worker import SECOND, Shop, W, shop

__all__ = ["shop"]

FORM = {"remedy": "x", "owner": "ann", "due": "2026-11-26 12:00", "check_back": "2026-11-27 12:00"}
LIMITS = (Limit("agent", "SEK", Decimal(300), Decimal(400)), Limit("supervisor", "SEK", Decimal(9000)))


async def in_the_fix(shop: Shop, key: str = "r1") -> None:
    event = replace(escalated(2), id=key, policy=replace(escalated(2).policy, limits=LIMITS))
    await shop.store.commit(Change(W, "", start(event, BOOK).recovery, 0, event))
    for step in ("apology", "review"):
        await press(shop, "ann", f"{step}/skip", {"reason": "by phone"}, key)


async def press(shop: Shop, who: str, what: str, inputs: Mapping[str, str], key: str = "r1") -> None:
    shop.clock.forward(SECOND)
    await shop.service.pressed(Source(W, who, f"{what} {shop.clock.now()}"), f"recovery/{what}", key, inputs)


async def asked(shop: Shop) -> Mapping[str, str]:
    """The question for 1000 as its card was drawn: its three presses, by verb."""
    await in_the_fix(shop)
    await press(shop, "ann", "fix/answer", {**FORM, "amount": "1000 SEK"})
    await shop.worker.once()
    card = next(post.card for post in shop.sent if post.to.person == "sue")
    return {one.action.partition(".")[0]: one.action.removeprefix("recovery/") for one in card.presses}


async def now(shop: Shop) -> Recovery:
    found = await shop.store.recovery(W, "r1")
    assert found
    return found


@pytest.mark.parametrize(
    ("verb", "inputs"), [("allow", {}), ("allowless", {"amount": "900 SEK"}), ("deny", {"why": "too much"})]
)
async def test_an_old_card_does_not_answer_for_another_amount(shop: Shop, verb: str, inputs: Mapping[str, str]) -> None:
    presses = await asked(shop)
    await press(shop, "ann", "fix/correct", {**FORM, "amount": "4000 SEK"})
    with pytest.raises(Rejected) as no:
        await press(shop, "sue", presses[f"recovery/fix/{verb}"], inputs)
    assert no.value.key == "late-question"
    with pytest.raises(Rejected) as no:
        await shop.service.form(Source(W, "sue", "open"), f"recovery/{presses[f'recovery/fix/{verb}']}", "r1")
    assert no.value.key == "late-question"
    approval = (await now(shop)).approval
    assert approval
    assert (approval.decision, approval.granted) == ("asked", None)


async def test_the_card_of_the_question_answers_it(shop: Shop) -> None:
    presses = await asked(shop)
    await press(shop, "sue", presses["recovery/fix/allow"], {})
    approval = (await now(shop)).approval
    assert approval
    assert approval.granted == Decimal(1000)


async def test_two_amounts_at_once_do_not_exceed_the_limit_of_a_day(shop: Shop) -> None:
    keys = ("r1", "r2")
    for key in keys:
        await in_the_fix(shop, key)
    amounts = (press(shop, "ann", "fix/answer", {**FORM, "amount": "300 SEK"}, key) for key in keys)
    await asyncio.gather(*amounts)
    found = [await shop.store.recovery(W, key) for key in keys]
    assert sorted(one.approval.decision for one in found if one and one.approval) == ["alone", "asked"]
