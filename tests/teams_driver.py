"""Teams as people use it, for dialogs: the real handler behind real token checks; only the far end is ours."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import MovableClock
from bot.library import Library
from bot.presses import parted
from bot.worker import Worker
from tests import adaptive
from tests.dialog import LANGS
from tests.fakes_teams import FakeTeams
from tests.teams_stage import TEAMS_IDS, Stage, staged

Json = dict[str, Any]
LOCALES = {"en": "en-GB", "sv": "sv-SE", "ar": "ar-SA"}
ZONE = ZoneInfo("Europe/Stockholm")


@dataclass(slots=True)
class TeamsDriver:
    """Teams. `answers` are what presses brought back at once, seen by whoever pressed."""

    stage: Stage
    answers: dict[str, list[str]] = field(default_factory=dict)
    last: dict[str, tuple[Json, str]] = field(default_factory=dict)

    @property
    def platform(self) -> str:
        return "teams"

    @property
    def clock(self) -> MovableClock:
        return self.stage.clock

    @property
    def worker(self) -> Worker:
        return self.stage.worker

    @property
    def library(self) -> Library:
        return self.stage.library

    async def say(self, who: str, text: str, place: str, *, again: bool) -> None:
        for _ in range(2 if again else 1):
            more = {"id": f"again-{text}"} if again else {}
            if place == "private":
                response = await self._teams.say(who, text, locale=_locale(who), **more)
            else:
                response = await self._teams.talk(who, text, TEAMS_IDS[place], locale=_locale(who), **more)
            assert response.status == 201

    async def press(self, who: str, action: str, inputs: Mapping[str, str] | None) -> Mapping[str, str]:
        execute, ref = self._find(who, action)
        data = {**execute["data"], **(_filled(execute, inputs or {}))}
        answer = await self._teams.press(who, execute["verb"], data, ref, locale=_locale(who))
        assert answer["status"] == 200
        assert answer["body"]["statusCode"] == 200
        card = answer["body"]["value"]
        assert adaptive.mistakes(card) == []
        self.answers.setdefault(who, []).append("\n".join(adaptive.texts(card)))
        return _errors(card, execute["verb"])

    async def command(self, who: str, text: str) -> None:
        assert (await self._teams.mention(who, f"/amends {text}", locale=_locale(who))).status == 201

    async def open_home(self, who: str) -> None:
        body = {**self._teams.person(who, locale=_locale(who)), "type": "installationUpdate", "action": "add"}
        assert (await self._teams.send(body)).status == 201

    def sees(self, who: str) -> Sequence[str]:
        texts = ["\n".join(adaptive.texts(message["card"])) for message in self._visible(who)]
        return [*texts, *self.answers.get(who, [])]

    async def refresh(self) -> None:
        """Nothing to fetch: the fake holds what was posted."""

    @property
    def _teams(self) -> FakeTeams:
        return self.stage.teams

    def _visible(self, who: str) -> list[Json]:
        where = TEAMS_IDS.get(who, f"a:29:{who}")
        return [one for one in self._teams.messages if one["conversation"].partition(";")[0] == where]

    def _find(self, who: str, action: str) -> tuple[Json, str]:
        """The newest message with this button; else, for a late press, the button as it was."""
        for message in reversed(self._visible(who)):
            for execute in adaptive.executes(message["card"]):
                if parted(execute["verb"])[0] == action:
                    self.last[action] = (execute, message["id"])
                    return self.last[action]
        assert action in self.last, f"{who} sees no {action}"
        return self.last[action]


def _locale(who: str) -> str:
    return LOCALES[LANGS.get(who, "en")]


def _filled(execute: Json, given: Mapping[str, str]) -> Json:
    """What Teams sends back for the inputs of a form: what was given, else what stood in it."""
    inputs = {one["id"]: one for one in execute["inputs"]}
    values: Json = {name: one["value"] for name, one in inputs.items() if "value" in one}
    for field_id, value in given.items():
        name = f"{execute['verb']}/{field_id}"
        if f"{name}/date" in inputs:
            at = datetime.fromisoformat(value).astimezone(ZONE)
            values |= {f"{name}/date": f"{at:%Y-%m-%d}", f"{name}/time": f"{at:%H:%M}"}
            continue
        assert name in inputs, f"{execute['verb']}: the form has {sorted(inputs)}"
        options = {one["value"] for one in inputs[name].get("choices", ())}
        assert not options or "choices.data" in inputs[name] or value in options, f"no option {value}"
        values[name] = value
    return values


def _errors(card: Json, action: str) -> Mapping[str, str]:
    """What stands in the colour of a warning right under an input, by field."""
    found: dict[str, str] = {}
    for before, after in adaptive.neighbours(card):
        run = (after.get("inlines") or [{}])[0]
        named = next(adaptive.parts(before, "Input."), None)
        if named and run.get("color") == "Attention" and named["id"].startswith(action):
            found[named["id"].removeprefix(f"{action}/").partition("/")[0]] = run["text"]
    return found


@asynccontextmanager
async def teams_driver(path: Path, library: Library) -> AsyncIterator[TeamsDriver]:
    """Everybody has the app: it said hello to him, and knows his language from that."""
    async with FakeTeams().open() as fake, staged(path, library, fake) as stage:
        driver = TeamsDriver(stage)
        for who in LANGS:
            await driver.open_home(who)
        await stage.settle()
        yield driver
