"""What Amends is measured against, each a process of its own: a bare server, a bare Bolt, a Slack that says yes."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Callable

from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from tests.bench.traffic import SECRET


def bare(_api: str) -> web.Application:
    """(a) Checks the signature, and that is all: nothing in Python can be faster."""
    verifier = SignatureVerifier(SECRET)

    async def event(request: web.Request) -> web.Response:
        body, headers = await request.read(), request.headers
        good = verifier.is_valid(body, headers["X-Slack-Request-Timestamp"], headers["X-Slack-Signature"])
        return web.Response(status=200 if good else 401)

    return _application(event)


def bolt(api: str) -> web.Application:
    """(b) A Bolt application that only acknowledges."""
    client = AsyncWebClient("xoxb-bench", base_url=api)
    app = AsyncApp(client=client, signing_secret=SECRET)

    async def nothing() -> None: ...

    app.event(re.compile(".*"))(nothing)
    made: web.Application = app.web_app()
    return made


def slack(_api: str) -> web.Application:
    """Slack's Web API as far as a bot needs it to start and to speak."""

    async def method(request: web.Request) -> web.Response:
        name, said = request.match_info["method"], await request.post()
        answers: dict[str, dict[str, object]] = {
            "auth.test": {"team_id": "T01BENCH", "user_id": "U0BOT", "bot_id": "B0BOT", "team": "Bench"},
            "users.info": {"user": {"id": said.get("user"), "name": "somebody", "tz": "Europe/Stockholm"}},
        }
        return web.json_response(
            {"ok": True, "message_ts": "1.1", "ts": "1.1", "channel": "C1", **answers.get(name, {})}
        )

    application = web.Application()
    application.router.add_route("*", "/api/{method}", method)
    return application


def _application(event: Callable[[web.Request], object]) -> web.Application:
    application = web.Application()
    application.router.add_post("/slack/events", event)  # type: ignore[arg-type]

    async def healthz(_request: web.Request) -> web.Response:
        return web.Response()

    application.router.add_get("/healthz", healthz)
    return application


async def main(name: str, port: int, api: str) -> None:
    application = {"bare": bare, "bolt": bolt, "slack": slack}[name](api)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), sys.argv[3]))
