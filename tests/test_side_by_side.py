"""Slack and Teams in one process on one database, or Teams alone from the command line."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from aiohttp import ClientSession, web

from bot.clock import MovableClock
from bot.library import Library
from bot.people import Organisation, People
from bot.service import Service
from bot.settings import SlackSettings
from bot.store.sqlite import SqliteStore
from bot.worker import Worker
from handlers.slack import Slack
from handlers.teams import PATH, Teams
from handlers.web import served
from tests import adaptive, blockkit
from tests.bench.running import free_port
from tests.dialog import organisation
from tests.drivers import SLACK_IDS
from tests.fakes import SECRET, TOKEN, FakeSlack
from tests.fakes_teams import APP_ID, SETTINGS, TENANT, FakeTeams, error
from tests.teams_stage import TEAMS_IDS
from tests.test_settings import GOOD

ANGRY = "start the customer threatens to sue us and call the newspaper"
APP = Path(__file__).parent.parent / "app.py"


@dataclass(slots=True)
class Both:
    """One bot, two platforms."""

    slack: FakeSlack
    teams: FakeTeams
    store: SqliteStore
    worker: Worker

    async def settle(self) -> None:
        while await self.worker.once():
            pass

    def on_slack(self) -> dict[str, list[str]]:
        return _by_place((one["channel"], "\n".join(blockkit.texts(one["blocks"]))) for one in self.slack.messages)

    def on_teams(self) -> dict[str, list[str]]:
        messages = self.teams.messages
        return _by_place((one["conversation"], "\n".join(adaptive.texts(one["card"]))) for one in messages)


def _by_place(said: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for place, text in said:
        found.setdefault(place, []).append(re.sub("[\u2066-\u2069\u200e\u200f]", "", text))
    return found


def cast() -> Organisation:
    """A team on each platform; the people have other ids there."""
    slack, teams = organisation(SLACK_IDS).teams[0], organisation(TEAMS_IDS).teams[0]
    slack = replace(slack, id="phone", platform="slack", ladder=("U0SUE",))
    teams = replace(teams, id="floor", platform="teams", ladder=("sue",), language="sv")
    return Organisation((slack, teams), ("slack:U0OMAR", "teams:omar"))


@pytest.fixture
async def both(tmp_path: Path, library: Library) -> AsyncIterator[Both]:
    fake_slack, fake_teams = FakeSlack(), FakeTeams()
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(fake_slack.open())
        await stack.enter_async_context(fake_teams.open())
        slack = await Slack.connect(SlackSettings(TOKEN, SECRET, "", fake_slack.url))
        stack.push_async_callback(slack.close)
        teams = Teams.connect(SETTINGS, fake_teams.cloud)
        stack.push_async_callback(teams.close)
        platforms = {"slack": slack.platform, "teams": teams.platform}
        clock, store = MovableClock(), SqliteStore(tmp_path / "amends.db")
        stack.callback(store.close)
        await library.keep(store)
        service = Service(store, clock, People(store, clock, cast(), library.words, platforms), library)
        application = web.Application()
        teams.open(service, store, application)
        await slack.open(service, application)
        port = await stack.enter_async_context(served(application, "127.0.0.1", 0))
        fake_slack.door, fake_teams.door = (f"http://127.0.0.1:{port}{path}" for path in ("/slack/events", PATH))
        yield Both(fake_slack, fake_teams, store, Worker(store, clock, service, platforms))


async def test_each_platform_has_its_own_people_and_nothing_crosses(both: Both) -> None:
    await both.teams.say("sue", "list")
    await both.slack.command("U0ANN", ANGRY)
    await both.teams.say("ann", ANGRY)
    await both.settle()
    assert len(await both.store.open_for("slack:T01", "U0ANN")) == 1
    assert len(await both.store.open_for(f"teams:{TENANT}", "ann")) == 1
    assert not await both.store.open_for(f"teams:{TENANT}", "U0ANN")
    slack, teams = both.on_slack(), both.on_teams()
    assert set(slack) == {"DU0ANN", "DU0SUE", "reply"}  # where a command was given stands a line for him alone
    assert any("needs you" in text for texts in slack.values() for text in texts)
    assert set(teams) == {"a:29:ann", "a:29:sue"}
    assert "needs you" in teams["a:29:sue"][-1]


async def test_one_platforms_recovery_is_unknown_on_the_other(both: Both) -> None:
    await both.slack.command("U0ANN", ANGRY)
    await both.settle()
    (there,) = await both.store.open_for("slack:T01", "U0ANN")
    for verb in ("take", "answer", "drop"):
        answer = await both.teams.press("ann", f"recovery/apology/{verb}", {"value": there.id})
        said = "\n".join(adaptive.texts(answer["body"]["value"]))
        assert "I do not know this recovery" in said
        assert "newspaper" not in said
    assert (await both.store.open_for("slack:T01", "U0ANN")) == [there]


async def test_one_that_is_out_of_reach_holds_up_nobody_on_the_other(both: Both) -> None:
    both.teams.faults = [error(429, "Busy", headers={"Retry-After": "60"}) for _ in range(20)]
    await both.teams.say("ann", ANGRY)
    await both.slack.command("U0ANN", ANGRY)
    await both.settle()
    assert both.on_slack()
    assert not both.on_teams()


async def test_teams_alone_from_the_command_line(tmp_path: Path) -> None:
    """Its door is shut to whoever shows no token; nothing is asked of Slack, and it ends when it is told to."""
    (tmp_path / "amends.toml").write_text(GOOD, "utf-8")
    port = free_port()
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("SLACK_", "AMENDS_", "TEAMS_"))}
    env = {"TEAMS_APP_ID": APP_ID, "TEAMS_APP_PASSWORD": "secret", "TEAMS_TENANT_ID": TENANT, "AMENDS_PORT": str(port)}
    run = await asyncio.create_subprocess_exec(
        sys.executable, str(APP), "serve", cwd=tmp_path, env={**clean, **env}, stderr=PIPE
    )
    try:
        assert run.stderr
        line = b""
        while b"amends.ready" not in line:
            line = await asyncio.wait_for(run.stderr.readline(), 30)
            assert line, "it ended"
        url = f"http://127.0.0.1:{port}"
        async with ClientSession() as session:
            async with session.get(f"{url}/healthz") as answer:
                assert answer.status == 200
            body = {**FakeTeams().person("ann", serviceUrl="https://smba.trafficmanager.net/emea/"), "type": "message"}
            for headers, status in (({}, 401), ({"Authorization": "Bearer a.b.c"}, 401)):
                async with session.post(f"{url}{PATH}", json=body, headers=headers) as answer:
                    assert answer.status == status
            async with session.post(f"{url}{PATH}", data=b"x") as answer:
                assert answer.status == 415
            async with session.post(f"{url}/slack/events", json={}) as answer:
                assert answer.status == 404
    finally:
        run.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(run.wait(), 30) == 0
