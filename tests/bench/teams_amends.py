"""Amends on Teams for the bench: the real handler, service, store and worker; only Microsoft is ours."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from urllib.parse import urlsplit

from app import running
from bot.clock import SystemClock
from bot.library import load
from bot.people import Organisation, TeamSettings
from handlers.teams import Cloud, Teams
from handlers.web import served, site
from tests.fakes_teams import SETTINGS, KnownToken

CAST = Organisation((TeamSettings("support", "19:recoveries@thread.tacv2", ("sue", "kim")),), ("omar",))


async def main(port: int, url: str, folder: str) -> None:
    """(f) Token checks on, the record on disk before the answer, and the worker sending what follows from it."""
    host = urlsplit(url).netloc
    cloud = Cloud(f"{url}keys/metadata", lambda to: urlsplit(to).netloc == host, KnownToken)
    teams = Teams.connect(SETTINGS, cloud)
    async with running(Path(folder) / "amends.db", SystemClock(), CAST, load(), {"teams": teams.platform}) as bot:
        application = site(bot.store, bot.clock)
        teams.open(bot.service, bot.store, application)
        async with served(application, "127.0.0.1", port):
            await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2], sys.argv[3]))
