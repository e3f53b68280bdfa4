"""Posts go to Teams, and Teams is asked who somebody is. Everything private goes into the personal chat."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from botbuilder.schema import Activity, Attachment, ChannelAccount, ConversationAccount, ConversationParameters

from bot.cards import cut
from bot.errors import TryLater, Undeliverable
from bot.pace import Pace
from bot.ports import Post
from handlers.teams import render
from handlers.teams.addresses import Addresses, Way
from handlers.teams.connectors import SECONDS, Connectors
from handlers.teams.directory import acquainted
from handlers.teams.wardrobe import Wardrobe

SUMMARY = 200  # characters of a notification
CLOSED = frozenset({"gone", "not_in_channel"})  # reasons for which a chat is no way to somebody any more
PACE = Pace(7, timedelta(seconds=1))  # Teams: seven messages a second, a bot and a conversation


class TeamsMessenger:
    """The Messenger port on the connector. A reference is "CONVERSATION ACTIVITY"."""

    def __init__(self, connectors: Connectors, addresses: Addresses, wardrobe: Wardrobe) -> None:
        self._connectors, self._addresses, self._wardrobe = connectors, addresses, wardrobe
        self._bot = ChannelAccount(id=f"28:{connectors.app_id}")

    async def send(self, post: Post) -> str:
        """Home is a message like any other, and each time a new one: there is no page that stays."""
        activity = _activity(await self._drawn(post), post.card.title, self._bot)
        if post.ref and post.to.surface != "home":
            try:
                return await self._update(post, activity)
            except Undeliverable as no:
                if no.reason != "gone":
                    raise  # he deleted the message: what it said is said again
        if post.to.surface == "channel":
            return await self._channel(post, activity)
        return await self._personal(post.to.person, activity)

    async def find(self, _post: Post) -> Mapping[str, str]:
        """Never: a bot cannot read a chat back. What may be there is sent again, for a lost ping is worse than two;
        its buttons answer once whichever of them is pressed.
        """
        return {}

    async def _drawn(self, post: Post) -> render.Json:
        to = post.to
        dressing = await self._wardrobe.dressing(post.card, to.person, channel=to.channel)
        return render.adaptive(post.card, dressing)

    async def _update(self, post: Post, activity: Activity) -> str:
        conversation, _, message = post.ref.partition(" ")
        way = await self._addresses.person(post.to.person) if post.to.person else None
        url = (way or await self._tenant()).url
        await self._connectors.ask(
            url, lambda teams: teams.update_activity(conversation, message, activity, timeout=SECONDS)
        )
        return post.ref

    async def _personal(self, person: str, activity: Activity) -> str:
        """Into the chat we have with him; where that is closed, into a new one."""
        way = await self._addresses.person(person)
        if way and way.conversation:
            try:
                return await self._chat(person, way, activity)
            except Undeliverable as no:
                if no.reason not in CLOSED:
                    raise
        return await self._chat(person, await self._opened(person), activity)

    async def _chat(self, person: str, way: Way, activity: Activity) -> str:
        """A chat that is closed for good is forgotten."""
        try:
            return await self._into(way, activity)
        except Undeliverable as no:
            if no.reason in CLOSED:
                await self._addresses.lose(person)
            raise

    async def _into(self, way: Way, activity: Activity) -> str:
        activity.conversation = ConversationAccount(id=way.conversation)
        sent = await self._connectors.ask(
            way.url, lambda teams: teams.send_to_conversation(way.conversation, activity, timeout=SECONDS)
        )
        return f"{way.conversation} {sent.id}"

    async def _opened(self, person: str) -> Way:
        """A chat with somebody who has not written to us: Teams wants the id that only a team of his knows."""
        way = await self._addresses.person(person) or await acquainted(self._connectors, self._addresses, person)
        asked = ConversationParameters(
            is_group=False,
            bot=self._bot,
            members=[ChannelAccount(id=way.member)],
            tenant_id=self._addresses.workspace.partition(":")[2],
        )
        made = await self._connectors.ask(way.url, lambda teams: teams.create_conversation(asked, timeout=SECONDS))
        opened = Way(way.url, str(made.id), way.member)
        await self._addresses.meet(person, opened)
        return opened

    async def _channel(self, post: Post, activity: Activity) -> str:
        """Under the message it answers; where there is none, or none any more, in a thread of its own."""
        thread = post.thread.partition(" ")[0]
        if thread.partition(";")[0] == post.to.channel:
            try:
                return await self._into(Way((await self._tenant()).url, thread), activity)
            except Undeliverable as no:
                if no.reason != "gone":
                    raise
        return await self._thread(post.to.channel, activity)

    async def _thread(self, channel: str, activity: Activity) -> str:
        """A new thread in a channel."""
        url = (await self._tenant()).url
        asked = ConversationParameters(
            is_group=True, bot=self._bot, activity=activity, channel_data={"channel": {"id": channel}}
        )
        made = await self._connectors.ask(url, lambda teams: teams.create_conversation(asked, timeout=SECONDS))
        return f"{made.id} {made.activity_id}"

    async def _tenant(self) -> Way:
        """Raise TryLater until Teams has sent us anything: only then do we know where it answers."""
        if way := await self._addresses.tenant():
            return way
        raise TryLater(60)


def _activity(card: render.Json, title: str, bot: ChannelAccount) -> Activity:
    attachment = Attachment(content_type=render.CONTENT_TYPE, content=card)
    summary = render.harmless(cut(title, SUMMARY))
    return Activity(type="message", attachments=[attachment], summary=summary, from_property=bot)
