"""The bot looks after itself: every minute, is a ping late, given up or forgotten? The admins hear of it once a day."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from bot.core.effects import Person, Tell, periodic
from bot.people import platform_of
from bot.ports import Change, Clock, Fault, Order, Store
from bot.service import Service

EVERY = timedelta(minutes=1)
AGAIN_TOLD = timedelta(days=1)
MOST = 5  # faults told of in one go; whoever mends those sees the others
log = structlog.get_logger()


@dataclass(slots=True)
class Auditor:
    """Started once beside the worker."""

    store: Store
    clock: Clock
    service: Service
    _end: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        while not self._end.is_set():
            try:
                await asyncio.wait_for(self._end.wait(), EVERY.total_seconds())
            except TimeoutError:
                await self._safely()

    def stop(self) -> None:
        self._end.set()

    async def once(self) -> Sequence[Fault]:
        """Look, and tell what was not told today."""
        found = await self.store.faults(self.clock.now())
        for fault in found:
            log.error("audit.fault", kind=fault.kind, recovery=fault.recovery, since=fault.since.isoformat())
        told = 0
        for one in _each(found):
            told += await self._tell(one) if told < MOST else 0
        return found

    async def _safely(self) -> None:
        try:
            await self.once()
        except Exception:  # the database fails: the heartbeat tells, and the next minute looks again
            log.exception("audit.failed")

    async def _tell(self, fault: Fault) -> bool:
        """Whether it was news. Of what is late one is told for all: a platform that is down makes everything late."""
        now = self.clock.now()
        name = f"fault/{fault.kind}" if fault.kind == "late" else f"fault/{fault.kind}/{fault.recovery}"
        slot, before = periodic(name, now, AGAIN_TOLD)
        if any([await self.store.told(fault.workspace, one, now - AGAIN_TOLD) for one in (slot, before)]):
            return False
        args = {"kind": fault.kind, "at": fault.since.isoformat()}
        args["command"] = f"amends proof {fault.recovery}"
        kind, _, person = fault.receiver.partition(" ")
        args |= {"who": person} if kind == "person" else {"place": person}
        admins = self.service.people.organisation.admins_on(platform_of(fault.workspace))
        orders = tuple(Order(now, Tell(Person(admin), "fault", slot, args)) for admin in admins)
        await self.store.commit(Change(fault.workspace, orders=orders))
        self.service.poke()
        return True


def _each(found: Sequence[Fault]) -> Iterable[Fault]:
    """One for each thing that can be told."""
    return {
        (one.workspace, one.kind, "" if one.kind == "late" else one.recovery): one for one in reversed(found)
    }.values()
