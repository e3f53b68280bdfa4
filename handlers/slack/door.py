"""Slack's door: the signature first, then channel talk, which is most of what comes in, past Bolt."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier

from handlers.slack.listen import Listener, is_private
from handlers.web import taken

PATH = "/slack/events"
LARGEST = 1024 * 1024  # bytes; a message is at most 40,000 characters, a view at most 250 KB


class Door:
    """POST /slack/events. 401 for what Slack did not sign within five minutes, 400 for what cannot be read."""

    def __init__(self, app: AsyncApp, listener: Listener, signing_secret: str) -> None:
        """Raise ValueError without a signing secret: no secret, no door."""
        if not signing_secret:
            raise ValueError("SLACK_SIGNING_SECRET: found nothing, expected the app's signing secret")
        self._verifier = SignatureVerifier(signing_secret)
        self._app, self._listener = app, listener

    async def enter(self, request: web.Request) -> web.StreamResponse:
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
            if event := _channel_talk(payload):
                if heard := self._listener.alarmed(event):
                    await self._listener.overheard(payload, event, heard)
                return taken(request)
        elif not _readable(body):
            return web.Response(status=400, text="not a form of Slack's")
        answer: web.Response = await to_aiohttp_response(await self._app.async_dispatch(await to_bolt_request(request)))
        return answer

    def _signed(self, body: bytes, stamp: str, signature: str) -> bool:
        try:
            return bool(self._verifier.is_valid(body, stamp, signature))
        except ValueError:  # a timestamp that is no number
            return False


def _channel_talk(payload: dict[str, Any]) -> dict[str, Any] | None:
    event = payload.get("event")
    if payload.get("type") != "event_callback" or not isinstance(event, dict) or event.get("type") != "message":
        return None
    return None if is_private(event) else event


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
