"""Who somebody is, asked of Teams. Nobody waits long for it, a turn not at all: till then his id is his name."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from bot.errors import TryLater, Undeliverable
from bot.ports import Profile
from handlers.teams.addresses import Addresses, Way
from handlers.teams.connectors import SECONDS, Connectors

PATIENCE = 0.5  # seconds that a reader is kept waiting for a name
AGAIN = 300.0  # seconds before the same question is put again
AT_ONCE = 5  # questions under way; Teams takes 14 a second
_in_turn: ContextVar[bool] = ContextVar("in_turn", default=False)


@contextmanager
def hurried() -> Iterator[None]:
    """Somebody waits for the answer to his press: what is not known now is asked, and not waited for."""
    token = _in_turn.set(True)
    try:
        yield
    finally:
        _in_turn.reset(token)


class TeamsDirectory:
    """The Directory port. Language and time zone come with what people write, not from here."""

    def __init__(self, connectors: Connectors, addresses: Addresses) -> None:
        self._connectors, self._addresses = connectors, addresses
        self._asked: dict[str, tuple[float, asyncio.Task[Profile]]] = {}
        self._few = asyncio.Semaphore(AT_ONCE)

    async def profile(self, person: str) -> Profile:
        at, task = self._asked.get(person, (0.0, None))
        if task is None or (task.done() and time.monotonic() > at + AGAIN):
            task = asyncio.create_task(self._ask(person))
            self._asked[person] = (time.monotonic(), task)
        try:
            found = await asyncio.wait_for(asyncio.shield(task), 0 if _in_turn.get() else PATIENCE)
        except TimeoutError:
            raise TryLater(PATIENCE) from None
        self._asked.pop(person, None)
        return found

    async def close(self) -> None:
        for _, task in self._asked.values():
            task.cancel()
        await asyncio.gather(*(task for _, task in self._asked.values()), return_exceptions=True)

    async def _ask(self, person: str) -> Profile:
        way = await self._addresses.person(person)
        mine = way if way and way.conversation else None
        where, who = (mine, mine.member or person) if mine else (await _team(self._addresses, person), person)
        async with self._few:
            found = await _member(self._connectors, where, who)
        return Profile(person, str(found.name or person))


async def acquainted(connectors: Connectors, addresses: Addresses, person: str) -> Way:
    """The way to somebody who never wrote, from a team that knows him. Raise Undeliverable when there is none."""
    team = await _team(addresses, person)
    found = await _member(connectors, team, person)
    way = Way(team.url, "", str(found.id))
    await addresses.meet(person, way)
    return way


async def _member(connectors: Connectors, way: Way, who: str) -> Any:
    return await connectors.ask(
        way.url, lambda teams: teams.get_conversation_member(way.conversation, who, timeout=SECONDS)
    )


async def _team(addresses: Addresses, person: str) -> Way:
    way = await addresses.tenant()
    if way is None or not way.conversation:
        raise Undeliverable("not_in_channel", f"{person} has not written to me, and I am in no team with him")
    return way
