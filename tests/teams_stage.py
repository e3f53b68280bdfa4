"""The real Teams handler, service, store and worker, with a Teams of our own outside."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from aiohttp import web

from bot.clock import MovableClock
from bot.library import Library
from bot.people import Organisation, People
from bot.service import Service
from bot.store.sqlite import SqliteStore
from bot.worker import Worker
from handlers.teams import PATH, Teams
from handlers.web import served
from tests.dialog import organisation
from tests.fakes_teams import GENERAL, SETTINGS, FakeTeams

TEAMS_IDS = {
    "support": GENERAL,
    "open": "19:open@thread.tacv2",
    "off": "19:off@thread.tacv2",
    "recoveries": "19:recoveries@thread.tacv2",
}


@dataclass(slots=True)
class Stage:
    """Everything a test of Teams may look at."""

    teams: FakeTeams
    clock: MovableClock
    store: SqliteStore
    service: Service
    worker: Worker
    library: Library

    async def settle(self) -> None:
        while await self.worker.once():
            pass


@asynccontextmanager
async def staged(
    path: Path, library: Library, fake: FakeTeams, cast: Organisation | None = None
) -> AsyncIterator[Stage]:
    """Open twice on one path to see what is left after a restart."""
    clock, store = MovableClock(), SqliteStore(path / "amends.db")
    teams = Teams.connect(SETTINGS, fake.cloud)
    platforms = {"teams": replace(teams.platform, pace=None)}  # as fast as a test can read
    await library.keep(store)
    service = Service(
        store, clock, People(store, clock, cast or organisation(TEAMS_IDS), library.words, platforms), library
    )
    worker = Worker(store, clock, service, platforms)
    application = web.Application()
    teams.open(service, store, application)
    async with served(application, "127.0.0.1", 0) as port:
        fake.door = f"http://127.0.0.1:{port}{PATH}"
        yield Stage(fake, clock, store, service, worker, library)
    await teams.close()
    store.close()
