"""Many customers, one cause: a supervisor is asked once, and what he says every agent may say, until it is over."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta

import structlog

from bot.answers import read
from bot.cards import Form
from bot.core import outage
from bot.core.effects import Channel, Effect, Person, Tell, To, Wake, due
from bot.core.engine import OUTAGE
from bot.core.events import CLOCK, Informed
from bot.core.outage import ENOUGH, KIND, WINDOW, Outage, Verb, Word
from bot.core.playbook import Field
from bot.core.policy import WAIT, Asked
from bot.core.recovery import Recovery
from bot.errors import Conflict, Rejected, Repeated
from bot.people import People, platform_of
from bot.ports import Change, Clock, Job, Order, Parent, Store
from bot.presses import Inputs
from bot.privacy import Privacy
from bot.sources import Source
from bot.views import outage as cards
from bot.views.stage import Stage

OFFER, WORD = "outage-offer", "outage-word"  # timers: nobody answered the offer; the next word falls due
TIMERS = frozenset({OFFER, WORD})
LEAD, LATE = timedelta(minutes=5), timedelta(minutes=10)  # before the next word, whoever signs; after it, somebody else
TRIES = 3
SIGNED = 100  # characters of a name
BACK = timedelta(hours=18)  # a clock time before now: "11:32" at 12:05 was today, "23:50" at 00:10 was yesterday
_WHAT = Field("what", "long", required=True)
_FIELDS = (
    _WHAT,
    Field("since", "time", required=True),
    Field("safe", "text", required=True),
    Field("next", "time", required=True),
)
log = structlog.get_logger()


class Outages:
    """What Service asks when a recovery may be one of many."""

    def __init__(
        self, store: Store, clock: Clock, people: People, privacy: Privacy, stage: Stage, poke: Callable[[], None]
    ) -> None:
        self._store, self._clock, self._people = store, clock, people
        self._privacy, self._stage, self._poke = privacy, stage, poke

    # What time brings

    async def news(self, job: Job) -> Informed | None:
        """What its agent should hear now, if this recovery is part of an outage; else it is counted."""
        for _ in range(TRIES):
            now = await self._store.recovery(job.workspace, job.recovery)
            if now is None or not now.live:
                return None
            last = await self._last(now)
            if last and last.words and (last.status == "open" or last.id == now.outage):
                if not now.outage:
                    await self._keep(job.workspace, "", last, None, _copies(last))  # they are one more
                return Informed(self._clock.now(), last.id, last.words)
            with suppress(Conflict):  # another one was counted at the same moment
                await self._count(job, now, last)
                return None
        raise Conflict(job.recovery)

    async def elapsed(self, job: Job, wake: Wake) -> None:
        """The offer was not answered, or the next word falls due."""
        now = await self._store.outage(job.workspace, job.recovery)
        if now and wake.mark == _mark(wake.timer, now):
            with suppress(Repeated):
                await (self._unanswered(job, now) if wake.timer == OFFER else self._next_word(job, now, wake))

    # What supervisors press

    async def pressed(self, source: Source, action: str, key: str, inputs: Inputs) -> None:
        """One of the presses of `bot.views.outage`. Raises Rejected."""
        for _ in range(TRIES):
            now, verb = await self._store.outage(source.workspace, key), cards.VERBS.get(action)
            if now is None or verb is None:
                raise Rejected("unknown-step")
            with suppress(Conflict):
                return await self._press(source, verb, now, inputs)
        raise Conflict(key)

    async def form(self, source: Source, action: str, key: str) -> Form:
        """The form behind a button on his card. Raises Rejected when it is no longer offered."""
        scene, verb = await self._stage.scene(source.workspace, source.person, key), cards.VERBS.get(action)
        if scene.outage is None or verb is None:
            raise Rejected("unknown-step")
        outage.refuse(scene.outage, source.person, verb)
        if form := cards.outage(scene).form(action):
            return form
        raise Rejected("unknown-step")

    # How

    async def _last(self, now: Recovery) -> Outage | None:
        """The outage that it is part of, else the last one of its team."""
        if now.outage:
            return await self._store.outage(now.workspace, now.outage)
        return await self._store.last_outage(now.workspace, now.team)

    async def _count(self, job: Job, now: Recovery, last: Outage | None) -> None:
        """So many in so short a time, and nobody has said yet what it is: somebody is asked, once."""
        at = self._clock.now()
        if last and last.status == "offered":
            return await self._keep(job.workspace, "", last, None, _copies(last))
        since = max(at - WINDOW, last.closed_at) if last and last.closed_at else at - WINDOW
        alike = await self._store.alike(now.workspace, now.team, KIND, since)
        if len(alike) < ENOUGH:
            return None
        policy = self._people.organisation.team(now.team).policy(now.severity)
        admins = tuple(self._people.organisation.admins_on(platform_of(now.workspace)))
        asked = policy.next(0, at, "") or Asked(0, admins, "")
        event = outage.Offered(
            at=at,
            workspace=now.workspace,
            id=secrets.token_hex(5),
            team=now.team,
            first=alike[0].opened_at,
            policy=policy,
            asked=asked.people,
            channel=asked.channel,
            turn=asked.turn,
        )
        then = outage.replay((event,))
        return await self._keep(job.workspace, f"job/{job.id}", None, event, (*_asking(asked), _patience(then, at)))

    async def _unanswered(self, job: Job, now: Outage) -> None:
        """The next on the ladder is asked, once each; then the offer lapses."""
        at, seen = self._clock.now(), f"job/{job.id}"
        asked = now.policy.next(now.turn, at, "")
        if asked and asked.turn <= len(now.policy.levels):
            event = outage.Passed(at, asked.people, asked.channel, asked.turn)
            then = outage.apply(now, event)
            await self._keep(job.workspace, seen, now, event, (*_asking(asked), _patience(then, at)))
        elif at < now.offered_at + WINDOW:
            lapse = Wake(now.offered_at + WINDOW, OFFER, "", mark=_mark(OFFER, now), pierces=True)
            await self._keep(job.workspace, seen, now, None, (lapse,))
        else:
            await self._keep(job.workspace, seen, now, outage.Declined(at, CLOCK), _copies(now))

    async def _next_word(self, job: Job, now: Outage, wake: Wake) -> None:
        """Whoever signs is reminded before it falls due; when it is overdue, somebody else is asked as well."""
        at, seen, args = self._clock.now(), f"job/{job.id}", {"due": wake.mark}
        if wake.round == 1 and now.word and now.word.next_at:
            late = Wake(max(now.word.next_at, at) + LATE, WORD, "", 2, wake.mark, pierces=True)
            tell = Tell(Person(now.by), "outage", f"outage/due/{wake.mark}", args, wakes=True)
            await self._keep(job.workspace, seen, now, None, (tell, late))
        elif asked := now.policy.next(0, at, now.by):
            event = outage.Passed(at, asked.people, asked.channel, now.turn)
            tells = (Tell(to, "outage", f"outage/due/{wake.mark}", args, wakes=True) for to in _those(asked))
            await self._keep(job.workspace, seen, now, event, tuple(tells))

    async def _press(self, source: Source, verb: Verb, now: Outage, inputs: Inputs) -> None:
        at = self._clock.now()
        try:
            outage.refuse(now, source.person, verb)
        except Rejected as no:
            if no.key == "not-supervisor":
                with suppress(Repeated, Conflict):
                    seen = f"{source.seen}/barred"
                    await self._keep(source.workspace, seen, now, outage.Refused(at, source.person, verb), ())
            raise
        event = await self._event(source, verb, now, inputs)
        then = outage.apply(now, event)
        effects: list[Effect] = list(_copies(then))
        if source.person not in then.asked and then.status != "declined":
            effects.append(Tell(Person(source.person), "outage", "outage"))
        if then.status == "open" and then.word and then.word.next_at:
            soon = max(then.word.next_at - LEAD, at)
            effects.append(Wake(soon, WORD, "", mark=_mark(WORD, then), pierces=True))
        await self._keep(source.workspace, source.seen, now, event, tuple(effects))

    async def _event(self, source: Source, verb: Verb, now: Outage, inputs: Inputs) -> outage.Event:
        at, by = self._clock.now(), source.person
        match verb:
            case "declare":
                return outage.Declared(at, by, await self._word(source, inputs, _FIELDS))
            case "update":
                return outage.Updated(at, by, await self._word(source, inputs, _FIELDS))
            case "end":
                word = await self._word(source, inputs, (_WHAT,))
                since = now.word.since if now.word else now.first
                return outage.Ended(at, by, Word(word.what, since, "", None, word.signed))
            case _:
                return outage.Declined(at, by)

    async def _word(self, source: Source, inputs: Inputs, fields: tuple[Field, ...]) -> Word:
        """Every input read; all that is wrong with them is told at once."""
        at, voice = self._clock.now(), await self._people.voice(source.workspace, source.person)
        told: dict[str, str] = {}
        times: dict[str, datetime] = {}
        wrong: dict[str, str] = {}
        for field in fields:
            try:
                value = read(field, inputs.get(field.id, ""), at - BACK if field.id == "since" else at, voice.zone)
            except Rejected as no:
                wrong[field.id] = f"no-{no.key}"
                continue
            if isinstance(value, datetime):
                times[field.id] = value
            elif value:
                told[field.id] = self._privacy.text(str(value), voice.lang)
            else:
                wrong[field.id] = "no-field-required"
        if times.get("since", at) > at:
            wrong["since"] = "no-field-past"
        if "next" in times and times["next"] <= at:
            wrong["next"] = "no-field-future"
        if wrong:
            raise Rejected("form", wrong)
        name = (await self._people.profile(source.workspace, source.person)).name
        signed = self._privacy.text(str(inputs.get("signed", "")).strip(), voice.lang)[:SIGNED] or name
        return Word(told["what"], times.get("since", at), told.get("safe", ""), times.get("next"), signed)

    async def _keep(
        self, workspace: str, seen: str, was: Outage | None, event: outage.Event | None, effects: tuple[Effect, ...]
    ) -> None:
        """The event and what follows, and a word to every recovery that is part of it."""
        at = self._clock.now()
        now = _after(was, event)
        calendar = self._people.organisation.team(now.team).calendar
        orders = [Order(due(one, at, calendar, severe=False), one, now.id) for one in effects]
        if isinstance(event, outage.Declared | outage.Updated | outage.Ended):
            alike = await self._store.alike(workspace, now.team, KIND, now.first)
            news = Wake(at, OUTAGE, "", pierces=True)
            orders += [Order(at, news, one.id) for one in alike if one.live and one.outage in {"", now.id}]
        parent = Parent(now, was.version if was else 0, event) if event else None
        await self._store.commit(Change(workspace, seen, orders=tuple(orders), parent=parent))
        log.info("outage.kept", outage=now.id, type=type(event).__name__, version=now.version)
        self._poke()


def onward(now: Outage, at: datetime) -> Wake | None:
    """The next on the ladder is asked at once: whoever was asked cannot hear it now."""
    return Wake(at, OFFER, "", mark=_mark(OFFER, now), pierces=True) if now.status == "offered" else None


def _after(was: Outage | None, event: outage.Event | None) -> Outage:
    if was is None:
        return outage.replay((event,) if event else ())
    return outage.apply(was, event) if event else was


def _those(asked: Asked) -> tuple[To, ...]:
    return (*map(Person, asked.people), *((Channel(asked.channel),) if asked.channel else ()))


def _asking(asked: Asked) -> Iterator[Tell]:
    for to in _those(asked):
        yield Tell(to, "outage", "outage", wakes=True)


def _patience(now: Outage, at: datetime) -> Wake:
    """How long whoever is asked has to answer."""
    wait = now.policy.level(now.turn).wait if now.turn else WAIT
    return Wake(at + wait, OFFER, "", mark=_mark(OFFER, now))


def _copies(now: Outage) -> tuple[Tell, ...]:
    """Every card that stands somewhere says what is true now."""
    people: tuple[To, ...] = tuple(map(Person, dict.fromkeys((*now.asked, *((now.by,) if now.by else ())))))
    receivers = (*people, *map(Channel, now.channels))
    slots = ("outage", *((f"outage/due/{now.words - 1}",) if now.words > 1 else ()))
    return tuple(Tell(to, "outage", slot, fresh=False) for to in receivers for slot in slots)


def _mark(timer: str, now: Outage) -> str:
    """What a timer was set for: it is still true while this says the same."""
    if timer == OFFER and now.status == "offered":
        return f"turn {now.turn}"
    return str(now.words) if timer == WORD and now.status == "open" else "-"
