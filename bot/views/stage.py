"""Collects what a view needs: the recovery, its playbook, the reader's voice, and the names in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.cards import Card, Form
from bot.core.effects import Aside, Channel, Home, Person, Team, Tell
from bot.core.morning import PERIOD, Morning, bounds, morning
from bot.core.outage import KIND, Outage
from bot.core.recovery import OWNER, Recovery, asking
from bot.errors import Rejected
from bot.library import Library
from bot.people import People, platform_of
from bot.ports import Clock, Store
from bot.presses import ALLOWING, PREVENTING, SUPERVISING, parted
from bot.views import Scene, coach, show
from bot.views.scene import Case

_NAMED = ("who", "to")  # arguments that hold a person
_MINE = ("home", "list")  # views that show the reader's own open recoveries
_DRAFTS = ("review",)  # views that look at a draft


class Stage:
    """Turns a Tell into the card that its reader gets now."""

    def __init__(self, store: Store, clock: Clock, people: People, library: Library) -> None:
        self._store, self._clock, self._people, self._library = store, clock, people, library

    async def card(self, workspace: str, tell: Tell, key: str) -> Card:
        """The view as things stand now. `key` is the recovery, or empty for a page about the reader."""
        match tell.to:
            case Team():
                scene = await self.scene(workspace, "", key, tell.args, team=tell.to.id)
            case Channel():
                about = await self._store.recovery(workspace, key) or await self._store.outage(workspace, key)
                scene = await self.scene(workspace, "", key, tell.args, team=about.team if about else "")
            case Person() | Aside() | Home():
                mine = tell.view in _MINE
                scene = await self.scene(workspace, tell.to.id, key, tell.args, mine=mine)
                scene = coach.reviewed(scene, self._library.ears, self._library.eyes) if tell.view in _DRAFTS else scene
                if tell.view == "digest":
                    scene = await self._in_the_morning(workspace, scene)
                if tell.view == "mute-over":
                    scene = await self._crowded(workspace, scene, await self._missed(workspace, tell))
            case _:
                raise TypeError(f"{tell.view}: admins are told one by one")
        return show(tell.view, scene)

    async def storm(self, workspace: str, person: str, keys: Sequence[str], view: str = "ping") -> Card:
        """Several alike in one message, as things stand now; alone each would be a `view`."""
        scene = await self.scene(workspace, person, keys[0], {"view": view})
        return show("storm", await self._crowded(workspace, scene, keys))

    async def morning(self, workspace: str, person: str) -> Morning:
        """What his teams have open, promised and completed."""
        at, teams = self._clock.now(), self._people.organisation.supervised(person, platform_of(workspace))
        zone = teams[0].zone if teams else "UTC"
        first, following = bounds(at, zone)
        some = await self._store.digested(workspace, [team.id for team in teams], first - PERIOD, following)
        return morning(some, at, zone)

    async def _in_the_morning(self, workspace: str, scene: Scene) -> Scene:
        now = await self.morning(workspace, scene.reader)
        told = (*now.open, *(one.recovery for one in (*now.overdue, *now.today, *now.prevention)))
        names = await self._people.names(workspace, [one for recovery in told for one in _people_in(recovery)])
        return replace(scene, morning=now, names=names)

    async def _crowded(self, workspace: str, scene: Scene, keys: Sequence[str]) -> Scene:
        found = [await self._store.recovery(workspace, key) for key in keys]
        crowd = [await self._case(one) for one in found if one]
        names = await self._people.names(workspace, [one for case in crowd for one in _people_in(case.recovery)])
        return replace(scene, names=names, crowd=tuple(crowd))

    async def _missed(self, workspace: str, tell: Tell) -> Sequence[str]:
        """What a muted supervisor was to be pinged for."""
        since, until = (datetime.fromisoformat(tell.args[name]) for name in ("since", "until"))
        person = tell.to.id if isinstance(tell.to, Person) else ""
        return await self._store.pinged(workspace, person, since, until)

    async def _muted(self, workspace: str, person: str) -> datetime | None:
        mute = await self._store.mute(workspace, person)
        return mute.until if mute and mute.until > self._clock.now() else None

    async def form(self, workspace: str, person: str, action: str, key: str) -> Form:
        """The form with this action on the agent's live card. Raises Rejected when the card no longer has it."""
        scene = await self.scene(workspace, person, key)
        if scene.case_ is None:
            raise Rejected("unknown-recovery")
        now = scene.recovery
        verb, _ = parted(action.rpartition("/")[2])
        if verb in SUPERVISING | ALLOWING and not now.may_answer(person):
            raise Rejected("not-supervisor")
        supervises = verb in SUPERVISING or (now.may_answer(person) and verb == "reopen")
        view = "approval" if verb in ALLOWING else "ping" if supervises else "card"
        view = "prevention" if verb in PREVENTING else view
        if form := show(view, scene).form(action):
            return form
        raise _no_longer(now, person, action)

    async def scene(
        self,
        workspace: str,
        reader: str,
        key: str = "",
        args: Mapping[str, str] | None = None,
        *,
        team: str = "",
        mine: bool = False,
    ) -> Scene:
        recovery = await self._store.recovery(workspace, key) if key else None
        outage = await self._outage(workspace, key, recovery)
        args = args or {}
        voice = (
            self._people.team_voice(team)
            if team
            else await self._people.voice(workspace, reader, recovery.team if recovery else "")
        )
        named = [one for name in _NAMED for one in args.get(name, "").split()] + (
            _people_in(recovery) if recovery else []
        )
        named += [reader, outage.by, outage.closed_by, *outage.asked] if outage else []
        similar = await self._similar(workspace, args.get("similar", ""))
        named += [one for case in similar for one in _people_in(case.recovery)]
        return Scene(
            voice=voice.of(recovery.playbook) if recovery else voice,
            reader=reader,
            case_=await self._case(recovery) if recovery else None,
            names=await self._people.names(workspace, named),
            args=args,
            mine=await self._mine(workspace, reader) if mine else (),
            languages=self._library.words.languages,
            similar=similar,
            methods=self._library.methods(voice.lang),
            platform=platform_of(workspace),
            supervises=bool(mine and self._people.organisation.supervised(reader, platform_of(workspace))),
            muted_until=await self._muted(workspace, reader) if mine else None,
            outage=outage,
            alike=await self._alike(outage) if outage and not recovery else (),
        )

    async def _outage(self, workspace: str, key: str, recovery: Recovery | None) -> Outage | None:
        """What a recovery is part of, or what `key` is itself."""
        if recovery is None:
            return await self._store.outage(workspace, key) if key else None
        return await self._store.outage(workspace, recovery.outage) if recovery.outage else None

    async def _alike(self, outage: Outage) -> tuple[Recovery, ...]:
        """Its recoveries, also those that will be in a moment."""
        some = await self._store.alike(outage.workspace, outage.team, KIND, outage.first)
        return tuple(one for one in some if one.outage == outage.id or (outage.live and not one.outage))

    async def _similar(self, workspace: str, ids: str) -> tuple[Case, ...]:
        found = [await self._store.recovery(workspace, one) for one in ids.split()]
        return tuple([await self._case(one) for one in found if one])

    async def _mine(self, workspace: str, reader: str) -> tuple[Case, ...]:
        return tuple([await self._case(one) for one in await self._store.open_for(workspace, reader)])

    async def _case(self, recovery: Recovery) -> Case:
        playbook = await self._library.at(recovery.playbook, recovery.playbook_version, self._store)
        return Case(recovery, playbook)


def _no_longer(now: Recovery, person: str, action: str) -> Rejected:
    """Why a form is not offered any more."""
    book, step, verb = (*parted(action)[0].split("/"), "", "")[:3]
    match verb:
        case _ if now.status == "closed":
            return Rejected("late-closed")
        case _ if now.status == "dropped":
            return Rejected("late-dropped", who=now.dropped_by)
        case _ if verb in PREVENTING:
            return Rejected("late-prevented")
        case _ if verb in ALLOWING and asking(now):
            return Rejected("late-question")
        case _ if verb in ALLOWING:
            return Rejected("late-allowed", who=now.approval.decided_by if now.approval else "")
        case "reopen" if now.live:
            return Rejected("late-reopened")
        case _ if verb in SUPERVISING and now.acknowledged_by:
            return Rejected("late-taken", who=now.acknowledged_by)
        case _ if person != now.agent:
            return Rejected("not-yours", who=now.agent)
        case "switch" if book == now.playbook:
            return Rejected("late-method")
        case _:
            return Rejected("unknown-step" if step == now.step or book != now.playbook else "late-step")


def _people_in(recovery: Recovery) -> list[str]:
    owners = [recovery.answers.get(name) for name in ("owner", OWNER)]
    return [
        recovery.agent,
        recovery.acknowledged_by,
        recovery.dropped_by,
        *recovery.pinged,
        *(call.by for call in recovery.calls),
        *recovery.agents_before,
        *_allowing(recovery),
        *(one for one in owners if isinstance(one, str)),
    ]


def _allowing(recovery: Recovery) -> list[str]:
    approval = recovery.approval
    return (
        [approval.by, approval.decided_by, *(one for people in approval.rounds for one in people)] if approval else []
    )
