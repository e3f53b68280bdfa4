"""Due jobs out: Tell → view → send; Wake → service. One loop, one retry rule, and nothing is given up silently."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

import structlog

from bot.core import engine
from bot.core.effects import Admins, Aside, Channel, Home, Person, Team, Tell, To, Wake, receiver
from bot.errors import TryLater, Undeliverable, Unknown
from bot.people import Organisation, platform_of
from bot.ports import Address, Clock, Job, Order, Platform, Post, Store
from bot.service import Service

LEASE = timedelta(seconds=60)  # longer than any send takes
BATCH = 50
IDLE = timedelta(seconds=30)  # how long to sleep when nothing is known to be due
FIRST_WAIT = timedelta(seconds=2)
STUMBLE = timedelta(seconds=1)  # how long to wait when the database fails
LONGEST_WAIT = timedelta(hours=1)
MENDABLE = timedelta(minutes=15)  # how often to knock again where an admin must mend something
AGAIN_TOLD = timedelta(days=1)  # an admin hears of the same fault once a day
HOLDING = 5  # tries of a job that others to the same receiver wait for, so that they arrive in their order
PATIENCE = 12  # tries of a job that keeps failing for no known reason; the waits between them add up to hours
log = structlog.get_logger()


class Worker:
    """Sends what is stored. Started once; `poke` says that there is something new."""

    def __init__(self, store: Store, clock: Clock, service: Service, platforms: Mapping[str, Platform]) -> None:
        self._store, self._clock, self._service, self._platforms = store, clock, service, platforms
        self._news = asyncio.Event()
        self._ending = False
        self._held: dict[str, datetime] = {}  # receivers whose next message is not to be sent before

    def poke(self) -> None:
        self._news.set()

    async def run(self) -> None:
        """Until `stop`: what is in hand is finished, what is not waits on disk."""
        while not self._ending:
            self._news.clear()
            try:
                done = await self.once()
            except Exception:  # the database fails: what is in hand comes back when its lease runs out, unsure
                log.exception("worker.stumbled")
                await asyncio.sleep(STUMBLE.total_seconds())
            else:
                if not done:
                    await self._sleep()

    def stop(self) -> None:
        self._ending = True
        self._news.set()

    async def once(self) -> int:
        """Do what is due now; how many jobs that were. Messages to one receiver keep their order."""
        now = self._clock.now()
        jobs = await self._store.lease(now, now + LEASE, BATCH)
        lanes: dict[str, list[Job]] = defaultdict(list)
        for job in jobs:
            lanes[_lane(job)].append(job)
        ends = await asyncio.gather(*(self._in_order(*lane) for lane in lanes.items()), return_exceptions=True)
        for error in ends:
            if error:
                raise error
        return len(jobs)

    async def _sleep(self) -> None:
        due = await self._store.next_due()
        wait = min(due - self._clock.now(), IDLE) if due else IDLE
        try:
            await asyncio.wait_for(self._news.wait(), max(wait.total_seconds(), 0.01))
        except TimeoutError:
            return

    async def _in_order(self, lane: str, jobs: Sequence[Job]) -> None:
        """Who waits for an earlier message to the same receiver waits as long as that."""
        for job in jobs:
            until = self._held.pop(lane, None)
            if until and until > self._clock.now():
                self._held[lane] = until
                await self._store.put_off(job, until, "waits for the message before it")
            else:
                await self._one(job)

    async def _one(self, job: Job) -> None:
        try:
            match job.effect:
                case Wake() as wake:
                    await self._service.elapsed(job, wake)
                    await self._store.finish(job, self._clock.now())
                case Tell() as tell:
                    await self._tell(job, tell)
                case _:
                    assert_never(job.effect)
        except TryLater as later:
            await self._hold(job, timedelta(seconds=later.seconds), str(later))
        except Undeliverable as no:
            await self._undeliverable(job, no)
        except Unknown as error:
            await self._unknown(job, error)
        except Exception as error:  # noqa: BLE001 - around one job: the error is kept on it
            await self._failed(job, error)

    async def _tell(self, job: Job, tell: Tell) -> None:
        now = await self._store.recovery(job.workspace, job.recovery) if tell.wakes and job.recovery else None
        if now and not engine.wanted(now, tell):
            return await self._store.finish(job, self._clock.now(), error="no longer true")
        ref = await self._store.message(job, tell.slot)
        if not ref and not tell.fresh:
            return await self._store.finish(job, self._clock.now(), error="nothing to replace")
        messenger = self._platforms[platform_of(job.workspace)].messenger
        post = Post(
            key=f"job-{job.id}",
            to=_address(tell.to, self._service.people.organisation),
            card=await self._service.stage.card(job.workspace, tell, job.recovery),
            ref=ref,
            since=job.due,
            thread=await self._store.message(job, tell.under) if tell.under else "",
        )
        there = await messenger.find(post) if job.unsure and not ref else None
        sent = there or await messenger.send(post)
        await self._store.finish(job, self._clock.now(), ref=sent)
        log.info("job.sent", job=job.id, recovery=job.recovery, view=tell.view, found=bool(there))
        return None

    async def _undeliverable(self, job: Job, no: Undeliverable) -> None:
        """An aside finds another way to the person; what a channel refuses waits for an admin to mend it."""
        tell = job.effect
        if isinstance(tell, Tell) and isinstance(tell.to, Aside):
            order = Order(self._clock.now(), replace(tell, to=Person(tell.to.id)))
            return await self._finish(job, str(no), (order,))
        if isinstance(tell, Tell) and tell.view == "undelivered":
            return await self._put_off(job, MENDABLE, str(no))
        orders = await self._tell_admins(job, no)
        return await self._put_off(job, MENDABLE, str(no), orders)

    async def _failed(self, job: Job, error: Exception) -> None:
        """A fault of ours or a surprise: tried again, then handed to the admins with its text."""
        log.error("job.failed", job=job.id, recovery=job.recovery, attempts=job.attempts, exc_info=error)
        text = f"{type(error).__name__}: {error}"
        if job.attempts < PATIENCE:
            return await self._put_off(job, _backoff(job), text, unsure=True)
        return await self._finish(job, text, await self._tell_admins(job, Undeliverable("refused", text)))

    async def _unknown(self, job: Job, error: Unknown) -> None:
        """Tries go on; after hours without an answer the admins hear that a message may not have arrived."""
        text = f"unknown: {error}"
        orders = await self._tell_admins(job, Undeliverable("refused", text)) if job.attempts == PATIENCE else ()
        await self._hold(job, _backoff(job), text, orders, unsure=True)

    async def _tell_admins(self, job: Job, no: Undeliverable) -> tuple[Order, ...]:
        organisation = self._service.people.organisation
        tell = job.effect
        where = _where(tell.to, organisation) if isinstance(tell, Tell) else "-"
        slot = f"undelivered/{no.reason}/{where}"
        now = self._clock.now()
        if await self._store.told(job.workspace, slot, now - AGAIN_TOLD):
            return ()
        admins = organisation.admins_on(platform_of(job.workspace))
        args = {"reason": no.reason, "where": where, "said": str(no)}
        return tuple(Order(now, Tell(Person(admin), "undelivered", slot, args)) for admin in admins)

    async def _finish(self, job: Job, error: str, orders: Iterable[Order]) -> None:
        await self._store.finish(job, self._clock.now(), error=error, orders=tuple(orders))
        self.poke()

    async def _hold(
        self, job: Job, wait: timedelta, error: str, orders: Sequence[Order] = (), *, unsure: bool = False
    ) -> None:
        if job.attempts <= HOLDING:
            self._held[_lane(job)] = self._clock.now() + wait
        await self._put_off(job, wait, error, orders, unsure=unsure)

    async def _put_off(
        self, job: Job, wait: timedelta, error: str, orders: Sequence[Order] = (), *, unsure: bool = False
    ) -> None:
        log.warning("job.put_off", job=job.id, recovery=job.recovery, seconds=wait.total_seconds(), error=error)
        await self._store.put_off(job, self._clock.now() + wait, error, orders, unsure=unsure)
        if orders:
            self.poke()


def _lane(job: Job) -> str:
    effect = job.effect
    return f"{job.workspace} {receiver(effect.to)}" if isinstance(effect, Tell) else f"{job.workspace} {job.recovery}"


def _backoff(job: Job) -> timedelta:
    return min(FIRST_WAIT * (1 << min(job.attempts - 1, 20)), LONGEST_WAIT)


def _address(to: To, organisation: Organisation) -> Address:
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


def _where(to: To, organisation: Organisation) -> str:
    address = _address(to, organisation)
    return address.channel or address.person
