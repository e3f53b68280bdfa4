"""What the browser is shown: the page, its files, and a stream of whatever changes (server-sent events)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from importlib.resources import files

from aiohttp import web

from bot.service import Service
from handlers.desk import render
from handlers.desk.door import SAFE_HEADERS, guarded
from handlers.desk.room import PEOPLE, WORKSPACE, Room

ASSETS = {"desk.css": "text/css", "desk.js": "text/javascript"}
BREATH = 10.0  # seconds after which the clock is looked at again, and a closed window is noticed


class Window:
    """The doors that only show."""

    def __init__(self, room: Room, service: Service) -> None:
        self._room, self._service = room, service
        self._closing = False

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", guarded(self.page)),
            web.get("/desk/stream", guarded(self.stream)),
            web.get("/desk/{name}", guarded(_asset)),
        ]

    async def close(self, _site: web.Application) -> None:
        """Let the streams end, so that the server can."""
        self._closing = True
        self._room.ring()

    async def page(self, _request: web.Request) -> web.StreamResponse:
        html = render.page(await self._look())
        return web.Response(text=html, content_type="text/html", headers=SAFE_HEADERS)

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Everything after the change that the browser has seen, then whatever changes. "look": draw the page anew."""
        seen, look = _number(request.headers.get("Last-Event-ID", "0")), request.query.get("look", "")
        response = web.StreamResponse(headers={**SAFE_HEADERS, "Content-Type": "text/event-stream"})
        await response.prepare(request)
        try:
            async with self._bell() as bell:
                while not self._closing:
                    bell.clear()
                    seen = await self._news(response, seen, look)
                    await _heard(bell)
        except ConnectionError:
            pass  # the window was closed
        return response

    async def _news(self, response: web.StreamResponse, seen: int, look: str) -> int:
        now = await self._look()
        last, changed = self._room.last, self._room.messages(seen)
        if str(now) != look or seen > last:  # a language was chosen, or this is another room than the browser knew
            await _tell(response, "look", str(now), last)
        if changed or not seen:
            await _tell(response, "messages", [render.item(one, now) for one in changed], last)
        await _tell(response, "clock", render.clock(now.page), last)
        return last

    async def _look(self) -> render.Look:
        people = self._service.people
        voices = {one: await people.voice(WORKSPACE, one) for one in PEOPLE}
        team = people.team_voice(people.organisation.teams[0].id)
        return render.Look(replace(team, lang=self._room.lang or team.lang), voices)

    @asynccontextmanager
    async def _bell(self) -> AsyncIterator[asyncio.Event]:
        bell = asyncio.Event()
        self._room.watch(bell)
        try:
            yield bell
        finally:
            self._room.leave(bell)


async def _asset(request: web.Request) -> web.StreamResponse:
    name = request.match_info["name"]
    if name not in ASSETS:
        raise web.HTTPNotFound(headers=SAFE_HEADERS)
    text = (files(__package__ or "") / name).read_text("utf-8")
    return web.Response(text=text, content_type=ASSETS[name], headers=SAFE_HEADERS)


async def _heard(bell: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(bell.wait(), BREATH)
    except TimeoutError:
        return


async def _tell(response: web.StreamResponse, event: str, what: object, number: int) -> None:
    await response.write(f"id: {number}\nevent: {event}\ndata: {json.dumps(what)}\n\n".encode())


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0  # noqa: PLR2004 - 64 bits
