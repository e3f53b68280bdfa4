"""Slack's door: the signature first, then ordinary talk is let go before anything heavy is woken."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier

from bot.service import Service
from handlers.slack.listen import is_talk

PATH = "/slack/events"
LARGEST = 1024 * 1024  # bytes; a message is at most 40,000 characters, a view at most 250 KB


class Door:
    """POST /slack/events. 401 for what Slack did not sign within five minutes, 400 for what cannot be read."""

    def __init__(self, app: AsyncApp, service: Service, signing_secret: str, bot_user: str) -> None:
        """Raise ValueError without a signing secret: no secret, no door."""
        if not signing_secret:
            raise ValueError("SLACK_SIGNING_SECRET: found nothing, expected the app's signing secret")
        self._verifier = SignatureVerifier(signing_secret)
        self._app, self._service, self._bot_user = app, service, bot_user

    async def enter(self, request: web.Request) -> web.Response:
        if (request.content_length or 0) > LARGEST:
            return web.Response(status=413)
        body = await request.read()
        stamp = request.headers.get("X-Slack-Request-Timestamp", "")
        signature = request.headers.get("X-Slack-Signature", "")
        if not self._signed(body, stamp, signature):
            return web.Response(status=401)
        if request.content_type == "application/json":
            try:
                payload = json.loads(body)
            except ValueError:
                return web.Response(status=400, text="not JSON")
            if not isinstance(payload, dict):
                return web.Response(status=400, text="not a JSON object")
            if self._ordinary(payload):
                return web.Response()
        elif not _readable(body):
            return web.Response(status=400, text="not a form of Slack's")
        answer: web.Response = await to_aiohttp_response(await self._app.async_dispatch(await to_bolt_request(request)))
        return answer

    def _signed(self, body: bytes, stamp: str, signature: str) -> bool:
        try:
            return bool(self._verifier.is_valid(body, stamp, signature))
        except ValueError:  # a timestamp that is no number
            return False

    def _ordinary(self, payload: dict[str, Any]) -> bool:
        """Channel talk that nothing follows from: most of what Slack sends."""
        event = payload.get("event")
        if payload.get("type") != "event_callback" or not isinstance(event, dict) or event.get("type") != "message":
            return False
        if event.get("channel_type") == "im":
            return False
        text = event.get("text")
        if not is_talk(event, self._bot_user) or not isinstance(text, str):
            return True
        return self._service.sounds(str(event.get("channel")), text) is None


def _readable(body: bytes) -> bool:
    """A form is a command with who and where, or holds one JSON object that says who."""
    try:
        form = dict(parse_qsl(body.decode()))
        payload = json.loads(form["payload"]) if "payload" in form else None
    except ValueError:
        return False
    if payload is None:
        return {"command", "user_id", "team_id"} <= form.keys() or "ssl_check" in form
    return isinstance(payload, dict) and isinstance(payload.get("user"), dict) and "id" in payload["user"]
