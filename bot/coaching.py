"""Answers to the agent alone: advice, a review of his draft. What he asked is not kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.asking import Asking, only_a_wish
from bot.core.effects import Person, Tell, periodic
from bot.core.hearing import Heard, hear
from bot.core.recovery import Outcome, Recovery, missing
from bot.errors import Rejected
from bot.library import Library
from bot.ports import Change, Clock, Order, Store
from bot.privacy import Privacy
from bot.sources import Source
from bot.views import forms
from bot.views.scene import Case

LONGEST = 2_000  # characters of a message that was not heard: the ear listens to no more
AGAIN = timedelta(minutes=15)  # advice that nobody asked for is not repeated to the same person within this time


class Coaching:
    """What Service asks when somebody asks."""

    def __init__(
        self, store: Store, clock: Clock, library: Library, privacy: Privacy, poke: Callable[[], None]
    ) -> None:
        self._store, self._clock, self._library, self._privacy, self._poke = store, clock, library, privacy, poke
        self.asking = Asking(store, library)

    async def pressed(self, source: Source, action: str, text: str) -> None:
        """One of the forms of `bot.views.forms`."""
        match action:
            case forms.ASK:
                await self.asked(source, text)
            case forms.DRAFT:
                await self.drafted(source, text)
            case _:
                await self.missed(source, text)

    async def asked(self, source: Source, text: str, case: Case | None = None) -> None:
        """At most one card: what to say now."""
        if not text.strip():
            raise Rejected("ask-empty")
        case = case or await self._only(source)
        tell = await self.asking.advice(source.workspace, source.back, f"advice/{source.seen}", text, case)
        await self._tell(source, tell, case)

    async def drafted(self, source: Source, text: str) -> None:
        """What is good and weak in a draft; it is forgotten as soon as he has been told."""
        tell = self.asking.review(source.back, f"review/{source.seen}", self._privacy.text(text.strip()))
        await self._tell(source, tell, await self._only(source))

    async def missed(self, source: Source, text: str) -> None:
        """Somebody says that this should have been heard: kept, for a person who looks at the signals."""
        if not text.strip():
            raise Rejected("empty")
        lang = hear(text, self._library.ears).lang
        said = self._privacy.text(text[:LONGEST], lang)
        await self._store.keep_missed(source.workspace, f"{source.seen}/missed", self._clock.now(), said)
        await self._tell(source, Tell(source.back, "missed", f"missed/{source.seen}"), None)

    async def wished(self, source: Source, text: str) -> None:
        """A channel message asks for a discount and nothing failed: advice aside, once in a while."""
        at = self._clock.now()
        slot, before = periodic(f"wish/{source.channel}/{source.person}", at, AGAIN)
        if not any([await self._store.told(source.workspace, one, at - AGAIN) for one in (slot, before)]):
            await self._tell(source, await self.asking.advice(source.workspace, source.back, slot, text), None)

    async def took(self, source: Source, text: str, mine: Sequence[Recovery]) -> bool:
        """A private message that is a question, or a draft that nobody waits for, is answered; `False` for others."""
        case = await self._case(mine[0]) if len(mine) == 1 else None
        heard = hear(text, self._library.ears)
        if self.asking.is_question(text) or (not mine and self._situation(text, heard)):
            await self.asked(source, text, case)
        elif not (case and _takes_text(case)) and self.asking.is_draft(text):
            await self.drafted(source, text)
        else:
            return False
        return True

    async def advised(self, source: Source, outcome: Outcome, text: str) -> Outcome:
        """The offer of a recovery, with what to say at once on the same card."""
        now, to = outcome.recovery, Person(source.person)
        advice = await self.asking.advice(source.workspace, to, "offer", text, await self._case(now))
        effects = (advice if isinstance(one, Tell) and one.view == "offer" else one for one in outcome.effects)
        return replace(outcome, effects=tuple(effects))

    def _situation(self, text: str, heard: Heard) -> bool:
        """Something that advice fits and that opens no recovery."""
        return bool(self.asking.topic(text, heard)) and (only_a_wish(heard) or not heard.escalation)

    async def _only(self, source: Source) -> Case | None:
        """The recovery this is about: his only open one."""
        mine = await self._store.open_for(source.workspace, source.person)
        return await self._case(mine[0]) if len(mine) == 1 else None

    async def _case(self, now: Recovery) -> Case:
        return Case(now, await self._library.at(now.playbook, now.playbook_version, self._store))

    async def _tell(self, source: Source, tell: Tell, case: Case | None) -> None:
        order = Order(self._clock.now(), replace(tell, under="card" if case and source.private else ""))
        about = case.recovery.id if case else ""
        await self._store.commit(Change(source.workspace, source.seen, orders=(order,), about=about))
        self._poke()


def _takes_text(case: Case) -> bool:
    """Does the step wait for something that can be written?"""
    step = case.step
    field = step.field(next(iter(missing(step, case.recovery.answers)), "")) if step else None
    return field is not None and not field.stamp and field.kind not in {"choice", "many", "person"}
