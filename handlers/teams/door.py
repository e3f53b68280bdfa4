"""Teams' door: nobody enters without Microsoft's signature, from nowhere but Teams, in no tenant but ours.

In place of botbuilder's own, which answers 500 to most bad tokens and to every invoke that carries something.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiohttp import web
from botbuilder.core import TurnContext
from botbuilder.integration.aiohttp import CloudAdapter
from botbuilder.schema import Activity
from botframework.connector.auth import AuthenticateRequestResult

from bot.errors import Conflict
from handlers.teams.cloud import CHANNEL
from handlers.teams.connectors import Connectors
from handlers.teams.keys import NoKeysError
from handlers.teams.passports import Passports

PATH = "/api/messages"
LARGEST = 256 * 1024  # bytes; Teams itself takes no message above about 100 KB
_TEXTS = ("type", "id", "name", "text", "serviceUrl", "channelId", "replyToId", "locale", "localTimezone")
Json = dict[str, Any]
Turn = Callable[[TurnContext], Awaitable[None]]
log = structlog.get_logger()


class Door:
    """POST /api/messages. Bad media type 415, bad JSON 400, bad token 401, a good one for something else 403."""

    def __init__(self, connectors: Connectors, passports: Passports, tenant: str, turn: Turn) -> None:
        self._connectors, self._passports, self._tenant, self._turn = connectors, passports, tenant, turn
        self._adapter = CloudAdapter(connectors.authentication)

    async def enter(self, request: web.Request) -> web.Response:
        try:
            body = await self._read(request)
            activity = _activity(body)
            passport = await self._authenticated(activity, request.headers.get("Authorization", ""))
            self._allowed(body, passport)
        except web.HTTPException as no:
            log.info("teams.refused", status=no.status, why=no.reason)
            return web.Response(status=no.status, text=no.reason)
        return await self._answer(activity, passport)

    async def _read(self, request: web.Request) -> Json:
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType(reason="expected application/json")
        if (request.content_length or 0) > LARGEST:
            raise web.HTTPRequestEntityTooLarge(LARGEST, request.content_length or 0)
        try:
            body = json.loads(await request.content.read(LARGEST + 1))
        except (ValueError, RecursionError):
            raise web.HTTPBadRequest(reason="not JSON") from None
        if not isinstance(body, dict):
            raise web.HTTPBadRequest(reason="not a JSON object")
        return body

    async def _authenticated(self, activity: Activity, header: str) -> AuthenticateRequestResult:
        if not (activity.service_url and activity.channel_id):
            raise web.HTTPBadRequest(reason="serviceUrl or channelId missing")
        try:
            return await self._passports.checked(activity, header)
        except NoKeysError:
            raise web.HTTPServiceUnavailable(reason="keys not at hand") from None
        except Exception as error:
            log.info("teams.token_refused", error=repr(error)[:200])
            raise web.HTTPUnauthorized(reason="token refused") from error

    def _allowed(self, body: Json, passport: AuthenticateRequestResult) -> None:
        if "exp" not in passport.claims_identity.claims:
            raise web.HTTPForbidden(reason="a token that never expires")
        if body["channelId"] != CHANNEL:
            raise web.HTTPForbidden(reason="another channel")
        if not self._connectors.trusted(body["serviceUrl"]):
            raise web.HTTPForbidden(reason="serviceUrl is not one of Teams' hosts")
        if _tenants(body) != {self._tenant}:
            raise web.HTTPForbidden(reason="another tenant")

    async def _answer(self, activity: Activity, passport: AuthenticateRequestResult) -> web.Response:
        """What happened is on disk when this returns. 503 where it is not: Teams may send it again."""
        passport.connector_factory = self._connectors
        try:
            answer = await self._adapter.process_activity(passport, activity, self._turn)
        except Conflict:
            return web.Response(status=503)
        except Exception as error:
            log.exception("teams.turn_failed", type=activity.type, name=activity.name, exc_info=error)
            return web.Response(status=503)
        return web.json_response(answer.body, status=answer.status) if answer else web.Response(status=201)


def _activity(body: Json) -> Activity:
    """Raise 400 for what is none. Ids are text here, whatever else stands in it."""
    try:
        activity = Activity().deserialize(body)
    except Exception as error:
        raise web.HTTPBadRequest(reason="not an activity") from error
    if not activity.type or any(not isinstance(body.get(name), str | None) for name in _TEXTS):
        raise web.HTTPBadRequest(reason="not an activity")
    if not (
        activity.conversation and activity.conversation.id and activity.from_property and activity.from_property.id
    ):
        raise web.HTTPBadRequest(reason="conversation or from missing")
    for name in ("entities", "attachments", "members_added", "members_removed"):
        setattr(activity, name, [one for one in getattr(activity, name) or () if one is not None])
    return activity


def _tenants(body: Json) -> set[str]:
    """Every tenant that the activity names."""
    channel = body.get("channelData")
    inner = channel.get("tenant") if isinstance(channel, dict) else None
    found = {(body.get("conversation") or {}).get("tenantId"), inner.get("id") if isinstance(inner, dict) else None}
    return {str(one) for one in found if one}
