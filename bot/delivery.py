"""One message on its way: is it still true, may it go now, is it there already; then view → card → platform."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import assert_never

import structlog

from bot.cards import Card
from bot.core import engine
from bot.core.effects import Admins, Aside, Channel, Home, Person, Team, Tell, To
from bot.core.policy import HIGHEST
from bot.core.recovery import Recovery
from bot.errors import Muted, Undeliverable, Vanished
from bot.pace import Slots
from bot.people import Organisation, platform_of
from bot.ports import Address, Clock, Job, Order, Platform, Post, Store
from bot.service import Service

NO_LONGER_TRUE, NOTHING_TO_REPLACE = "no longer true", "nothing to replace"
PING, LATE = "ping", "late"
BUNDLED = frozenset({PING, LATE, "unanswered"})  # many alike for one person go as one message
FEW, MOST = 3, 10  # more pings than a few that are due to one person go as one message, of at most so many lines
LOOKED_AT = 3 * MOST  # so many that wait are looked at; the most severe of them go first
OFTEN, LATELY = 5, timedelta(minutes=10)  # whoever was pinged so often lately is pinged for several at once
TOGETHER = timedelta(minutes=2)  # how often that is
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


class Together(Exception):  # noqa: N818 - likewise
    """What went wrong with one message went wrong for everybody in it."""

    def __init__(self, error: Exception, crowd: Sequence[Job]) -> None:
        super().__init__(error)
        self.error, self.crowd = error, crowd


class Delivery:
    """Sends what a job tells. Raises NotSent, NotYet, Gather or Together."""

    def __init__(self, store: Store, clock: Clock, service: Service, platforms: Mapping[str, Platform]) -> None:
        self._store, self._clock, self._service, self._platforms = store, clock, service, platforms
        self._slots = {name: Slots(platform.pace) for name, platform in platforms.items()}
        self._paid: set[str] = set()  # lanes that have taken their next slot
        self._asked: dict[int, str] = {}  # what a platform said of an unsure one: its reference, or empty
        self._next: set[int] = set()  # pings for which there was no line left; the next message is theirs

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
        if until := await self._service.mutes.holds(job, tell, now):
            raise Muted(until)
        ref = await self._store.message(job, tell.slot)
        if not ref and not tell.fresh:
            return await self._without(job, NOTHING_TO_REPLACE)
        if job.unsure and not ref and (there := await self._there(job, tell, others)):
            return await self._done(job, there)
        self._pace(job, address(tell.to, self._service.people.organisation))
        crowd = await self._crowd(job, now, others) if now and not ref else (job,)
        try:
            return await self._send(crowd, tell, others, ref)
        except Vanished:
            return await (self._send((job,), tell, others) if tell.fresh else self._without(job, NOTHING_TO_REPLACE))

    async def _send(self, crowd: Sequence[Job], tell: Tell, others: Sequence[Job], ref: str = "") -> tuple[Job, ...]:
        """One message for the whole crowd, which mostly is one."""
        job, *more = crowd
        platform, post = self._platform(job), await self._post(job, tell, ref)
        keys = [one.recovery for one in crowd]
        if ref and tell.view in BUNDLED:
            keys = list(await self._store.sharing(job.workspace, ref))
        orders: tuple[Order, ...] = ()
        twins = [one for one in others if one not in crowd and any(_same(told, one) for told in crowd)]
        if ref and len(keys) > 1:
            orders, twins = await self._story(job, tell), await self._on(ref, others)
        if len(keys) > 1:
            card = await self._service.stage.storm(job.workspace, post.to.person, keys, tell.view)
        else:
            card = await self._service.stage.card(job.workspace, tell, job.recovery)
        try:
            sent = await platform.messenger.send(replace(post, card=card, also=tuple(map(_key, more))))
            return await self._done(job, sent, (*more, *twins), orders)
        except Exception as error:
            if more:
                raise Together(error, crowd) from error
            raise

    async def _post(self, job: Job, tell: Tell, ref: str = "") -> Post:
        """The envelope; there is no card in it yet."""
        to = address(tell.to, self._service.people.organisation)
        thread = await self._store.message(job, tell.under) if tell.under else ""
        return Post(_key(job), to, Card("", ""), ref, thread, job.planned)

    async def _there(self, job: Job, tell: Tell, others: Sequence[Job]) -> str:
        """Ask the platform whether it arrived after all; of others to the same place in the same breath."""
        if job.id not in self._asked:
            alike = [one for one in others if one.unsure and one.id != job.id and _beside(one, tell)]
            since = min(one.planned for one in (job, *alike))
            post = replace(await self._post(job, tell), also=tuple(map(_key, alike)), since=since)
            there = await self._platform(job).messenger.find(post)
            self._asked |= {one.id: there.get(_key(one), "") for one in (job, *alike)}
        return self._asked.pop(job.id)

    async def _done(
        self, job: Job, ref: str, also: Sequence[Job] = (), orders: tuple[Order, ...] = ()
    ) -> tuple[Job, ...]:
        await self._store.finish(job, self._clock.now(), ref=ref, also=also, orders=orders)
        log.info("job.sent", job=job.id, recovery=job.recovery, slot=_slot(job), also=[one.id for one in also])
        return (job, *also)

    # Many pings to one person in a short time

    async def _crowd(self, job: Job, first: Recovery, others: Sequence[Job]) -> tuple[Job, ...]:
        """The pings that one message tells of, the most severe first; mostly this one alone. Raise Gather where it
        has to wait for others: he was pinged often enough for now, and nothing is urgent.
        """
        tell = job.effect
        if not isinstance(tell, Tell) or tell.view not in BUNDLED or not isinstance(tell.to, Person):
            return (job,)
        nearest = others[:LOOKED_AT]
        known = {job.id: first} | {one.id: now for one in nearest if (now := await self._ringing(one, tell, nearest))}
        crowd = [one for one in (job, *nearest) if one.id in known]
        crowd = crowd if len(crowd) > FEW else [job]
        severe = any(known[one.id].severity >= HIGHEST for one in crowd)
        waited = any(one.gathered or one.id in self._next for one in crowd)
        self._next -= {one.id for one in crowd}
        if tell.view == PING and not severe and not waited:
            at = self._clock.now()
            if await self._store.rung(job, at - LATELY) >= OFTEN:
                raise Gather(_gathering(at))
        crowd.sort(key=lambda one: (-known[one.id].severity, one.planned, one.id))
        self._next |= {one.id for one in crowd[MOST:]}
        return tuple(crowd[:MOST])

    async def _on(self, ref: str, others: Sequence[Job]) -> list[Job]:
        """Those that would only paint the same message again."""
        pings = [one for one in others if isinstance(one.effect, Tell) and one.effect.view in BUNDLED]
        return [one for one in pings if not one.unsure and await self._store.message(one, _slot(one)) == ref]

    async def _story(self, job: Job, tell: Tell) -> tuple[Order, ...]:
        """Whoever takes one of many gets its whole story, in a message of its own; from then on that is kept true.

        Whoever hears that a step is late has it already.
        """
        if tell.view == LATE:
            return ()
        now = await self._store.recovery(job.workspace, job.recovery)
        his = bool(now and now.live and isinstance(tell.to, Person) and now.acknowledged_by == tell.to.id)
        return (Order(self._clock.now(), replace(tell, slot=f"story/{tell.slot}", fresh=his, wakes=False)),)

    async def _ringing(self, job: Job, tell: Tell, others: Sequence[Job]) -> Recovery | None:
        """The recovery, where this is a first ping to the same person that is still to ring."""
        one = job.effect
        if not isinstance(one, Tell) or not one.wakes or (one.view, one.to) != (tell.view, tell.to):
            return None
        now = await self._store.recovery(job.workspace, job.recovery)
        if now is None or not engine.wanted(now, one) or await self._store.message(job, one.slot):
            return None
        return None if job.unsure and await self._there(job, one, others) else now

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


def _key(job: Job) -> str:
    return f"job-{job.id}"


def _beside(job: Job, tell: Tell) -> bool:
    """Would it stand in the same conversation, under no other message?"""
    one = job.effect
    return isinstance(one, Tell) and one.to == tell.to and not (one.under or tell.under)


def _slot(job: Job) -> str:
    return job.effect.slot if isinstance(job.effect, Tell) else ""


def _gathering(now: datetime) -> datetime:
    """The next even moment: whatever is gathered falls due together."""
    return datetime.fromtimestamp((now.timestamp() // TOGETHER.total_seconds() + 1) * TOGETHER.total_seconds(), UTC)


def _same(one: Job, other: Job) -> bool:
    """Would the other show again what this one shows? A view shows what is true when it is sent."""
    a, b = one.effect, other.effect
    if not (isinstance(a, Tell) and isinstance(b, Tell)) or other.unsure or (b.wakes and not a.wakes):
        return False
    return (one.recovery, a.to, a.slot, a.view, dict(a.args)) == (other.recovery, b.to, b.slot, b.view, dict(b.args))
