"""Microsoft's own playground in front of the real bot: its activities are signed on the way, as Teams signs them."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientConnectionError, ClientSession, web

from app import running
from bot.clock import MovableClock
from bot.core.policy import Level, Policy
from bot.library import Library
from bot.people import Organisation, TeamSettings
from bot.worker import Worker
from handlers.teams import Teams
from handlers.teams.cloud import ISSUER, Cloud
from handlers.web import served, site
from tests.e2e.emulated_slack import free_port
from tests.fakes_teams import BOT, SETTINGS, TENANT, KnownToken, Signer

HERE = Path(__file__).parent
PROGRAM = HERE / "node_modules/.bin/agentsplayground"
PATIENCE = 60.0  # seconds until something that should happen is given up
RECORDS = "19:recoveries@thread.tacv2"
PEOPLE = {"ann": "Ann Lee", "sue": "Sue Berg", "omar": "Omar Aziz", "bo": "Bo Ek", "kim": "Kim Oh", "lin": "Lin Wu"}
Json = dict[str, Any]


def browser() -> str:
    """Chromium's program; without it, node or the npm packages the test is skipped loudly, and fails in CI."""
    found = next((path for path in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if path), None)
    there = {"Chromium": found, "node": shutil.which("node"), "npm ci --prefix tests/e2e": PROGRAM.exists()}
    if lacking := [name for name, is_there in there.items() if not is_there]:
        why = f"SKIPPED: Teams was not tried in Microsoft's playground, for want of {', '.join(lacking)}"
        if os.environ.get("CI") == "true":
            pytest.fail(why)
        pytest.skip(why)
    return found or ""


def organisation() -> Organisation:
    team = TeamSettings(
        id="support",
        recoveries=RECORDS,
        ladder=("sue", "omar"),
        policies={3: Policy((Level(("sue",)), Level(channel=RECORDS)))},
        agents=frozenset({"ann", "bo"}),
        zone="Europe/Stockholm",
    )
    return Organisation((team,), ("omar",))


@dataclass(slots=True)
class Outside:
    """One key for both playgrounds, who sign through us, and the hosts they answer at."""

    signer: Signer
    hosts: set[str]
    bot: str
    url: str = ""

    @property
    def cloud(self) -> Cloud:
        return Cloud(f"{self.url}/metadata", lambda url: urlsplit(url).netloc in self.hosts, KnownToken)

    async def sign(self, request: web.Request) -> web.Response:
        """What a playground sends, with the token that Teams would have put to it."""
        body = await request.json()
        headers = {"Authorization": f"Bearer {self.signer.token(body['serviceUrl'])}"}
        try:
            async with ClientSession() as session, session.post(self.bot, json=body, headers=headers) as answer:
                data = await answer.read()
                return web.Response(status=answer.status, body=data, content_type=answer.content_type)
        except ClientConnectionError:
            return web.Response(status=502)

    async def metadata(self, _request: web.Request) -> web.Response:
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"{self.url}/jwks"})

    async def jwks(self, _request: web.Request) -> web.Response:
        return web.json_response({"keys": [self.signer.jwk]})


@dataclass(slots=True)
class Scene:
    """Two playgrounds, Ann's and Sue's, and the bot that both reach; it can be stopped and started again."""

    outside: Outside
    port: int
    folder: Path
    library: Library
    clock: MovableClock
    urls: dict[str, str]
    browsers: dict[str, Process] = field(default_factory=dict)
    _stack: AsyncExitStack | None = None

    async def start(self) -> Worker:
        self._stack = AsyncExitStack()
        teams = Teams.connect(SETTINGS, self.outside.cloud)
        database, platforms = self.folder / "amends.db", {"teams": teams.platform}
        bot = await self._stack.enter_async_context(
            running(database, self.clock, organisation(), self.library, platforms)
        )
        application = site(bot.store, bot.clock)
        teams.open(bot.service, bot.store, application)
        self._stack.push_async_callback(teams.close)
        await self._stack.enter_async_context(served(application, "127.0.0.1", self.port))
        return bot.worker

    async def stop(self) -> None:
        if self._stack:
            await self._stack.aclose()
            self._stack = None

    async def enter(self, program: str, who: str, words: str) -> None:
        """Somebody opens the client, in a browser of his own that stays open."""
        script = (
            "node",
            str(HERE / "teams.mjs"),
            program,
            self.urls[who],
            words,
            os.environ.get("AMENDS_PICTURES", ""),
        )
        self.browsers[who] = await asyncio.create_subprocess_exec(*script, stdin=PIPE, stdout=PIPE, cwd=self.folder)

    async def play(self, who: str, part: str) -> None:
        """One part of the script by one person."""
        node = self.browsers[who]
        assert node.stdin
        assert node.stdout
        node.stdin.write(f"{part}\n".encode())
        said = (await asyncio.wait_for(node.stdout.readline(), 2 * PATIENCE)).decode()
        assert said == "done\n", f"{who} {part}: {json.loads(said) if said else 'the browser is gone'}"

    async def leave(self) -> None:
        await self.stop()
        for node in self.browsers.values():
            assert node.stdin
            node.stdin.close()
            await asyncio.wait_for(node.wait(), PATIENCE)


@asynccontextmanager
async def scene(folder: Path, library: Library) -> AsyncIterator[Scene]:
    port = free_port()
    outside = Outside(Signer(), set(), f"http://127.0.0.1:{port}/api/messages")
    application = web.Application(client_max_size=4 * 1024 * 1024)
    application.router.add_post("/api/messages", outside.sign)
    application.router.add_get("/metadata", outside.metadata)
    application.router.add_get("/jwks", outside.jwks)
    async with served(application, "127.0.0.1", 0) as signing, AsyncExitStack() as stack:
        outside.url = f"http://127.0.0.1:{signing}"
        urls = {
            who: await stack.enter_async_context(_playground(folder / who, who, f"{outside.url}/api/messages"))
            for who in ("ann", "sue")
        }
        for url in urls.values():
            here = urlsplit(url).port
            outside.hosts |= {f"localhost:{here}", f"127.0.0.1:{here}"}
        made = Scene(outside, port, folder, library, MovableClock(), urls)
        try:
            yield made
        finally:
            await made.leave()


@asynccontextmanager
async def _playground(folder: Path, who: str, endpoint: str) -> AsyncIterator[str]:
    """It listens on every interface and cannot be told otherwise: never leave it running."""
    _configure(folder, who)
    port = free_port()
    flags = ("-e", endpoint, "-c", "msteams", "-p", str(port), "--disable-telemetry")
    env = {**os.environ, "BROWSER": "none"}
    with (folder / "log").open("wb") as log:
        run = await asyncio.create_subprocess_exec(
            "node", str(PROGRAM), *flags, cwd=folder, env=env, stdout=log, stderr=log
        )
    try:
        yield await _ready(f"http://127.0.0.1:{port}")
    finally:
        run.terminate()
        await run.wait()


async def _ready(url: str) -> str:
    async with ClientSession() as session:
        for _ in range(int(PATIENCE * 4)):
            try:
                async with session.get(url) as answer:
                    if answer.status == 200:
                        return url
            except ClientConnectionError:
                pass
            await asyncio.sleep(0.25)
    raise AssertionError(f"{url} did not come up")


def _configure(folder: Path, who: str) -> None:
    folder.mkdir()
    (folder / ".m365agentsplayground.yml").write_text(_config(who), "utf-8")


def _config(who: str) -> str:
    others = "".join(_user(one, "  - ") for one in PEOPLE if one != who)
    return (
        f'version: "0.1.1"\ntenantId: {TENANT}\nbot:\n  id: "{BOT}"\n  name: Amends\n'
        f"currentUser:\n{_user(who, '    ')}users:\n{others}"
        f'personalChat:\n  id: "a:{who}"\ngroupChat:\n  id: "19:group@thread.v2"\n  name: Group\n'
        "team:\n  id: 19:team@thread.tacv2\n  name: My Team\n  aadGroupId: 00000000-0000-0000-0000-000000000031\n"
        f'  channels:\n    - id: "{RECORDS}"\n      name: Recoveries\n'
    )


def _user(who: str, lead: str) -> str:
    first, _, last = PEOPLE[who].partition(" ")
    values = {
        "id": f'"29:{who}"',
        "name": PEOPLE[who],
        "userPrincipleName": f"{who}@example.com",
        "aadObjectId": who,
        "givenName": first,
        "surname": last,
        "email": f"{who}@example.com",
    }
    lines = [f"{key}: {value}\n" for key, value in values.items()]
    return lead + lines[0] + "".join("    " + line for line in lines[1:])
