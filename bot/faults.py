"""What could not be sent: each reason has its own answer, and whoever can mend it hears of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal, get_args

import structlog

from bot.core import engine
from bot.core.effects import Aside, Person, Tell, To, Wake, periodic
from bot.core.recovery import LADDER
from bot.delivery import address
from bot.errors import Muted, Reason, TryLater, Undeliverable, Unknown
from bot.people import Organisation, platform_of
from bot.ports import Clock, Job, Order, Store
from bot.service import Service

FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(hours=1)
RINGS_AGAIN = timedelta(minutes=1)  # the longest a ping waits to be tried again where nobody answers
MENDABLE = timedelta(minutes=15)  # how often to knock again where an admin must mend something
GIVEN_UP = timedelta(days=30)  # how long to knock
AGAIN_TOLD = timedelta(days=1)  # an admin hears of the same fault once a day
HOLDING = 5  # tries of a job that others to the same receiver wait for, so that they arrive in their order
PATIENCE = 12  # tries of a job that keeps failing for no known reason; the waits between them add up to hours
PINGS_PATIENCE = 3  # of a ping: then the ladder goes on without it
SILENT = 5  # tries in a row, to whomever, that a platform left without an answer: it is down
_REASONS = get_args(Reason)
log = structlog.get_logger()


@dataclass(slots=True)
class Silence:
    """A platform that answers nothing, or knows us no longer."""

    reason: Literal["unknown", "revoked"]
    since: datetime
    tries: int = 1


@dataclass(slots=True)
class Faults:
    """Answers what went wrong with a job: it is put off, takes another way, or is given up and told."""

    store: Store
    clock: Clock
    service: Service
    silent: dict[str, Silence] = field(default_factory=dict)  # by workspace

    async def none(self, job: Job) -> None:
        """It went. Where nothing did before, everything that waited for that goes now."""
        silence = self.silent.pop(job.workspace, None)
        if silence and (silence.reason == "revoked" or silence.tries >= SILENT):
            log.info("platform.answers", workspace=job.workspace, since=silence.since.isoformat())
            await self.store.release(job.workspace, silence.reason, self.clock.now())

    def _silence(self, job: Job, reason: Literal["unknown", "revoked"]) -> None:
        known = self.silent.get(job.workspace)
        if known and known.reason == reason:
            known.tries += 1
        else:
            self.silent[job.workspace] = Silence(reason, self.clock.now())

    async def answer(self, job: Job, error: Exception) -> datetime | None:
        """Until when whatever else goes to this receiver has to wait, if at all."""
        match error:
            case TryLater(seconds=seconds):
                return await self._hold(job, timedelta(seconds=seconds), str(error))
            case Muted(until=until):
                await self._muted(job, until, str(error))
            case Undeliverable():
                await self._undeliverable(job, error)
            case Unknown():
                return await self._unknown(job, error)
            case _:
                await self._failed(job, error)
        return None

    async def _muted(self, job: Job, until: datetime, said: str) -> None:
        """It waits for its receiver to be back, and somebody else is asked at once."""
        others = await self.store.others_may_hear(job, (*_REASONS, "muted"))
        tell = job.effect
        orders = await self.service.mutes.instead(job, tell, others=others) if isinstance(tell, Tell) else ()
        await self.store.put_off(job, until, f"muted: {said}", orders)

    async def _undeliverable(self, job: Job, no: Undeliverable) -> None:
        """An aside finds another way to the person, a ping goes to the next; the rest waits until it is mended."""
        now, tell = self.clock.now(), job.effect
        if isinstance(tell, Tell) and isinstance(tell.to, Aside):
            order = Order(now, replace(tell, to=Person(tell.to.id)))
            return await self.store.finish(job, now, error=str(no), orders=(order,))
        if no.reason == "revoked":
            self._silence(job, "revoked")
        orders = (*await self._tell_admins(job, no), *await self._another_way(job, no))
        if (no.reason == "gone" and _rings(job)) or job.planned < now - GIVEN_UP:
            log.error("job.given_up", job=job.id, recovery=job.recovery, error=str(no))
            return await self.store.finish(job, now, error=str(no), orders=orders)
        await self._put_off(job, MENDABLE, str(no), orders)
        return None

    async def _unknown(self, job: Job, error: Unknown) -> datetime | None:
        """Tries go on; after hours without an answer the admins hear that a message may not have arrived."""
        self._silence(job, "unknown")
        text = f"unknown: {error}"
        orders = await self._tell_admins(job, Undeliverable("refused", text)) if job.attempts == PATIENCE else ()
        wait = min(_backoff(job), RINGS_AGAIN) if _rings(job) else _backoff(job)
        return await self._hold(job, wait, text, orders, unsure=True)

    async def _failed(self, job: Job, error: Exception) -> None:
        """A fault of ours or a surprise: tried again, then handed to the admins with its text."""
        log.error("job.failed", job=job.id, recovery=job.recovery, attempts=job.attempts, exc_info=error)
        no = Undeliverable("refused", f"{type(error).__name__}: {error}")
        last = job.attempts >= PATIENCE
        told = await self._tell_admins(job, no) if last or (_rings(job) and job.attempts == PINGS_PATIENCE) else ()
        onward = await self._another_way(job, no) if job.attempts == PINGS_PATIENCE else ()
        if last:
            return await self.store.finish(job, self.clock.now(), error=str(no), orders=told)
        await self._put_off(job, _backoff(job), str(no), (*told, *onward), unsure=True)
        return None

    async def _another_way(self, job: Job, no: Undeliverable) -> tuple[Order, ...]:
        """Nobody else can be reached by this call: the ladder goes on at once. At its end the admins hear of it.

        Where we are not known any more there is no other way.
        """
        now, tell = self.clock.now(), job.effect
        if no.reason == "revoked" or not isinstance(tell, Tell) or tell.view not in {"ping", "unanswered"}:
            return ()
        recovery = await self.store.recovery(job.workspace, job.recovery)
        if not recovery or not engine.wanted(recovery, tell):
            return ()
        if tell.view == "unanswered":
            return await self._to_admins(job, replace(tell, slot=f"{tell.slot}/admins"))
        if not tell.wakes or await self.store.others_may_hear(job, _REASONS):
            return ()
        return (Order(now, Wake(now, LADDER, recovery.step or "", round=len(recovery.calls))),)

    async def _to_admins(self, job: Job, tell: Tell) -> tuple[Order, ...]:
        if await self.store.told(job.workspace, tell.slot, job.planned):
            return ()
        admins = self.service.people.organisation.admins_on(platform_of(job.workspace))
        others = [Person(admin) for admin in admins if Person(admin) != tell.to]
        return tuple(Order(self.clock.now(), replace(tell, to=admin)) for admin in others)

    async def _tell_admins(self, job: Job, no: Undeliverable) -> tuple[Order, ...]:
        organisation = self.service.people.organisation
        if isinstance(job.effect, Tell) and job.effect.view == "undelivered":
            return ()
        where = _where(job.effect.to, organisation) if isinstance(job.effect, Tell) else "-"
        now = self.clock.now()
        slot, before = periodic(f"undelivered/{no.reason}/{where}", now, AGAIN_TOLD)
        log.error("delivery.fault", job=job.id, recovery=job.recovery, reason=no.reason, where=where)
        if any([await self.store.told(job.workspace, one, now - AGAIN_TOLD) for one in (slot, before)]):
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


def _rings(job: Job) -> bool:
    return isinstance(job.effect, Tell) and job.effect.wakes


def _backoff(job: Job) -> timedelta:
    return min(FIRST_WAIT * (1 << min(job.attempts - 1, 20)), LONGEST_WAIT)


def _where(to: To, organisation: Organisation) -> str:
    there = address(to, organisation)
    return there.channel or there.person
