"""Our own Slack is tested too: what it sends has Slack's types, and it refuses what Slack refuses."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

import pytest
from aiohttp import web
from slack_events.validation import ValidationError, validate_payload
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from handlers.web import served
from tests.fakes import SECRET, TOKEN, FakeSlack

Json = dict[str, Any]
SECTION = {"type": "section", "text": {"type": "plain_text", "text": "hello"}}


class Catcher:
    """A door that lets everything in and keeps it."""

    def __init__(self) -> None:
        self.caught: list[tuple[dict[str, str], bytes]] = []

    async def enter(self, request: web.Request) -> web.Response:
        self.caught.append((dict(request.headers), await request.read()))
        return web.Response()


async def test_what_the_fake_sends_is_signed_and_has_slacks_types() -> None:
    catcher, site = Catcher(), web.Application()
    site.router.add_post("/", catcher.enter)
    async with FakeSlack().open() as slack, served(site, "127.0.0.1", 0) as port:
        slack.door = f"http://127.0.0.1:{port}/"
        await slack.say("U1", "hello", "C1")
        await slack.command("U1", "help")
        element = {"type": "button", "action_id": "a/b/c", "value": "r1"}
        await slack.press("U1", element, {"channel": "C1", "ts": "1.1"})
        await slack.submit("U1", {"id": "V1", "type": "modal", "blocks": []}, {"b": {"type": "plain_text_input"}})
    for headers, body in catcher.caught:
        verifier = SignatureVerifier(SECRET)
        assert verifier.is_valid(body, headers["X-Slack-Request-Timestamp"], headers["X-Slack-Signature"])
    event, command, press, submit = (_read(body) for _, body in catcher.caught)
    validate_payload("message", None, event["event"])
    validate_payload("slash_command", None, command)
    validate_payload("block_actions", None, press)
    validate_payload("view_submission", None, submit)
    with pytest.raises(ValidationError):
        validate_payload("message", None, {**event["event"], "text": 7})


async def test_the_fake_refuses_what_slack_refuses() -> None:
    async with FakeSlack().open() as slack:
        client = AsyncWebClient(TOKEN, base_url=slack.url, retry_handlers=[])
        sent = await client.chat_postMessage(channel="C1", text="x", blocks=[SECTION])
        await client.chat_update(channel="C1", ts=sent["ts"], text="y", blocks=[SECTION])
        for wrong in (
            client.chat_postMessage(channel="C1", text="x", blocks=[SECTION] * 51),
            client.chat_update(channel="C1", ts="9.9", text="y", blocks=[SECTION]),
            client.users_info(user="U9"),
            client.api_call("no.method"),
        ):
            with pytest.raises(SlackApiError):
                await wrong
    assert len(slack.messages) == 1
    assert slack.messages[0]["text"] == "y"


def _read(body: bytes) -> Json:
    text = body.decode()
    if text.startswith("{"):
        return dict(json.loads(text))
    form = {key: values[0] for key, values in parse_qs(text).items()}
    return dict(json.loads(form["payload"])) if "payload" in form else form
