"""Posts go to Slack, and Slack is asked who somebody is. Slack's errors become ours, each with its own answer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Mapping
from datetime import timedelta
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.errors import Reason, TryLater, Undeliverable, Unknown, Vanished
from bot.pace import Pace
from bot.ports import Post, Profile
from handlers.slack import render

METADATA = "amends_post"  # the event type under which a message carries our key
PAGE, PAGES = 200, 10  # messages read when asking whether a post is there
SKEW = 300  # seconds that Slack's clock and ours may differ
SECONDS = 10  # for one call; longer means nobody knows
PACE = Pace(4, timedelta(seconds=4))  # Slack: about a message a second and conversation, a short burst tolerated
_GONE = frozenset({"message_not_found", "cant_update_message"})
_REASONS: dict[str, Reason] = {
    "not_in_channel": "not_in_channel",
    "channel_not_found": "not_in_channel",
    "is_archived": "archived",
    "user_not_found": "gone",
    "user_disabled": "gone",
    "user_not_visible": "gone",
    "user_not_in_channel": "gone",
    "account_inactive": "revoked",
    "invalid_auth": "revoked",
    "not_authed": "revoked",
    "token_revoked": "revoked",
    "token_expired": "revoked",
}
_PASSING = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})


class SlackMessenger:
    """The Messenger port on Slack's Web API. A reference is "CHANNEL TS"."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def send(self, post: Post) -> str:
        match post.to.surface:
            case "aside":
                return await self._aside(post)
            case "home":
                view = render.home(post.card)
                await _asked(self._client.views_publish(user_id=post.to.person, view=view))
                return "home"
            case _:
                return await self._update(post) if post.ref else await self._post(post)

    async def find(self, post: Post) -> Mapping[str, str]:
        """Read the conversation back and look for our keys. An aside leaves no trace that could be read."""
        if post.to.surface in {"aside", "home"}:
            return {}
        channel = post.to.channel or await self._conversation(post.to.person)
        wanted, found = {post.key, *post.also}, dict[str, str]()
        async for one in self._said(channel, post):
            keys = str((one.get("metadata") or {}).get("event_payload", {}).get("key", "")).split()
            found |= dict.fromkeys(wanted.intersection(keys), f"{channel} {one['ts']}")
            if len(found) == len(wanted):
                break
        return found

    async def _said(self, channel: str, post: Post) -> AsyncIterator[render.Json]:
        """What was written since the post fell due, page by page."""
        oldest = f"{post.since.timestamp() - SKEW:.6f}" if post.since else "0"
        said: Any = {"channel": channel, "oldest": oldest, "limit": PAGE, "include_all_metadata": True}
        _, ts = _parts(post.thread)
        read = self._client.conversations_replies if ts else self._client.conversations_history
        said |= {"ts": ts} if ts else {}
        for _ in range(PAGES):
            answer = await _asked(read(**said))
            for one in answer.get("messages") or ():
                yield one
            said["cursor"] = (answer.get("response_metadata") or {}).get("next_cursor", "")
            if not said["cursor"]:
                return

    async def _post(self, post: Post) -> str:
        _, ts = _parts(post.thread)
        thread: Any = {"thread_ts": ts} if ts else {}
        metadata = {"event_type": METADATA, "event_payload": {"key": " ".join((post.key, *post.also))}}
        to = post.to.channel or post.to.person
        said = render.message(post.card)
        sent = await _asked(
            self._client.chat_postMessage(
                channel=to, metadata=metadata, unfurl_links=False, unfurl_media=False, **thread, **said
            )
        )
        return f"{sent['channel']} {sent['ts']}"

    async def _update(self, post: Post) -> str:
        channel, ts = _parts(post.ref)
        await _asked(self._client.chat_update(channel=channel, ts=ts, **render.message(post.card)))
        return post.ref

    async def _aside(self, post: Post) -> str:
        said = render.message(post.card)
        if post.to.reply_to:
            return await self._reply(post, said)
        if post.ref:
            return post.ref  # what only he sees can be replaced by his own press alone
        asked = self._client.chat_postEphemeral(channel=post.to.channel, user=post.to.person, **said)
        return f"{post.to.channel} {(await _asked(asked))['message_ts']}"

    async def _reply(self, post: Post, said: render.Json) -> str:
        """Slack's own way back to a press or a command; valid for half an hour and five answers."""
        hook = AsyncWebhookClient(post.to.reply_to, timeout=SECONDS)
        body = {**said, "response_type": "ephemeral", "replace_original": bool(post.ref)}
        try:
            answer = await hook.send_dict(body)
        except (ClientError, TimeoutError, OSError) as error:
            raise Unknown(repr(error)) from error
        if answer.status_code != 200:  # noqa: PLR2004 - HTTP OK
            raise Undeliverable("gone", f"response_url: {answer.status_code} {answer.body[:100]}")
        return post.ref or f"{post.to.channel} reply"

    async def _conversation(self, person: str) -> str:
        opened = await _asked(self._client.conversations_open(users=person))
        return str((opened.get("channel") or {})["id"])


class SlackDirectory:
    """The Directory port: users.info, with the locale and time zone of the profile."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def profile(self, person: str) -> Profile:
        user = (await _asked(self._client.users_info(user=person, include_locale=True))).get("user") or {}
        shown = user.get("profile") or {}
        name = shown.get("display_name") or shown.get("real_name") or user.get("real_name") or user.get("name")
        lang = str(user.get("locale") or "").partition("-")[0].lower()
        return Profile(person, str(name or person), lang, str(user.get("tz") or ""))


async def _asked(call: Awaitable[AsyncSlackResponse]) -> Any:
    """Slack's answer, or its error as one of ours."""
    try:
        return await call
    except SlackApiError as error:
        raise _ours(error) from error
    except (ClientError, TimeoutError, OSError) as error:
        raise Unknown(repr(error)) from error


def _ours(error: SlackApiError) -> TryLater | Undeliverable | Unknown | Vanished:
    answer = error.response
    status = getattr(answer, "status_code", 0) or getattr(answer, "status", 0)
    data = getattr(answer, "data", None)  # text or bytes where something before Slack answered
    said = str(data.get("error", "")) if isinstance(data, dict) else ""
    if status == 429 or said in {"ratelimited", "rate_limited"}:  # noqa: PLR2004 - too many requests
        return TryLater(float((getattr(answer, "headers", None) or {}).get("Retry-After", 1)))
    if status >= 500 or said in _PASSING:  # noqa: PLR2004 - Slack's own fault
        return Unknown(said or str(status))
    if said in _GONE:
        return Vanished(said)
    if not said:
        return Unknown(f"{status}: no answer of Slack's: {error}"[:200])
    return Undeliverable(_REASONS.get(said, "refused"), said)


def _parts(ref: str) -> tuple[str, str]:
    channel, _, ts = ref.partition(" ")
    return channel, ts
