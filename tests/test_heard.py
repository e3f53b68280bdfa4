"""What is heard in a channel: a second customer begins, one conversation is offered once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.hearing import Heard
from bot.core.recovery import Recovery
from bot.library import Library
from bot.people import Mode
from bot.service import Service, Source
from bot.store.sqlite import SqliteStore
from tests.fakes_clock import FakeClock
from tests.test_worker import Shop, W

MINUTE = timedelta(minutes=1)


class Floor:
    """One channel, two agents in it, and what was begun."""

    def __init__(self, shop: Shop, mode: Mode) -> None:
        self.shop = shop
        team = replace(shop.service.people.organisation.teams[0], channels={"C1": mode})
        shop.service.people.organisation = replace(shop.service.people.organisation, teams=(team,))

    @property
    def service(self) -> Service:
        return self.shop.service

    async def say(self, text: str, severity: int = 2, who: str = "ann", kind: str = "angry") -> None:
        self.shop.clock.forward(MINUTE)
        source = Source(W, who, f"{self.shop.clock.now()}", "C1", private=False)
        heard = Heard("en", 0.9, escalation=True, severity=severity, kind=kind, reasons=())
        await self.service.heard(source, text, heard)

    async def begun(self) -> Sequence[Recovery]:
        rows = await self.shop.store._read("select workspace, id from recoveries order by opened_at")
        found = [await self.shop.store.recovery(row["workspace"], row["id"]) for row in rows]
        return [one for one in found if one]

    async def said(self) -> list[tuple[str, str]]:
        return [(one.said, one.status) for one in await self.begun()]


@pytest.fixture
def floor(store: SqliteStore, clock: FakeClock, library: Library) -> Floor:
    return Floor(Shop.of(store, clock, library), "offer")


@pytest.fixture
def open_floor(floor: Floor) -> Floor:
    return Floor(floor.shop, "open")


async def test_a_second_urgent_customer_begins_and_pings(floor: Floor) -> None:
    await floor.say("Mr A calls his lawyer", 3)
    await floor.say("Mrs B is injured by our heater", 3)
    assert [one.severity for one in await floor.begun()] == [3, 3]
    assert all(one.calls for one in await floor.begun())


async def test_the_very_same_message_begins_once(floor: Floor) -> None:
    for _ in range(2):
        await floor.say("Mr A calls his lawyer, 070-123 45 67", 3)
    assert len(await floor.begun()) == 1


@pytest.mark.parametrize(("first", "then", "begun"), [(2, 2, 1), (2, 1, 1), (3, 2, 1), (1, 2, 2), (1, 3, 2), (3, 3, 2)])
async def test_one_conversation_is_offered_once_unless_it_gets_worse(
    floor: Floor, first: int, then: int, begun: int
) -> None:
    await floor.say("he shouts", first)
    await floor.say("he shouts still", then)
    assert len(await floor.begun()) == begun


async def test_after_a_quarter_of_an_hour_it_is_offered_again(floor: Floor) -> None:
    await floor.say("he shouts")
    floor.shop.clock.forward(15 * MINUTE)
    await floor.say("she shouts")
    assert len(await floor.begun()) == 2


async def test_an_open_channel_is_never_silent(open_floor: Floor) -> None:
    await open_floor.say("he shouts")
    await open_floor.say("she shouts too")
    assert await open_floor.said() == [("he shouts", "open"), ("she shouts too", "offered")]


async def test_two_agents_with_five_messages_are_enough_for_an_outage(floor: Floor) -> None:
    texts = (
        "Malmö has no internet",
        "nothing works in Lund either",
        "the next one, Ystad",
        "Kiruna is down",
        "all dead",
    )
    for text, who in zip(texts, ("ann", "ann", "ann", "bo", "bo"), strict=True):
        await floor.say(text, who=who, kind="outage")
    await floor.shop.worker.once()
    assert [one.agent for one in await floor.begun()] == ["ann", "ann", "bo", "bo"]
    assert len(await floor.shop.store._read("select * from outages")) == 1


async def test_one_agent_who_goes_on_about_it_is_no_outage(floor: Floor) -> None:
    for text in ("no internet at Lund", "still down", "he says it is dead", "and down again"):
        await floor.say(text, kind="outage")
    await floor.shop.worker.once()
    assert len(await floor.begun()) == 2
    assert len(await floor.shop.store._read("select * from outages")) == 0
