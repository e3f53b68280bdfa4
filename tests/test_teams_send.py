"""What goes out: retries, errors as ours, ways to people, the pace, updates; against a connector of our own."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web

from bot.cards import Button, Card, Form, Input
from bot.errors import TryLater, Undeliverable, Unknown
from bot.library import Library
from bot.people import People
from bot.ports import Address, Post, Profile
from bot.store.sqlite import SqliteStore
from handlers.teams.addresses import Addresses, Way
from handlers.teams.connectors import Connectors
from handlers.teams.directory import AT_ONCE, TeamsDirectory, hurried
from handlers.teams.send import TeamsMessenger
from handlers.teams.wardrobe import Wardrobe
from tests import adaptive
from tests.dialog import organisation
from tests.fakes_clock import FakeClock
from tests.fakes_teams import SETTINGS, TEAM, FakeTeams, KnownToken, error

Json = dict[str, Any]
WORKSPACE = f"teams:{SETTINGS.tenant}"
RECORDS = "19:recoveries@thread.tacv2"


class Sender:
    """The messenger with everything it stands on."""

    def __init__(self, fake: FakeTeams, store: SqliteStore, clock: FakeClock, library: Library) -> None:
        self.fake = fake
        self.connectors = Connectors(SETTINGS, fake.cloud)
        self.addresses, self.wardrobe = Addresses(WORKSPACE), Wardrobe(WORKSPACE)
        self.people = People(store, clock, organisation(), library.words, {})
        self.store = store
        self.messenger = TeamsMessenger(self.connectors, self.addresses, self.wardrobe)
        self.directory = TeamsDirectory(self.connectors, self.addresses)

    async def ready(self) -> Sender:
        self.addresses.open(self.store)
        self.wardrobe.open(self.people)
        await self.addresses.arrive(Way(self.fake.url, TEAM))
        await self.addresses.meet("ann", Way(self.fake.url, "a:29:ann", "29:ann"))
        return self


@pytest.fixture
async def sender(store: SqliteStore, clock: FakeClock, library: Library) -> AsyncIterator[Sender]:
    async with FakeTeams().open() as fake:
        made = Sender(fake, store, clock, library)
        yield await made.ready()
        await made.directory.close()


def post(to: Address | None = None, ref: str = "", card: Card | None = None) -> Post:
    return Post("job-1", to or Address("private", person="ann"), card or Card("Hello Ann", "en"), ref)


async def test_a_message_goes_into_the_personal_chat_and_can_be_replaced_there(sender: Sender) -> None:
    ref = await sender.messenger.send(post())
    assert ref == "a:29:ann 1"
    assert await sender.messenger.send(post(ref=ref, card=Card("Done", "en", tone="done"))) == ref
    (message,) = sender.fake.messages
    assert list(adaptive.texts(message["card"])) == ["Done"]
    assert (message["edits"], message["summary"]) == (1, "Hello Ann")


async def test_an_aside_is_said_in_the_personal_chat(sender: Sender) -> None:
    assert await sender.messenger.send(post(Address("aside", person="ann", channel="19:x"))) == "a:29:ann 1"


async def test_home_is_a_new_message_each_time(sender: Sender) -> None:
    home = Address("home", person="ann")
    first = await sender.messenger.send(post(home))
    assert await sender.messenger.send(post(home, ref=first)) != first


async def test_a_record_is_a_new_thread_in_the_channel_and_can_be_replaced(sender: Sender) -> None:
    to = Address("channel", channel=RECORDS)
    ref = await sender.messenger.send(post(to))
    assert ref == f"{RECORDS};messageid=1 1"
    assert await sender.messenger.send(post(to, ref=ref)) == ref
    assert len(sender.fake.messages) == 1


async def test_an_answer_in_a_channel_stands_in_its_thread_and_can_be_replaced(sender: Sender) -> None:
    to = Address("channel", channel=RECORDS)
    root = await sender.messenger.send(post(to))
    ref = await sender.messenger.send(replace(post(to), thread=root))
    assert ref == f"{RECORDS};messageid=1 2"
    assert await sender.messenger.send(replace(post(to, ref=ref), thread=root)) == ref
    again = await sender.messenger.send(replace(post(to), thread=ref))
    assert again == f"{RECORDS};messageid=1 3"  # an answer to an answer stays in the thread
    assert [one["edits"] for one in sender.fake.messages] == [0, 1, 0]


async def test_an_answer_whose_thread_is_gone_or_elsewhere_begins_one(sender: Sender) -> None:
    to = Address("channel", channel=RECORDS)
    gone = f"{RECORDS};messageid=77"
    sender.fake.closed[gone] = lambda: error(404, "ConversationNotFound")
    assert await sender.messenger.send(replace(post(to), thread=f"{gone} 77")) == f"{RECORDS};messageid=1 1"
    elsewhere = "19:other@thread.tacv2;messageid=5 5"
    assert await sender.messenger.send(replace(post(to), thread=elsewhere)) == f"{RECORDS};messageid=2 2"


async def test_in_a_channel_colleagues_are_those_of_its_team(sender: Sender) -> None:
    for who in ("sue", "bo", "ann", "omar"):
        await sender.people.met(WORKSPACE, Profile(who, who.title()))
    form = Form("a/b/pass", "l", "r1", "t", "s", "no", (Input("to", "person", "Who"),))
    await sender.messenger.send(post(Address("channel", channel=RECORDS), card=Card("Ping", "en", (form,))))
    (box,) = adaptive.parts(sender.fake.messages[0]["card"], "Input.")
    assert [one["title"] for one in box["choices"]] == ["Ann", "Bo", "Omar", "Sue"]


async def test_a_message_that_was_deleted_is_said_again(sender: Sender) -> None:
    assert await sender.messenger.send(post(ref="a:29:ann 77")) == "a:29:ann 1"


async def test_somebody_who_never_wrote_is_found_through_the_team(sender: Sender) -> None:
    sender.fake.members["sue"] = {"id": "29:mri-of-sue", "name": "Sue", "aadObjectId": "sue"}
    assert await sender.messenger.send(post(Address("private", person="sue"))) == "a:29:mri-of-sue 1"
    sender.fake.calls.clear()
    await sender.messenger.send(post(Address("private", person="sue")))
    assert [call[0] for call in sender.fake.calls] == ["POST"]  # known from now on


async def test_somebody_nobody_knows_is_undeliverable(sender: Sender) -> None:
    with pytest.raises(Undeliverable) as no:
        await sender.messenger.send(post(Address("private", person="nobody")))
    assert no.value.reason == "gone"
    await sender.addresses.leave(TEAM)
    with pytest.raises(Undeliverable) as no:
        await sender.messenger.send(post(Address("private", person="nobody")))
    assert no.value.reason == "not_in_channel"


async def test_a_chat_that_is_closed_twice_is_not_kept(sender: Sender) -> None:
    for chat in ("a:29:ann", "a:new"):
        sender.fake.closed[chat] = lambda: error(403, "ConversationBlockedByUser")
    sender.fake.opened["29:ann"] = "a:new"
    with pytest.raises(Undeliverable) as no:
        await sender.messenger.send(post())
    assert no.value.reason == "gone"
    assert await sender.addresses.person("ann") == Way(sender.fake.url, "", "29:ann")


async def test_a_chat_that_is_closed_is_dropped_and_another_way_is_taken(sender: Sender) -> None:
    sender.fake.closed["a:29:ann"] = lambda: error(403, "BotNotInConversationRoster")
    sender.fake.opened["29:ann"] = "a:new"
    assert await sender.messenger.send(post()) == "a:new 1"
    assert await sender.addresses.person("ann") == Way(sender.fake.url, "a:new", "29:ann")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (error(403, "ConversationBlockedByUser"), "gone"),
        (error(403, "MessageWritesBlocked"), "gone"),
        (error(403, "BotDisabledByAdmin"), "revoked"),
        (error(403, "SomethingNew"), "refused"),
        (error(401, "Unauthorized"), "revoked"),
        (error(413, "MessageSizeTooBig"), "refused"),
        (error(400, "BadSyntax"), "refused"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_no_for_good_has_a_reason(sender: Sender, answer: web.Response, reason: str) -> None:
    again = [web.json_response(json.loads(answer.text or ""), status=answer.status) for _ in range(3)]
    sender.fake.faults = list(again)
    with pytest.raises(Undeliverable) as no:
        await sender.messenger.send(post())
    assert no.value.reason == reason
    assert sender.fake.messages == []


@pytest.mark.parametrize("status", [429, 412, 502, 504])
async def test_busy_is_tried_again_with_more_time_between(sender: Sender, status: int) -> None:
    sender.fake.faults = [error(status, "Busy"), error(status, "Busy")]
    began = time.monotonic()
    assert await sender.messenger.send(post()) == "a:29:ann 1"
    assert time.monotonic() - began >= 1.5
    assert len(sender.fake.messages) == 1


async def test_a_long_wait_is_left_to_the_worker(sender: Sender) -> None:
    sender.fake.faults = [error(429, "Busy", headers={"Retry-After": "33"})]
    with pytest.raises(TryLater) as later:
        await sender.messenger.send(post())
    assert later.value.seconds == 33
    assert len(sender.fake.calls) == 1


@pytest.mark.parametrize(
    "answer",
    [
        web.Response(status=500, text="<html>oops</html>", content_type="text/html"),
        web.Response(status=502, text="<html>Bad Gateway</html>", content_type="text/html"),
        web.Response(status=429, text="slow down", content_type="text/plain"),
        web.Response(status=201, text="{broken", content_type="application/json"),
    ],
    ids=["500 html", "502 html", "429 text", "201 broken"],
)
async def test_an_answer_that_cannot_be_read_may_mean_delivered(sender: Sender, answer: web.Response) -> None:
    sender.fake.faults = [answer]
    with pytest.raises(Unknown):
        await sender.messenger.send(post())
    assert len(sender.fake.calls) == 1  # and is not sent again blindly
    assert not await sender.messenger.find(post())


async def test_an_error_of_their_own_may_mean_delivered(sender: Sender) -> None:
    sender.fake.faults = [error(500, "ServiceError")]
    with pytest.raises(Unknown):
        await sender.messenger.send(post())


async def test_nobody_at_the_other_end_means_not_delivered(sender: Sender) -> None:
    await sender.addresses.meet("ann", Way(_closed(sender), "a:29:ann", "29:ann"))
    with pytest.raises(TryLater):
        await sender.messenger.send(post())


def _closed(sender: Sender) -> str:
    """A port of this machine where nobody listens; trusted for this test alone."""
    url = "http://127.0.0.1:9/"
    sender.connectors.trusted = lambda _: True
    return url


async def test_our_token_goes_to_no_other_host(sender: Sender) -> None:
    await sender.addresses.meet("ann", Way("https://attacker.example/", "a:29:ann", "29:ann"))
    with pytest.raises(Undeliverable, match="attacker"):
        await sender.messenger.send(post())
    assert sender.fake.calls == []


async def test_before_it_is_opened_everything_waits(sender: Sender) -> None:
    shut = Sender(sender.fake, sender.store, FakeClock(), sender.people)  # type: ignore[arg-type]
    with pytest.raises(TryLater):
        await shut.messenger.send(post())


async def test_the_token_is_fetched_off_the_event_loop(sender: Sender) -> None:
    threads: list[threading.Thread] = []

    def token(*_: Any) -> str:
        threads.append(threading.current_thread())
        return "token"

    (await sender.connectors.create(sender.fake.url)).config.credentials.get_access_token = token
    await sender.messenger.send(post())
    assert threads[0] is not threading.main_thread()


async def test_a_secret_that_microsoft_does_not_take_is_named(sender: Sender) -> None:
    def refuse(*_: Any) -> str:
        raise PermissionError("invalid_client")

    (await sender.connectors.create(sender.fake.url)).config.credentials.get_access_token = refuse
    with pytest.raises(Undeliverable) as no:
        await sender.messenger.send(post())
    assert no.value.reason == "revoked"


async def test_credentials_are_made_once() -> None:
    credentials = KnownToken(SETTINGS.app_id, SETTINGS.password, SETTINGS.tenant)
    where = (SETTINGS.app_id, "scope", "https://login.microsoftonline.com/", True)
    assert await credentials.create_credentials(*where) is await credentials.create_credentials(*where)


async def test_names_are_asked_for_and_nobody_waits_for_them(sender: Sender) -> None:
    sender.fake.members["29:ann"] = {"id": "29:ann", "name": "Ann Lee"}
    assert await sender.directory.profile("ann") == Profile("ann", "Ann Lee")
    slow = asyncio.Event()
    ask = sender.connectors.ask

    async def slowly(url: str, call: Any) -> Any:
        await slow.wait()
        return await ask(url, call)

    sender.connectors.ask = slowly  # type: ignore[assignment,method-assign]
    sender.fake.members["bo"] = {"id": "29:bo", "name": "Bo"}
    with pytest.raises(TryLater):
        await sender.directory.profile("bo")
    slow.set()
    await asyncio.sleep(0.2)
    assert (await sender.directory.profile("bo")).name == "Bo"


async def test_a_turn_waits_for_no_name_and_has_it_the_next_time(sender: Sender) -> None:
    sender.fake.members["bo"] = {"id": "29:bo", "name": "Bo"}
    sender.fake.slow = 0.3
    with hurried():
        began = time.monotonic()
        with pytest.raises(TryLater):
            await sender.directory.profile("bo")
        assert time.monotonic() - began < 0.2
        await asyncio.sleep(0.8)
        assert (await sender.directory.profile("bo")).name == "Bo"
    assert len(sender.fake.calls) == 1


async def test_a_whole_team_of_strangers_is_asked_for_together_and_a_few_at_a_time(sender: Sender) -> None:
    people = [f"p{number}" for number in range(12)]
    sender.fake.members = {who: {"id": f"29:{who}", "name": who.title()} for who in people}
    sender.fake.slow = 0.2
    asked = asyncio.gather(*(sender.directory.profile(who) for who in people), return_exceptions=True)
    await asyncio.sleep(0.1)
    assert len(sender.fake.calls) <= AT_ONCE
    found = await asked
    assert sum(isinstance(one, TryLater) for one in found) > 0  # nobody waits longer than his patience
    await asyncio.sleep(1.0)
    assert [(await sender.directory.profile(who)).name for who in people] == [who.title() for who in people]


async def test_who_cannot_be_found_is_not_asked_for_again_at_once(sender: Sender) -> None:
    for _ in range(3):
        with contextlib.suppress(Undeliverable):
            await sender.directory.profile("nobody")
    assert len(sender.fake.calls) == 1


async def test_what_was_typed_and_not_sent_stands_there_when_the_card_is_drawn_again(sender: Sender) -> None:
    form = Form("a/b/answer", "l", "r1", "t", "s", "no", (Input("draft", "long", "Draft"),), "primary")
    card = Card("Step", "en", (form, Button("a/b/help", "Help", "r1")))
    sender.wardrobe.remember("ann", "r1", {"a/b/answer/draft": "Half a sent"}, "a/b/help")
    ref = await sender.messenger.send(post(card=card))
    (box,) = adaptive.parts(sender.fake.messages[0]["card"], "Input.")
    assert box["value"] == "Half a sent"
    sender.wardrobe.remember("ann", "r1", {"a/b/answer/draft": "Half a sentence."}, "a/b/answer")
    await sender.messenger.send(replace(post(card=card), ref=ref))
    (box,) = adaptive.parts(sender.fake.messages[0]["card"], "Input.")
    assert "value" not in box
