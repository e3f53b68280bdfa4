"""Slack's door and listeners under what Slack, and anybody else, may send."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, web
from slack_sdk.web.async_client import AsyncWebClient

from bot.cards import Card
from bot.library import Library
from bot.ports import Address, Post
from bot.service import Source
from handlers.slack.door import Door
from handlers.slack.manifest import manifest
from handlers.slack.send import SlackMessenger
from tests import blockkit
from tests.dialog import sounds_like
from tests.drivers import SLACK_IDS, SlackDriver, slack_driver
from tests.fakes import BOT, TEAM, signed

UPSET = "the customer is really upset, the parcel is late again and she wants her money back"
ANN, SUE = SLACK_IDS["ann"], SLACK_IDS["sue"]
Json = dict[str, Any]


@pytest.fixture
async def bot(tmp_path: Path, library: Library) -> AsyncIterator[SlackDriver]:
    async with slack_driver(tmp_path, library) as driver:
        yield driver


async def settle(bot: SlackDriver) -> None:
    while await bot.worker.once():
        pass


async def rows(bot: SlackDriver, table: str = "recoveries") -> list[Any]:
    return await bot.store._read(f"select * from {table}")  # noqa: S608 - a table's name, from below


def said_to(bot: SlackDriver, who: str, key: str) -> bool:
    lang = {"ann": "en", "bo": "sv", "sue": "ar", "omar": "en"}[who]
    return any(sounds_like(bot.library, lang, key, text) for text in bot.sees(who))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        (signed(b"{}", secret="somebody else's"), 401),
        (signed(b"{}", at=time.time() - 301), 401),
        (signed(b"other"), 401),
        ({**signed(b"{}"), "X-Slack-Request-Timestamp": "soon"}, 401),
        (signed(b"{}"), 200),
    ],
)
async def test_only_what_slack_signed_within_five_minutes_comes_in(
    bot: SlackDriver, headers: dict[str, str], status: int
) -> None:
    async with ClientSession() as session:
        body = b"{}" if status == 401 else json.dumps({"type": "url_verification", "challenge": "c"}).encode()
        sent = headers if status == 401 else signed(body)
        answer = await session.post(bot.slack.door, data=body, headers={"Content-Type": "application/json", **sent})
        assert answer.status == status
        if status == 200:
            assert "c" in await answer.text()


@pytest.mark.parametrize("body", [b"", b"not json", b"[1]", b'"text"', b"\xc3\xa5"])
async def test_what_is_not_a_json_object_is_400(bot: SlackDriver, body: bytes) -> None:
    assert (await bot.slack.send(body, "application/json")).status == 400


@pytest.mark.parametrize("body", [b"payload=nothing", b"payload=%7B%7D", b"", b"command=/amends", b"payload=[1]"])
async def test_a_form_that_is_none_is_is_400(bot: SlackDriver, body: bytes) -> None:
    assert (await bot.slack.send(body, "application/x-www-form-urlencoded")).status == 400
    assert await rows(bot) == []


async def test_a_body_beyond_any_message_is_413(bot: SlackDriver) -> None:
    assert (await bot.slack.send(b"x" * 1_048_577, "application/json")).status == 413


def test_without_a_signing_secret_the_door_does_not_open() -> None:
    with pytest.raises(ValueError, match="SLACK_SIGNING_SECRET"):
        Door(None, None, "")  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "offers"), [("lunch?", 0), (UPSET, 1)])
@pytest.mark.parametrize("connection", ["keep-alive", "close"])
async def test_channel_talk_is_answered_with_nothing(bot: SlackDriver, connection: str, text: str, offers: int) -> None:
    event = {"type": "message", "user": ANN, "text": text, "channel": "C01GEN", "channel_type": "channel", "ts": "1.1"}
    body = json.dumps({"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "event": event}).encode()
    headers = {"Content-Type": "application/json", "Connection": connection, **signed(body)}
    async with ClientSession() as session:
        for _ in range(2):
            async with session.post(bot.slack.door, data=body, headers=headers) as answer:
                assert (answer.status, await answer.read()) == (200, b"")
                assert "Date" in answer.headers
    assert len(await rows(bot)) == offers


async def test_an_event_delivered_three_times_has_one_effect(bot: SlackDriver) -> None:
    """A mention starts each time it is new, so only the delivery's id tells that it is not."""
    event = {"type": "app_mention", "user": ANN, "text": f"<@{BOT}> {UPSET}", "channel": "C01GEN", "ts": "1.9"}
    for retry in range(3):
        assert (await bot.slack.event(event, "Ev1", retry=retry)).status == 200
    await settle(bot)
    assert len(await rows(bot)) == 1
    await bot.slack.event(event, "Ev2")
    assert len(await rows(bot)) == 2


async def test_a_listener_that_fails_is_not_200_and_leaves_nothing_half_written(
    bot: SlackDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(_change: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(bot.store, "commit", full)
        assert (await bot.slack.say(ANN, UPSET, "C01GEN", event_id="Ev2")).status >= 500
    assert await rows(bot) == []
    assert (await bot.slack.say(ANN, UPSET, "C01GEN", event_id="Ev2")).status == 200
    assert len(await rows(bot)) == 1, "Slack's second delivery is the one that counts"


@pytest.mark.parametrize(
    "event",
    [
        {"subtype": "message_changed", "message": {"text": UPSET, "user": ANN}},
        {"subtype": "message_deleted", "previous_message": {"text": UPSET}},
        {"subtype": "bot_message", "bot_id": "B9", "text": UPSET},
        {"bot_id": "B0BOT", "user": BOT, "text": UPSET},
        {"subtype": "channel_join", "user": ANN, "text": UPSET},
        {"user": ANN},
        {"user": ANN, "text": None},
        {"user": ANN, "text": ""},
        {"user": ANN, "text": "lunch?"},
        {},
    ],
)
async def test_what_nobody_just_said_has_no_effect(bot: SlackDriver, event: Json) -> None:
    full = {"type": "message", "channel": "C01GEN", "channel_type": "channel", "ts": "1.1", **event}
    assert (await bot.slack.event(full)).status == 200
    assert await rows(bot) == []
    assert await rows(bot, "seen") == []


async def test_an_event_nobody_asked_for_is_acknowledged(bot: SlackDriver) -> None:
    event = {"type": "reaction_added", "user": ANN, "reaction": "wave", "item": {"type": "message"}}
    assert (await bot.slack.event(event)).status == 200


@pytest.mark.parametrize(("channel", "status"), [("C01OFF", None), ("C01OPEN", "open"), ("C01NEW", "offered")])
async def test_each_channel_listens_as_it_is_set(bot: SlackDriver, channel: str, status: str | None) -> None:
    await bot.slack.say(ANN, UPSET, channel)
    assert [row["status"] for row in await rows(bot)] == ([status] if status else [])


async def test_nobody_is_coached_where_recoveries_are_posted(bot: SlackDriver) -> None:
    await bot.slack.say(ANN, UPSET, "C01REC")
    assert await rows(bot) == []


async def test_a_mention_starts_at_once_and_is_not_heard_twice(bot: SlackDriver) -> None:
    text = f"<@{BOT}> {UPSET}"
    await bot.slack.say(ANN, text, "C01GEN")
    event = {"type": "app_mention", "user": ANN, "text": text, "channel": "C01GEN", "ts": "1.9"}
    await bot.slack.event(event)
    await settle(bot)
    (row,) = await rows(bot)
    assert (row["status"], row["said"]) == ("open", UPSET)
    assert said_to(bot, "ann", "apology-title")


@pytest.mark.parametrize(
    ("asked", "begun"), [("help", 0), ("", 0), ("help me, she is furious", 1), ("today he came back", 1)]
)
async def test_a_mention_that_only_begins_like_an_order_starts(bot: SlackDriver, asked: str, begun: int) -> None:
    event = {"type": "app_mention", "user": ANN, "text": f"<@{BOT}> {asked}", "channel": "C01GEN", "ts": "1.9"}
    await bot.slack.event(event)
    await settle(bot)
    assert len(await rows(bot)) == begun
    assert said_to(bot, "ann", "help-title") == (not begun)


@pytest.mark.parametrize(("team", "begun"), [("T99", 0), (TEAM, 1)])
@pytest.mark.parametrize("kind", ["message", "app_mention"])
async def test_a_customer_in_a_channel_shared_with_his_company_is_not_coached(
    bot: SlackDriver, kind: str, team: str, begun: int
) -> None:
    text = UPSET if kind == "message" else f"<@{BOT}> {UPSET}"
    event = {"type": kind, "user": ANN, "user_team": team, "text": text, "channel": "C01GEN", "ts": "1.1"}
    body = {"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "is_ext_shared_channel": True, "event": event}
    assert (await bot.slack.send(json.dumps(body).encode(), "application/json")).status == 200
    await settle(bot)
    assert len(await rows(bot)) == begun


async def test_the_message_shortcut_coaches_on_that_message(bot: SlackDriver) -> None:
    assert (await bot.slack.shortcut(ANN, "Where is my parcel &lt;now&gt;?")).status == 200
    await settle(bot)
    (row,) = await rows(bot)
    assert row["said"] == "Where is my parcel <now>?"
    assert "C01GEN" in row["link"]
    assert said_to(bot, "ann", "apology-title")


async def test_40000_characters_are_kept_whole_and_shown_cut(bot: SlackDriver) -> None:
    text = UPSET + " 😡" * 20_000
    assert (await bot.slack.say(ANN, text[:40_000], "C01GEN")).status == 200
    await settle(bot)
    (row,) = await rows(bot)
    assert len(row["said"]) == 40_000
    offer = next(m for m in bot.slack.messages if m.get("only") == ANN)
    assert any(t.endswith("…") for t in blockkit.texts(offer["blocks"]))


async def test_a_button_of_another_workspace_or_made_up_is_refused_in_private(bot: SlackDriver) -> None:
    await bot.slack.command(ANN, f"start {UPSET}")
    await settle(bot)
    (row,) = await rows(bot)
    press = {"type": "button", "action_id": "recovery/apology/sent_at", "value": row["id"]}
    foreign = {"team": {"id": "T0EVIL"}, "user": {"id": ANN, "team_id": "T0EVIL"}}
    made_up = [
        ({**press, "value": "nothing"}, {}),
        ({**press, "value": ""}, {}),
        ({**press, "action_id": "recovery/apology/explode"}, {}),
        ({**press, "action_id": "x"}, {}),
        ({**press, "action_id": "form:recovery/nowhere/answer"}, {}),
        (press, foreign),
    ]
    for element, more in made_up:
        before = len(bot.slack.messages)
        pressed = await bot.slack.press(ANN, element, {"channel": f"D{ANN}", "ts": "1.1"}, more=more)
        assert pressed["status"] == 200
        assert pressed["view"] is None
        await settle(bot)
        fresh = bot.slack.messages[before:]
        assert len(fresh) == 1, f"{element} {more}: one private answer, got {fresh}"
        assert fresh[0].get("only") == ANN or fresh[0]["channel"] == f"D{ANN}"
    (after,) = await rows(bot)
    assert after["version"] == row["version"], "nothing was changed"


async def test_only_a_supervisor_can_take_a_ping(bot: SlackDriver) -> None:
    await bot.slack.command(ANN, "start my customer is threatening to sue us in court over the burn injury")
    await settle(bot)
    (row,) = await rows(bot)
    take = {"type": "button", "action_id": "recovery/apology/take", "value": row["id"]}
    await bot.slack.press(ANN, take, {"channel": f"D{ANN}", "ts": "1.1"})
    await settle(bot)
    assert said_to(bot, "ann", "no-not-supervisor")
    assert (await rows(bot))[0]["acknowledged_by"] == ""


async def test_the_post_waits_for_the_bot_to_be_invited(bot: SlackDriver) -> None:
    bot.slack.absent.add("C01REC")
    await bot.slack.command(ANN, f"start {UPSET}")
    await settle(bot)
    key = (await rows(bot))[0]["id"]
    await _finish(bot, key)
    await settle(bot)
    assert (await rows(bot))[0]["status"] == "closed", "the record is stored whatever Slack says"
    assert said_to(bot, "omar", "undelivered-not-in-channel")
    bot.slack.absent.clear()
    joined = {"type": "member_joined_channel", "user": BOT, "channel": "C01REC", "team": TEAM}
    assert (await bot.slack.event(joined)).status == 200
    await settle(bot)
    assert any(sounds_like(bot.library, "en", "record-title", text) for text in bot.sees("recoveries"))


async def test_a_message_that_arrived_unanswered_is_not_posted_twice(bot: SlackDriver) -> None:
    bot.slack.keeps_but_fails.add("chat.postMessage")
    await bot.slack.say(ANN, UPSET, "C01OPEN")
    await settle(bot)
    await _later(bot)
    cards = [m for m in bot.slack.messages if m["channel"] == f"D{ANN}"]
    assert len(cards) == 1
    asked = [method for method, _ in bot.slack.calls]
    assert "conversations.history" in asked, "after a time-out Slack is asked whether it is there"


async def test_one_reading_of_a_conversation_finds_several_messages(bot: SlackDriver) -> None:
    messenger, ann = SlackMessenger(AsyncWebClient("xoxb-1", base_url=bot.slack.url)), Address("private", ANN)
    card = Card("A recovery", "A recovery")
    refs = [await messenger.send(Post(f"job-{number}", ann, card)) for number in (1, 2, 3)]
    bot.slack.calls.clear()
    found = await messenger.find(Post("job-1", ann, Card("", ""), also=("job-3", "job-4")))
    assert found == {"job-1": refs[0], "job-3": refs[2]}
    assert [method for method, _ in bot.slack.calls].count("conversations.history") == 1


async def test_retry_after_is_waited_out(bot: SlackDriver) -> None:
    slow = web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "30"})
    bot.slack.faults["chat.postMessage"].append(slow)
    await bot.slack.say(ANN, UPSET, "C01OPEN")
    await settle(bot)
    assert not [m for m in bot.slack.messages if m["channel"] == f"D{ANN}"]
    await _later(bot, seconds=31)
    assert len([m for m in bot.slack.messages if m["channel"] == f"D{ANN}"]) == 1


async def test_a_trigger_that_expired_asks_to_press_again(bot: SlackDriver) -> None:
    await bot.slack.command(ANN, f"start {UPSET}")
    await settle(bot)
    bot.slack.faults["views.open"].append("expired_trigger_id")
    await bot.press("ann", "recovery/apology/answer", None)
    await settle(bot)
    assert said_to(bot, "ann", "no-again")


async def test_what_slack_sends_beyond_our_needs_is_ignored(bot: SlackDriver) -> None:
    """Real envelopes carry more than emulators do (shapes of Slack's published samples)."""
    event = {
        "type": "message",
        "client_msg_id": "0a1b",
        "user": ANN,
        "text": UPSET,
        "team": TEAM,
        "user_team": TEAM,
        "source_team": TEAM,
        "blocks": [{"type": "rich_text", "block_id": "x", "elements": []}],
        "channel": "C01GEN",
        "channel_type": "channel",
        "event_ts": "1.1",
        "ts": "1.1",
    }
    authorizations = [{"enterprise_id": None, "team_id": TEAM, "user_id": BOT, "is_bot": True}]
    more: Json = {"enterprise_id": "", "authorizations": authorizations, "is_ext_shared_channel": False}
    assert (await bot.slack.event(event, **more, event_context="4-xyz")).status == 200
    assert len(await rows(bot)) == 1


def test_the_manifest_asks_for_what_the_listeners_need() -> None:
    made = manifest("https://bot.example.com/")
    there = "https://bot.example.com/slack/events"
    assert made["settings"]["event_subscriptions"]["request_url"] == there
    assert made["settings"]["interactivity"]["request_url"] == there
    assert made["features"]["slash_commands"][0]["url"] == there
    assert made["settings"]["socket_mode_enabled"] is False
    assert manifest()["settings"]["socket_mode_enabled"] is True
    assert len(made["display_information"]["name"]) <= 35
    assert len(made["display_information"]["description"]) <= 140
    assert 174 <= len(made["display_information"]["long_description"]) <= 4000


async def _later(bot: SlackDriver, seconds: int = 5) -> None:
    bot.clock.forward(timedelta(seconds=seconds))
    await settle(bot)


async def _finish(bot: SlackDriver, key: str) -> None:
    """The shortest way through: everything skipped that may be, cause and reason given."""
    for step in ("apology", "review", "fix"):
        source = _source(f"skip {step}")
        await bot.service.pressed(source, f"recovery/{step}/skip", key, {"reason": "test"})
    answers = {"family": "process", "cause": "c", "none_because": "n", "lacked": "care"}
    answers |= {"wellbeing": "fine", "support": "none"}
    await bot.service.pressed(_source("doc"), "recovery/document/answer", key, answers)


def _source(seen: str) -> Source:
    return Source(f"slack:{TEAM}", ANN, seen)
