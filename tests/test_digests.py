"""The morning's overview: once a day, on working days, when there is something; late rather than never."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.engine import start
from bot.core.events import Value
from bot.core.hours import Hours, Window
from bot.core.morning import morning
from bot.core.recovery import Recovery
from bot.library import Library
from bot.ports import Change
from bot.service import Source
from bot.store.sqlite import SqliteStore
from tests.fakes_clock import START, FakeClock
from tests.test_engine import BOOK, escalated
from tests.test_worker import Shop

W = "desk:T1"
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = Hours((Window((0, 1, 2, 3, 4), time(9), time(17)),), "Europe/Stockholm")


@pytest.fixture
def shop(store: SqliteStore, clock: FakeClock, library: Library) -> Shop:
    shop = Shop.of(store, clock, library)
    organisation = shop.service.people.organisation
    team = replace(organisation.teams[0], working=WEEK, zone="Europe/Stockholm")
    shop.service.people.organisation = replace(organisation, teams=(team,))
    return shop


async def put(shop: Shop, key: str = "r1", status: str = "open", **answers: Value) -> None:
    event = replace(escalated(), workspace=W, id=key)
    closed = shop.clock.now() if status == "closed" else None
    now = replace(start(event, BOOK).recovery, status=status, answers=answers, closed_at=closed)  # type: ignore[arg-type]
    await shop.store.commit(Change(W, recovery=now, event=event))


def digests(shop: Shop, who: str = "sue") -> int:
    return sum("Good morning" in title for title in shop.messenger.to(who))


def local(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=ZoneInfo("Europe/Stockholm"))


async def until(shop: Shop, at: datetime) -> None:
    await shop.pass_(at - shop.clock.now())


async def test_once_each_working_morning(shop: Shop) -> None:
    shop.clock.at = local(23, 6)  # a Monday
    await put(shop)
    await shop.service.digests.plan(W)
    await until(shop, local(23, 8))
    assert digests(shop) == 0
    await until(shop, local(23, 10))
    assert (digests(shop), digests(shop, "sam"), digests(shop, "ann")) == (1, 1, 0)
    await until(shop, local(29, 23))
    assert digests(shop) == 5


async def test_started_again_and_again_it_is_still_once(shop: Shop) -> None:
    shop.clock.at = local(23, 6)
    await put(shop)
    for hour in (6, 8, 10, 12, 20):
        await until(shop, local(23, hour))
        await shop.service.digests.plan(W)
    await until(shop, local(23, 23))
    assert digests(shop) == 1


async def test_down_at_that_hour_it_comes_late_but_today(shop: Shop) -> None:
    shop.clock.at = local(23, 6)
    await put(shop)
    await shop.service.digests.plan(W)
    shop.clock.at = local(23, 15)
    await shop.pass_(HOUR)
    assert digests(shop) == 1
    await until(shop, local(24, 10))
    assert digests(shop) == 2


async def test_down_for_days_only_today_is_told(shop: Shop) -> None:
    shop.clock.at = local(23, 6)
    await put(shop)
    await shop.service.digests.plan(W)
    shop.clock.at = local(26, 11)
    await shop.service.digests.plan(W)
    await shop.pass_(HOUR)
    assert digests(shop) == 1
    await until(shop, local(27, 10))
    assert digests(shop) == 2


async def test_nothing_to_say_is_not_said(shop: Shop) -> None:
    shop.clock.at = local(23, 6)
    await shop.service.digests.plan(W)
    await until(shop, local(24, 10))
    assert digests(shop) == 0
    await put(shop)
    await until(shop, local(25, 10))
    assert digests(shop) == 1


async def test_asked_for_it_is_shown_and_does_not_count_as_the_morning(shop: Shop) -> None:
    shop.clock.at = local(23, 6)
    await put(shop)
    await shop.service.digests.plan(W)
    await shop.service.digests.shown(Source(W, "sue", "today"))
    await until(shop, local(23, 10))
    assert digests(shop) == 2


async def test_an_action_that_is_due_is_told_however_long_ago_it_was_completed(shop: Shop) -> None:
    shop.clock.at = local(2, 12)
    await put(shop, "r1", "closed", prevention="Update the batch", prevention_due=local(23, 12), prevention_owner="bo")
    await put(shop, "r2", "closed", prevention="Done", prevention_due=local(23, 12), prevention_done=local(3, 9))
    shop.clock.at = local(23, 10)
    now = await shop.service.stage.morning(W, "sue")
    assert [one.recovery.id for one in now.prevention] == ["r1"]
    shop.clock.at = local(22, 10)
    assert not await shop.service.stage.morning(W, "sue")


def case(**more: object) -> Recovery:
    return replace(start(escalated(), BOOK).recovery, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answers", "overdue", "today"),
    [
        ({"due": START - HOUR}, 1, 0),
        ({"due": START + HOUR}, 0, 1),
        ({"due": START + DAY}, 0, 0),
        ({"due": START - HOUR, "fixed_at": START}, 0, 0),
        ({"due": START - HOUR, "fixed_at": START, "check_back": START + HOUR}, 0, 1),
        ({"due": START - HOUR, "fixed_at": START, "check_back": START + HOUR, "rating": "4"}, 0, 0),
        ({"due": "soon"}, 0, 0),
    ],
)
def test_a_promise_is_told_until_it_is_kept(answers: dict[str, Value], overdue: int, today: int) -> None:
    now = morning((case(answers=answers),), START, "UTC")
    assert (len(now.overdue), len(now.today)) == (overdue, today)


def test_causes_are_counted_whoever_wrote_them_how() -> None:
    causes = ("Old firmware.", "old firmware", "Courier", "", "Tills", "Price")
    closed = [case(status="closed", closed_at=START - DAY, answers={"cause": one}) for one in causes]
    old = case(status="closed", closed_at=START - 9 * DAY, answers={"cause": "Ancient"})
    now = morning((*closed, old), START, "UTC")
    assert now.causes == (("Old firmware", 2), ("Courier", 1), ("Price", 1))
    assert now.completed == len(causes)
