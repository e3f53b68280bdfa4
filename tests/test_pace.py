"""How fast a place takes messages: slots given out one by one, for every place by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given, strategies

from bot.pace import Pace, Slots
from tests.fakes_clock import START

SECOND = timedelta(seconds=1)


def test_a_burst_goes_at_once_and_the_rest_a_second_apart() -> None:
    slots = Slots(Pace(4, 4 * SECOND))
    given_out = [slots.take("C1", START) for _ in range(10)]
    assert [(at - START) / SECOND for at in given_out] == [0, 0, 0, 0, 4, 4, 4, 4, 8, 8]
    assert slots.take("C2", START) == START


def test_without_a_pace_everything_goes_at_once() -> None:
    assert {Slots().take("C1", START) for _ in range(1000)} == {START}


@given(strategies.lists(strategies.floats(0, 3), max_size=60), strategies.integers(1, 7))
def test_never_more_in_any_window_than_the_pace_allows(waits: list[float], most: int) -> None:
    slots, now, went = Slots(Pace(most, SECOND)), START, list[datetime]()
    for wait in waits:
        now += wait * SECOND
        went.append(slots.take("C1", now))
    assert went == sorted(went)
    assert all(later - before >= SECOND for before, later in zip(went, went[most:], strict=False))


def test_places_that_were_silent_are_forgotten() -> None:
    slots = Slots(Pace(7, SECOND))
    for number in range(2500):
        slots.take(f"conversation {number}", START + number * SECOND / 100)
    assert len(slots._given) < 1200


def test_after_the_clock_went_back_nobody_waits_for_the_time_before() -> None:
    slots = Slots(Pace(1, SECOND))
    slots.take("C1", START)
    slots.reset()
    hour_before = START - 3600 * SECOND
    assert slots.take("C1", hour_before) == hour_before
