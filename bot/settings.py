"""Environment and amends.toml → Settings. Every mistake is found before any is told; no module reads them later."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import time
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

from bot import ladders as policies
from bot.core.hours import Calendar, Quiet
from bot.core.masking import KINDS as MASKED
from bot.core.policy import WAIT
from bot.core.signals import KINDS
from bot.errors import SettingsError
from bot.people import Mode, Organisation, TeamSettings
from bot.tables import Found, Table, is_id, zones

PLATFORMS = ("slack", "teams", "desk")
SLACK_API = "https://slack.com/api/"
_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]\d|2[0-3]):([0-5]\d)")
_GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_TEAMS = ("TEAMS_APP_ID", "TEAMS_APP_PASSWORD", "TEAMS_TENANT_ID")
CUSTOMERS = tuple(sorted(KINDS - {"none"}))
_TOP = ("language", "time_zone", "admins", "listen", "mask", "people", "team", "policy", "rota", "absence", "limits")
_TEAM = (
    "language",
    "time_zone",
    "recoveries",
    "supervisors",
    "agents",
    "channels",
    "wait",
    "quiet_hours",
    "working_hours",
    "limits",
    "policy",
    "policies",
    "playbook",
    "platform",
    "playbooks",
)


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """Slack's secrets. An app token means Socket Mode; without one, events come over HTTP, signed."""

    bot_token: str
    signing_secret: str
    app_token: str
    api_url: str

    @property
    def socket_mode(self) -> bool:
        return bool(self.app_token)


@dataclass(frozen=True, slots=True)
class TeamsSettings:
    """The bot's registration at Microsoft: one app in one tenant."""

    app_id: str
    password: str
    tenant: str


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that is set from outside."""

    database: Path
    host: str
    port: int
    slack: SlackSettings | None
    organisation: Organisation
    teams: TeamsSettings | None = None


def from_env(env: Mapping[str, str], file: Path, languages: Collection[str], playbooks: Collection[str]) -> Settings:
    """Raise SettingsError holding every mistake in the environment and in the file."""
    found = Found([])
    organisation = _organisation(_toml(file, found), found, languages, playbooks)
    settings = Settings(
        database=Path(env.get("AMENDS_DB") or "amends.db"),
        host=env.get("AMENDS_HOST") or "127.0.0.1",
        port=_port(env, found),
        slack=_slack(env, found),
        organisation=organisation,
        teams=_teams(env, found),
    )
    if settings.slack is None and settings.teams is None and not any(env.get(name) for name in _TEAMS):
        found.wrong(
            "environment", "SLACK_BOT_TOKEN", "nothing", "the bot token of a Slack app, xoxb-…; or TEAMS_APP_ID and kin"
        )
    if found.problems:
        raise SettingsError(tuple(found.problems))
    return settings


def _toml(file: Path, found: Found) -> Table:
    rows: Mapping[str, Any] = {}
    try:
        rows = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        found.wrong(str(file), "-", "no such file", "the organisation's settings; README shows one to start from")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        found.wrong(str(file), "-", str(error), "a readable TOML file in UTF-8")
    return Table(str(file), "", rows, found)


def _organisation(top: Table, found: Found, languages: Collection[str], playbooks: Collection[str]) -> Organisation:
    before = len(found.problems)
    if not top.rows and before:
        return Organisation((), ())
    top.only(*_TOP)
    top = replace(top, names=_names(top))
    none: dict[str, Any] = {}
    teams = top.get("team", none, "tables [team.NAME]", lambda v: isinstance(v, dict) and v != {})
    if not teams:
        top.wrong("team", "at least one table [team.NAME]")
    admins = top.ids("admins", least=1)
    ladders = policies.read(top, _everybody(top, teams, admins))
    known = _Known(languages, playbooks, top, ladders)
    read = tuple(_team(key, rows, known) for key, rows in teams.items())
    _shared_channels(top, read)
    return Organisation(read, admins, _mode(top, "listen"), _masks(top))


def _names(top: Table) -> Mapping[str, str]:
    """[people]: name = member id, so that the rest of the file can be read."""
    inner = top.inner("people", "a table of name = member id")
    return {
        name: value for name in inner.rows if (value := inner.get(name, "", "a member id, like 'U012AB3CD'", is_id))
    }


def _everybody(top: Table, teams: Mapping[str, Any], admins: tuple[str, ...]) -> frozenset[str]:
    """Everybody whom the file names where people are introduced."""
    quiet = Found([])  # mistakes in them are told when the teams are read
    tables = [replace(top, rows=rows, found=quiet) for rows in teams.values() if isinstance(rows, dict)]
    return frozenset(
        {*admins, *(one for table in tables for key in ("supervisors", "agents") for one in table.ids(key))}
    )


def _masks(top: Table) -> frozenset[str]:
    """[mask]: card, iban, email, phone, identity = true or false; what is not named is masked."""
    table = top.inner("mask", "a table of kind = true or false")
    table.only(*MASKED)
    return frozenset(kind for kind in MASKED if table.get(kind, True, "true or false", lambda v: isinstance(v, bool)))


@dataclass(frozen=True, slots=True)
class _Known:
    """What a team may refer to, and what it inherits."""

    languages: Collection[str]
    playbooks: Collection[str]
    top: Table
    ladders: policies.Ladders

    def language(self, table: Table, default: str) -> str:
        expected = "one of " + ", ".join(sorted(self.languages))
        return table.get("language", default, expected, lambda v: isinstance(v, str) and v in self.languages)

    def zone(self, table: Table, default: str) -> str:
        expected = "a time zone like 'Europe/Stockholm'"
        return table.get("time_zone", default, expected, lambda v: isinstance(v, str) and v in zones())


def _team(key: str, rows: object, known: _Known) -> TeamSettings:
    top = known.top
    table = replace(top, where=f"team.{key}.", rows=rows if isinstance(rows, dict) else {})
    table.only(*_TEAM)
    zone = known.zone(table, known.zone(_silent(top, "time_zone"), "UTC"))
    recoveries = table.get("recoveries", "", "a channel id, like 'C012AB3CD'", is_id)
    if "recoveries" not in table.rows:
        table.wrong("recoveries", "the id of the channel for completed recoveries, like 'C012AB3CD'")
    supervisors = table.ids("supervisors", least=1)
    wait = table.duration("wait", WAIT, "how long a supervisor has to answer")
    quiet, working = _quiet(table, zone), policies.hours(table, "working_hours", zone)
    if not policies.awake(Calendar(working, quiet)):
        table.wrong("working_hours", "hours that are not all quiet hours")
        working = None
    return TeamSettings(
        id=key,
        recoveries=recoveries,
        ladder=supervisors,
        agents=frozenset(table.ids("agents")),
        channels=_channels(table),
        language=known.language(table, known.language(_silent(top, "language"), "en")),
        zone=zone,
        wait=wait,
        quiet=quiet,
        working=working,
        policies=known.ladders.of(table, supervisors, wait, zone),
        playbook=_playbook(table, "playbook", known),
        playbooks=_playbooks(table, known),
        platform=_platform(table),
    )


def _platform(table: Table) -> str:
    """Where a team's people are; needed only where Slack and Teams run side by side."""
    return table.get("platform", "", "one of " + ", ".join(PLATFORMS), lambda v: v in PLATFORMS)


def _playbook(table: Table, key: str, known: _Known) -> str:
    books = "one of " + ", ".join(sorted(known.playbooks))
    return table.get(key, "recovery", books, lambda v: isinstance(v, str) and v in known.playbooks)


def _playbooks(table: Table, known: _Known) -> Mapping[str, str]:
    """[team.NAME.playbooks]: kind of customer = playbook."""
    inner = table.inner("playbooks", "a table of kind of customer = playbook")
    inner.only(*CUSTOMERS)
    return {key: _playbook(inner, key, known) for key in inner.rows if key in CUSTOMERS}


def _silent(table: Table, key: str) -> Table:
    """The same table for a second look: a mistake in it is told once."""
    told = any(problem.key == key for problem in table.found.problems)
    return replace(table, found=Found([]) if told else table.found)


def _channels(table: Table) -> Mapping[str, Mode]:
    inner = table.inner("channels", "a table of channel = mode")
    for key in inner.rows:
        if not is_id(key):
            table.found.wrong(table.file, inner.where + key, repr(key), "a channel id, like C012AB3CD")
    return {key: _mode(inner, key) for key in inner.rows}


def _mode(table: Table, key: str) -> Mode:
    return table.get(key, "offer", "one of " + ", ".join(get_args(Mode)), lambda v: v in get_args(Mode))


def _quiet(table: Table, zone: str) -> Quiet | None:
    expected = "two different times of day like '22:00-07:00'"

    def good(value: object) -> bool:
        match = _HOURS.fullmatch(value) if isinstance(value, str) else None
        return match is not None and match.group(1, 2) != match.group(3, 4)

    match = _HOURS.fullmatch(table.get("quiet_hours", "", expected, good))
    if not match:
        return None
    start, end = time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4]))
    return Quiet(start, end, ZoneInfo(zone).key)


def _shared_channels(top: Table, teams: tuple[TeamSettings, ...]) -> None:
    """A channel belongs to one team, and nobody is listened to where completed recoveries are posted."""
    owner: dict[str, str] = {}
    for team in teams:
        for channel in team.channels:
            key = f"team.{team.id}.channels.{channel}"
            if channel in owner:
                top.found.wrong(top.file, key, f"a channel of team {owner[channel]} too", "one team a channel")
            owner[channel] = team.id
            if channel == team.recoveries and team.channels[channel] != "off":
                top.found.wrong(top.file, key, "the team's recoveries channel", "'off', or another channel")


def _port(env: Mapping[str, str], found: Found) -> int:
    text = env.get("AMENDS_PORT") or "3000"
    if text.isdecimal() and 0 < int(text) < 2**16:
        return int(text)
    found.wrong("environment", "AMENDS_PORT", text, "a port from 1 to 65535")
    return 0


def _slack(env: Mapping[str, str], found: Found) -> SlackSettings | None:
    """`None` when nothing of Slack is set."""
    names = ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN")
    if not any(env.get(name) for name in names):
        return None
    token, secret, app = (env.get(name, "") for name in names)
    if not token.startswith("xoxb-"):
        found.wrong("environment", names[0], _masked(token), "a bot token, xoxb-…")
    if app and not app.startswith("xapp-"):
        found.wrong("environment", names[2], _masked(app), "an app-level token, xapp-…, or nothing")
    if not app and not secret:
        found.wrong("environment", names[1], "nothing", "the app's signing secret: without it Slack's door stays shut")
    url = env.get("SLACK_API_URL") or SLACK_API
    if not re.match(r"https?://(\[[0-9a-fA-F:.]+\]|[^/\s\[\]])", url):
        found.wrong("environment", "SLACK_API_URL", url, "a URL like " + SLACK_API)
    return SlackSettings(token, secret, app, url if url.endswith("/") else url + "/")


def _teams(env: Mapping[str, str], found: Found) -> TeamsSettings | None:
    """`None` when nothing of Teams is set. All or none: without a secret the door stays shut."""
    values = [env.get(name, "") for name in _TEAMS]
    if not any(values):
        return None
    expected = ("the bot's app id, a GUID", "the app's client secret", "the id of your tenant, a GUID")
    for name, value, what in zip(_TEAMS, values, expected, strict=True):
        if not value:
            found.wrong("environment", name, "nothing", what)
        elif "GUID" in what and not _GUID.fullmatch(value):
            found.wrong("environment", name, _masked(value), what)  # it may be the secret, in the wrong line
    return TeamsSettings(*values) if all(values) else None


def _masked(secret: str) -> str:
    return f"{secret[: min(5, len(secret) // 3)]}…" if secret else "nothing"


__all__ = ["SLACK_API", "Settings", "SlackSettings", "TeamsSettings", "from_env"]
