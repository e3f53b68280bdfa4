"""Many pings at once, on every platform: one message, a press beside each line, and who has it stands there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.engine import start
from bot.core.events import HelpAsked
from bot.core.policy import plain
from bot.library import Library
from bot.ports import Change
from bot.service import Service, Source
from bot.store.sqlite import SqliteStore
from tests.drivers import SLACK_IDS, DeskDriver, SlackDriver, desk_driver, slack_driver
from tests.fakes_teams import SETTINGS
from tests.teams_driver import TeamsDriver, teams_driver
from tests.test_engine import escalated

Driver = DeskDriver | SlackDriver | TeamsDriver
TAKE = "recovery/apology/take"
KEYS = ("r1", "r2", "r3", "r4")


@pytest.fixture(params=["desk", "slack", "teams"])
async def driver(request: pytest.FixtureRequest, tmp_path: Path, library: Library) -> AsyncIterator[Driver]:
    drivers = {"desk": desk_driver, "slack": slack_driver, "teams": teams_driver}
    async with AsyncExitStack() as stack:
        yield await stack.enter_async_context(drivers[request.param](tmp_path, library))  # type: ignore[arg-type]


def parts(driver: Driver) -> tuple[SqliteStore, Service, str]:
    match driver:
        case TeamsDriver(stage=stage):
            return stage.store, stage.service, f"teams:{SETTINGS.tenant}"
        case SlackDriver():
            return driver.store, driver.service, "slack:T01"
        case _:
            return driver.store, driver.service, "desk:local"


async def settle(driver: Driver) -> None:
    while await driver.worker.once():
        pass
    await driver.refresh()


async def four_calls(driver: Driver) -> None:
    store, service, workspace = parts(driver)
    ids = SLACK_IDS if isinstance(driver, SlackDriver) else {name: name for name in SLACK_IDS}
    for key in KEYS:
        at, policy = driver.clock.now(), plain((ids["sue"], ids["omar"]))
        event = replace(
            escalated(), workspace=workspace, id=key, by=ids["ann"], at=at, policy=policy, said=f"said {key}"
        )
        begun = start(event, driver.library.playbooks["recovery"])
        await store.commit(Change(workspace, "", begun.recovery, 0, event))
        asked = HelpAsked(at, ids["ann"])
        await service._changes.make(Source(workspace, ids["ann"], f"help {key}"), key, lambda _now, _book, e=asked: e)  # type: ignore[misc]


def bundles(driver: Driver) -> list[str]:
    return [text for text in driver.sees("sue") if "said r1" in text or "said r2" in text]


async def test_four_pings_are_one_message_with_a_press_for_each(driver: Driver) -> None:
    await four_calls(driver)
    await settle(driver)
    (bundle,) = bundles(driver)
    assert [key in bundle for key in KEYS] == [True] * 4
    take = driver.library.words.say("ar", "take")
    assert bundle.count(take) == 4 or isinstance(driver, SlackDriver)


async def test_a_press_beside_a_line_takes_that_one_and_no_other(driver: Driver) -> None:
    store, _, workspace = parts(driver)
    await four_calls(driver)
    await settle(driver)
    await driver.press("sue", TAKE, None)
    await settle(driver)
    found = [await store.recovery(workspace, key) for key in KEYS]
    taken = [one.id for one in found if one and one.acknowledged_by]
    assert len(taken) == 1
    (bundle,) = [text for text in driver.sees("sue") if sum(f"said {key}" in text for key in KEYS) > 1][-1:]
    assert f"said {taken[0]}" not in bundle, "the line says who has it instead"
    assert any(f"said {taken[0]}" in text for text in driver.sees("sue")), "the whole story came by itself"
