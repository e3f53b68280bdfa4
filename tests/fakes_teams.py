"""A Teams of our own at two ports: a key server that signs, and a connector that keeps what it is sent."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import jwt
from aiohttp import ClientResponse, ClientSession, web
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.settings import TeamsSettings
from handlers.teams.cloud import CHANNEL, ISSUER, Cloud, Credentials
from tests import adaptive

Json = dict[str, Any]
APP_ID = "11111111-2222-3333-4444-555555555555"
TENANT = "99999999-8888-7777-6666-555555555555"
TEAM, GENERAL = "19:team@thread.tacv2", "19:general@thread.tacv2"
SETTINGS = TeamsSettings(APP_ID, "a secret of a test", TENANT)
BOT = f"28:{APP_ID}"


class Signer:
    """A private key with a name, and what Microsoft would say about it."""

    def __init__(self, kid: str = "one", endorsements: tuple[str, ...] = (CHANNEL,), private: Any = None) -> None:
        self.kid = kid
        self.private = private or rsa.generate_private_key(public_exponent=65537, key_size=2048)
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.private.public_key()))
        self.jwk = {**public, "kid": kid, "use": "sig", "endorsements": list(endorsements)}

    def token(self, service_url: str, headers: Mapping[str, Any] | None = None, **claims: Any) -> str:
        """A good one; `claims` replace, and `None` takes away."""
        now = int(time.time())
        good = {"iss": ISSUER, "aud": APP_ID, "nbf": now - 60, "exp": now + 3600, "serviceurl": service_url}
        payload = {key: value for key, value in {**good, **claims}.items() if value is not None}
        head = {key: value for key, value in {"kid": self.kid, **(headers or {})}.items() if value is not None}
        return jwt.encode(payload, self.private, "RS256", head)


class KnownToken(Credentials):
    """Credentials that ask nobody."""

    asked = 0

    async def create_credentials(
        self, app_id: str, oauth_scope: str, login_endpoint: str, validate_authority: bool
    ) -> Any:
        made = await super().create_credentials(app_id, oauth_scope, login_endpoint, validate_authority)
        made.get_access_token = self._token
        return made

    def _token(self, *_: Any) -> str:
        type(self).asked += 1
        return "the-bots-own-token"


class FakeTeams:
    """Connector at `url`; activities go to `door`. `faults` is a queue of answers to give instead."""

    def __init__(self) -> None:
        self.url, self.door = "", ""
        self.signer = Signer(private=_private())
        self.keys = [self.signer]
        self.fetches = 0
        self.messages: list[Json] = []
        self.calls: list[tuple[str, str, Json]] = []
        self.faults: list[Callable[[], web.Response] | web.Response] = []
        self.members: dict[str, Json] = {}
        self.opened: dict[str, str] = {}  # member → conversation
        self.slow = 0.0  # seconds that a question for a member takes
        self.closed: dict[str, Callable[[], web.Response]] = {}  # conversation → why not
        self.shut: dict[str, Callable[[], web.Response]] = {}  # channel → why no thread may begin there
        self._numbers = itertools.count(1)
        self._session: ClientSession | None = None

    @property
    def cloud(self) -> Cloud:
        """As the product sees it: our keys, our host alone, and a token without Microsoft."""
        host = urlsplit(self.url).netloc
        trusted = lambda url: urlsplit(url).netloc == host  # noqa: E731
        return Cloud(f"{self.url}keys/metadata", trusted, KnownToken)

    # Teams' side of the connector

    async def metadata(self, _request: web.Request) -> web.Response:
        self.fetches += 1
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"{self.url}keys/jwks"})

    async def jwks(self, _request: web.Request) -> web.Response:
        return web.json_response({"keys": [one.jwk for one in self.keys]})

    async def conversations(self, request: web.Request) -> web.Response:
        said = await self._noted(request)
        if fault := self._fault():
            return fault
        channel = ((said.get("channelData") or {}).get("channel") or {}).get("id")
        if channel in self.shut:
            return self.shut[channel]()
        if channel:
            number = str(next(self._numbers))
            where = f"{channel};messageid={number}"
            self._put(where, number, said["activity"])
            return web.json_response({"id": where, "activityId": number}, status=201)
        member = said["members"][0]["id"]
        if not member.startswith("29:"):
            return error(400, "BadSyntax", "member id must be an MRI")
        conversation = self.opened.setdefault(member, f"a:{member}")
        return web.json_response({"id": conversation}, status=201)

    async def activities(self, request: web.Request) -> web.Response:
        said = await self._noted(request)
        where = request.match_info["conversation"]
        if fault := self._fault():
            return fault
        if where in self.closed:
            return self.closed[where]()
        number = str(next(self._numbers))
        self._put(where, number, said)
        return web.json_response({"id": number}, status=201)

    async def activity(self, request: web.Request) -> web.Response:
        said = await self._noted(request)
        if fault := self._fault():
            return fault
        where, number = request.match_info["conversation"], request.match_info["activity"]
        for message in self.messages:
            if (message["conversation"], message["id"]) == (where, number):
                message.update(card=_card(said), edits=message["edits"] + 1)
                return web.json_response({"id": number})
        return error(404, "ActivityNotFoundInConversation", "not there")

    async def member(self, request: web.Request) -> web.Response:
        self.calls.append(("GET", request.path, {}))
        await asyncio.sleep(self.slow)
        if fault := self._fault():
            return fault
        known = self.members.get(request.match_info["member"])
        return web.json_response(known) if known else error(404, "MemberNotFoundInConversation", "not there")

    async def _noted(self, request: web.Request) -> Json:
        said: Json = await request.json()
        self.calls.append((request.method, request.path, said))
        return said

    def _fault(self) -> web.Response | None:
        if not self.faults:
            return None
        fault = self.faults.pop(0)
        return fault if isinstance(fault, web.Response) else fault()

    def _put(self, where: str, number: str, said: Json) -> None:
        card = _card(said)
        assert adaptive.mistakes(card) == []
        self.messages.append(
            {"conversation": where, "id": number, "card": card, "edits": 0, "summary": said.get("summary")}
        )

    # Teams' side of activities

    def person(self, who: str, name: str = "", locale: str = "en-GB", **more: Any) -> Json:
        """What every activity of somebody carries, from his personal chat."""
        return {
            "serviceUrl": self.url,
            "channelId": CHANNEL,
            "from": {"id": f"29:{who}", "aadObjectId": who, "name": name or who.title()},
            "recipient": {"id": BOT, "name": "Amends"},
            "conversation": {"id": f"a:29:{who}", "conversationType": "personal", "tenantId": TENANT},
            "channelData": {"tenant": {"id": TENANT}},
            "locale": locale,
            "localTimezone": "Europe/Stockholm",
            **more,
        }

    def in_channel(self, channel: str = GENERAL) -> Json:
        """What replaces the personal chat in a channel."""
        return {
            "conversation": {
                "id": f"{channel};messageid=1",
                "conversationType": "channel",
                "tenantId": TENANT,
                "isGroup": True,
            },
            "channelData": {"tenant": {"id": TENANT}, "team": {"id": TEAM}, "channel": {"id": channel}},
        }

    async def say(self, who: str, text: str, **more: Any) -> ClientResponse:
        return await self.send({**self.person(who), "type": "message", "text": text, "textFormat": "plain", **more})

    async def talk(self, who: str, text: str, channel: str = GENERAL, **more: Any) -> ClientResponse:
        """Words in a channel that are not for the bot; it reads along."""
        return await self.say(who, text, **self.in_channel(channel), **more)

    async def mention(self, who: str, text: str, channel: str = GENERAL, **more: Any) -> ClientResponse:
        entity = {"type": "mention", "text": "<at>Amends</at>", "mentioned": {"id": BOT, "name": "Amends"}}
        said = {"text": f"<at>Amends</at> {text}", "entities": [entity], **self.in_channel(channel), **more}
        return await self.send({**self.person(who), "type": "message", **said})

    async def invoke(self, who: str, name: str, value: Any, **more: Any) -> Json:
        """Status, and the answer's body."""
        said = {**self.person(who), "type": "invoke", "name": name, "value": value, **more}
        response = await self.send(said)
        text = await response.text()
        return {"status": response.status, "body": json.loads(text) if text[:1] in {"{", "["} else text}

    async def press(self, who: str, verb: str, data: Json, reply_to: str = "", **more: Any) -> Json:
        action = {"type": "Action.Execute", "verb": verb, "data": data}
        value = {"action": action, "trigger": "manual"}
        return await self.invoke(who, "adaptiveCard/action", value, replyToId=reply_to, **more)

    async def send(self, body: Json, token: str | None = None) -> ClientResponse:
        """Signed as Microsoft signs, unless a token is given; an empty one sends none."""
        body = {"id": f"f:{next(self._numbers)}", **body}
        token = self.signer.token(self.url) if token is None else token
        return await self.post(json.dumps(body).encode(), token)

    async def post(self, body: bytes, token: str, kind: str = "application/json") -> ClientResponse:
        headers = {"Content-Type": kind, **({"Authorization": f"Bearer {token}"} if token else {})}
        assert self._session is not None
        response = await self._session.post(self.door, data=body, headers=headers)
        await response.read()
        return response

    @asynccontextmanager
    async def open(self) -> AsyncIterator[FakeTeams]:
        application = web.Application(client_max_size=4 * 1024 * 1024)
        add = application.router.add_route
        add("GET", "/keys/metadata", self.metadata)
        add("GET", "/keys/jwks", self.jwks)
        add("POST", "/v3/conversations", self.conversations)
        add("POST", "/v3/conversations/{conversation}/activities", self.activities)
        add("PUT", "/v3/conversations/{conversation}/activities/{activity}", self.activity)
        add("GET", "/v3/conversations/{conversation}/members/{member}", self.member)
        runner = web.AppRunner(application)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
        async with ClientSession() as self._session:
            yield self
        await runner.cleanup()


@cache
def _private() -> Any:
    """Made once: a key takes longer than most tests."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def error(status: int, code: str, message: str = "", headers: Mapping[str, str] | None = None) -> web.Response:
    """An error as the connector words it."""
    return web.json_response({"error": {"code": code, "message": message}}, status=status, headers=headers)


def _card(said: Json) -> Json:
    attachment = said["attachments"][0]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    card: Json = attachment["content"]
    return card
