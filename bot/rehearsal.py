"""Dialogs as data: lines of who says, presses or waits, and what is heard; played on any platform, or on paper."""

from __future__ import annotations

import re
import tomllib
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Protocol

from bot.clock import MovableClock
from bot.core import policy
from bot.core.limits import Limit
from bot.errors import PlaybookError
from bot.library import Library
from bot.people import Organisation, TeamSettings
from bot.texts import FALLBACK
from bot.worker import Worker

CAST = {"ann": "en", "bo": "sv", "sue": "ar", "omar": "en"}  # two agents, then two supervisors, and what they speak
TEAM = "recoveries"  # the channel in which the team reads completed recoveries
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_WAIT = re.compile(r"(\d+)([mhd])")
_MARKS = re.compile("[\u2068\u2069\u200f\u200e]")
_ANY = "§"  # stands for whatever a variable says


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a dialog. `hears` and `silent` name text keys by person; `carp/solve-title` is a playbook's own."""

    who: str = ""
    says: str | None = None
    to: str = "support"
    presses: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    commands: str | None = None
    opens: str = ""
    waits: str = ""
    again: bool = False
    hears: Mapping[str, str | list[str]] = field(default_factory=dict)
    silent: Sequence[str] = ()
    shows: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        did = {"says": self.says, "presses": self.presses, "commands": self.commands, "opens": self.opens}
        doing = ", ".join(f"{verb} {what!r}" for verb, what in did.items() if what)
        return f"{self.who} {doing}".strip() if doing else f"{self.waits} later"


@dataclass(frozen=True, slots=True)
class Played:
    """What became of one line: what each person sees that is new, and what the dialog expected in vain."""

    number: int
    line: Line
    fresh: Mapping[str, Sequence[str]]
    wrong: Sequence[str]


class Driver(Protocol):
    """A platform as people use it."""

    @property
    def clock(self) -> MovableClock: ...

    @property
    def worker(self) -> Worker: ...

    @property
    def library(self) -> Library: ...

    @property
    def platform(self) -> str:
        """Some words name what one does on this platform."""

    async def say(self, who: str, text: str, place: str, *, again: bool) -> None:
        """`place` is "support", or "private" for the talk with the bot, there in the thread of the newest card."""

    async def press(self, who: str, action: str, inputs: Mapping[str, str] | None) -> Mapping[str, str]:
        """Press what he sees; the errors beside fields, by field. With `inputs`, the form behind it is sent."""

    async def command(self, who: str, text: str) -> None: ...

    async def open_home(self, who: str) -> None: ...

    def sees(self, who: str) -> Sequence[str]:
        """Every message he can see now, oldest first, as text; one that changed counts as new."""

    async def refresh(self) -> None:
        """Look again before `sees`."""


LIMITS = (
    Limit("agent", "SEK", Decimal(500), Decimal(1200)),
    Limit("supervisor", "SEK", Decimal(5000), Decimal(6000)),
)


def organisation(ids: Mapping[str, str] | None = None, playbook: str = "recovery") -> Organisation:
    """The cast of every dialog; `ids` are a platform's own."""

    def get(name: str) -> str:
        return (ids or {}).get(name, name)

    ladder = (get("sue"), get("omar"))
    team = TeamSettings(
        id="support",
        recoveries=get(TEAM),
        ladder=ladder,
        policies={0: replace(policy.plain(ladder), limits=LIMITS)},
        agents=frozenset({get("ann"), get("bo")}),
        channels={get("support"): "offer", get("open"): "open", get("off"): "off"},
        zone="Europe/Stockholm",
        playbook=playbook,
    )
    return Organisation((team,), (get("omar"),))


def read(file: str, text: str) -> list[Line]:
    """Raise PlaybookError naming every line that cannot be played."""
    try:
        rows = tomllib.loads(text).get("line")
    except tomllib.TOMLDecodeError as error:
        raise PlaybookError(f"{file}: not TOML: {error}") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise PlaybookError(f"{file}: line: found {rows!r}, expected tables [[line]]")
    wrong = [f"{file}: line {number}: {one}" for number, row in enumerate(rows, 1) for one in _mistakes(row)]
    if wrong:
        raise PlaybookError("\n".join(wrong))
    return [Line(**row) for row in rows]


async def play(lines: Sequence[Line], driver: Driver) -> AsyncIterator[Played]:
    """Each line in its turn, to its last consequence."""
    everybody = (*CAST, TEAM)
    for number, line in enumerate(lines, 1):
        await driver.refresh()
        before = {who: list(driver.sees(who)) for who in everybody}
        wrong = await _act(line, driver)
        while await driver.worker.once():
            pass
        await driver.refresh()
        fresh = {who: _fresh(before[who], driver.sees(who)) for who in everybody}
        yield Played(number, line, fresh, [*wrong, *_unheard(line, fresh, driver)])


def told(played: Played) -> Iterator[str]:
    """One line of the dialog as it is printed: who did what, what each person sees now, what went otherwise."""
    yield f"── {played.number}. {played.line}"
    for who, texts in played.fresh.items():
        for text in texts:
            yield f"{who} sees:"
            yield from (f"    {line}" for line in text.splitlines())
    for one in played.wrong:
        yield f"✗ {one}"
    yield ""


def sounds_like(library: Library, lang: str, key: str, text: str, platform: str = "") -> bool:
    """Does the text hold the words of the key in that language, whatever stands in their variables?"""
    book, _, name = key.rpartition("/")
    words = library.words.of(book)
    if not words.has(lang, name):
        raise PlaybookError(f"{key} has no words in {lang}")
    said = plain(words.say(lang, name, **{**dict.fromkeys(words.variables(lang), _ANY), "platform": platform}))
    lines = said.strip().replace("\n", _ANY)  # on a card each line may stand behind a sign
    pattern = ".*".join(re.escape(part) for part in lines.split(_ANY))
    return re.search(pattern, plain(text), re.DOTALL) is not None


def plain(text: str) -> str:
    """Without the invisible marks of direction."""
    return _MARKS.sub("", text).replace("\u00a0", " ")


def _mistakes(row: Mapping[str, Any]) -> list[str]:
    """What keeps a line from being played."""
    known = [one.name for one in fields(Line)]
    wrong = [f"{key}: found an unknown key, expected one of {', '.join(known)}" for key in row if key not in known]
    tables = ("inputs", "errors", "hears", "shows")
    wrong += [
        f"{key}: found {row[key]!r}, expected a table" for key in tables if not isinstance(row.get(key, {}), dict)
    ]
    who = row.get("who", "")
    if who not in CAST and ("waits" not in row or who):
        wrong.append(f"who: found {who!r}, expected one of {', '.join(CAST)}")
    people = [*row.get("silent", ()), *(one for key in ("hears", "shows") for one in row.get(key) or ())]
    wrong += [f"found {one!r}, expected one of {', '.join(CAST)}, {TEAM}" for one in people if one not in (*CAST, TEAM)]
    if "waits" in row and not _WAIT.fullmatch(str(row["waits"])):
        wrong.append(f"waits: found {row['waits']!r}, expected a number and m, h or d, like '10m'")
    if not {"says", "presses", "commands", "opens", "waits"} & set(row):
        wrong.append("found nothing to do, expected one of says, presses, commands, opens, waits")
    return wrong


async def _act(line: Line, driver: Driver) -> list[str]:
    if line.says is not None:
        await driver.say(line.who, line.says, line.to, again=line.again)
    elif line.presses:
        return await _press(line, driver)
    elif line.commands is not None:
        await driver.command(line.who, line.commands)
    elif line.opens:
        await driver.open_home(line.who)
    elif match := _WAIT.fullmatch(line.waits):
        driver.clock.forward(timedelta(**{_UNITS[match[2]]: int(match[1])}))
    return []


async def _press(line: Line, driver: Driver) -> list[str]:
    inputs = {name: _moment(value, driver) for name, value in line.inputs.items()} if line.inputs else None
    try:
        errors = await driver.press(line.who, line.presses, inputs)
    except PlaybookError as error:
        return [str(error)]
    expected = {name: driver.library.words.say(CAST[line.who], key) for name, key in line.errors.items()}
    return [] if dict(errors) == expected else [f"{line.presses}: errors {dict(errors)}, expected {expected}"]


def _unheard(line: Line, fresh: Mapping[str, Sequence[str]], driver: Driver) -> list[str]:
    wrong = []
    for who, keys in line.hears.items():
        lang = CAST.get(who, FALLBACK)
        for key in [keys] if isinstance(keys, str) else keys:
            try:
                heard = any(sounds_like(driver.library, lang, key, text, driver.platform) for text in fresh[who])
            except PlaybookError as error:
                wrong.append(str(error))
                continue
            wrong += [] if heard else [f"{who} should hear {key} ({lang}), heard {list(fresh[who])}"]
    for who, text in line.shows.items():
        if not any(text in plain(one) for one in driver.sees(who)):
            wrong.append(f"{who} sees no {text!r}")
    wrong += [f"{who} should hear nothing, heard {list(fresh[who])}" for who in line.silent if fresh[who]]
    return wrong


def _fresh(before: Sequence[str], now: Sequence[str]) -> list[str]:
    left = list(before)
    fresh = []
    for text in now:
        if text in left:
            left.remove(text)
        else:
            fresh.append(text)
    return fresh


def _moment(value: str, driver: Driver) -> str:
    """What "+2h" means now, as ISO 8601; anything else stays."""
    match = _WAIT.fullmatch(value[1:]) if value.startswith("+") else None
    if not match:
        return value
    at: datetime = driver.clock.now() + timedelta(**{_UNITS[match[2]]: int(match[1])})
    return at.replace(second=0, microsecond=0).isoformat()
