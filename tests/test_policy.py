"""Who is pinged when, and what quiet hours hold back: over midnight, where clocks change, and for whom not at all."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.effects import Effect, Tell, Wake
from bot.core.hearing import Heard
from bot.core.policy import Policy, Quiet, pings_at_once
from bot.library import Library
from bot.people import Organisation, People, TeamSettings
from bot.ports import Job
from bot.service import Service, Source
from bot.store.sqlite import SqliteStore
from tests.fakes_clock import FakeClock
from tests.fakes_messenger import FakeMessenger, platform

NIGHT = Quiet(time(22), time(7), "UTC")
LUNCH = Quiet(time(12), time(13, 30), "UTC")
STOCKHOLM = Quiet(time(22), time(7), "Europe/Stockholm")
MINUTE = timedelta(minutes=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("quiet", "at", "after"),
    [
        (NIGHT, "2026-11-24 21:59", "2026-11-24 21:59"),
        (NIGHT, "2026-11-24 22:00", "2026-11-25 07:00"),
        (NIGHT, "2026-11-24 23:59", "2026-11-25 07:00"),
        (NIGHT, "2026-11-25 00:00", "2026-11-25 07:00"),
        (NIGHT, "2026-11-25 06:59", "2026-11-25 07:00"),
        (NIGHT, "2026-11-25 07:00", "2026-11-25 07:00"),
        (LUNCH, "2026-11-24 11:59", "2026-11-24 11:59"),
        (LUNCH, "2026-11-24 12:00", "2026-11-24 13:30"),
        (LUNCH, "2026-11-24 13:29", "2026-11-24 13:30"),
        (LUNCH, "2026-11-24 13:30", "2026-11-24 13:30"),
        (STOCKHOLM, "2026-11-24 20:59", "2026-11-24 20:59"),  # 21:59 there
        (STOCKHOLM, "2026-11-24 21:00", "2026-11-25 06:00"),
        (STOCKHOLM, "2026-07-01 20:00", "2026-07-02 05:00"),  # summer time
        (STOCKHOLM, "2026-07-01 19:59", "2026-07-01 19:59"),
        (STOCKHOLM, "2026-03-28 22:00", "2026-03-29 05:00"),  # the night that is an hour short
        (STOCKHOLM, "2026-10-24 21:00", "2026-10-25 06:00"),  # the night that is an hour long
        (Quiet(time(22), time(7), "Asia/Riyadh"), "2026-11-24 19:00", "2026-11-25 04:00"),
        (Quiet(time(22), time(2, 30), "Europe/Stockholm"), "2026-03-29 00:59", "2026-03-29 01:30"),  # 02:30 is no time
        (Quiet(time(22), time(2, 30), "Europe/Stockholm"), "2026-10-25 00:15", "2026-10-25 00:30"),  # 02:30 comes once
        (Quiet(time(22), time(2, 30), "Europe/Stockholm"), "2026-10-25 01:15", "2026-10-25 01:30"),  # and again
    ],
)
def test_quiet_hours(quiet: Quiet, at: str, after: str) -> None:
    assert quiet.after(utc(at)) == utc(after)
    assert quiet.holds(utc(at)) == (at != after)


zones = st.sampled_from(["UTC", "Europe/Stockholm", "Asia/Riyadh", "America/New_York", "Australia/Lord_Howe"])
changes = st.sampled_from([utc("2026-03-29 01:00"), utc("2026-10-25 01:00"), utc("2026-11-01 06:00")])
moments = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001 - the zone is given apart
    datetime(2027, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
) | st.builds(lambda at, minutes: at + minutes * MINUTE, changes, st.integers(-720, 720))
quiets = st.builds(
    lambda start, hours, zone: Quiet(time(start), time((start + hours) % 24, 30), zone),
    st.integers(0, 23),
    st.integers(0, 12),
    zones,
)


@given(quiets, moments)
def test_after_quiet_hours_it_is_not_quiet_and_never_earlier(quiet: Quiet, at: datetime) -> None:
    then = quiet.after(at)
    assert at <= then <= at + timedelta(hours=14)
    assert not quiet.holds(then)
    assert then.tzinfo == at.tzinfo


@pytest.mark.parametrize(("severity", "at_once"), [(1, False), (2, False), (3, True)])
def test_who_is_pinged_at_once(severity: int, *, at_once: bool) -> None:
    assert pings_at_once(severity) is at_once


@pytest.mark.parametrize(
    ("level", "person", "pinged"),
    [(0, None, ()), (1, "sue", ("sue",)), (2, "sam", ("sue", "sam")), (3, None, ("sue", "sam"))],
)
def test_the_ladder(level: int, person: str | None, pinged: tuple[str, ...]) -> None:
    policy = Policy(("sue", "sam"))
    assert (policy.person(level), policy.pinged(level)) == (person, pinged)


# What the service keeps for later


class House:
    """A service on a real store, in a team that sleeps from ten to seven in Stockholm."""

    def __init__(self, store: SqliteStore, clock: FakeClock, library: Library) -> None:
        team = TeamSettings("front", "C9", ("sue", "sam"), zone="Europe/Stockholm", quiet=STOCKHOLM)
        platforms = {"desk": platform(FakeMessenger())}
        people = People(store, clock, Organisation((team,), ("root",)), library.words, platforms)
        self.service, self.store, self.clock = Service(store, clock, people, library), store, clock
        self.presses = 0

    async def begins(self, severity: int) -> str:
        heard = Heard("en", 0.9, escalation=True, severity=severity, kind="angry", reasons=())
        await self.service.heard(self.source("ann", channel="C1"), "he shouts", heard)
        return (await self.jobs())[0].recovery

    async def press(self, person: str, verb: str, key: str, **inputs: str) -> None:
        await self.service.pressed(self.source(person), f"recovery/apology/{verb}", key, inputs)

    def source(self, person: str, channel: str = "") -> Source:
        self.presses += 1
        return Source("desk:T1", person, f"e{self.presses}", channel=channel, private=not channel)

    async def jobs(self) -> list[Job]:
        """Everything that waits, whenever it falls due; nothing is taken."""
        far = self.clock.now() + timedelta(days=100)
        jobs = await self.store.lease(far, far, 1000)
        for job in jobs:
            await self.store.put_off(job, job.due, "")
        return list(jobs)

    async def due(self, view: str) -> list[datetime]:
        return [job.due for job in await self.jobs() if _named(job.effect) == view]


def _named(effect: Effect) -> str:
    match effect:
        case Tell():
            return effect.view if effect.fresh else ""
        case Wake():
            return effect.timer


@pytest.fixture
def house(store: SqliteStore, clock: FakeClock, library: Library) -> House:
    clock.at = utc("2026-11-24 22:30")  # 23:30 in Stockholm
    return House(store, clock, library)


MORNING = utc("2026-11-25 06:00")


async def test_the_highest_severity_pierces_quiet_hours(house: House) -> None:
    await house.begins(3)
    now = house.clock.now()
    assert await house.due("ping") == [now]
    assert await house.due("ladder") == [now + 5 * MINUTE]


async def test_quiet_hours_hold_back_what_would_wake_somebody(house: House) -> None:
    key = await house.begins(2)
    await house.press("ann", "accept", key)
    now = house.clock.now()
    assert await house.due("card") == [now]
    assert await house.due("nudge") == [MORNING + 5 * MINUTE]
    assert await house.due("late") == [MORNING + 10 * MINUTE]


async def test_help_asked_for_in_quiet_hours_comes_in_the_morning_and_waits_then(house: House) -> None:
    key = await house.begins(2)
    await house.press("ann", "accept", key)
    await house.press("ann", "help", key, why="please")
    assert await house.due("ping") == [MORNING]
    assert await house.due("ladder") == [MORNING + 10 * MINUTE]
    assert await house.due("help-coming") == [house.clock.now()]


async def test_a_timer_that_would_fall_into_quiet_hours_waits_for_their_end(house: House) -> None:
    house.clock.at = utc("2026-11-24 20:58")  # 21:58 in Stockholm
    key = await house.begins(2)
    await house.press("ann", "accept", key)
    assert await house.due("nudge") == [MORNING]


async def test_a_promise_to_the_customer_is_kept_in_quiet_hours(house: House) -> None:
    key = await house.begins(2)
    await house.press("ann", "accept", key)
    for step in ("apology", "review"):
        await house.service.pressed(house.source("ann"), f"recovery/{step}/skip", key, {"reason": "by phone"})
    inputs = {"remedy": "a taxi", "owner": "ann", "due": "00:30", "check_back": "2026-11-26 12:00"}
    await house.service.pressed(house.source("ann"), "recovery/fix/answer", key, inputs)
    assert await house.due("due") == [utc("2026-11-24 23:20")]  # ten minutes before 00:30 in Stockholm
    assert await house.due("progress") == [MORNING + 20 * MINUTE]


async def test_without_quiet_hours_everything_is_due_at_its_time(
    store: SqliteStore, clock: FakeClock, library: Library
) -> None:
    house = House(store, clock, library)  # 14:00 in Stockholm
    await house.press("ann", "accept", await house.begins(1))
    assert await house.due("nudge") == [clock.now() + 5 * MINUTE]


def test_quiet_hours_are_read_on_the_team_s_own_clock() -> None:
    at = datetime(2026, 11, 24, 22, 30, tzinfo=ZoneInfo("Asia/Riyadh"))
    assert not NIGHT.holds(at)
    assert NIGHT.after(at) is at
