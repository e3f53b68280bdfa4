"""Slack's payloads → Service calls. Bolt routes; every listener returns after the effect is on disk."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import commands
from bot.core.hearing import Heard
from bot.errors import Rejected, Repeated
from bot.presses import Inputs
from bot.service import Service, Source
from handlers.slack import render

COMMAND, SHORTCUT, MISSED = "/amends", "coach", "missed"
_MENTION = re.compile(r"<@[UW][A-Z0-9]+(\|[^>]*)?>")
_MARKUP = re.compile(r"<([@#!]?)([^>|]*)(?:\|([^>]*))?>")
_SIGNS = {"#": "#", "@": "@", "!": "@"}
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_PLAIN_MESSAGES = {None, "thread_broadcast", "file_share", "me_message"}
Body = dict[str, Any]
log = structlog.get_logger()


def listen(app: AsyncApp, service: Service, workspace: str, bot_user: str) -> Listener:
    """Register every listener. `workspace` is "slack:T…"; payloads of another one find nothing here."""
    ears = Listener(service, workspace, bot_user)
    app.event("message")(ears.message)
    app.event("app_mention")(ears.mention)
    app.event("app_home_opened")(ears.home)
    app.event("member_joined_channel")(ears.joined)
    app.event(re.compile(".*"))(ears.nothing)
    app.command(COMMAND)(ears.command)
    app.shortcut(SHORTCUT)(ears.shortcut)
    app.shortcut(MISSED)(ears.missed)
    app.action(re.compile(".*"))(ears.press)
    app.view("form")(ears.submit)
    return ears


class Listener:
    """Every payload of Slack's, to the service. Bolt calls it; the door does for channel talk."""

    def __init__(self, service: Service, workspace: str, bot_user: str) -> None:
        self._service, self._workspace, self._bot_user = service, workspace, bot_user
        self._mention = f"<@{bot_user}"

    # Events

    def alarmed(self, event: Body) -> Heard | None:
        """What is to be kept of a channel message; `None` for ordinary talk. Never waits."""
        text = event.get("text")
        if not isinstance(text, str) or not self._is_talk(event, text):
            return None
        return self._service.sounds(str(event.get("channel")), text)

    async def overheard(self, body: Body, event: Body, heard: Heard) -> None:
        if self._stranger(body, event):
            return
        source = self._from_event(body, event)
        await self._politely(source, self._service.heard(source, unmarked(event["text"]), heard))

    async def message(self, body: Body, event: Body) -> None:
        source, text = self._from_event(body, event), str(event.get("text") or "")
        if not source.private:
            if heard := self.alarmed(event):
                await self.overheard(body, event, heard)
        elif self._is_talk(event, text) and commands.stands_alone(self._service.library.words, text):
            await self._politely(source, commands.obey(self._service, source, text))
        elif self._is_talk(event, text):
            recovery = await self._service.about(source, _ref(event["channel"], event.get("thread_ts")))
            await self._politely(source, self._service.wrote(source, unmarked(text), recovery), recovery)

    def _is_talk(self, event: Body, text: str) -> bool:
        """Written by a person, just now, and not to the bot (a mention comes as an event of its own)."""
        if event.get("subtype") not in _PLAIN_MESSAGES or event.get("bot_id") or not event.get("user"):
            return False
        return event["user"] != self._bot_user and self._mention not in text

    def _stranger(self, body: Body, event: Body) -> bool:
        """Somebody of another company, perhaps the customer himself, in a channel that is shared with it: he is not
        coached, and pings nobody.
        """
        his = event.get("user_team") or event.get("source_team") or event.get("team")
        return bool(body.get("is_ext_shared_channel") and his and self._of(his) != self._workspace)

    async def mention(self, body: Body, event: Body) -> None:
        if self._stranger(body, event):
            return
        text = unmarked(_MENTION.sub("", str(event.get("text") or ""), count=1)).strip()
        source = self._from_event(body, event)
        await self._politely(source, commands.spoken_to(self._service, source, text))

    async def home(self, body: Body, event: Body) -> None:
        if event.get("tab", "home") == "home":
            source = replace(self._from_event(body, event), private=True)
            await self._politely(source, self._service.show(source, "home"))

    async def joined(self, event: Body) -> None:
        """The bot was invited somewhere: what waited for that can go."""
        if event.get("user") == self._bot_user:
            await self._service.mended(self._workspace, "not_in_channel")

    async def nothing(self, body: Body) -> None:
        """Slack sends more than we asked for; an unhandled event would come again and again."""

    # Commands and shortcuts

    async def command(self, ack: AsyncAck, body: Body) -> None:
        source = Source(
            workspace=self._of(body.get("team_id")),
            person=body["user_id"],
            seen=f"command/{body.get('trigger_id')}",
            channel=body.get("channel_id", ""),
            private=False,
            reply_to=body.get("response_url", ""),
        )
        await self._politely(source, commands.obey(self._service, source, unmarked(str(body.get("text") or ""))))
        await ack()

    async def shortcut(self, ack: AsyncAck, body: Body) -> None:
        message, channel = body.get("message") or {}, (body.get("channel") or {}).get("id", "")
        source = replace(self._from_press(body), link=_link(body, channel, message.get("ts", "")))
        text = unmarked(str(message.get("text") or ""))
        await self._politely(source, self._service.started(replace(source, private=False), text))
        await ack()

    async def missed(self, ack: AsyncAck, body: Body) -> None:
        """The shortcut "You missed one" on a message."""
        source = replace(self._from_press(body), private=False)
        text = unmarked(str((body.get("message") or {}).get("text") or ""))
        await self._politely(source, self._service.coaching.missed(source, text))
        await ack()

    # Presses and forms

    async def press(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        action = body["actions"][0]
        name, value = render.unrowed(action["action_id"]), action.get("value", "")
        if chosen := action.get("selected_option"):  # a line of the menu behind "…"
            name, _, value = chosen["value"].partition(" ")
        source = self._from_press(body)
        if name.startswith(render.FORM):
            await self._open(source, client, body, name.removeprefix(render.FORM), value)
        else:
            await self._politely(source, self._service.pressed(source, name, value), value)
        await ack()

    async def submit(self, ack: AsyncAck, body: Body) -> None:
        view = body["view"]
        back = json.loads(view["private_metadata"])
        source = Source(
            workspace=self._of((body.get("team") or {}).get("id")),
            person=body["user"]["id"],
            seen=f"view/{view['id']}",
            channel=back.get("channel", ""),
            private=back.get("private", True),
            reply_to=back.get("reply_to", ""),
        )
        try:
            await self._service.pressed(source, back["action"], back["value"], _inputs(view))
        except Repeated:
            log.info("event.repeated", seen=source.seen)
        except Rejected as no:
            beside = {field: key for field, key in no.fields.items() if field in view["state"]["values"]}
            if beside:
                await ack(response_action="errors", errors=await self._beside(source, beside))
                return
            await self._service.refuse(source, no, back["value"])
        await ack()

    async def _open(self, source: Source, client: AsyncWebClient, body: Body, action: str, value: str) -> None:
        back = {"channel": source.channel, "private": source.private, "reply_to": source.reply_to}
        try:
            form = await self._service.form(source, action, value)
            lang = (await self._service.people.voice(source.workspace, source.person)).lang
            await client.views_open(trigger_id=body["trigger_id"], view=render.modal(form, lang, back))
        except Rejected as no:
            await self._service.refuse(source, no, value)
        except SlackApiError as error:
            log.warning("form.not_opened", recovery=value, error=str(error.response.get("error")))
            await self._service.refuse(source, Rejected("again"), value)

    async def _beside(self, source: Source, fields: dict[str, str]) -> dict[str, str]:
        voice = await self._service.people.voice(source.workspace, source.person)
        return {field: voice.say(key) for field, key in fields.items()}

    # Where it came from

    async def _politely(self, source: Source, doing: Awaitable[None], value: str = "") -> None:
        await self._service.politely(source, doing, value)

    def _of(self, team: str | None) -> str:
        return f"slack:{team}" if team else self._workspace

    def _from_event(self, body: Body, event: Body) -> Source:
        channel = event.get("channel", "")
        return Source(
            workspace=self._of(body.get("team_id")),
            person=event.get("user", ""),
            seen=f"event/{body.get('event_id')}",
            channel=channel,
            private=is_private(event),
            link=_link(body, channel, event.get("ts", "")),
        )

    def _from_press(self, body: Body) -> Source:
        """Somebody of another workspace is answered where he pressed: we cannot write to him."""
        workspace = self._of((body.get("team") or {}).get("id") or (body.get("user") or {}).get("team_id"))
        channel = (body.get("channel") or {}).get("id", "")
        action = (body.get("actions") or [{}])[0]
        return Source(
            workspace=workspace,
            person=body["user"]["id"],
            seen=f"press/{body.get('trigger_id')}/{action.get('action_ts') or body.get('action_ts')}",
            channel=channel,
            private=(not channel or channel.startswith("D")) and workspace == self._workspace,
            reply_to=body.get("response_url", ""),
        )


def is_private(event: Body) -> bool:
    return event.get("channel_type") == "im" or str(event.get("channel")).startswith("D")


def unmarked(text: str) -> str:
    """Slack's markup as people see it: `<!here>` becomes @here as text, `<url|name>` the name, entities signs."""
    text = _MARKUP.sub(lambda found: _SIGNS.get(found[1], "") + (found[3] or found[2]), text)
    for entity, sign in _ENTITIES.items():
        text = text.replace(entity, sign)
    return text


def _inputs(view: Body) -> Inputs:
    """Block id → what stands in it, as text; a moment as ISO 8601."""
    values = view["state"]["values"]
    return {block: _value(elements.get("v") or {}) for block, elements in values.items()}


def _value(element: Body) -> str | tuple[str, ...]:
    readers: dict[str, Callable[[Body], str | tuple[str, ...]]] = {
        "plain_text_input": lambda one: one.get("value") or "",
        "static_select": lambda one: (one.get("selected_option") or {}).get("value") or "",
        "multi_static_select": lambda one: tuple(o["value"] for o in one.get("selected_options") or ()),
        "users_select": lambda one: one.get("selected_user") or "",
        "datetimepicker": lambda one: _moment(one.get("selected_date_time")),
    }
    return readers.get(element.get("type", "plain_text_input"), readers["plain_text_input"])(element)


def _moment(seconds: int | None) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat() if seconds else ""


def _ref(channel: str, ts: str | None) -> str:
    return f"{channel} {ts}" if ts else ""


def _link(body: Body, channel: str, ts: str) -> str:
    """A link that opens the message in the client, made without asking Slack."""
    team = body.get("team_id") or (body.get("team") or {}).get("id", "")
    return f"slack://channel?team={team}&id={channel}&message={ts}" if channel and ts else ""
