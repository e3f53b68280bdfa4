"""One event on one recovery: load, advance, commit. What is on disk when it returns is the whole of its effect."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from dataclasses import replace
from datetime import datetime
from typing import Any
from weakref import WeakValueDictionary
from zoneinfo import ZoneInfo

import structlog

from bot.core import engine
from bot.core.effects import Admins, Aside, Effect, Person, Tell, due
from bot.core.events import Allowed, Answered, Barred, Event, Money, Switched
from bot.core.hours import Calendar
from bot.core.playbook import Playbook
from bot.core.policy import HIGHEST
from bot.core.recovery import AMOUNT, Outcome, Recovery
from bot.core.refusing import barred
from bot.errors import Conflict, Rejected, Repeated
from bot.library import Library
from bot.people import People, platform_of
from bot.ports import Change, Clock, Order, Store
from bot.privacy import Privacy
from bot.sources import Source

TRIES = 3  # times a change is tried again when somebody else was faster
Meaning = Callable[[Recovery, Playbook], Event]
log = structlog.get_logger()


class Changes:
    """What Service asks when something happened to a recovery."""

    def __init__(
        self, store: Store, clock: Clock, people: People, library: Library, privacy: Privacy, poke: Callable[[], None]
    ) -> None:
        self._store, self._clock, self._people = store, clock, people
        self._library, self._privacy, self._poke = library, privacy, poke
        self._purses: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()

    async def make(self, source: Source, key: str, event: Meaning) -> None:
        """What it means is asked of the recovery as it stands. Raises Rejected, Repeated, or Conflict in the end."""
        for _ in range(TRIES):
            now = await self._store.recovery(source.workspace, key)
            if now is None:
                raise Rejected("unknown-recovery")
            playbook = await self._library.at(now.playbook, now.playbook_version, self._store)
            happened = self._privacy.event(event(now, playbook), playbook, now.lang)
            async with self._purse(happened, now):
                try:
                    return await self._advance(source, now, await self._spending(happened, now), playbook)
                except Conflict:
                    continue
        raise Conflict(key)

    async def keep(self, source: Source, was: int, event: Event, outcome: Outcome) -> None:
        """The event and all that follows from it, in one transaction; `was` is the version before."""
        now = outcome.recovery
        calendar, severe = self._people.organisation.team(now.team).calendar, now.severity >= HIGHEST
        orders = tuple(
            Order(due(effect, event.at, calendar, severe=severe), _timed(effect, event.at, calendar, severe=severe))
            for effect in self._addressed(source, outcome.effects)
        )
        await self._store.commit(Change(source.workspace, source.seen, now, was, event, orders))
        log.info("event.kept", recovery=now.id, type=type(event).__name__, version=now.version)
        self._poke()

    async def barred(self, source: Source, now: Recovery, tried: str, no: Rejected) -> None:
        """Who pressed what he may not is told no, and the journal keeps it."""
        event = Barred(self._clock.now(), source.person, tried, no.key)
        playbook = await self._library.at(now.playbook, now.playbook_version, self._store)
        if outcome := engine.advance(now, event, playbook):
            with suppress(Repeated, Conflict):  # told already; or it moved on meanwhile, and he is told all the same
                await self.keep(replace(source, seen=f"{source.seen}/barred"), now.version, event, outcome)

    async def _advance(self, source: Source, now: Recovery, event: Event, playbook: Playbook) -> None:
        if isinstance(event, Switched):
            playbook = self._library.playbooks[event.playbook]
        try:
            if outcome := engine.advance(now, event, playbook):
                await self.keep(source, now.version, event, outcome)
        except Rejected as no:
            if barred(no):
                await self.barred(source, now, type(event).__name__, no)
            raise

    def _addressed(self, source: Source, effects: Iterable[Effect]) -> Iterable[Effect]:
        """One message each for the admins; an aside to whoever just pressed takes the platform's way back to him."""
        for effect in effects:
            match effect:
                case Tell(to=Admins()):
                    for admin in self._people.organisation.admins_on(platform_of(source.workspace)):
                        yield replace(effect, to=Person(admin))
                case Tell(to=Aside() as aside) if source.reply_to and source.person == aside.id:
                    yield replace(effect, to=replace(aside, reply_to=source.reply_to))
                case _:
                    yield effect

    # Amounts

    def _purse(self, event: Event, now: Recovery) -> AbstractAsyncContextManager[Any]:
        """One amount of a person after the other, so that two at the same moment do not both fit his day."""
        if not _amount(event, now):
            return nullcontext()
        key = (now.workspace, event.by)
        lock = self._purses.get(key) or asyncio.Lock()
        self._purses[key] = lock
        return lock

    async def _spending(self, event: Event, now: Recovery) -> Event:
        """An event about an amount knows what its person decided alone today."""
        amount = _amount(event, now)
        if not amount or not isinstance(event, Answered | Allowed):
            return event
        today = event.at.astimezone(ZoneInfo(now.policy.zone)).replace(hour=0, minute=0, second=0, microsecond=0)
        spent = await self._store.spent(now.workspace, event.by, amount.currency, today, now.id)
        return replace(event, spent=spent)


def _timed(effect: Effect, at: datetime, calendar: Calendar, *, severe: bool) -> Effect:
    """Who asked for somebody hears when that is, where nobody may be woken now."""
    if not isinstance(effect, Tell) or effect.view != "help-coming":
        return effect
    rings = due(replace(effect, wakes=True), at, calendar, severe=severe)
    return replace(effect, args={**effect.args, "at": rings.isoformat()}) if rings > at else effect


def _amount(event: Event, now: Recovery) -> Money | None:
    """The amount that an event decides about, where there are limits; `None` for any other."""
    amount = None
    if isinstance(event, Answered):
        amount = event.values.get(AMOUNT)
    elif isinstance(event, Allowed) and now.approval:
        amount = event.amount or Money(now.approval.amount, now.approval.currency)
    return amount if now.policy.limits and isinstance(amount, Money) else None
