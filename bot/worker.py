"""Due jobs out: Tell → view → send; Wake → service. One loop, one retry rule, and nothing is given up silently.

What goes to one receiver is a lane and keeps its order; lanes run side by side, none waits for another's platform.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import assert_never

import structlog

from bot.core.effects import Tell, Wake
from bot.delivery import Delivery, Gather, NotYet, Together
from bot.errors import NotSent
from bot.faults import Faults, Silence
from bot.people import platform_of
from bot.ports import Clock, Job, Platform, Store
from bot.service import Service

LEASE = timedelta(seconds=60)  # after a crash of the database what was in hand comes back, unsure
BATCH = 100  # jobs taken at once
LANES = 100  # receivers served at once
IDLE = timedelta(seconds=10)  # how long to sleep when nothing is known to be due
BREATH = 0.02  # seconds between two looks at what is due: what comes in meanwhile is taken in hand together
STUMBLE = timedelta(seconds=1)  # how long to wait when the database fails
DRAIN = timedelta(seconds=12)  # how long what is in hand may take at the end; one call of a platform takes up to 10
BEAT = timedelta(minutes=1)  # how long it may not have looked for work
LOUD = 3  # tries without an answer until that is told
BACK = timedelta(seconds=2)  # a clock that went back further was set, not corrected
log = structlog.get_logger()


class Worker:
    """Sends what is stored. Started once; `poke` says that there is something new."""

    def __init__(self, store: Store, clock: Clock, service: Service, platforms: Mapping[str, Platform]) -> None:
        self._store, self._clock, self._service = store, clock, service
        self._faults = Faults(store, clock, service)
        self._delivery = Delivery(store, clock, service, platforms)
        self._news = asyncio.Event()
        self._ending = False
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._held: dict[str, datetime] = {}  # lanes whose next message is not to be sent before
        self._latest = clock.now()
        self._beat: float | None = None  # when it last looked for work, by the loop's own clock

    def ailing(self) -> list[str]:
        """What is wrong with sending now, in words for a machine that watches."""
        stuck = self._beat is None or asyncio.get_running_loop().time() - self._beat > BEAT.total_seconds()
        silent = [f"{platform_of(one)}: {why.reason}" for one, why in self.silent.items() if why.tries >= LOUD]
        return [*(["the worker does not loop"] if stuck else []), *silent]

    @property
    def silent(self) -> Mapping[str, Silence]:
        """Workspaces where nothing can be sent now, and why."""
        return self._faults.silent

    def poke(self) -> None:
        self._news.set()

    async def run(self) -> None:
        """Until `stop`: what is in hand is finished, what is not waits on disk."""
        while not self._ending:
            self._news.clear()
            try:
                if await self._begin() < BATCH:
                    await self._sleep()
                    await self._breathe()
            except Exception:
                log.exception("worker.stumbled")
                await asyncio.sleep(STUMBLE.total_seconds())
        await self._drain()

    def stop(self) -> None:
        self._ending = True
        self._news.set()

    async def once(self) -> int:
        """Do what is due now, and wait for it; how many jobs were taken in hand."""
        begun = await self._begin()
        for error in await asyncio.gather(*self._busy.values(), return_exceptions=True):
            if isinstance(error, BaseException):
                raise error
        return begun

    async def next_due(self) -> datetime | None:
        """When there is something to do again; a lane that is held has nothing to do before."""
        held = self._holding(self._clock.now())
        due = await self._store.next_due({*self._busy, *held})
        return min((due, *held.values()) if due else held.values(), default=None)

    async def _begin(self) -> int:
        """Take in hand what is due and not in a lane that is; how many jobs."""
        now = await self._look_at_the_clock()
        if len(self._busy) >= LANES:
            await self._store.next_due()  # nothing to take in hand, but is the database there?
            self._beat = asyncio.get_running_loop().time()
            return 0
        lanes: dict[str, list[Job]] = defaultdict(list)
        jobs = await self._store.lease(now, now + LEASE, BATCH, {*self._busy, *self._holding(now)})
        self._beat = asyncio.get_running_loop().time()
        for job in jobs:
            lanes[job.lane].append(job)
        for lane, some in lanes.items():
            self._busy[lane] = asyncio.create_task(self._in_order(lane, some))
            self._busy[lane].add_done_callback(partial(self._ended, lane))
        return len(jobs)

    async def _look_at_the_clock(self) -> datetime:
        """The time. Where the clock was set back, what was due is due still and nobody is held by a time to come."""
        now = self._clock.now()
        if now < self._latest - BACK:
            log.warning("clock.set_back", seconds=(self._latest - now).total_seconds())
            await self._store.rewound(self._latest, now)
            self._held.clear()
            self._delivery.reset()
            self._latest = now
        self._latest = max(now, self._latest)
        return now

    def _holding(self, now: datetime) -> Mapping[str, datetime]:
        self._held = {lane: until for lane, until in self._held.items() if until > now}
        return self._held

    async def _sleep(self) -> None:
        due = await self.next_due() if len(self._busy) < LANES else None
        wait = min(due - self._clock.now(), IDLE) if due else IDLE
        try:
            await asyncio.wait_for(self._news.wait(), max(wait.total_seconds(), 0.001))
        except TimeoutError:
            return

    async def _breathe(self) -> None:
        """A lone message goes at once; of many, what comes in within a breath goes together."""
        loop = asyncio.get_running_loop()
        if not self._ending and self._beat is not None and (left := self._beat + BREATH - loop.time()) > 0:
            await asyncio.sleep(left)

    async def _drain(self) -> None:
        """What a platform does not answer in time is looked for at the next start."""
        if self._busy:
            _, late = await asyncio.wait(self._busy.values(), timeout=DRAIN.total_seconds())
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
            log.info("worker.drained", unfinished=len(late))

    def _ended(self, lane: str, task: asyncio.Task[None]) -> None:
        """Where the database failed, what was in hand comes back when its lease runs out, unsure."""
        del self._busy[lane]
        self._news.set()
        if not task.cancelled() and (error := task.exception()):
            log.error("worker.stumbled", exc_info=error)
            self._held[lane] = self._clock.now() + STUMBLE

    async def _in_order(self, lane: str, jobs: Sequence[Job]) -> None:
        """One after the other. Who waits for an earlier message to the same receiver waits as long as that."""
        waiting = sorted(jobs, key=_order)
        while waiting and not self._ending:
            try:
                done = await self._one(waiting[0], waiting[1:])
            except NotYet as wait:
                self._held[lane] = wait.until
                break
            waiting = [job for job in waiting if job.id not in done]
            if until := self._holding(self._clock.now()).get(lane):
                return await self._store.put_back(waiting, until)
        return await self._store.put_back(waiting)

    async def _one(self, job: Job, others: Sequence[Job]) -> set[int]:
        """Do this one; the ids of all that is done, or put off, with it."""
        done: tuple[Job, ...] = (job,)
        try:
            match job.effect:
                case Wake() as wake:
                    await self._service.elapsed(job, wake)
                    await self._store.finish(job, self._clock.now())
                case Tell() as tell:
                    done = await self._delivery.tell(job, tell, others)
                    await self._faults.none(job)
                case _:
                    assert_never(job.effect)
        except NotYet:
            raise
        except Gather as wait:
            await self._store.put_back((job,), wait.until, gathered=True)
        except Together as many:
            done = tuple(many.crowd)
            for one in many.crowd:
                await self._answer(one, many.error)
        except NotSent as error:
            await self._answer(job, error)
        except Exception as error:  # noqa: BLE001 - around one job: the error is kept on it
            await self._answer(job, error)
        return {one.id for one in done}

    async def _answer(self, job: Job, error: Exception) -> None:
        if until := await self._faults.answer(job, error):
            self._held[job.lane] = until
        self.poke()


def _order(job: Job) -> tuple[bool, datetime, int]:
    """What only changes a message goes last: a ping does not wait for it."""
    return isinstance(job.effect, Tell) and not job.effect.fresh, job.planned, job.id
