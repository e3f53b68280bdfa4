"""Muted: what may wait does not ring, the ladder goes on at once, and nothing is lost or doubled over it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.cards import plain
from bot.core.engine import start
from bot.core.events import HelpAsked
from bot.core.hours import Hours, Window, begins, tomorrow
from bot.core.policy import Level, Policy
from bot.core.policy import plain as ladder
from bot.errors import Rejected
from bot.library import Library
from bot.ports import Change
from bot.service import Source
from bot.store.sqlite import SqliteStore
from bot.worker import Worker
from tests.fakes_clock import START, FakeClock
from tests.test_engine import BOOK, escalated
from tests.test_worker import Shop

W = "desk:T1"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def shop(store: SqliteStore, clock: FakeClock, library: Library) -> Shop:
    return Shop.of(store, clock, library)


async def mute(shop: Shop, who: str, text: str = "1h") -> None:
    await shop.service.mutes.mute(Source(W, who, f"mute/{who}/{text}/{shop.clock.now()}"), text)
    await settle(shop)


async def settle(shop: Shop) -> None:
    while await shop.worker.once():
        pass


async def ask(shop: Shop, policy: Policy | None = None) -> str:
    """Ann asks for a supervisor, in a recovery that is not urgent."""
    event = replace(escalated(), workspace=W, policy=policy or ladder(("sue", "sam"), 10 * MINUTE))
    begun = start(event, BOOK)
    await shop.store.commit(Change(W, "", begun.recovery, 0, event))
    await shop.service._changes.make(
        Source(W, "ann", "help"), "r1", lambda *_: HelpAsked(shop.clock.now(), "ann", "please")
    )
    await settle(shop)
    return "r1"


def pings(shop: Shop, who: str) -> int:
    return sum("needs you" in title for title in shop.messenger.to(who))


async def test_the_next_is_asked_at_once(shop: Shop) -> None:
    await mute(shop, "sue")
    await ask(shop)
    assert (pings(shop, "sue"), pings(shop, "sam")) == (0, 1)


async def test_what_is_still_open_rings_when_it_ends(shop: Shop) -> None:
    await mute(shop, "sue", "15m")
    await ask(shop)
    await shop.pass_(16 * MINUTE)
    assert pings(shop, "sue") >= 1
    told = [plain(post.card) for post in shop.sent if post.to.person == "sue" and "ring again" in post.card.title]
    assert len(told) == 1
    assert "still waits" in told[0]


async def test_what_somebody_has_does_not_ring_any_more_but_is_shown(shop: Shop) -> None:
    await mute(shop, "sue", "15m")
    key = await ask(shop)
    await shop.service.pressed(Source(W, "sam", "take"), "recovery/apology/take", key, {})
    await shop.pass_(16 * MINUTE)
    assert pings(shop, "sue") == 0
    assert any("Sam" in plain(post.card) for post in shop.sent if "ring again" in post.card.title)


async def test_with_nobody_else_it_is_held_until_it_ends(shop: Shop) -> None:
    await mute(shop, "sue", "5m")
    await ask(shop, ladder(("sue",), 10 * MINUTE))
    assert shop.messenger.to("sue")[1:] == []
    now = await shop.store.recovery(W, "r1")
    assert now
    assert len(now.calls) == 1
    await shop.pass_(6 * MINUTE)
    assert pings(shop, "sue") == 1


async def test_when_all_are_muted_nobody_is_passed_over_for_ever(shop: Shop) -> None:
    await mute(shop, "sue", "15m")
    await mute(shop, "sam", "5m")
    await ask(shop, replace(ladder(("sue", "sam"), 10 * MINUTE), repeat=3))
    now = await shop.store.recovery(W, "r1")
    assert now
    assert len(now.calls) == 1, "there is nobody else to ask"
    await shop.pass_(30 * MINUTE)
    assert (pings(shop, "sue"), pings(shop, "sam")) != (0, 0)


async def test_on_a_level_of_two_the_other_one_is_enough(shop: Shop) -> None:
    await mute(shop, "sue")
    await ask(shop, Policy((Level(("sue", "sam"), wait=10 * MINUTE), Level(("sid",), wait=10 * MINUTE))))
    assert (pings(shop, "sam"), pings(shop, "sid")) == (1, 0)


async def test_a_release_does_not_drive_the_ladder_on(shop: Shop) -> None:
    await mute(shop, "sue")
    await ask(shop, ladder(("sue", "sam", "sid"), 10 * MINUTE))
    for _ in range(3):
        await shop.store.release(W, "muted", shop.clock.now())
        await settle(shop)
    assert (pings(shop, "sue"), pings(shop, "sam"), pings(shop, "sid")) == (0, 1, 0)


async def test_a_longer_mute_counts_and_the_first_end_is_nothing(shop: Shop) -> None:
    await mute(shop, "sue", "15m")
    await mute(shop, "sue", "1h")
    await shop.pass_(30 * MINUTE)
    assert not any("ring again" in title for title in shop.messenger.to("sue"))
    await shop.pass_(31 * MINUTE)
    assert sum("ring again" in title for title in shop.messenger.to("sue")) == 1


async def test_it_outlives_the_process_and_is_no_fault(shop: Shop) -> None:
    await mute(shop, "sue")
    await ask(shop)
    platforms = {"desk": shop.worker._delivery._platforms["desk"]}
    shop.worker = Worker(shop.store, shop.clock, shop.service, platforms)
    await shop.pass_(9 * MINUTE)
    assert pings(shop, "sue") == 0
    assert [fault.kind for fault in await shop.store.faults(shop.clock.now())] == []


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("15m", 15),
        ("2 hours", 120),
        ("1 timme", 60),
        ("30 min", 30),
        ("timme", 60),
        ("٢٠ دقيقة", 20),
        ("ساعة", 60),
        ("ساعتين", 120),
    ],
)
async def test_how_long_in_the_words_of_each_language(shop: Shop, text: str, minutes: int) -> None:
    await mute(shop, "sue", text)
    kept = await shop.store.mute(W, "sue")
    assert kept
    assert kept.until - kept.since == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["", "soon", "0m", "4m", "25h", "-1h", "1 day", "9999h"])
async def test_what_is_no_time_to_be_quiet(shop: Shop, text: str) -> None:
    with pytest.raises(Rejected, match="mute-how"):
        await shop.service.mutes.mute(Source(W, "sue", "m"), text)


async def test_only_who_is_pinged_can_be_muted(shop: Shop) -> None:
    with pytest.raises(Rejected, match="mute-supervisors"):
        await shop.service.mutes.mute(Source(W, "ann", "m"), "1h")
    with pytest.raises(Rejected, match="not-muted"):
        await shop.service.mutes.unmute(Source(W, "sue", "m"))


WEEK = Hours((Window((0, 1, 2, 3), time(9), time(17)), Window((4,), time(8, 30), time(12))), "Europe/Stockholm")


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("Europe/Stockholm"))


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (local(24, 14), local(25, 9)),
        (local(25, 0, 30), local(26, 9)),
        (local(26, 23, 59), local(27, 8, 30)),
        (local(27, 7), local(30, 9)),  # Friday's morning: over the weekend
    ],
)
def test_tomorrow_is_when_work_begins_next(at: datetime, expected: datetime) -> None:
    assert tomorrow(WEEK, at, "UTC") == expected


def test_without_working_time_a_day_begins_at_eight() -> None:
    assert begins(None, START.date(), "Asia/Riyadh") == START.replace(hour=5)
    assert begins(WEEK, local(28, 0).date(), "UTC") is None
