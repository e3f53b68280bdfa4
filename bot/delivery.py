"""One message on its way: is it still true, may it go now, is it there already; then view → card → platform."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import assert_never

import structlog

from bot.core import engine
from bot.core.effects import Admins, Aside, Channel, Home, Person, Team, Tell, To
from bot.errors import Undeliverable, Vanished
from bot.pace import Slots
from bot.people import Organisation, platform_of
from bot.ports import Address, Clock, Job, Platform, Post, Store
from bot.service import Service

NO_LONGER_TRUE, NOTHING_TO_REPLACE = "no longer true", "nothing to replace"
log = structlog.get_logger()


class NotYet(Exception):  # noqa: N818 - the word people use
    """The place has had enough for now: nothing more in this lane before `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class Gather(Exception):  # noqa: N818 - likewise
    """This one waits until `until` for others like it."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class Delivery:
    """Sends what a job tells. Raises NotSent, NotYet or Gather."""

    def __init__(self, store: Store, clock: Clock, service: Service, platforms: Mapping[str, Platform]) -> None:
        self._store, self._clock, self._service, self._platforms = store, clock, service, platforms
        self._slots = {name: Slots(platform.pace) for name, platform in platforms.items()}
        self._paid: set[str] = set()  # lanes that have taken their next slot

    def reset(self) -> None:
        """The clock went back: slots in the time to come are free again."""
        self._paid.clear()
        for slots in self._slots.values():
            slots.reset()

    async def tell(self, job: Job, tell: Tell, others: Sequence[Job]) -> tuple[Job, ...]:
        """Send it. All that is done with it: of the others in the lane those that this very message tells."""
        now = await self._store.recovery(job.workspace, job.recovery) if tell.wakes and job.recovery else None
        if now and not engine.wanted(now, tell):
            return await self._without(job, NO_LONGER_TRUE)
        ref = await self._store.message(job, tell.slot)
        if not ref and not tell.fresh:
            return await self._without(job, NOTHING_TO_REPLACE)
        try:
            return await self._post(job, tell, others, ref)
        except Vanished:
            return await (self._post(job, tell, others) if tell.fresh else self._without(job, NOTHING_TO_REPLACE))

    async def _post(self, job: Job, tell: Tell, others: Sequence[Job], ref: str = "") -> tuple[Job, ...]:
        platform = self._platform(job)
        to = address(tell.to, self._service.people.organisation)
        self._pace(job, to)
        twins = [] if job.unsure else [one for one in others if _same(job, one)]
        post = Post(
            key=f"job-{job.id}",
            to=to,
            card=await self._service.stage.card(job.workspace, tell, job.recovery),
            ref=ref,
            since=job.planned,
            thread=await self._store.message(job, tell.under) if tell.under else "",
        )
        there = await platform.messenger.find(post) if job.unsure and not ref else None
        sent = there or await platform.messenger.send(post)
        await self._store.finish(job, self._clock.now(), ref=sent, also=twins)
        log.info("job.sent", job=job.id, recovery=job.recovery, view=tell.view, found=bool(there), also=len(twins))
        return (job, *twins)

    async def _without(self, job: Job, why: str) -> tuple[Job, ...]:
        await self._store.finish(job, self._clock.now(), error=why)
        return (job,)

    def _platform(self, job: Job) -> Platform:
        """Raise Undeliverable where a platform was connected once and is no longer."""
        name = platform_of(job.workspace)
        if name not in self._platforms:
            raise Undeliverable("revoked", f"{name} is not connected")
        return self._platforms[name]

    def _pace(self, job: Job, to: Address) -> None:
        """Take a slot, or raise NotYet: it is taken, and the lane comes back for it.

        An answer to a press and a page of somebody's own are no messages in a conversation.
        """
        if to.reply_to or to.surface == "home":
            return
        now, slots = self._clock.now(), self._slots[platform_of(job.workspace)]
        paid = job.lane in self._paid
        self._paid.discard(job.lane)
        at = now if paid else slots.take(f"{job.workspace} {to.channel or to.person}", now)
        if at > now:
            self._paid.add(job.lane)
            raise NotYet(at)


def address(to: To, organisation: Organisation) -> Address:
    match to:
        case Person():
            return Address("private", person=to.id)
        case Aside():
            return Address("aside", person=to.id, channel=to.channel, reply_to=to.reply_to)
        case Home():
            return Address("home", person=to.id)
        case Channel():
            return Address("channel", channel=to.id)
        case Team():
            return Address("channel", channel=organisation.team(to.id).recoveries)
        case Admins():
            raise TypeError("admins are told one by one")
        case _:
            assert_never(to)


def _same(one: Job, other: Job) -> bool:
    """Would the other show again what this one shows? A view shows what is true when it is sent."""
    a, b = one.effect, other.effect
    if not (isinstance(a, Tell) and isinstance(b, Tell)) or other.unsure or (b.wakes and not a.wakes):
        return False
    return (one.recovery, a.to, a.slot, a.view, dict(a.args)) == (other.recovery, b.to, b.slot, b.view, dict(b.args))
