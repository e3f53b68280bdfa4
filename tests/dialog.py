"""Dialogs as data: lines of who says, presses or waits, and what is heard; the same file on every platform."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from bot.clock import MovableClock
from bot.library import Library
from bot.people import Organisation, TeamSettings
from bot.worker import Worker

FOLDER = Path(__file__).parent / "dialogs"
LANGS = {"ann": "en", "bo": "sv", "sue": "ar", "omar": "en"}
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_MARKS = re.compile("[\u2068\u2069\u200f\u200e]")
_VARIABLE = re.compile(r"\$(\w+)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a dialog. `hears` and `silent` map a person to text keys."""

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


class Driver(Protocol):
    """A platform as people use it."""

    clock: MovableClock
    worker: Worker
    library: Library

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


def organisation(platform_ids: Mapping[str, str] | None = None) -> Organisation:
    """The cast of every dialog; ids can be mapped to a platform's own."""
    ids = platform_ids or {}

    def get(name: str) -> str:
        return ids.get(name, name)

    team = TeamSettings(
        id="support",
        recoveries=get("recoveries"),
        ladder=(get("sue"), get("omar")),
        agents=frozenset({get("ann"), get("bo")}),
        channels={get("support"): "offer", get("open"): "open", get("off"): "off"},
        zone="Europe/Stockholm",
    )
    return Organisation((team,), (get("omar"),))


def read(path: Path) -> list[Line]:
    return [Line(**line) for line in tomllib.loads(path.read_text("utf-8"))["line"]]


async def play(lines: Sequence[Line], driver: Driver) -> None:
    for number, line in enumerate(lines, 1):
        await driver.refresh()
        before = {who: list(driver.sees(who)) for who in (*LANGS, "recoveries")}
        await _act(line, driver)
        while await driver.worker.once():
            pass
        await driver.refresh()
        for who, keys in line.hears.items():
            fresh = _fresh(before[who], driver.sees(who))
            for key in [keys] if isinstance(keys, str) else keys:
                lang = LANGS.get(who, "en")
                assert any(sounds_like(driver.library, lang, key, text) for text in fresh), (
                    f"line {number}: {who} should hear {key} ({lang}), heard {fresh}"
                )
        for who, text in line.shows.items():
            assert any(text in plain(one) for one in driver.sees(who)), f"line {number}: {who} sees no {text!r}"
        for who in line.silent:
            fresh = _fresh(before[who], driver.sees(who))
            assert not fresh, f"line {number}: {who} should hear nothing, heard {fresh}"


async def _act(line: Line, driver: Driver) -> None:
    if line.says is not None:
        await driver.say(line.who, line.says, line.to, again=line.again)
    elif line.presses:
        inputs = {name: _moment(value, driver) for name, value in line.inputs.items()} if line.inputs else None
        errors = await driver.press(line.who, line.presses, inputs)
        expected = {name: driver.library.words.say(LANGS[line.who], key) for name, key in line.errors.items()}
        assert dict(errors) == expected, f"{line.presses}: errors {errors}, expected {expected}"
    elif line.commands is not None:
        await driver.command(line.who, line.commands)
    elif line.opens:
        await driver.open_home(line.who)
    elif line.waits:
        driver.clock.forward(timedelta(**{_UNITS[line.waits[-1]]: int(line.waits[:-1])}))


def sounds_like(library: Library, lang: str, key: str, text: str) -> bool:
    """Does the text hold the words of the key in that language, whatever stands in their variables?"""
    assert library.words.has(lang, key), f"{key} has no words in {lang}"
    variables = dict.fromkeys(_VARIABLE.findall(_source(lang)), "§")
    words = plain(library.words.say(lang, key, **variables))
    pattern = ".*".join(re.escape(part) for part in words.strip().split("§"))
    return re.search(pattern, plain(text), re.DOTALL) is not None


def plain(text: str) -> str:
    """Without the invisible marks of direction."""
    return _MARKS.sub("", text).replace("\u00a0", " ")


def _source(lang: str) -> str:
    root = Path(__file__).parent.parent / "playbooks"
    return "\n".join(path.read_text("utf-8") for path in root.glob(f"*/{lang}.ftl"))


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
    """ "+2h" is a moment from now, as ISO 8601; anything else stays."""
    if not re.fullmatch(r"\+\d+[mhd]", value):
        return value
    at: datetime = driver.clock.now() + timedelta(**{_UNITS[value[-1]]: int(value[1:-1])})
    return at.replace(second=0, microsecond=0).isoformat()
