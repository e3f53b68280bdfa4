"""Teams' activities → Service calls. Everything is on disk, and nobody outside was asked, when a turn ends."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable
from dataclasses import replace
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from botbuilder.core import InvokeResponse, TurnContext
from botbuilder.schema import Activity, ActivityTypes

from bot import commands
from bot.ports import Profile
from bot.service import Service, Source
from handlers.teams import wording
from handlers.teams.addresses import Addresses, Way
from handlers.teams.directory import hurried
from handlers.teams.invokes import Invokes
from handlers.teams.wardrobe import Wardrobe

PREFIX = "/amends"  # whoever comes from Slack may write it
MET = 10_000  # people remembered in memory, so that what is known already is not written again
Json = dict[str, Any]


class Listener:
    """One turn: an activity that the door let in."""

    def __init__(self, service: Service, addresses: Addresses, wardrobe: Wardrobe, app_id: str) -> None:
        self._service, self._addresses = service, addresses
        self._bot = f"28:{app_id}"
        self._invokes = Invokes(service, wardrobe)
        self._met: dict[str, Profile] = {}

    async def turn(self, context: TurnContext) -> None:
        with hurried():
            await self._turn(context)

    async def _turn(self, context: TurnContext) -> None:
        activity = context.activity
        source = _source(activity, self._addresses.workspace)
        await self._meet(activity, source)
        match activity.type:
            case ActivityTypes.message:
                await self._message(activity, source)
            case ActivityTypes.invoke:
                answer = await self._invokes.answer(str(activity.name), activity.value, source)
                response = InvokeResponse(status=200, body=answer)
                await context.send_activity(Activity(type=ActivityTypes.invoke_response, value=response))
            case ActivityTypes.installation_update:
                await self._installed(activity, source)
            case ActivityTypes.conversation_update:
                await self._changed(activity, source)
            case _:
                return  # Teams tells more than is needed: reactions, edits, typing

    # What people write

    async def _message(self, activity: Activity, source: Source) -> None:
        if isinstance(activity.value, dict):  # a press, by a client without Action.Execute
            await self._invokes.submitted(activity.value, source)
        elif source.private:
            await self._private(activity, source)
        elif wording.mentions(activity, self._bot):
            text = wording.spoken(activity, self._bot)
            orders = self._is_order(text) or not text.strip()
            await self._politely(source, (self._ordered if orders else self._service.started)(source, text))
        else:
            await self._talk(activity, source)

    async def _private(self, activity: Activity, source: Source) -> None:
        text, quoted = wording.written(activity)
        if self._is_order(text):
            return await self._politely(source, self._ordered(source, text))
        ref = f"{activity.conversation.id} {quoted}" if quoted else ""
        recovery = await self._service.about(source, ref)
        return await self._politely(source, self._service.wrote(source, text, recovery), recovery)

    async def _talk(self, activity: Activity, source: Source) -> None:
        """Channel talk not meant for us: Teams sends it where the team's owner let the app read along."""
        text = wording.spoken(activity, self._bot)
        if not activity.from_property.id.startswith("28:") and (heard := self._service.sounds(source.channel, text)):
            await self._politely(source, self._service.heard(source, text, heard))

    async def _ordered(self, source: Source, text: str) -> None:
        """What to choose from is on the home card."""
        order = text.strip().removeprefix(PREFIX).strip()
        if commands.understood(self._service.library.words, order) in {("language", ""), ("start", "")}:
            return await self._service.show(source, "home")
        return await commands.obey(self._service, source, order)

    def _is_order(self, text: str) -> bool:
        return text.startswith(PREFIX) or commands.is_order(self._service.library.words, text)

    async def _politely(self, source: Source, doing: Awaitable[None], value: str = "") -> None:
        await self._service.politely(source, doing, value)

    # Who comes and goes

    async def _installed(self, activity: Activity, source: Source) -> None:
        """`add` and `add-upgrade`, `remove` and `remove-upgrade`."""
        if str(activity.action).startswith("remove"):
            return await self._removed(activity, source)
        await self._arrived(activity, source)
        if source.private and activity.action == "add":
            await self._politely(source, self._service.show(source, "home"))
        return None

    async def _changed(self, activity: Activity, source: Source) -> None:
        if any(one.id == self._bot for one in activity.members_removed):
            return await self._removed(activity, source)
        if any(one.id == self._bot for one in activity.members_added):
            return await self._arrived(activity, source)
        for one in (one for one in activity.members_added if one.id):
            await self._addresses.meet(_person(one), Way(activity.service_url, "", one.id))
        for one in (one for one in activity.members_removed if one.id):
            await self._addresses.part(_person(one))
        return None

    async def _arrived(self, activity: Activity, source: Source) -> None:
        """We were let in: what waited for that can go."""
        if team := _team(activity):
            await self._addresses.arrive(Way(activity.service_url, team))
        for reason in ("not_in_channel", "gone"):
            await self._service.mended(source.workspace, reason)

    async def _removed(self, activity: Activity, source: Source) -> None:
        if source.private:
            await self._addresses.lose(source.person)
        elif team := _team(activity):
            await self._addresses.leave(team)

    async def _meet(self, activity: Activity, source: Source) -> None:
        """Who he is, in which language and time zone, and how to reach him."""
        url = activity.service_url
        await self._addresses.arrive(Way(url))
        if activity.from_property.id == self._bot or activity.type not in {"message", "invoke", "installationUpdate"}:
            return
        conversation = activity.conversation.id if source.private else ""
        await self._addresses.meet(source.person, Way(url, conversation, activity.from_property.id))
        before = self._met.get(source.person)
        met = _profile(activity, source.person, before)
        if met.name and met != before:
            await self._service.people.met(source.workspace, met)
            if len(self._met) >= MET:
                self._met.clear()
            self._met[source.person] = met


def _source(activity: Activity, workspace: str) -> Source:
    private = activity.conversation.conversation_type == "personal"
    channel = "" if private else wording.channel(activity)
    return Source(
        workspace=workspace,
        person=_person(activity.from_property),
        seen=_seen(activity),
        channel=channel,
        private=private,
        link="" if private else wording.link(activity),
    )


def _person(account: Any) -> str:
    """His id in the directory of the tenant, the same in every app; else the one that Teams made for this bot."""
    return str(account.aad_object_id or account.id)


def _seen(activity: Activity) -> str:
    """The same on a repeat. Teams numbers activities within a conversation."""
    if activity.id:
        return f"{activity.conversation.id} {activity.id}"
    said = repr((activity.type, activity.name, activity.value, activity.timestamp, activity.reply_to_id))
    return f"{activity.conversation.id} {hashlib.sha256(said.encode()).hexdigest()}"


def _team(activity: Activity) -> str:
    """The team's own conversation, where its members can be asked for; empty outside a team."""
    data = activity.channel_data
    team = data.get("team") if isinstance(data, dict) else None
    return str(team.get("id") or "") if isinstance(team, dict) else ""


def _profile(activity: Activity, person: str, before: Profile | None) -> Profile:
    """What the activity says of him; what it leaves out stays as it was."""
    was = before or Profile(person, "")
    lang = str(activity.locale or "").partition("-")[0].lower()
    zone = str(activity.local_timezone or "")
    known = zone if zone in _zones() else ""
    name = str(activity.from_property.name or "")
    return replace(was, name=name or was.name, lang=lang or was.lang, zone=known or was.zone)


@cache
def _zones() -> frozenset[str]:
    """Read once: a look through the machine's zone files takes longer than everything else in a turn."""
    return frozenset(available_timezones())
