from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from bot.cards import Button, Card, Facts, Form, Input, Lines, Text
from bot.core.hearing import hear
from bot.errors import Undeliverable
from bot.library import Library
from bot.people import People
from bot.ports import Address, Post, Profile
from bot.service import Service
from bot.store.sqlite import SqliteStore
from bot.worker import Worker
from handlers.desk import WORKSPACE, Desk, organisation
from handlers.desk.door import LARGEST
from handlers.desk.render import SAMPLES, Look, item, page
from handlers.desk.room import PEOPLE, Message, Room, local_zone
from handlers.desk.send import DeskMessenger

ANGRY = "Customer: the third time my order is late! I am furious and want my money back."
HOSTILE = "<script>alert(1)</script> & \"' \u202e\u200f\u2066 <!channel> <@U1> {{ 7*7 }}"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
OURS = {"X-Amends-Desk": "1"}
Json = dict[str, Any]


@dataclass(slots=True)
class Running:
    """The desk with everything behind it."""

    desk: Desk
    service: Service
    worker: Worker
    client: TestClient[web.Request, web.Application]

    async def ask(self, door: str, body: object, **headers: str) -> ClientResponse:
        return await self.client.post(f"/desk/{door}", data=json.dumps(body), headers=headers or OURS)

    async def do(self, door: str, **body: object) -> Json:
        response = await self.ask(door, body)
        assert response.status in {200, 422}, f"{door}: {response.status}"
        answer: Json = await response.json()
        while await self.worker.once():
            pass
        return answer

    async def sees(self, person: str) -> list[Json]:
        found: list[Json] = await (await self.client.get("/desk/messages", params={"person": person})).json()
        return found

    async def press(self, person: str, verb: str, inputs: Json | None = None) -> Json:
        """The newest press with this verb that the person sees."""
        for message in reversed(await self.sees(person)):
            for one in message["presses"]:
                if one["action"].endswith(f"/{verb}"):
                    where = {"action": one["action"], "value": one["value"], "place": message["place"]}
                    return await self.do("press", person=person, inputs=inputs or {}, **where)
        raise AssertionError(f"{person} sees no {verb}")

    async def coached(self) -> str:
        """Ann writes, takes the offer; the recovery's id."""
        await self.do("say", person="ann", place="support", text=ANGRY)
        await self.press("ann", "accept")
        return str((await self.sees("ann"))[-1]["presses"][0]["value"])


@asynccontextmanager
async def running(path: Path, library: Library) -> AsyncIterator[Running]:
    with closing(Desk(path / "desk.db")) as desk, closing(SqliteStore(path / "amends.db")) as store:
        platforms = {"desk": desk.platform}
        people = People(store, desk.clock, organisation(), library.words, platforms)
        service = Service(store, desk.clock, people, library)
        await library.keep(store)
        worker = Worker(store, desk.clock, service, platforms)
        application = web.Application()
        desk.open(service, application, worker.poke)
        async with TestClient(TestServer(application)) as client:
            yield Running(desk, service, worker, client)


@pytest.fixture
async def here(tmp_path: Path, library: Library) -> AsyncIterator[Running]:
    async with running(tmp_path, library) as one:
        yield one


# The door


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost:1", "localhost", "[::1", ""])
async def test_a_name_that_was_pointed_at_this_machine_is_refused(here: Running, host: str) -> None:
    for path in ("/", "/desk/messages?person=ann", "/desk/stream", "/desk/desk.js"):
        assert (await here.client.get(path, headers={"Host": host})).status == 403


async def test_localhost_is_another_name_for_us(here: Running) -> None:
    response = await here.client.get("/", headers={"Host": f"localhost:{here.client.port}"})
    assert response.status == 200
    assert response.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept": "*/*"},
        {"Origin": "http://evil.example", **OURS},
        {"Origin": "null", **OURS},
        {"Origin": "https://{ours}", **OURS},
        {"Origin": "http://localhost:1", **OURS},
        {"Referer": "http://evil.example/http://{ours}/", **OURS},
    ],
)
async def test_no_foreign_page_presses_a_button(here: Running, headers: dict[str, str]) -> None:
    ours = f"127.0.0.1:{here.client.port}"
    sent = {name: value.replace("{ours}", ours) for name, value in headers.items()}
    response = await here.ask("say", {"person": "ann", "place": "support", "text": ANGRY}, **sent)
    assert response.status == 403
    assert await here.sees("ann") == []


@pytest.mark.parametrize("name", ["Origin", "Referer"])
async def test_our_own_page_may(here: Running, name: str) -> None:
    came = f"http://127.0.0.1:{here.client.port}"
    assert (await here.ask("show", {"person": "ann", "view": "help"}, **{name: came})).status == 200


@pytest.mark.parametrize(
    ("door", "body"),
    [
        ("say", []),
        ("say", None),
        ("say", {"person": "nobody", "text": "x"}),
        ("say", {"person": "ann", "place": "elsewhere", "text": "x"}),
        ("say", {"person": "ann", "place": "private", "text": 7}),
        ("press", {"person": "ann", "action": "a/b/c", "value": "x", "inputs": ["x"]}),
        ("press", {"person": "ann", "action": "a/b/c", "value": "x", "inputs": {"x": {"y": 1}}}),
        ("press", {"person": "ann", "action": None, "value": "x"}),
        ("coach", {"person": "ann", "message": "m99"}),
        ("show", {"person": "ann", "view": "../../etc/passwd"}),
        ("clock", {"minutes": -1}),
        ("clock", {"minutes": True}),
        ("clock", {"minutes": "5"}),
        ("clock", {"minutes": 1e300}),
        ("clock", {"minutes": float("nan")}),
        ("language", {"lang": "xx"}),
        ("language", {"person": "nobody", "lang": "sv"}),
    ],
)
async def test_what_cannot_be_read_is_400_and_changes_nothing(here: Running, door: str, body: object) -> None:
    ahead = here.desk.clock.ahead
    response = await here.ask(door, body)
    assert response.status == 400
    assert "Traceback" not in await response.text()
    assert here.desk.clock.ahead == ahead
    assert here.desk.room.messages() == []


async def test_not_json_is_400_and_too_much_is_413(here: Running) -> None:
    for body, status in ((b"{", 400), (b"\xff", 400), (b"[" * 100_000, 400), (b"x" * (LARGEST + 1), 413)):
        assert (await here.client.post("/desk/say", data=BytesIO(body), headers=OURS)).status == status


# The room


EVERYTHING = Card(
    title=HOSTILE,
    lang="ar",
    tone="urgent",
    nodes=(
        Text(HOSTILE, "quote"),
        Lines(HOSTILE, (HOSTILE, "b"), "never"),
        Facts(((HOSTILE, HOSTILE), ("c", "d"))),
        Button("recovery/apology/accept", HOSTILE, "r1", "primary"),
        Form(
            "recovery/fix/answer",
            HOSTILE,
            "r1",
            HOSTILE,
            HOSTILE,
            HOSTILE,
            (
                Input("draft", "long", HOSTILE, HOSTILE, "\n" + HOSTILE, required=True),
                Input("wanted", "text", HOSTILE, HOSTILE, HOSTILE),
                Input("due", "time", "due", value="2026-11-22T12:00:00+00:00"),
                Input("kind", "choice", "kind", value="b", options=(("a", HOSTILE), ("b", "B"))),
                Input("many", "many", "many", value="a b", options=(("a", "A"), ("b", "B"), ("c", "C"))),
                Input("amount", "money", "amount", value="250 SEK"),
                Input("owner", "person", "owner", value="bo"),
            ),
            "primary",
        ),
        Form("recovery/fix/drop", "Drop", "r1", "t", "s", "c", (Input("why", "text", "why"),), "more"),
    ),
)


def put(room: Room, key: str = "k", card: Card | None = EVERYTHING, text: str = "") -> str:
    return room.put(Message("", key, "private", "ann", "", "", "amends" if card else "ann", NOON, text, card))


def test_a_card_comes_back_from_the_room_as_it_went_in(tmp_path: Path) -> None:
    room = Room(tmp_path / "desk.db")
    ref = put(room)
    found = room.message(ref)
    assert found is not None
    assert found.card == EVERYTHING
    room.close()


def test_one_key_is_one_message_and_can_be_asked_for(tmp_path: Path) -> None:
    room = Room(tmp_path / "desk.db")
    assert room.find("k") is None
    put(room)
    ref = put(room)
    assert room.find("k") == ref
    assert len(room.messages()) == 1
    room.close()


def test_a_message_is_replaced_where_it_stands_and_counts_as_changed(tmp_path: Path) -> None:
    room = Room(tmp_path / "desk.db")
    first, second = put(room, "a"), put(room, "b")
    seen = room.last
    assert room.replace(first, Card("New", "en"))
    assert [one.ref for one in room.messages()] == [first, second]
    assert [one.ref for one in room.messages(seen)] == [first]
    for made_up in ("m999", "", "x1", "m-1", "m" + "9" * 40):
        assert not room.replace(made_up, EVERYTHING)
        assert room.message(made_up) is None
    room.close()


def test_the_room_remembers_its_messages_clock_and_language(tmp_path: Path) -> None:
    room = Room(tmp_path / "desk.db")
    put(room, text="hello", card=None)
    room.forward(timedelta(hours=3))
    room.lang = "ar"
    room.close()
    again = Room(tmp_path / "desk.db")
    assert [one.text for one in again.messages()] == ["hello"]
    assert (again.clock.ahead, again.lang) == (timedelta(hours=3), "ar")
    again.close()


@pytest.mark.parametrize("to", [Address("private", person="kim"), Address("channel", channel="attic")])
async def test_whom_the_desk_does_not_have_cannot_be_reached(tmp_path: Path, to: Address) -> None:
    room = Room(tmp_path / "desk.db")
    with pytest.raises(Undeliverable) as no:
        await DeskMessenger(room).send(Post("k", to, EVERYTHING))
    assert no.value.reason == "gone"
    room.close()


def test_the_machines_zone_is_found_or_utc(tmp_path: Path) -> None:
    link = tmp_path / "localtime"
    link.symlink_to("/usr/share/zoneinfo/Asia/Tokyo")
    assert local_zone(link) == "Asia/Tokyo"
    link.unlink()
    link.symlink_to("/nowhere/zoneinfo/Moon/Crater")
    assert local_zone(link) == "UTC"


# The page


async def look(here: Running) -> Look:
    voices = {one: await here.service.people.voice(WORKSPACE, one) for one in PEOPLE}
    return Look(here.service.people.team_voice("support"), voices)


async def test_every_text_is_shown_as_it_was_written(here: Running) -> None:
    put(here.desk.room)
    put(here.desk.room, "words", None, HOSTILE)
    for message in here.desk.room.messages():
        html = item(message, await look(here))["html"]
        tags = set(re.findall(r"<(/?[a-zA-Z!][^\s>]*)", html))
        assert not tags & {"script", "/script", "!channel", "@U1"}
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
        assert "{{ 7*7 }}" in html


async def test_each_input_has_its_label_its_value_and_room_for_what_is_wrong(here: Running) -> None:
    put(here.desk.room)
    html = item(here.desk.room.messages()[0], await look(here))["html"]
    form = EVERYTHING.presses[1]
    assert isinstance(form, Form)
    for one in form.inputs:
        assert f'name="{one.id}"' in html
        assert f'data-wrong="{one.id}"' in html
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r' for="([^"]+)"', html)) <= set(ids)
    assert '<option value="b" selected>' in html
    assert '<option value="bo" selected>' in html
    assert html.count(" checked") == 2


async def test_a_time_stands_in_its_input_in_the_readers_zone(here: Running) -> None:
    await here.service.people.met(WORKSPACE, Profile("ann", "Ann", zone="Asia/Tokyo"))
    put(here.desk.room)
    assert 'value="2026-11-22T21:00"' in item(here.desk.room.messages()[0], await look(here))["html"]


@pytest.mark.parametrize("text", ["x" * 40_000, "م" * 40_000, "😀" * 20_000, "\u202e" * 40_000])
async def test_a_very_long_message_is_cut_with_a_sign(here: Running, text: str) -> None:
    await here.do("say", person="ann", place="support", text=text)
    (message,) = here.desk.room.messages()
    html = item(message, await look(here))["html"]
    assert message.text == text
    assert len(html) < 10_000
    assert "…</p>" in html


async def test_the_page_holds_no_sentence_that_is_not_in_the_words(here: Running) -> None:
    for lang in ("en", "ar", "sv"):
        await here.do("language", lang=lang)
        html = await (await here.client.get("/")).text()
        assert f'<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}">' in html
        assert not re.search(r">\s*(desk|no|form)-[a-z]", html)
        shown = re.sub(r"<option.*?</option>|<[^>]*>", " ", html)
        if lang == "ar":
            assert set(re.findall(r"[A-Za-z]{2,}", shown)) <= {
                "Amends",
                "Ann",
                "Bo",
                "Sue",
                "Omar",
                "support",
                "recoveries",
                "JavaScript",
            }


async def test_the_page_is_drawn_without_a_single_message(here: Running) -> None:
    html = page(await look(here))
    assert html.count('role="tab"') == 6
    assert html.count("data-sample=") == 2 * len(SAMPLES)


@pytest.mark.parametrize("lang", ["en", "ar", "sv"])
def test_the_samples_are_heard_as_what_they_are(library: Library, lang: str) -> None:
    heard = {one: hear(library.words.say(lang, f"desk-sample-{one}.text"), library.ears) for one in SAMPLES}
    assert {one for one in SAMPLES if heard[one].escalation} == {"calm", "angry", "legal", "outage"}
    assert heard["legal"].severity == 3
    assert {one.lang for one in heard.values()} == {lang}


# Working at it


async def test_an_offer_is_seen_by_whom_it_is_for_alone(here: Running) -> None:
    await here.do("say", person="ann", place="support", text=ANGRY)
    assert [one["by"] for one in await here.sees("ann")] == ["ann", "amends"]
    assert [one["by"] for one in await here.sees("bo")] == ["ann"]


async def test_what_is_wrong_is_told_beside_the_field_in_the_readers_language(here: Running, library: Library) -> None:
    await here.do("language", person="ann", lang="sv")
    await here.coached()
    assert await here.press("ann", "answer", {"draft": " "}) == {
        "fields": {"draft": library.words.say("sv", "no-field-required")}
    }


async def test_what_is_sent_twice_has_one_effect(here: Running) -> None:
    for _ in range(2):
        await here.do("say", person="ann", place="support", text=ANGRY, seen="once")
    assert len(await here.sees("ann")) == 2


async def test_a_made_up_or_late_button_gets_a_private_polite_no(here: Running, library: Library) -> None:
    recovery = await here.coached()
    before = len(await here.sees("ann"))
    for action, value in (
        ("recovery/apology/answer", "nothing"),
        ("x", recovery),
        ("recovery/apology/accept", recovery),
    ):
        assert await here.do("press", person="ann", place="private", action=action, value=value) == {}
    assert len(await here.sees("ann")) == before + 3
    assert (await here.sees("ann"))[-1]["title"] == library.words.say("en", "no-late-started")


async def test_nothing_written_is_answered_and_shown_nowhere(here: Running, library: Library) -> None:
    await here.do("say", person="ann", place="private", text=" \n")
    (answer,) = await here.sees("ann")
    assert answer["text"] == library.words.say("en", "no-empty")


@pytest.mark.parametrize(
    "text", ["\ud800 alone", "nul\x00nul", "\u200e/amends help", "/AMENDS list", "@amends: " + ANGRY]
)
async def test_odd_text_is_taken_as_it_comes(here: Running, text: str) -> None:
    await here.do("say", person="ann", place="support", text=text)
    assert (await here.sees("ann"))[0]["by"] == "ann"
    assert (await here.client.get("/")).status == 200


async def test_commands_are_understood_with_arabic_marks_around_them(here: Running, library: Library) -> None:
    await here.do("say", person="ann", place="private", text="\u200e/amends start " + ANGRY)
    await here.do("say", person="ann", place="private", text="/amends nonsense")
    titles = [one["title"] for one in await here.sees("ann")]
    assert library.words.say("en", "apology-title") in titles[1]
    assert titles[-1] == library.words.say("en", "no-unknown-command")


async def test_an_answer_in_a_thread_belongs_to_its_recovery(here: Running) -> None:
    await here.do("say", person="ann", place="private", text="/amends start first")
    await here.do("say", person="ann", place="private", text="/amends start second")
    first = next(one for one in await here.sees("ann") if one["presses"])
    await here.do("say", person="ann", place="private", text="I am sorry about the first.", thread=first["id"])
    cards = {one["id"]: one["text"] for one in await here.sees("ann")}
    said = next(one for one in await here.sees("ann") if one["text"] == "I am sorry about the first.")
    assert said["thread"] == first["id"]
    assert "I am sorry about the first." in cards[first["id"]]


async def test_nobody_answers_in_a_thread_of_somebody_else(here: Running) -> None:
    await here.coached()
    card = next(one for one in await here.sees("ann") if one["place"] == "private")
    await here.do("say", person="bo", place="private", text="mine?", thread=card["id"])
    assert (await here.sees("bo"))[-2]["thread"] == ""


async def test_the_shortcut_coaches_on_what_a_colleague_wrote(here: Running) -> None:
    await here.do("say", person="bo", place="support", text="She says the parcel is wet.")
    (message,) = await here.sees("ann")
    await here.do("coach", person="ann", message=message["id"])
    card = (await here.sees("ann"))[-1]
    assert (card["place"], "She says the parcel is wet." in card["text"]) == ("private", True)


@pytest.mark.parametrize(("view", "place"), [("home", "home"), ("list", "private"), ("help", "private")])
async def test_pages_about_oneself(here: Running, view: str, place: str) -> None:
    await here.do("show", person="sue", view=view)
    await here.do("show", person="sue", view=view)
    found = await here.sees("sue")
    assert {one["place"] for one in found} == {place}
    assert len(found) == (1 if view == "home" else 2)


async def test_the_clock_moved_forward_fires_a_timer_in_the_cards_thread(here: Running, library: Library) -> None:
    await here.coached()
    card = (await here.sees("ann"))[-1]
    await here.do("clock", minutes=5)
    nudge = (await here.sees("ann"))[-1]
    assert nudge["title"] == library.words.say("en", "apology-timer-nudge")
    assert nudge["thread"] == card["id"]


async def test_after_a_restart_everything_goes_on_where_it_was(tmp_path: Path, library: Library) -> None:
    async with running(tmp_path, library) as here:
        await here.do("language", lang="sv")
        await here.coached()
        await here.do("clock", minutes=3)
        before = await here.sees("ann")
    async with running(tmp_path, library) as here:
        assert await here.sees("ann") == before
        assert '<html lang="sv"' in await (await here.client.get("/")).text()
        assert here.service.people.organisation.teams[0].language == "sv"
        await here.press("ann", "answer", {"draft": "Det är vårt fel."})
        await here.do("clock", minutes=2)
        after = await here.sees("ann")
        assert [one["id"] for one in after[: len(before)]] == [one["id"] for one in before]
        assert after[-1]["title"] == library.words.say("sv", "apology-timer-nudge")


async def test_the_language_for_everybody_is_also_the_one_of_the_records(here: Running) -> None:
    await here.do("language", lang="ar")
    assert here.service.people.team_voice("support").lang == "ar"
    await here.do("language", person="ann", lang="sv")
    assert here.service.people.team_voice("support").lang == "ar"


# The stream


async def events(response: ClientResponse, most: int) -> list[tuple[str, Any]]:
    """The next events; (name, data) pairs."""
    found: list[tuple[str, Any]] = []
    while len(found) < most:
        block = (await asyncio.wait_for(response.content.readuntil(b"\n\n"), 5)).decode()
        lines = dict(line.split(": ", 1) for line in block.strip().splitlines())
        found.append((lines["event"], json.loads(lines["data"])))
    return found


async def test_the_stream_brings_what_is_there_and_then_what_changes(here: Running) -> None:
    put(here.desk.room, "a")
    now = str(await look(here))
    async with here.client.get("/desk/stream", params={"look": now}) as response:
        (kind, messages), (clock, _) = await events(response, 2)
        assert (kind, [one["ref"] for one in messages], clock) == ("messages", ["m1"], "clock")
        here.desk.room.replace("m1", Card("Changed", "en"))
        (_, (changed,)), _ = await events(response, 2)
        assert "Changed" in changed["html"]
        await here.do("language", person="bo", lang="sv")
        names = [name for name, _ in await events(response, 2)]
        assert names[0] == "look"


async def test_a_browser_that_comes_back_gets_only_what_it_missed(here: Running) -> None:
    put(here.desk.room, "a")
    seen = here.desk.room.last
    put(here.desk.room, "b")
    headers = {"Last-Event-ID": str(seen)}
    async with here.client.get("/desk/stream", params={"look": str(await look(here))}, headers=headers) as response:
        ((_, messages),) = await events(response, 1)
        assert [one["ref"] for one in messages] == ["m2"]


async def test_a_browser_that_knew_another_room_draws_the_page_anew(here: Running) -> None:
    params, headers = {"look": str(await look(here))}, {"Last-Event-ID": "99"}
    async with here.client.get("/desk/stream", params=params, headers=headers) as response:
        assert (await events(response, 1))[0][0] == "look"


async def test_an_open_page_does_not_keep_the_desk_from_closing(tmp_path: Path, library: Library) -> None:
    async with running(tmp_path, library) as here:
        response = await here.client.get("/desk/stream")
        await events(response, 1)
        began = asyncio.get_running_loop().time()
        await here.client.server.close()
        assert asyncio.get_running_loop().time() - began < 3
