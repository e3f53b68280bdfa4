"""What Amends on Teams is measured against, each a process of its own. Imports nothing of ours: we mend botbuilder."""

from __future__ import annotations

import asyncio
import json
import sys

from aiohttp import web
from botbuilder.core import ActivityHandler, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication
from botframework.connector.auth.channel_validation import ChannelValidation

PATH = "/api/messages"


class Silent(ActivityHandler):
    """A bot that says nothing."""

    async def on_message_activity(self, _context: TurnContext) -> None:
        return


class Config:
    """What botbuilder reads its settings from."""

    def __init__(self, app_id: str) -> None:
        self.APP_ID, self.APP_PASSWORD = app_id, "secret"


def bare() -> web.Application:
    """(d) Reads the JSON, and that is all: it does not even look at the token."""

    async def enter(request: web.Request) -> web.Response:
        json.loads(await request.read())
        return web.Response(status=201)

    return _application(enter)


def botbuilder(url: str, app_id: str) -> web.Application:
    """(e) As it ships: its own adapter, its own token check, a bot that does nothing."""
    ChannelValidation.open_id_metadata_endpoint = f"{url}keys/metadata"
    adapter, bot = CloudAdapter(ConfigurationBotFrameworkAuthentication(Config(app_id))), Silent()

    async def enter(request: web.Request) -> web.Response:
        answer: web.Response = await adapter.process(request, bot)
        return answer

    return _application(enter)


def _application(enter: object) -> web.Application:
    application = web.Application()
    application.router.add_post(PATH, enter)  # type: ignore[arg-type]
    return application


async def main(name: str, port: int, url: str, app_id: str) -> None:
    runner = web.AppRunner(bare() if name == "bare" else botbuilder(url, app_id), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]))
