"""What handlers and timers bring: the one door to everything that can happen."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import structlog

from bot.asking import only_a_wish
from bot.cards import Form
from bot.changes import Changes
from bot.coaching import Coaching
from bot.core import engine
from bot.core.effects import Home, Person, Tell, To, Wake
from bot.core.events import Elapsed, Escalated, Event, HelpAsked, Recurred
from bot.core.hearing import Heard, alarm, hear
from bot.core.outage import KIND
from bot.core.playbook import Playbook
from bot.core.policy import HIGHEST
from bot.core.recovery import Recovery
from bot.core.refusing import barred
from bot.digests import DIGEST, Digests
from bot.errors import Rejected, Repeated
from bot.library import Library
from bot.mutes import MUTE, Mutes
from bot.outages import TIMERS, Outages
from bot.people import Mode, People, platform_of
from bot.ports import Change, Clock, Job, Order, Store
from bot.presses import LONGEST, Inputs, Press, meant, parted, written
from bot.privacy import Privacy
from bot.sources import Source
from bot.views import forms, home, mute, outage
from bot.views.stage import Stage

ONE_FAILURE = timedelta(days=30)  # a second one within this time follows the first (double deviation)
AGAIN = timedelta(minutes=15)  # an offer in a channel is not repeated to the same person within this time
log = structlog.get_logger()

__all__ = ["Service", "Source"]


class Service:
    """What handlers may ask for. Everything is on disk when a method returns; Rejected means nothing was stored."""

    def __init__(self, store: Store, clock: Clock, people: People, library: Library) -> None:
        self.people, self.library = people, library
        self.stage = Stage(store, clock, people, library)
        self.poke: Callable[[], None] = lambda: None  # the worker sets it: there is something to send
        self.privacy = Privacy(library.words, lambda: self.people.organisation.masks)
        poke = lambda: self.poke()  # noqa: E731, PLW0108 - as it will be set
        self._changes = Changes(store, clock, people, library, self.privacy, poke)
        self.coaching = Coaching(store, clock, library, self.privacy, poke)
        self.outages = Outages(store, clock, people, self.privacy, self.stage, poke)
        self.digests = Digests(store, clock, people, self.stage, poke)
        self.mutes = Mutes(store, clock, people, poke)
        self._store, self._clock = store, clock

    # What people write

    def sounds(self, channel: str, text: str) -> Heard | None:
        """For the door: what is to be kept of a channel message; `None` for ordinary talk. Never waits."""
        if self.people.organisation.mode(channel) == "off":
            return None
        return alarm(text, self.library.ears)

    async def heard(self, source: Source, text: str, heard: Heard) -> None:
        """A channel message sounds like an escalation: offer, or open at once, as the channel is set."""
        if only_a_wish(heard):
            return await self.coaching.wished(source, text)
        mode = self.people.organisation.mode(source.channel)
        since = self._clock.now() - AGAIN
        earlier = await self._store.heard_here(source.workspace, source.channel, source.person, since)
        if any(one.said == self._kept(text, heard) for one in earlier):
            return None  # the very same once more
        if _goes_on(heard, earlier):
            if mode != "open":
                return None
            mode = "offer"  # where everything begins at once, he is asked whether it is another customer
        return await self._begin(source, text, heard, mode)

    async def commanded(self, source: Source, text: str) -> None:
        """`/amends start carp: …`: a playbook's name may come first, the agent's own choice of method.

        The colon tells it from "last week's parcel"; a name alone needs none.
        """
        word, _, rest = text.partition(":")
        chosen = self.library.playbooks.get(word.strip().lower())
        await self.started(source, rest.strip() if chosen else text, chosen)

    async def started(self, source: Source, text: str, method: Playbook | None = None) -> None:
        """Somebody asked for coaching: by command, mention, shortcut or form."""
        if not text.strip() and source.private:
            raise Rejected("nothing-to-answer")
        await self._begin(source, text, self._weighed(text), "open", method)

    async def wrote(self, source: Source, text: str, recovery: str = "") -> None:
        """A private message: a question, a draft, or the answer that is asked for in a recovery's thread or in the
        only open one.
        """
        if not text.strip():
            raise Rejected("empty")
        mine = await self._store.open_for(source.workspace, source.person)
        if recovery:
            found = await self._store.recovery(source.workspace, recovery)
            mine = [found] if found else []
        if await self.coaching.took(source, text, mine):
            return
        if len(mine) > 1:
            raise Rejected("which-recovery")
        if mine:
            press = await self._press(source, "", "", {})
            await self._changes.make(source, mine[0].id, lambda now, playbook: written(text, press, now, playbook))
        elif (heard := self._weighed(text)).escalation:
            await self._begin(source, text, heard, "offer")
        else:
            raise Rejected("nothing-to-answer")

    async def about(self, source: Source, ref: str) -> str:
        """The recovery that a message of ours belongs to; empty when it is none."""
        return await self._store.about(source.workspace, ref) if ref else ""

    # What people press

    async def pressed(self, source: Source, action: str, value: str, inputs: Inputs | None = None) -> None:
        """A button, or a form with its inputs. Raises Rejected, with `fields` when an input must be mended."""
        given = inputs or {}
        if action == home.START:
            await self.started(source, str(given.get("said", "")))
        elif action == forms.HELP:
            await self._helped(source, str(given.get("said", "")))
        elif action in forms.FORMS:
            await self.coaching.pressed(source, action, str(given.get("said", "")))
        elif action in mute.ACTIONS:
            await self.mutes.pressed(source, action, given)
        elif action in outage.VERBS:
            await self.outages.pressed(source, action, value, given)
        elif action == home.LANGUAGE:
            await self.speak(source, str(given.get("lang", "")), str(given.get("zone", "")))
        else:
            book, step, verb = parts if len(parts := action.split("/")) == 3 else ("", "", "")  # noqa: PLR2004
            press = replace(await self._press(source, step, verb, given), playbook=book)
            methods = {book.id: book.version for book in self.library.playbooks.values()}
            await self._changes.make(source, value, lambda now, playbook: meant(press, now, playbook, methods))

    async def form(self, source: Source, action: str, value: str) -> Form:
        """The form behind a button, filled with what is known. Raises Rejected when it is no longer offered."""
        if action in {home.START, home.LANGUAGE, mute.MUTE, *forms.FORMS}:
            scene = await self.stage.scene(source.workspace, source.person)
            if action == mute.MUTE:
                return mute.form(scene)
            if action in forms.FORMS:
                return forms.FORMS[action](replace(scene, args={"topic": value}))
            return home.start_form(scene) if action == home.START else home.language_form(scene)
        if action in outage.VERBS:
            return await self.outages.form(source, action, value)
        try:
            return await self.stage.form(source.workspace, source.person, action, value)
        except Rejected as no:
            if barred(no) and (now := await self._store.recovery(source.workspace, value)):
                await self._changes.barred(source, now, parted(action.rpartition("/")[2])[0], no)
            raise

    # What people ask for

    async def show(self, source: Source, view: str, **args: str) -> None:
        """A page about himself: home, list, help."""
        to: To = Home(source.person) if view == "home" else source.back
        slot = "home" if view == "home" else f"{view}/{source.seen}"
        await self._orders(source, (Tell(to, view, slot, args),))

    async def speak(self, source: Source, lang: str, zone: str = "") -> None:
        """He chooses the language that he is spoken to in, and his time zone ("sv" or "sv europe/stockholm")."""
        lang, _, rest = lang.partition(" ")
        zone = self.people.zone_named(zone or rest)
        known = self.library.words.languages
        if lang not in known:
            raise Rejected("unknown-language", languages=", ".join(known))
        await self.people.speak(source.workspace, source.person, lang, zone)
        mine = await self._store.open_for(source.workspace, source.person)
        await self._orders(source, (Tell(source.back, "language", f"language/{source.seen}"),))
        for recovery in mine:
            card = Order(self._clock.now(), Tell(Person(source.person), "card", "card"))
            await self._store.commit(Change(source.workspace, orders=(card,), about=recovery.id))
        self.poke()

    async def politely(self, source: Source, doing: Awaitable[None], value: str = "") -> None:
        """Do it; a Rejected becomes a private no, a repeat nothing."""
        try:
            await doing
        except Repeated:
            log.info("event.repeated", seen=source.seen)
        except Rejected as no:
            await self.refuse(source, no, value)

    async def refuse(self, source: Source, no: Rejected, value: str = "") -> None:
        args = {"key": no.key, **{key: str(arg) for key, arg in no.args_for_words.items()}}
        if no.fields:
            args["fields"] = ", ".join(sorted(no.fields))
        known = await self._store.recovery(source.workspace, value) if value and source.private else None
        tell = Tell(source.back, "no", f"no/{source.seen}", args, under="card" if known else "")
        try:
            await self._orders(source, (tell,), about=known.id if known else "")
        except Repeated:
            log.info("event.repeated", seen=source.seen)

    async def elapsed(self, job: Job, wake: Wake) -> None:
        """A timer came due. Twice is once."""
        if wake.timer in TIMERS:
            return await self.outages.elapsed(job, wake)
        if wake.timer == MUTE:
            return await self.mutes.elapsed(job, wake)
        if wake.timer == DIGEST:
            return await self.digests.elapsed(job, wake)
        source = Source(job.workspace, "", f"job/{job.id}")
        try:
            if event := await self._came(job, wake):
                await self._changes.make(source, job.recovery, lambda _now, _playbook: event)
        except Repeated:
            log.info("event.repeated", seen=source.seen)

    async def _came(self, job: Job, wake: Wake) -> Event | None:
        """The event that a timer brings; `None` when there is nothing to it."""
        now = self._clock.now()
        match wake.timer:
            case engine.OUTAGE:
                return await self.outages.news(job)
            case engine.AGAIN:
                earlier = await self._store.earlier(job.workspace, job.recovery, wake.step, now - ONE_FAILURE)
                return Recurred(now, wake.step, earlier) if earlier else None
            case _:
                return Elapsed(now, wake.timer, wake.step, wake.round, wake.mark)

    async def mended(self, workspace: str, reason: str) -> None:
        """What waited for this may go now (the bot was invited, a token set)."""
        if await self._store.release(workspace, reason, self._clock.now()):
            self.poke()

    # How

    def _kept(self, text: str, heard: Heard) -> str:
        return self.privacy.text(text[:LONGEST], heard.lang)

    async def _begin(self, source: Source, text: str, heard: Heard, mode: Mode, method: Playbook | None = None) -> None:
        team = self.people.organisation.team_of(source.person, source.channel, platform_of(source.workspace))
        playbook = method or self.library.playbooks[team.method(heard.kind)]
        event = Escalated(
            at=self._clock.now(),
            by=source.person,
            workspace=source.workspace,
            id=secrets.token_hex(5),
            playbook=playbook.id,
            playbook_version=playbook.version,
            team=team.id,
            channel="" if source.private else source.channel,
            said=self._kept(text, heard),
            lang=heard.lang,
            link=source.link,
            severity=max(heard.severity, 1),
            kind=heard.kind,
            reasons=heard.reasons,
            offered=mode == "offer",
            policy=team.policy(max(heard.severity, 1)),
        )
        outcome = engine.start(event, playbook)
        if event.offered and source.private:
            outcome = await self.coaching.advised(source, outcome, text)
        await self._changes.keep(source, 0, event, outcome)

    def _weighed(self, text: str) -> Heard:
        """What an agent tells us himself: heard, and as grave as the coach knows it to be."""
        return self.coaching.asking.weighed(text, hear(text, self.library.ears))

    async def _helped(self, source: Source, why: str) -> None:
        """A supervisor is wanted and nothing is open: begin, and ask at once."""
        if not why.strip():
            raise Rejected("form", {"said": "no-field-required"})
        heard, since = self._weighed(why), self._clock.now() - AGAIN
        mine = await self._store.open_for(source.workspace, source.person)
        said = self._kept(why, heard)
        if not any(one.said == said and one.opened_at > since for one in mine):  # else he pressed twice in a hurry
            with suppress(Repeated):  # begun by an earlier delivery of this press
                await self._begin(source, why, heard, "open")
            mine = await self._store.open_for(source.workspace, source.person)
        if mine and not mine[-1].calls:
            again, asked = replace(source, seen=f"{source.seen}/help"), HelpAsked(self._clock.now(), source.person, why)
            await self._changes.make(again, mine[-1].id, lambda _now, _book: asked)

    async def _press(self, source: Source, step: str, verb: str, inputs: Inputs) -> Press:
        voice = await self.people.voice(source.workspace, source.person)
        name, mark = parted(verb)
        return Press(self._clock.now(), source.person, step, name, inputs, voice.zone, mark=mark)

    async def _orders(self, source: Source, tells: tuple[Tell, ...], about: str = "") -> None:
        orders = tuple(Order(self._clock.now(), tell) for tell in tells)
        await self._store.commit(Change(source.workspace, source.seen, orders=orders, about=about))
        self.poke()


def _goes_on(heard: Heard, earlier: Sequence[Recovery]) -> bool:
    """Does he only go on about what was heard a moment ago? What is urgent may be somebody else: a ping too many
    beats a lost one. Of an outage he may have a second customer, so that two agents are enough to find one.
    """
    if heard.severity >= HIGHEST:
        return False
    if heard.kind == KIND and sum(one.kind == KIND for one in earlier) == 1:
        return False
    return any(heard.severity <= one.severity for one in earlier)
