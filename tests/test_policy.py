"""Who is pinged when, and what quiet hours hold back: over midnight, where clocks change, and for whom not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.effects import Effect, Tell, Wake
from bot.core.events import Barred
from bot.core.hearing import Heard
from bot.core.hours import Calendar, Hours, Quiet, Window
from bot.core.policy import Absence, Asked, Level, Policy, Rota, Shift, pings_at_once, plain
from bot.errors import Rejected
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
DATE, NEXT = date(2026, 11, 24), date(2026, 11, 25)


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
    assert Calendar(quiet=quiet).after(utc(at)) == utc(after)
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
    then = Calendar(quiet=quiet).after(at)
    assert at <= then <= at + timedelta(hours=14)
    assert not quiet.holds(then)
    assert then.tzinfo == at.tzinfo


@pytest.mark.parametrize(("severity", "at_once"), [(1, False), (2, False), (3, True)])
def test_who_is_pinged_at_once(severity: int, *, at_once: bool) -> None:
    assert pings_at_once(severity) is at_once


# Working time: the clock stands still outside it

OFFICE = Hours((Window((0, 1, 2, 3), time(8), time(17)), Window((4,), time(8), time(15))), "Europe/Stockholm")
NIGHTS = Hours((Window((4, 5), time(22), time(6)),), "UTC")  # Friday and Saturday night


@pytest.mark.parametrize(
    ("at", "minutes", "then"),
    [
        ("2026-11-24 09:00", 10, "2026-11-24 09:10"),  # a Tuesday, 10:00 in Stockholm
        ("2026-11-24 15:55", 10, "2026-11-25 07:05"),  # five minutes before closing, five after opening
        ("2026-11-24 15:50", 10, "2026-11-25 07:00"),  # exactly at closing: nobody is there any more
        ("2026-11-24 20:00", 10, "2026-11-25 07:10"),
        ("2026-11-24 20:00", 0, "2026-11-25 07:00"),
        ("2026-11-27 13:30", 60, "2026-11-30 07:30"),  # Friday afternoon to Monday morning
        ("2026-11-24 09:00", 9 * 60, "2026-11-25 09:00"),
        ("2026-10-23 12:30", 60, "2026-10-26 07:30"),  # clocks go back over the weekend
    ],
)
def test_the_clock_stands_still_outside_working_time(at: str, minutes: int, then: str) -> None:
    assert Calendar(OFFICE).after(utc(at), minutes * MINUTE) == utc(then)


def test_hours_over_midnight_belong_to_the_day_they_begin_on() -> None:
    held = [NIGHTS.holds(utc(f"2026-11-{day} {clock}")) for day, clock in HELD]
    assert held == [False, True, True, False, True, True, False, False]


HELD = [
    (27, "21:59"),  # Friday
    (27, "22:00"),
    (28, "05:59"),
    (28, "06:00"),
    (28, "23:00"),  # Saturday
    (29, "05:59"),
    (29, "22:00"),  # Sunday
    (27, "05:00"),
]


@settings(deadline=None)
@given(
    st.builds(
        Calendar,
        st.sampled_from([None, OFFICE, NIGHTS]),
        st.sampled_from([None, Quiet(time(12), time(13), "UTC"), Quiet(time(23, 30), time(5), "Asia/Riyadh")]),
    ),
    moments,
    st.integers(0, 3000),
)
def test_a_wait_counts_exactly_the_minutes_in_which_somebody_is_awake(
    calendar: Calendar, at: datetime, minutes: int
) -> None:
    at = at.replace(second=0, microsecond=0)
    then = calendar.after(at, minutes * MINUTE)
    assert calendar.awake(then)
    steps = (at + number * MINUTE for number in range(int((then - at) / MINUTE)))
    assert sum(calendar.awake(step) for step in steps) == minutes


# Levels, rotas, absences

DAYS = tuple(range(7))
FLOOR = Rota(
    "floor",
    "UTC",
    (
        Shift(("sue",), (Window(DAYS, time(8), time(16)),)),
        Shift(("omar",), (Window(DAYS, time(14), time(22)),)),
    ),
)
LEVELS = Policy((Level(("ann", "bo")), Level(rota=FLOOR), Level(channel="C1")), repeat=1)


@pytest.mark.parametrize(
    ("policy", "turn", "at", "agent", "asked"),
    [
        (plain(("sue", "sam")), 0, "09:00", "x", Asked(1, ("sue",), "")),
        (plain(("sue", "sam")), 1, "09:00", "x", Asked(2, ("sam",), "")),
        (plain(("sue", "sam")), 2, "09:00", "x", None),
        (plain(("sue", "sam")), 0, "09:00", "sue", Asked(2, ("sam",), "")),  # not about his own recovery
        (LEVELS, 0, "09:00", "x", Asked(1, ("ann", "bo"), "")),
        (LEVELS, 0, "09:00", "bo", Asked(1, ("ann",), "")),
        (LEVELS, 1, "09:00", "x", Asked(2, ("sue",), "")),
        (LEVELS, 1, "15:00", "x", Asked(2, ("sue", "omar"), "")),
        (LEVELS, 1, "21:59", "x", Asked(2, ("omar",), "")),
        (LEVELS, 1, "22:00", "x", Asked(3, (), "C1")),  # nobody on duty: the next level at once
        (LEVELS, 3, "09:00", "x", Asked(4, ("ann", "bo"), "")),  # once more
        (LEVELS, 6, "09:00", "x", None),
        (replace(LEVELS, absences=(Absence("sue", DATE, DATE, "eve"),)), 1, "09:00", "x", Asked(2, ("eve",), "")),
        (replace(LEVELS, absences=(Absence("sue", DATE, DATE),)), 1, "09:00", "x", Asked(3, (), "C1")),
        (replace(LEVELS, absences=(Absence("sue", NEXT, NEXT),)), 1, "09:00", "x", Asked(2, ("sue",), "")),
        (Policy(), 0, "09:00", "x", None),
    ],
)
def test_who_is_asked_next(policy: Policy, turn: int, at: str, agent: str, asked: Asked | None) -> None:
    assert policy.next(turn, utc(f"2026-11-24 {at}"), agent) == asked


def test_whoever_stands_in_may_answer_too() -> None:
    away = replace(LEVELS, absences=(Absence("sue", DATE, DATE, "eve"),), owner="boss")
    assert away.people == {"ann", "bo", "sue", "omar", "eve", "boss"}


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
    said = [one.effect.args for one in await house.jobs() if _named(one.effect) == "help-coming"]  # type: ignore[union-attr]
    assert said == [{"who": "sue", "at": MORNING.isoformat()}]


@pytest.mark.parametrize(("severity", "at"), [(3, "2026-11-24 22:30"), (2, "2026-11-24 12:00")])
async def test_help_that_is_asked_for_at_once_names_no_time(house: House, severity: int, at: str) -> None:
    house.clock.at = utc(at)
    key = await house.begins(severity)
    await house.press("ann", "accept", key)
    await house.press("ann", "help", key, why="please")
    said = [one.effect.args for one in await house.jobs() if _named(one.effect) == "help-coming"]  # type: ignore[union-attr]
    assert [set(args) for args in said] == [{"who"}]


async def test_a_timer_that_would_fall_into_quiet_hours_waits_for_their_end(house: House) -> None:
    house.clock.at = utc("2026-11-24 20:58")  # 21:58 in Stockholm
    key = await house.begins(2)
    await house.press("ann", "accept", key)
    assert await house.due("nudge") == [MORNING + 3 * MINUTE]  # two of its five minutes had passed


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
    assert Calendar(quiet=NIGHT).after(at) == at


async def test_a_press_by_somebody_who_may_not_is_a_no_and_a_line_in_the_journal(house: House) -> None:
    key = await house.begins(3)
    with pytest.raises(Rejected, match="not-supervisor"):
        await house.press("eve", "take", key)
    with pytest.raises(Rejected, match="not-supervisor"):
        await house.service.form(house.source("eve"), "recovery/apology/advise", key)
    await house.press("sue", "take", key)
    with pytest.raises(Rejected, match="late-taken"):
        await house.press("sam", "take", key)  # late is no offence
    told = [entry.event for entry in await house.store.journal("desk:T1", key)]
    assert [(event.by, event.verb) for event in told if isinstance(event, Barred)] == [
        ("eve", "Acknowledged"),
        ("eve", "advise"),
    ]
    now = await house.store.recovery("desk:T1", key)
    assert now is not None
    assert (now.acknowledged_by, now.version) == ("sue", len(told))
