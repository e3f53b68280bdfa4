"""A Slack of our own at a port: keeps what it is sent, refuses what Slack refuses, and signs what it sends."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import io
import itertools
import json
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Literal
from urllib.parse import urlencode

from aiohttp import ClientResponse, ClientSession, web

from tests import blockkit

Json = dict[str, Any]
Trouble = Literal["none", "too many", "fails before", "fails after", "drops before", "drops after", "slow"]
SECRET, TOKEN, TEAM, BOT = "signing-secret", "xoxb-fake", "T01", "U0BOT"


class FakeSlack:
    """Web API at `url`; events go to `door`. `faults[method]` is a queue of answers to give instead."""

    def __init__(self) -> None:
        self.url, self.door = "", ""
        self.messages: list[Json] = []
        self.homes: dict[str, Json] = {}
        self.views: dict[str, Json] = {}
        self.calls: list[tuple[str, Json]] = []
        self.users: dict[str, Json] = {}
        self.absent: set[str] = set()  # channels the bot is not in
        self.faults: dict[str, list[web.Response | str]] = defaultdict(list)
        self.keeps_but_fails: set[str] = set()  # methods whose next call is carried out and answered with a 500
        self.trouble: Callable[[str], Trouble] = lambda _method: "none"
        self._numbers = itertools.count(1)
        self._session: ClientSession | None = None

    # Slack's side of the Web API

    async def api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        said = await _body(request)
        self.calls.append((method, said))
        if self.faults[method]:
            fault = self.faults[method].pop(0)
            return web.json_response({"ok": False, "error": fault}) if isinstance(fault, str) else fault
        trouble = self.trouble(method)
        if early := await _before(trouble, request):
            return early
        answer = self._answer(method, said)
        if method in self.keeps_but_fails or trouble == "fails after":
            self.keeps_but_fails.discard(method)
            return web.Response(status=500, text="it is there, but nobody says so")
        if trouble == "drops after":
            _hang_up(request)
        return web.json_response(answer)

    def _answer(self, method: str, said: Json) -> Json:
        match method:
            case "auth.test":
                return {"ok": True, "team_id": TEAM, "user_id": BOT, "bot_id": "B0BOT", "team": "Recovery Co"}
            case "users.info":
                return self._user(said["user"])
            case "conversations.open":
                return {"ok": True, "channel": {"id": f"D{said['users']}"}}
            case "chat.postMessage":
                return self._post(said)
            case "chat.postEphemeral":
                return self._post({**said, "only": said["user"]}) | {"message_ts": str(self.messages[-1]["ts"])}
            case "chat.update":
                return self._update(said)
            case "conversations.history" | "conversations.replies":
                return {"ok": True, "messages": [m for m in self.messages if m["channel"] == said["channel"]]}
            case "views.open":
                return self._view(said)
            case "views.publish":
                return self._home(said)
            case _:
                return {"ok": False, "error": "unknown_method"}

    def _user(self, user: str) -> Json:
        known = self.users.get(user)
        return {"ok": True, "user": {"id": user, **known}} if known else {"ok": False, "error": "user_not_found"}

    def _post(self, said: Json) -> Json:
        channel = f"D{said['channel']}" if said["channel"].startswith("U") else said["channel"]
        if channel in self.absent:
            return {"ok": False, "error": "not_in_channel"}
        if wrong := blockkit.mistakes("message", {"blocks": said["blocks"]}):
            return {"ok": False, "error": f"invalid_blocks: {wrong}"}
        ts = f"1700000000.{next(self._numbers):06d}"
        self.messages.append({**said, "channel": channel, "ts": ts, "edits": 0})
        return {"ok": True, "channel": channel, "ts": ts}

    def _update(self, said: Json) -> Json:
        for message in self.messages:
            if (message["channel"], message["ts"]) == (said["channel"], said["ts"]) and "only" not in message:
                if wrong := blockkit.mistakes("message", {"blocks": said["blocks"]}):
                    return {"ok": False, "error": f"invalid_blocks: {wrong}"}
                message.update(blocks=said["blocks"], text=said["text"], edits=message["edits"] + 1)
                return {"ok": True, "channel": said["channel"], "ts": said["ts"]}
        return {"ok": False, "error": "message_not_found"}

    def _view(self, said: Json) -> Json:
        if wrong := blockkit.mistakes("modal", said["view"]):
            return {"ok": False, "error": f"invalid_arguments: {wrong}"}
        view = {**said["view"], "id": f"V{next(self._numbers)}"}
        self.views[said["trigger_id"]] = view
        return {"ok": True, "view": view}

    def _home(self, said: Json) -> Json:
        if wrong := blockkit.mistakes("home", said["view"]):
            return {"ok": False, "error": f"invalid_arguments: {wrong}"}
        self.homes[said["user_id"]] = said["view"]
        return {"ok": True, "view": said["view"]}

    async def reply(self, request: web.Request) -> web.Response:
        """A response_url: seen by whoever pressed, in place of the message he pressed on if asked so."""
        said = await request.json()
        user, ts = request.match_info["user"], request.match_info["ts"]
        for message in self.messages:
            if said.get("replace_original") and message["ts"] == ts:
                message.update(blocks=said["blocks"], text=said["text"], edits=message["edits"] + 1)
                return web.Response(text="ok")
        self._post({**said, "channel": "reply", "only": user})
        return web.Response(text="ok")

    # Slack's side of events

    async def event(self, event: Json, event_id: str = "", retry: int = 0, **more: Any) -> ClientResponse:
        """`retry`: which repetition of a delivery that was not answered this is."""
        number = next(self._numbers)
        body = {"type": "event_callback", "team_id": TEAM, "api_app_id": "A01", "event_time": number}
        whole = {**body, "event_id": event_id or f"Ev{number}", "event": event, **more}
        again = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"} if retry else {}
        return await self.send(json.dumps(whole).encode(), "application/json", headers=again)

    async def say(self, user: str, text: str, channel: str, thread_ts: str = "", **more: Any) -> ClientResponse:
        event = {"type": "message", "user": user, "text": text, "channel": channel, "ts": f"1.{next(self._numbers)}"}
        kind = "im" if channel.startswith("D") else "channel"
        thread = {"thread_ts": thread_ts} if thread_ts else {}
        return await self.event({**event, "channel_type": kind, **thread}, **more)

    async def command(self, user: str, text: str, channel: str = "C01GEN") -> ClientResponse:
        number = next(self._numbers)
        form = {"command": "/amends", "text": text, "user_id": user, "team_id": TEAM, "channel_id": channel}
        more = {"trigger_id": f"trigger-{number}", "response_url": self._response_url(user, "none"), "token": "x"}
        return await self.send_form({**form, **more, "api_app_id": "A01"})

    async def press(
        self, who: str, element: Json, message: Json, option: Json | None = None, more: Json | None = None
    ) -> Json:
        """The press of an element of a message; with what views.open was given for it, if anything."""
        number = next(self._numbers)
        action = {"type": element["type"], "action_id": element["action_id"], "action_ts": f"2.{number}"}
        action |= {"selected_option": option} if option else {"value": element.get("value", "")}
        payload = {
            "type": "block_actions",
            "team": {"id": TEAM, "domain": "recovery-co"},
            "user": {"id": who, "team_id": TEAM},
            "channel": {"id": message["channel"]} if message else None,
            "trigger_id": f"trigger-{number}",
            "response_url": self._response_url(who, message.get("ts", "none")),
            "actions": [action],
            "api_app_id": "A01",
            "token": "x",
        }
        response = await self.send_payload({key: value for key, value in {**payload, **(more or {})}.items() if value})
        return {"status": response.status, "view": self.views.get(f"trigger-{number}")}

    async def shortcut(self, user: str, text: str, channel: str = "C01GEN") -> ClientResponse:
        number = next(self._numbers)
        return await self.send_payload(
            {
                "type": "message_action",
                "callback_id": "coach",
                "team": {"id": TEAM},
                "user": {"id": user, "team_id": TEAM},
                "channel": {"id": channel},
                "message": {"type": "message", "user": "U0X", "text": text, "ts": "3.1"},
                "message_ts": "3.1",
                "action_ts": f"4.{number}",
                "trigger_id": f"trigger-{number}",
                "response_url": self._response_url(user, "none"),
                "api_app_id": "A01",
                "token": "x",
            }
        )

    async def submit(self, user: str, view: Json, values: Mapping[str, Json]) -> Json:
        """Press the modal's button; the answer's body (errors beside fields), empty when it closed."""
        payload = {
            "type": "view_submission",
            "team": {"id": TEAM},
            "user": {"id": user, "team_id": TEAM},
            "view": {**view, "hash": "1.x", "state": {"values": {k: {"v": v} for k, v in values.items()}}},
            "trigger_id": f"trigger-{next(self._numbers)}",
            "api_app_id": "A01",
            "token": "x",
        }
        response = await self.send_payload(payload)
        text = await response.text()
        return {"status": response.status, **(json.loads(text) if text.strip() else {})}

    async def send_json(self, body: Json) -> ClientResponse:
        return await self.send(json.dumps(body).encode(), "application/json")

    async def send_payload(self, payload: Json) -> ClientResponse:
        return await self.send_form({"payload": json.dumps(payload)})

    async def send_form(self, form: Mapping[str, str]) -> ClientResponse:
        return await self.send(urlencode(form).encode(), "application/x-www-form-urlencoded")

    async def send(
        self,
        body: bytes,
        kind: str,
        secret: str = SECRET,
        at: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> ClientResponse:
        headers = {"Content-Type": kind, **signed(body, secret, at), **(headers or {})}
        assert self._session is not None
        response = await self._session.post(self.door, data=io.BytesIO(body), headers=headers)
        await response.read()
        return response

    def _response_url(self, user: str, ts: str) -> str:
        return f"{self.url.removesuffix('api/')}reply/{user}/{ts}"

    @asynccontextmanager
    async def open(self) -> AsyncIterator[FakeSlack]:
        application = web.Application()
        application.router.add_route("*", "/api/{method}", self.api)
        application.router.add_post("/reply/{user}/{ts}", self.reply)
        runner = web.AppRunner(application)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
        try:
            async with ClientSession() as self._session:
                yield self
        finally:
            await runner.cleanup()


def signed(body: bytes, secret: str = SECRET, at: float | None = None) -> dict[str, str]:
    """Slack's signature over a body, made `at` a time (now)."""
    stamp = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


async def _before(trouble: Trouble, request: web.Request) -> web.Response | None:
    """What goes wrong before anything was done."""
    match trouble:
        case "too many":
            body = {"ok": False, "error": "ratelimited"}
            return web.json_response(body, status=429, headers={"Retry-After": "1"})
        case "fails before":
            return web.Response(status=500, text="nothing was done")
        case "drops before":
            _hang_up(request)
            return web.Response(status=500)
        case "slow":
            await asyncio.sleep(0.3)
        case _:
            pass
    return None


def _hang_up(request: web.Request) -> None:
    if request.transport:
        request.transport.abort()


async def _body(request: web.Request) -> Json:
    """Form or JSON, as slack_sdk sends it; JSON inside form values is read."""
    said: Json = dict(request.query)
    if request.content_type == "application/json":
        return {**said, **await request.json()}
    for key, value in (await request.post()).items():
        text = str(value)
        said[key] = json.loads(text) if text[:1] in {"[", "{"} else text
    return said
