"""The page's requests → Service calls. Whoever asks is answered after the effect is on disk.

A program may use the same doors, with the header `X-Amends-Desk`; bodies and answers are JSON:

    POST /desk/say       {person, place, text, thread?}           place: "private" or a channel
    POST /desk/press     {person, action, value, inputs?, place}  422 {fields: {input: what is wrong with it}}
    POST /desk/coach     {person, message}                        the shortcut on a message in a channel
    POST /desk/show      {person, view}                           home, list or help
    POST /desk/clock     {minutes}                                only forward; answers {now}
    POST /desk/language  {person?, lang}                          without a person: the page and everybody
    GET  /desk/messages?person=…   [{id, place, title, text, presses: [{action, value, label, inputs}], thread, by}]

Each POST may carry `seen`, the sender's own id for it: sent twice, it has one effect.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from aiohttp import web

from bot import commands
from bot.cards import Form, plain
from bot.errors import Conflict, Rejected, Repeated
from bot.presses import LONGEST, Inputs
from bot.service import Service, Source
from handlers.desk.door import SAFE_HEADERS, Handler, clean, guarded, read, word
from handlers.desk.room import CHANNELS, PEOPLE, WORKSPACE, Message, Room

PRIVATE, HOME = "private", "home"
VIEWS = ("home", "list", "help")
FURTHEST = 366 * 24 * 60  # minutes the clock may be moved at once
_COMMAND = re.compile(r"[\s\u200e\u200f\u2066-\u2069]*/amends\b", re.IGNORECASE)  # copied Arabic has marks around it
_MENTION = re.compile(r"@amends\b[,:]?", re.IGNORECASE)
Body = dict[str, Any]
Doing = Callable[[Body], Awaitable[web.Response]]


class Listener:
    """The doors that change something, and the one that tells what a person sees."""

    def __init__(self, room: Room, service: Service, poke: Callable[[], None]) -> None:
        self._room, self._service, self._poke = room, service, poke

    def routes(self) -> list[web.RouteDef]:
        doors = {
            "say": self.say,
            "press": self.press,
            "coach": self.coach,
            "show": self.show,
            "clock": self.clock,
            "language": self.language,
        }
        return [
            *(web.post(f"/desk/{name}", guarded(_answered(doing))) for name, doing in doors.items()),
            web.get("/desk/messages", guarded(self.messages)),
        ]

    # What people write

    async def say(self, body: Body) -> web.Response:
        source, text = _source(body), word(body, "text")[:LONGEST]
        thread = self._thread(source, word(body, "thread"))
        if text.strip() and self._room.find(source.seen) is None:
            self._room.put(self._spoken(source, self._service.privacy.text(text), thread))
        recovery = await self._service.about(source, thread)
        await self._service.politely(source, self._said(source, text, recovery), recovery)
        return _json({})

    async def _said(self, source: Source, text: str, recovery: str) -> None:
        if command := _COMMAND.match(text):
            await commands.obey(self._service, source, text[command.end() :])
        elif source.private and commands.stands_alone(self._service.library.words, text):
            await commands.obey(self._service, source, text)
        elif source.private:
            await self._service.wrote(source, text, recovery)
        elif _MENTION.search(text):
            await commands.spoken_to(self._service, source, _MENTION.sub("", text, count=1))
        elif heard := self._service.sounds(source.channel, text):
            await self._service.heard(source, text, heard)

    def _spoken(self, source: Source, text: str, thread: str) -> Message:
        return Message(
            ref="",
            key=source.seen,
            surface="private" if source.private else "channel",
            person=source.person if source.private else "",
            channel=source.channel,
            thread=thread,
            by=source.person,
            at=self._room.clock.now(),
            text=text,
        )

    def _thread(self, source: Source, ref: str) -> str:
        """The message that is answered, if it stands in this very chat; an answer in a thread stays in it."""
        parent = self._room.message(ref)
        if parent is None or not source.private or parent.pane != source.person:
            return ""
        return parent.thread or parent.ref

    # What people press

    async def press(self, body: Body) -> web.Response:
        source, value = _source(body), word(body, "value")
        try:
            await self._service.pressed(source, word(body, "action"), value, _inputs(body))
        except Repeated:
            pass
        except Rejected as no:
            if no.fields:
                voice = await self._service.people.voice(WORKSPACE, source.person)
                return _json({"fields": {name: voice.say(key) for name, key in no.fields.items()}}, 422)
            await self._service.refuse(source, no, value)
        return _json({})

    async def coach(self, body: Body) -> web.Response:
        message = self._room.message(word(body, "message"))
        if message is None or message.card or message.surface != "channel":
            raise web.HTTPBadRequest(headers=SAFE_HEADERS)
        source = replace(_source({**body, "place": message.channel}), link=f"#{message.ref}")
        await self._service.politely(source, self._service.started(source, message.text))
        return _json({})

    async def show(self, body: Body) -> web.Response:
        view = word(body, "view")
        if view not in VIEWS:
            raise web.HTTPBadRequest(headers=SAFE_HEADERS)
        source = _source(body)
        await self._service.politely(source, self._service.show(source, view))
        return _json({})

    # What is the desk's own

    async def clock(self, body: Body) -> web.Response:
        minutes = body.get("minutes")
        if isinstance(minutes, bool) or not isinstance(minutes, int | float) or not 0 <= minutes <= FURTHEST:
            raise web.HTTPBadRequest(headers=SAFE_HEADERS)
        self._room.forward(timedelta(minutes=minutes))
        self._poke()
        return _json({"now": self._room.clock.now().isoformat()})

    async def language(self, body: Body) -> web.Response:
        person, lang = word(body, "person"), word(body, "lang")
        if lang not in self._service.library.words.languages:
            raise web.HTTPBadRequest(headers=SAFE_HEADERS)
        seen = _source({**body, "person": person or next(iter(PEOPLE))}).seen
        for one in (person,) if person else PEOPLE:
            source = Source(WORKSPACE, one, f"{seen}/{one}")
            await self._service.politely(source, self._service.speak(source, lang))
        if not person:
            self._room.lang = lang
            self.speak(lang)
        return _json({})

    def speak(self, lang: str) -> None:
        """The teams too: their completed recoveries are posted in this language from now on."""
        people = self._service.people
        teams = tuple(replace(team, language=lang) for team in people.organisation.teams)
        people.organisation = replace(people.organisation, teams=teams)

    async def messages(self, request: web.Request) -> web.Response:
        person = request.query.get("person", "")
        if person not in PEOPLE:
            raise web.HTTPBadRequest(headers=SAFE_HEADERS)
        return _json([_told(one) for one in self._room.messages() if one.seen_by(person)])


def _answered(doing: Doing) -> Handler:
    async def handler(request: web.Request) -> web.StreamResponse:
        try:
            return await doing(await read(request))
        except Conflict:  # three others were faster: nothing was stored, the page says "once more"
            return _json({}, 409)

    return handler


def _json(what: object, status: int = 200) -> web.Response:
    return web.json_response(what, status=status, headers=SAFE_HEADERS)


def _source(body: Body) -> Source:
    person, place = word(body, "person"), word(body, "place") or PRIVATE
    if person not in PEOPLE or place not in {PRIVATE, HOME, *CHANNELS}:
        raise web.HTTPBadRequest(headers=SAFE_HEADERS)
    return Source(
        workspace=WORKSPACE,
        person=person,
        seen=f"desk/{word(body, 'seen')[:80] or secrets.token_hex(8)}",
        channel=place if place in CHANNELS else "",
        private=place not in CHANNELS,
    )


def _inputs(body: Body) -> Inputs:
    given = body.get("inputs") or {}
    if not isinstance(given, dict):
        raise web.HTTPBadRequest(headers=SAFE_HEADERS)
    return {clean(name): _raw(value) for name, value in given.items()}


def _raw(value: object) -> str | tuple[str, ...]:
    match value:
        case str():
            return clean(value)
        case list() if all(isinstance(one, str) for one in value):
            return tuple(map(clean, value))
        case _:
            raise web.HTTPBadRequest(headers=SAFE_HEADERS)


def _told(message: Message) -> dict[str, object]:
    card = message.card
    return {
        "id": message.ref,
        "place": message.channel or (HOME if message.surface == "home" else PRIVATE),
        "title": card.title if card else "",
        "text": plain(card) if card else message.text,
        "presses": [_pressable(one) for one in card.pressable] if card else [],
        "thread": message.thread,
        "by": message.by,
    }


def _pressable(press: Any) -> dict[str, object]:
    inputs = [one.id for one in press.inputs] if isinstance(press, Form) else []
    return {"action": press.action, "value": press.value, "label": press.label, "inputs": inputs}
