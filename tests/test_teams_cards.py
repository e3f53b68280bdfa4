"""Every view as an Adaptive Card in three languages: as it was agreed, and as Microsoft's schema and parser allow."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.cards import Button, Card, Facts, Form, Input, Lines, Node, Text
from bot.core.effects import Home, Person, Team, Tell
from bot.library import Library
from bot.people import People
from bot.ports import Profile
from bot.service import Service, Source
from bot.store.sqlite import SqliteStore
from handlers.teams.inputs import Filled
from handlers.teams.render import BYTES, Dressing, adaptive, harmless, size
from tests import adaptive as rules
from tests import scenes
from tests.dialog import organisation
from tests.fakes_clock import FakeClock

GOLDEN = Path(__file__).parent / "golden" / "teams"
E2E = Path(__file__).parent / "e2e"
LANGS = ("en", "ar", "sv")
WORKSPACE = "teams:tenant"
SAID = {
    "en": "she was charged twice and is furious, she threatens to sue",
    "ar": "العميلة غاضبة جدا، خُصم المبلغ مرتين وتهدد برفع دعوى",
    "sv": "kunden debiterades två gånger, är rasande och hotar med advokat",
}
Json = dict[str, Any]


class Theatre:
    """One recovery from the first word to the record; every view on the way is kept as a card."""

    def __init__(self, service: Service, clock: FakeClock, lang: str) -> None:
        self.service, self.clock, self.lang = service, clock, lang
        self.cards: dict[str, Card] = {}
        self.key = ""
        self._count = 0

    async def play(self) -> Mapping[str, Card]:
        await self._begin()
        await self._supervisor()
        await self._press("apology/answer", draft="We charged you twice.\nThat is our mistake, and I am sorry.")
        await self._show("apology-sent", "card")
        await self._press("apology/sent_at")
        await self._show("review", "card")
        await self._press("review/answer", happened="Charged twice on Monday", wanted="Her money back, today")
        await self._show("fix", "card")
        await self._fix()
        employee = {"wellbeing": "fine", "support": "none"}
        cause = {"family": "process", "cause": "Two tills, one order", "lacked": "resolution"}
        await self._press("document/answer", **cause, **employee, prevention="One till")
        await self._show("closed", "card")
        self.cards["record"] = await self._card("record", Team("support"))
        return self.cards

    async def _begin(self) -> None:
        await self._show("home", "home", to=Home("ann"))
        await self._show("help", "help")
        await self._show("list-empty", "list")
        await self.service.started(self._source("ann"), SAID[self.lang])
        self.key = (await self.service._store.open_for(WORKSPACE, "ann"))[0].id
        await self._show("apology", "card")
        await self._show("list", "list")
        await self._show("no", "no", {"key": "late-taken", "who": "sue"})
        await self._show("nudge", "nudge", {"step": "apology", "timer": "nudge"})

    async def _supervisor(self) -> None:
        await self._show("ping", "ping", who="sue")
        await self.service.pressed(self._source("sue"), "recovery/apology/take", self.key)
        await self._show("ping-taken", "ping", who="sue")
        await self._show("taken", "taken", {"who": "sue"})
        await self._show("late", "late", {"step": "apology"}, who="sue")
        args = {"reason": "not_in_channel", "where": "recoveries", "said": "not_in_channel: 403"}
        await self._show("undelivered", "undelivered", args, who="omar")

    async def _fix(self) -> None:
        due = (self.clock.now() + timedelta(hours=2)).isoformat()
        check = (self.clock.now() + timedelta(days=1)).isoformat()
        promised = {"remedy": "Refund", "owner": "ann", "due": due, "check_back": check}
        await self._press("fix/answer", **promised, compensation="money", amount="250 SEK")
        await self._show("fix-promised", "card")
        await self._press("fix/note", note="The refund is on its way")
        await self._press("fix/fixed_at")
        await self._press("fix/answer", rating="5")
        await self._show("document", "card")

    async def _press(self, action: str, **inputs: str) -> None:
        self.clock.forward(timedelta(minutes=1))
        await self.service.pressed(self._source("ann"), f"recovery/{action}", self.key, inputs)

    async def _show(
        self, name: str, view: str, args: Mapping[str, str] | None = None, who: str = "ann", to: Any = None
    ) -> None:
        self.cards[name] = await self._card(view, to or Person(who), args)

    async def _card(self, view: str, to: Any, args: Mapping[str, str] | None = None) -> Card:
        return await self.service.stage.card(WORKSPACE, Tell(to, view, view, args or {}), self.key)

    def _source(self, who: str) -> Source:
        self._count += 1
        return Source(WORKSPACE, who, f"seen-{self._count}")


@pytest.fixture(params=LANGS)
async def theatre(request: pytest.FixtureRequest, store: SqliteStore, clock: FakeClock, library: Library) -> Theatre:
    cast = organisation()
    cast = replace(cast, teams=(replace(cast.teams[0], language=request.param),))
    service = Service(store, clock, People(store, clock, cast, library.words, {}), library)
    for who in ("ann", "sue", "omar"):
        await store.keep_person(WORKSPACE, Profile(who, who.title(), request.param, "Europe/Stockholm"))
    return Theatre(service, clock, request.param)


def dressing(library: Library, lang: str) -> Dressing:
    say = library.words.say
    people = (("ann", "Ann"), ("omar", "Omar"), ("sue", "Sue"))
    return Dressing(say(lang, "more"), say(lang, "no-field-required"), people)


async def test_cards_are_as_agreed_and_as_allowed(theatre: Theatre, library: Library) -> None:
    """AMENDS_GOLDEN=1 keeps what is drawn now; review the difference."""
    made = {}
    for name, card in (await theatre.play()).items():
        drawn = adaptive(card, dressing(library, theatre.lang))
        assert rules.mistakes(drawn) == [], name
        made[name] = json.loads(json.dumps(drawn).replace(theatre.key, "RECOVERY"))
        assert drawn.get("rtl", False) == (theatre.lang == "ar")
    _compare(GOLDEN / f"{theatre.lang}.json", made)


@pytest.mark.parametrize("lang", LANGS)
def test_every_moment_that_somebody_sees_is_as_agreed_and_as_allowed(lang: str, library: Library) -> None:
    """The same moments as on Slack: every view there is, in every state that changes it."""
    made = {}
    for moment in scenes.MOMENTS:
        made[moment] = adaptive(scenes.card(moment, lang, library, "teams"), dressing(library, lang))
        assert rules.mistakes(made[moment]) == [], moment
    _compare(GOLDEN / f"moments_{lang}.json", made)


def _compare(path: Path, made: Json) -> None:
    if os.environ.get("AMENDS_GOLDEN"):
        path.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert made == json.loads(path.read_text("utf-8"))


def test_microsofts_parser_finds_nothing() -> None:
    """Their own renderer's parser sees what the schema does not: ids twice, too many actions, labels missing."""
    if not (shutil.which("node") and (E2E / "node_modules" / "adaptivecards").is_dir()):
        if os.environ.get("CI") == "true":
            pytest.fail("node and tests/e2e/node_modules are missing: npm ci --prefix tests/e2e")
        pytest.skip("SKIPPED: node or tests/e2e/node_modules is missing; npm ci --prefix tests/e2e brings them")
    files = [str(GOLDEN / f"{name}{lang}.json") for name in ("", "moments_") for lang in LANGS]
    done = subprocess.run(["node", "cards.mjs", *files], cwd=E2E, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


HOSTILE = "<at>Everyone</at> [click](https://evil.example) **bold** <b>x</b> \u202eesrever {{DATE(2026-01-01)}} `code`"


def test_a_customers_text_neither_mentions_nor_formats() -> None:
    nodes = (Text(HOSTILE, "quote"), Facts(((HOSTILE, HOSTILE),)), Lines(HOSTILE, (HOSTILE,)))
    form = Form("a/b/c", HOSTILE, "1", HOSTILE, HOSTILE, "no", (Input("x", "text", HOSTILE, HOSTILE, HOSTILE),))
    card = adaptive(Card(HOSTILE, "en", (*nodes, form)), Dressing(notice=HOSTILE))
    assert rules.mistakes(card) == []
    assert "<at>" not in json.dumps(_shown(card)).lower()
    assert "\\u202e" not in json.dumps(_shown(card))
    assert "[click](https://evil.example) **bold** <b>x</b>" in "\n".join(rules.texts(card))


def _shown(node: Any) -> Any:
    """Without what stands in an input: there a text is only edited."""
    if isinstance(node, dict):
        return {key: _shown(inner) for key, inner in node.items() if key != "value"}
    return [_shown(one) for one in node] if isinstance(node, list) else node


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<at>Ann</at>", "<\u2060at>Ann<\u2060/at>"),
        ("< AT id='1'>", "<\u2060 AT id='1'>"),
        ("a < b", "a < b"),
        ("1 <2> attic", "1 <2> attic"),
        ("\u202eabc\x00", "abc"),
    ],
)
def test_harmless(text: str, shown: str) -> None:
    assert harmless(text) == shown
    assert harmless(shown) == shown


@pytest.mark.parametrize("letter", ["x", "ض", "😀", "\n", "a\n"])
def test_however_long_a_text_the_card_fits(letter: str) -> None:
    long = letter * 40_000
    inputs = tuple(Input(f"f{number}", "long", "label", value=long[:3000]) for number in range(9))
    form = Form("a/b/c", "label", "1", "title", "submit", "no", inputs, "primary")
    nodes: tuple[Node, ...] = (Text(long, "quote"), *(Facts(((long[:100], long),)) for _ in range(40)), form)
    card = adaptive(Card(long, "ar", nodes), Dressing(notice=long))
    assert size(card) <= BYTES
    assert rules.mistakes(card) == []
    assert card["actions"]


@pytest.mark.parametrize("count", [0, 1, 5, 6, 7, 13])
def test_never_more_than_six_actions_in_a_row(count: int) -> None:
    buttons = tuple(Button(f"a/b/c{number}", f"Button {number}", "1") for number in range(count))
    more = tuple(Button(f"a/b/d{number}", f"More {number}", "1", "more") for number in range(count))
    nodes: tuple[Button, ...] = (*buttons, *more)
    card = adaptive(Card("Title", "en", nodes))
    assert rules.mistakes(card) == []
    assert len(list(rules.parts(card, "Action.Execute"))) == 2 * count


def test_what_was_typed_stays_and_what_is_wrong_stands_beside_it() -> None:
    form = Form("a/b/c", "l", "1", "t", "s", "no", (Input("x", "text", "X"), Input("y", "time", "Y")), "primary")
    filled = Filled({"a/b/c/x": "half a", "a/b/c/y/time": "25:00"}, {"a/b/c/y": "I cannot read this time."})
    card = adaptive(Card("Title", "en", (form,)), Dressing(filled=filled, notice="No."))
    values = {one["id"]: one.get("value") for one in rules.parts(card, "Input.")}
    assert values == {"a/b/c/x": "half a", "a/b/c/y/date": None, "a/b/c/y/time": "25:00"}
    assert "I cannot read this time." in list(rules.texts(card))
    assert rules.mistakes(card) == []
