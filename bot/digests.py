"""One message a supervisor each working morning, when there is something to say. Once a day, whatever happens."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.core.effects import Person, Tell, Wake
from bot.core.hours import begins, tomorrow
from bot.errors import Rejected, Repeated
from bot.people import People, TeamSettings, platform_of
from bot.ports import Change, Clock, Job, Order, Store
from bot.sources import Source
from bot.views.stage import Stage

DIGEST = "digest"  # the timer; its step is the supervisor, its mark the day


class Digests:
    """Planned at start, and by each one for the next."""

    def __init__(self, store: Store, clock: Clock, people: People, stage: Stage, poke: Callable[[], None]) -> None:
        self._store, self._clock, self._people, self._stage, self._poke = store, clock, people, stage, poke

    async def plan(self, workspace: str) -> None:
        """For everybody who may be pinged there; today's, though late, if it was not planned yet."""
        platform = platform_of(workspace)
        teams = (team for team in self._people.organisation.teams if team.platform in {"", platform})
        for person in sorted({person for team in teams for person in team.supervisors}):
            await self._plan(workspace, person)

    async def elapsed(self, job: Job, wake: Wake) -> None:
        """It is morning; after a long night it may be another one."""
        person, at = wake.step, self._clock.now()
        team = self._team(job.workspace, person)
        if team is None:
            return
        if wake.mark == _day(team, at).isoformat():
            if await self._stage.morning(job.workspace, person):
                order = Order(at, Tell(Person(person), "digest", f"digest/{wake.mark}"))
                await self._once(job.workspace, f"digest/{person}/{wake.mark}/told", order)
            await self._plan(job.workspace, person, tomorrow(team.working, at, team.zone))
        else:
            await self._plan(job.workspace, person)

    async def shown(self, source: Source) -> None:
        """The same, asked for. Raises Rejected for who has no team to look after."""
        if self._team(source.workspace, source.person) is None:
            raise Rejected("today-supervisors")
        tell = Tell(source.back, "digest", f"digest/{source.seen}")
        await self._store.commit(Change(source.workspace, source.seen, orders=(Order(self._clock.now(), tell),)))
        self._poke()

    async def _plan(self, workspace: str, person: str, start: datetime | None = None) -> None:
        """The next one: at `start`, else today's, else the next day's on which there is work."""
        at, team = self._clock.now(), self._team(workspace, person)
        if team is None:
            return
        start = start or begins(team.working, _day(team, at), team.zone) or tomorrow(team.working, at, team.zone)
        day = _day(team, start).isoformat()
        wake = Wake(max(start, at), DIGEST, person, mark=day, pierces=True)
        await self._once(workspace, f"digest/{person}/{day}", Order(wake.at, wake))

    async def _once(self, workspace: str, seen: str, order: Order) -> None:
        with suppress(Repeated):
            await self._store.commit(Change(workspace, seen, orders=(order,)))
            self._poke()

    def _team(self, workspace: str, person: str) -> TeamSettings | None:
        """Whose morning it is: the first team he looks after."""
        return next(iter(self._people.organisation.supervised(person, platform_of(workspace))), None)


def _day(team: TeamSettings, at: datetime) -> date:
    return at.astimezone(ZoneInfo(team.working.zone if team.working else team.zone)).date()
