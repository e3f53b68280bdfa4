"""Who is who: team, role, supervisors, language and time zone, and how a reader is spoken to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot.core.hours import Calendar, Hours, Quiet
from bot.core.masking import KINDS
from bot.core.policy import Policy, plain
from bot.errors import NotSent, Rejected
from bot.ports import Clock, Platform, Profile, Store
from bot.texts import FALLBACK, Voice, Words

Mode = Literal["off", "offer", "open"]
MOST_KNOWN = 10_000  # profiles remembered


@dataclass(frozen=True, slots=True)
class TeamSettings:
    """One team of the organisation. `ladder`: supervisors in the order they are pinged where no policy is named;
    `policies`: by severity, 0 for every other; `playbooks`: by customer; `platform`: where its people are, empty for
    anywhere.
    """

    id: str
    recoveries: str
    ladder: tuple[str, ...]
    agents: frozenset[str] = frozenset()
    channels: Mapping[str, Mode] = field(default_factory=dict)
    language: str = FALLBACK
    zone: str = "UTC"
    wait: timedelta = timedelta(minutes=10)
    quiet: Quiet | None = None
    working: Hours | None = None
    policies: Mapping[int, Policy] = field(default_factory=dict)
    playbook: str = "recovery"
    playbooks: Mapping[str, str] = field(default_factory=dict)
    platform: str = ""

    @property
    def calendar(self) -> Calendar:
        """When its people may be woken."""
        return Calendar(self.working, self.quiet)

    def policy(self, severity: int) -> Policy:
        """Who is asked when something is as severe as that."""
        return self.policies.get(severity) or self.policies.get(0) or plain(self.ladder, self.wait)

    @property
    def supervisors(self) -> frozenset[str]:
        """Everybody who may ever be pinged for this team."""
        policies = (*self.policies.values(), plain(self.ladder))
        return frozenset(person for policy in policies for person in policy.people)

    def method(self, kind: str) -> str:
        """The playbook for a kind of customer, else the team's own."""
        return self.playbooks.get(kind, self.playbook)


@dataclass(frozen=True, slots=True)
class Organisation:
    """What amends.toml says. The first team is everybody's who is in no other; `masks`: what is never kept."""

    teams: tuple[TeamSettings, ...]
    admins: tuple[str, ...]
    listen: Mode = "offer"
    masks: frozenset[str] = frozenset(KINDS)

    def team(self, key: str) -> TeamSettings:
        return next((team for team in self.teams if team.id == key), self.teams[0])

    def team_of(self, person: str, channel: str = "", platform: str = "") -> TeamSettings:
        """Where the person is listed as agent, else whose channel it is, else the first team of his platform."""
        listed = (team for team in self.teams if person in team.agents)
        here = (team for team in self.teams if channel in team.channels or channel == team.recoveries)
        there = (team for team in self.teams if team.platform in {"", platform})
        return next(listed, None) or next(here, None) or next(there, None) or self.teams[0]

    def supervised(self, person: str, platform: str = "") -> tuple[TeamSettings, ...]:
        """The teams he may be pinged for."""
        there = (team for team in self.teams if team.platform in {"", platform})
        return tuple(team for team in there if person in team.supervisors)

    def admins_on(self, platform: str) -> tuple[str, ...]:
        """Who can be told there: an admin may be written with a team's platform in front, "platform:ID"."""
        known = {team.platform for team in self.teams}
        parted = [admin.partition(":") for admin in self.admins]
        whole = [("", head + sign + rest) if head not in known else (head, rest) for head, sign, rest in parted]
        return tuple(admin for there, admin in whole if there in {"", platform})

    def mode(self, channel: str) -> Mode:
        """How the bot listens in a channel; never in one where it posts completed recoveries."""
        for team in self.teams:
            if channel in team.channels:
                return team.channels[channel]
        return "off" if any(channel == team.recoveries for team in self.teams) else self.listen


def platform_of(workspace: str) -> str:
    """The platform, "slack", of a workspace, "slack:T01"."""
    return workspace.partition(":")[0]


class People:
    """Profiles: asked of the platform once, then kept; what a person chose himself stays."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        organisation: Organisation,
        words: Words,
        platforms: Mapping[str, Platform],
    ) -> None:
        self.organisation = organisation
        self.words = words
        self._store, self._clock, self._platforms = store, clock, platforms
        self._known: dict[tuple[str, str], Profile] = {}  # what the store holds: we alone write it

    async def profile(self, workspace: str, person: str) -> Profile:
        """What is known of him; his bare id for a name while the platform cannot be asked."""
        kept = await self._kept(workspace, person)
        if kept:
            return kept
        try:
            asked = await self._platforms[platform_of(workspace)].directory.profile(person)
        except NotSent:
            return Profile(person, person)
        await self._keep(workspace, asked)
        return asked

    async def met(self, workspace: str, profile: Profile) -> None:
        """The platform told us who he is, unasked; what he chose himself stays."""
        kept = await self._kept(workspace, profile.id)
        if kept is None or not (kept.chosen or kept == profile):
            await self._keep(workspace, profile)

    async def speak(self, workspace: str, person: str, lang: str, zone: str = "") -> None:
        """He chose his language, and perhaps his time zone, himself; his platform profile no longer decides."""
        known = await self.profile(workspace, person)
        await self._keep(workspace, replace(known, lang=lang, zone=zone or known.zone, chosen=True))

    @staticmethod
    def zone_named(text: str) -> str:
        """The time zone somebody typed, however he wrote it; empty for nothing. Raises Rejected for no time zone."""
        wanted = text.strip().replace(" ", "_").casefold()
        found = next((zone for zone in available_timezones() if zone.casefold() == wanted), "")
        if wanted and not found:
            raise Rejected("form", {"zone": "no-field-zone"})
        return found

    async def voice(self, workspace: str, person: str, team: str = "") -> Voice:
        """His own language and time zone, else his team's."""
        known = await self.profile(workspace, person)
        his = self.organisation.team(team) if team else self._team_of(workspace, person)
        lang = known.lang if known.lang in self.words.languages else his.language
        return Voice(self.words, lang, known.zone if _is_zone(known.zone) else his.zone, self._clock.now())

    async def _kept(self, workspace: str, person: str) -> Profile | None:
        known = self._known.get((workspace, person)) or await self._store.person(workspace, person)
        return self._remember(workspace, known) if known else None

    async def _keep(self, workspace: str, profile: Profile) -> None:
        await self._store.keep_person(workspace, profile)
        self._remember(workspace, profile)

    def _remember(self, workspace: str, profile: Profile) -> Profile:
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        self._known[workspace, profile.id] = profile
        return profile

    def _team_of(self, workspace: str, person: str) -> TeamSettings:
        return self.organisation.team_of(person, platform=platform_of(workspace))

    def team_voice(self, team: str) -> Voice:
        his = self.organisation.team(team)
        return Voice(self.words, his.language, his.zone, self._clock.now())

    async def names(self, workspace: str, ids: Iterable[str]) -> dict[str, str]:
        return {one: (await self.profile(workspace, one)).name for one in sorted(set(ids)) if one}


@lru_cache(maxsize=256)
def _is_zone(name: str) -> bool:
    """A platform's profile may name a zone that this machine does not know, as Windows does."""
    try:
        return bool(name and ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
