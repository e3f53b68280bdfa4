"""What could not be sent: each reason has its own answer, and whoever can mend it hears of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.core.effects import Aside, Person, Tell, To
from bot.delivery import address
from bot.errors import TryLater, Undeliverable, Unknown
from bot.people import Organisation, platform_of
from bot.ports import Clock, Job, Order, Store
from bot.service import Service

FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(hours=1)
MENDABLE = timedelta(minutes=15)  # how often to knock again where an admin must mend something
AGAIN_TOLD = timedelta(days=1)  # an admin hears of the same fault once a day
HOLDING = 5  # tries of a job that others to the same receiver wait for, so that they arrive in their order
PATIENCE = 12  # tries of a job that keeps failing for no known reason; the waits between them add up to hours
log = structlog.get_logger()


@dataclass(slots=True)
class Faults:
    """Answers what went wrong with a job: it is put off, takes another way, or is given up and told."""

    store: Store
    clock: Clock
    service: Service

    def none(self, job: Job) -> None:
        """It went."""

    async def answer(self, job: Job, error: Exception) -> datetime | None:
        """Until when whatever else goes to this receiver has to wait, if at all."""
        match error:
            case TryLater(seconds=seconds):
                return await self._hold(job, timedelta(seconds=seconds), str(error))
            case Undeliverable():
                await self._undeliverable(job, error)
            case Unknown():
                return await self._unknown(job, error)
            case _:
                await self._failed(job, error)
        return None

    async def _undeliverable(self, job: Job, no: Undeliverable) -> None:
        """An aside finds another way to the person; what a channel refuses waits for an admin to mend it."""
        tell = job.effect
        if isinstance(tell, Tell) and isinstance(tell.to, Aside):
            order = Order(self.clock.now(), replace(tell, to=Person(tell.to.id)))
            await self.store.finish(job, self.clock.now(), error=str(no), orders=(order,))
            return
        told = () if isinstance(tell, Tell) and tell.view == "undelivered" else await self._tell_admins(job, no)
        await self._put_off(job, MENDABLE, str(no), told)

    async def _unknown(self, job: Job, error: Unknown) -> datetime | None:
        """Tries go on; after hours without an answer the admins hear that a message may not have arrived."""
        text = f"unknown: {error}"
        orders = await self._tell_admins(job, Undeliverable("refused", text)) if job.attempts == PATIENCE else ()
        return await self._hold(job, _backoff(job), text, orders, unsure=True)

    async def _failed(self, job: Job, error: Exception) -> None:
        """A fault of ours or a surprise: tried again, then handed to the admins with its text."""
        log.error("job.failed", job=job.id, recovery=job.recovery, attempts=job.attempts, exc_info=error)
        text = f"{type(error).__name__}: {error}"
        if job.attempts < PATIENCE:
            await self._put_off(job, _backoff(job), text, unsure=True)
            return
        orders = await self._tell_admins(job, Undeliverable("refused", text))
        await self.store.finish(job, self.clock.now(), error=text, orders=orders)

    async def _tell_admins(self, job: Job, no: Undeliverable) -> tuple[Order, ...]:
        organisation = self.service.people.organisation
        where = _where(job.effect.to, organisation) if isinstance(job.effect, Tell) else "-"
        slot, now = f"undelivered/{no.reason}/{where}", self.clock.now()
        if await self.store.told(job.workspace, slot, now - AGAIN_TOLD):
            return ()
        admins = organisation.admins_on(platform_of(job.workspace))
        args = {"reason": no.reason, "where": where, "said": str(no)}
        return tuple(Order(now, Tell(Person(admin), "undelivered", slot, args)) for admin in admins)

    async def _hold(
        self, job: Job, wait: timedelta, error: str, orders: Sequence[Order] = (), *, unsure: bool = False
    ) -> datetime | None:
        until = await self._put_off(job, wait, error, orders, unsure=unsure)
        return until if job.attempts <= HOLDING else None

    async def _put_off(
        self, job: Job, wait: timedelta, error: str, orders: Sequence[Order] = (), *, unsure: bool = False
    ) -> datetime:
        log.warning("job.put_off", job=job.id, recovery=job.recovery, seconds=wait.total_seconds(), error=error)
        until = self.clock.now() + wait
        await self.store.put_off(job, until, error, orders, unsure=unsure)
        return until


def _backoff(job: Job) -> timedelta:
    return min(FIRST_WAIT * (1 << min(job.attempts - 1, 20)), LONGEST_WAIT)


def _where(to: To, organisation: Organisation) -> str:
    there = address(to, organisation)
    return there.channel or there.person
