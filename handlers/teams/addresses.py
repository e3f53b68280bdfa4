"""How people and teams are reached: learnt from what they send, kept in the database for after a restart."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from bot.errors import TryLater
from bot.ports import Store

MOST = 10_000  # remembered in memory, so that what is known already is not written again
TENANT = "tenant"


@dataclass(frozen=True, slots=True)
class Way:
    """The host that answers for somebody, his conversation with us if there is one, and his id there."""

    url: str
    conversation: str = ""
    member: str = ""


class Addresses:
    """The Store's addresses in one workspace. Opened with the store: before, nothing can be sent."""

    def __init__(self, workspace: str) -> None:
        self.workspace = workspace
        self._store: Store | None = None
        self._known: dict[str, Way] = {}

    def open(self, store: Store) -> None:
        self._store = store

    async def person(self, person: str) -> Way | None:
        return await self._get(f"person/{person}")

    async def meet(self, person: str, way: Way) -> None:
        """He wrote: from his chat with us, or from elsewhere; then the chat that is known already stays."""
        before = await self.person(person)
        if not way.conversation and before and before.conversation:
            way = Way(way.url, before.conversation, way.member)
        await self._keep(f"person/{person}", way)

    async def lose(self, person: str) -> None:
        """His chat with us is closed; who he is stays known."""
        if before := await self.person(person):
            await self._keep(f"person/{person}", Way(before.url, "", before.member))

    async def part(self, person: str) -> None:
        """He left a team: without a chat of his own there is no way to him any more."""
        before = await self.person(person)
        if before and not before.conversation:
            await self._opened().drop_address(self.workspace, f"person/{person}")
            self._known.pop(f"person/{person}", None)

    async def tenant(self) -> Way | None:
        """The host of the whole tenant; its conversation is a team that knows who is who."""
        return await self._get(TENANT)

    async def arrive(self, way: Way) -> None:
        """Something came from this host; with a team, that is the one to ask."""
        before = await self.tenant()
        if not way.conversation and before:
            way = Way(way.url, before.conversation)
        await self._keep(TENANT, way)

    async def leave(self, team: str) -> None:
        """We were taken out of a team: it can no longer be asked."""
        before = await self.tenant()
        if before and before.conversation == team:
            await self._keep(TENANT, Way(before.url))

    async def _get(self, key: str) -> Way | None:
        if key not in self._known:
            data = await self._opened().address(self.workspace, key)
            if data is None:
                return None
            self._remember(key, _way(json.loads(data)))
        return self._known[key]

    async def _keep(self, key: str, way: Way) -> None:
        if await self._get(key) != way:
            await self._opened().keep_address(self.workspace, key, json.dumps(asdict(way)))
            self._remember(key, way)

    def _remember(self, key: str, way: Way) -> None:
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[key] = way

    def _opened(self) -> Store:
        if self._store is None:
            raise TryLater(1)
        return self._store


def _way(data: Mapping[str, str]) -> Way:
    return Way(data["url"], data.get("conversation", ""), data.get("member", ""))
