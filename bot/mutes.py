"""Muted for a while: pings that may wait do not ring, go on to the next at once, and are shown when it is over."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from bot.core import language
from bot.core.effects import Home, Person, Tell, Wake
from bot.core.hours import tomorrow
from bot.core.policy import HIGHEST
from bot.core.recovery import LADDER, Recovery
from bot.errors import Rejected, Repeated
from bot.outages import onward
from bot.people import People, platform_of
from bot.ports import Change, Clock, Job, Mute, Order, Store
from bot.presses import Inputs
from bot.sources import Source
from bot.views import mute as cards

MUTE = "mute"  # the timer that ends it
MAY_WAIT = frozenset({"ping", "still", "late", "asked", "recurs", "support", "outage"})  # an approval may not
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(hours=24)
UNITS = {  # the words for a length of time, in playbooks/supervising
    "mute-minutes": timedelta(minutes=1),
    "mute-hours": timedelta(hours=1),
    "mute-two-hours": timedelta(hours=2),
}
_FOR = re.compile(r"(\d{1,4})?\s*(\D+)")  # "15m", "2 timmar", "ساعة"


class Mutes:
    """What Service and the worker ask when somebody wants quiet."""

    def __init__(self, store: Store, clock: Clock, people: People, poke: Callable[[], None]) -> None:
        self._store, self._clock, self._people, self._poke = store, clock, people, poke

    async def pressed(self, source: Source, action: str, inputs: Inputs) -> None:
        """From his own page."""
        if action == cards.UNMUTE:
            await self.unmute(source)
        else:
            await self.mute(source, str(inputs.get("for", "")))

    async def mute(self, source: Source, text: str) -> None:
        """`15m`, `1h` or `tomorrow`. Raises Rejected for anything else, and for who is never pinged."""
        if not self._people.organisation.supervised(source.person, platform_of(source.workspace)):
            raise Rejected("mute-supervisors")
        at = self._clock.now()
        until = await self._until(source, text.strip().lower(), at)
        slot, mark = f"mute/{until.isoformat()}", until.isoformat()
        tell = Tell(source.back, "muted", slot, {"until": mark})
        wake = Wake(until, MUTE, source.person, mark=mark, pierces=True)
        await self._keep(source, Mute(source.person, at, until), tell, wake)

    async def unmute(self, source: Source) -> None:
        """It is over now; what waited rings."""
        at, mute = self._clock.now(), await self.of(source.workspace, source.person)
        if mute is None:
            raise Rejected("not-muted")
        over = Mute(source.person, mute.since, at)
        await self._keep(source, over, Wake(at, MUTE, source.person, mark=at.isoformat(), pierces=True))

    async def elapsed(self, job: Job, wake: Wake) -> None:
        """It is over: what waited rings, and what he missed is shown."""
        mute = await self._store.mute(job.workspace, wake.step)
        if mute is None or mute.until.isoformat() != wake.mark:
            return  # he chose another end since
        args = {"since": mute.since.isoformat(), "until": wake.mark}
        tells = (Tell(Person(mute.person), "mute-over", f"mute/{wake.mark}/over", args), _page(mute.person))
        orders = tuple(Order(self._clock.now(), tell) for tell in tells)
        with suppress(Repeated):
            await self._store.commit(Change(job.workspace, f"job/{job.id}", orders=orders))
        await self._store.release(job.workspace, "muted", self._clock.now())
        self._poke()

    async def of(self, workspace: str, person: str) -> Mute | None:
        """His mute, while it lasts."""
        mute = await self._store.mute(workspace, person)
        return mute if mute and mute.until > self._clock.now() else None

    async def holds(self, job: Job, tell: Tell, now: Recovery | None) -> datetime | None:
        """Until when this does not ring; `None` when it may."""
        if not tell.wakes or tell.view not in MAY_WAIT or not isinstance(tell.to, Person):
            return None
        if now and now.severity >= HIGHEST:
            return None
        mute = await self.of(job.workspace, tell.to.id)
        return mute.until if mute else None

    async def instead(self, job: Job, tell: Tell, others: bool) -> tuple[Order, ...]:
        """Somebody else is asked at once, where there is somebody. `others`: they may hear of this call already."""
        at = self._clock.now()
        if tell.view == "outage":
            offered = await self._store.outage(job.workspace, job.recovery)
            wake = onward(offered, at) if offered else None
            return (Order(at, wake),) if wake else ()
        now = await self._store.recovery(job.workspace, job.recovery) if tell.view == "ping" else None
        number = int(tell.args.get("call", "0"))
        if now is None or others or number != len(now.calls):
            return ()
        muted = {one.person for one in await self._store.mutes(job.workspace, at)}
        if not now.policy.others(now.turn, at, now.agent, muted):
            return ()
        return (Order(at, Wake(at, LADDER, now.step or "", round=number)),)

    async def _until(self, source: Source, text: str, at: datetime) -> datetime:
        if language.words(text) in self._spelled("mute-tomorrow"):
            team, *_ = self._people.organisation.supervised(source.person, platform_of(source.workspace))
            return tomorrow(team.working, at, team.zone)
        found = _FOR.fullmatch(text)
        unit = next(
            (one for key, one in UNITS.items() if found and language.words(found[2]) in self._spelled(key)), None
        )
        wait = unit * int(found[1] or 1) if found and unit else None
        if wait is None or not SHORTEST <= wait <= LONGEST:
            raise Rejected("mute-how")
        return at + wait

    def _spelled(self, key: str) -> list[list[str]]:
        return [language.words(one) for one in self._people.words.spelled(key)]

    async def _keep(self, source: Source, mute: Mute, *effects: Tell | Wake) -> None:
        at = self._clock.now()
        orders = [Order(one.at if isinstance(one, Wake) else at, one) for one in (*effects, _page(source.person))]
        await self._store.commit(Change(source.workspace, source.seen, orders=tuple(orders), mute=mute))
        self._poke()


def _page(person: str) -> Tell:
    """His page says it too."""
    return Tell(Home(person), "home", "home", fresh=False)
