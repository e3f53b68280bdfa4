"""One recovery through the real command line and a Slack that nobody here wrote, over Socket Mode and signed HTTP."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.library import load
from tests.e2e.emulated_slack import Bot, Workspace, free_port, labels, shown, visible, workspace

ANN, SUE, BO, KIM = "U01ANN", "U02SUE", "U03BO", "U04KIM"
GENERAL, RECOVERIES = "C01GEN", "C02REC"
ANGRY = "Customer is furious: second time her parcel is late <!channel>, wants her money back"
ORGANISATION = f"""
admins = ["{KIM}"]
time_zone = "Europe/Stockholm"

[team.support]
recoveries = "{RECOVERIES}"
supervisors = ["{SUE}", "{KIM}"]
agents = ["{ANN}", "{BO}"]
channels = {{ {GENERAL} = "offer" }}
"""
SECRETS = {"SLACK_BOT_TOKEN": "xoxb-emulated", "SLACK_SIGNING_SECRET": "emulated-signing-secret"}
WORDS = load().words
Json = dict[str, Any]


def say(key: str, lang: str = "en", **args: str | float) -> str:
    return visible(WORDS.say(lang, key, **args))


def place(number: int, lang: str = "en") -> str:
    return say("card-title", lang, place=number, of=4)


@pytest.fixture(params=["socket", "events"])
async def slack(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Workspace, Bot]]:
    """The workspace and the running bot, hearing by Socket Mode or by signed HTTP events."""
    port = free_port()
    (tmp_path / "amends.toml").write_text(ORGANISATION)
    async with workspace(tmp_path, request.param, port) as space:
        env = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
        env |= {**SECRETS, "SLACK_API_URL": f"{space.url}/api", "AMENDS_PORT": str(port)}
        env |= {"SLACK_APP_TOKEN": "xapp-emulated"} if request.param == "socket" else {}
        bot = Bot(tmp_path, env, port)
        try:
            await bot.start(space.session)
            yield space, bot
        finally:
            await bot.end()


async def test_from_an_angry_message_to_the_posted_record(slack: tuple[Workspace, Bot]) -> None:
    space, bot = slack
    await offered_and_accepted(space)
    await apologised(space)
    assert await bot.end() == 0
    await bot.start(space.session)
    await reviewed(space)
    await supervisor_has_it(space)
    assert await bot.end(signal.SIGKILL) == -signal.SIGKILL
    await bot.start(space.session)
    await fixed(space)
    await documented(space)
    record = await space.sees(RECOVERIES, say("record-title", who="Ann"))
    for said in (
        "her parcel is late @channel",
        "A guessed address",
        "Address check before dispatch",
        say("scale-of", mark="5"),
    ):
        assert said in shown(record)
    assert "So sorry" not in shown(record)  # a draft stays private
    done = await space.hears(SUE, say("ping-closed"))
    assert labels(done) == [say("form-reopen")]
    assert len(space.messages[RECOVERIES]) == 1
    assert await bot.end() == 0
    assert "Traceback" not in bot.said()


async def offered_and_accepted(space: Workspace) -> None:
    await space.writes(ANN, GENERAL, "Good morning, who has the late shift?")
    await space.writes(ANN, GENERAL, ANGRY)
    offer = await space.sees(GENERAL, say("offer-title"), private_to=ANN)
    await space.presses(ANN, offer, say("offer-accept"))
    await space.sees(GENERAL, say("offer-taken"), private_to=ANN)
    card = await space.hears(ANN, place(1))
    assert say("apology-body") in shown(card)


async def apologised(space: Workspace) -> None:
    card = await space.hears(ANN, place(1))
    await space.presses(ANN, card, say("apology-open"))
    assert (await space.modal())["title"]["text"] == say("apology-title")
    await space.submits(ANN, draft={"type": "plain_text_input", "value": ""})
    await space.until(lambda: bool(space.errors), "the form says what is wrong")
    assert list(space.errors) == ["draft"]
    assert space.views
    await space.submits(ANN, draft=typed("So sorry. We promised Tuesday; that is our mistake."))
    await space.closed()
    card = await space.hears(ANN, "We promised Tuesday")
    await space.presses(ANN, card, say("apology-sent_at.press"))
    await space.hears(ANN, place(2))


async def reviewed(space: Workspace) -> None:
    card = await space.hears(ANN, place(2))
    direct = space.direct[ANN]
    await space.writes(ANN, direct, "Her parcel came three days late, again", card["ts"])
    await space.hears(ANN, say("review-happened") + ": Her parcel came three days late, again")
    await space.writes(ANN, direct, "A new one by Friday", card["ts"])
    await space.hears(ANN, place(3))


async def supervisor_has_it(space: Workspace) -> None:
    card = await space.hears(ANN, place(3))
    await space.presses(ANN, card, say("form-help"))
    await space.modal()
    await space.submits(ANN, why=typed("She asks for 200 back"))
    await space.closed()
    ping = await space.hears(SUE, say("ping-title", who="Ann", severity="").strip())
    for said in ("A new one by Friday", "She asks for 200 back", "Her parcel came three days late"):
        assert said in shown(ping)
    await space.presses(SUE, ping, say("take"))
    await space.hears(ANN, say("taken", who="Sue"))
    await space.presses(SUE, ping, say("take"))
    await space.hears(SUE, say("no-late-taken", who="Sue"))


async def fixed(space: Workspace) -> None:
    card = await space.hears(ANN, place(3))
    await space.presses(ANN, card, say("fix-open"))
    await space.modal()
    soon, later = at(timedelta(hours=2)), at(timedelta(days=2))
    owner = {"type": "users_select", "selected_user": BO}
    await space.submits(ANN, remedy=typed("A new parcel by courier"), owner=owner, due=soon, check_back=later)
    await space.closed()
    card = await space.hears(ANN, "A new parcel by courier")
    await space.presses(ANN, card, say("form-note"))
    await space.modal()
    await space.submits(ANN, note=typed("Courier has left, I told her"))
    await space.closed()
    card = await space.hears(ANN, "Courier has left")
    await space.presses(ANN, card, say("fix-fixed_at.press"))
    card = await space.hears(ANN, say("fix-fixed_at") + ":")
    await space.presses(ANN, card, say("fix-then-open"))
    await space.modal()
    await space.submits(ANN, rating=chosen("5"))
    await space.closed()
    await space.hears(ANN, place(4))


async def documented(space: Workspace) -> None:
    card = await space.hears(ANN, place(4))
    await space.presses(ANN, card, say("document-open"))
    await space.modal()
    cause = typed("A guessed address")
    rest = {"lacked": chosen("care"), "wellbeing": chosen("fine"), "support": chosen("none")}
    await space.submits(ANN, family=chosen("process"), cause=cause, **rest)
    await space.until(lambda: bool(space.errors), "the form says what is wrong")
    assert "prevention" in space.errors
    action = typed("Address check before dispatch")
    await space.submits(ANN, family=chosen("process"), cause=cause, prevention=action, **rest)
    await space.closed()
    await space.hears(ANN, say("card-closed"))


async def test_commands_mention_home_and_language(slack: tuple[Workspace, Bot]) -> None:
    space, _ = slack
    await space.commands(ANN, GENERAL, "help")
    await space.sees(GENERAL, say("help-title"), private_to=ANN)
    await space.commands(ANN, GENERAL, "dance")
    await space.sees(GENERAL, say("no-unknown-command"), private_to=ANN)
    await space.commands(ANN, GENERAL, "list")
    await space.sees(GENERAL, say("list-empty"), private_to=ANN)
    await space.commands(ANN, GENERAL, "start the guest in 204 has no hot water")
    await space.hears(ANN, "the guest in 204 has no hot water")
    await space.commands(ANN, GENERAL, "list")
    await space.sees(GENERAL, say("list-title", count=1), private_to=ANN)
    await space.writes(BO, GENERAL, "<@U0BOT> table 7 waits for an hour")
    await space.hears(BO, "table 7 waits for an hour")
    await space.opens_home(ANN)
    await space.until(lambda: "204" in shown(space.homes.get(ANN, {})), "Ann's home shows her recovery")
    await space.commands(ANN, GENERAL, "language sv")
    await space.sees(GENERAL, say("language-kept", "sv", language="Svenska"), private_to=ANN)
    await space.hears(ANN, place(1, "sv"))


async def test_a_repeated_delivery_has_one_effect(slack: tuple[Workspace, Bot]) -> None:
    space, bot = slack
    await space.writes(ANN, GENERAL, ANGRY)
    await space.sees(GENERAL, say("offer-title"), private_to=ANN)
    payload = await delivered(space, "parcel is late")
    for number in ("1", "2", "3"):
        retry = {"X-Slack-Retry-Num": number, "X-Slack-Retry-Reason": "http_timeout"}
        assert await bot.deliver(space.session, payload, **retry) == 200
    assert rows(bot, "select count(*) from recoveries") == [(1,)]
    assert rows(bot, "select count(*) from jobs where slot = 'offer'") == [(1,)]


async def test_what_was_said_while_the_bot_was_down_counts_when_it_is_delivered_again(
    slack: tuple[Workspace, Bot],
) -> None:
    space, bot = slack
    await space.writes(ANN, GENERAL, ANGRY)
    offer = await space.sees(GENERAL, say("offer-title"), private_to=ANN)
    payload = json.loads(await delivered(space, "parcel is late"))
    assert await bot.end() == 0
    payload["event_id"], payload["event"]["user"] = "Ev0DOWN", BO
    await bot.start(space.session)
    assert await bot.deliver(space.session, json.dumps(payload), **{"X-Slack-Retry-Num": "1"}) == 200
    await space.sees(GENERAL, say("offer-title"), private_to=BO)
    await space.presses(ANN, offer, say("offer-decline"))
    await space.sees(GENERAL, say("offer-dropped"), private_to=ANN)


async def test_an_urgent_message_pings_a_supervisor_at_once(slack: tuple[Workspace, Bot]) -> None:
    space, _ = slack
    await space.writes(ANN, GENERAL, "The customer is screaming, will call her lawyer and go to the newspaper about us")
    ping = await space.hears(SUE, say("ping-title", who="Ann", severity="").strip())
    assert say("severity-3") in shown(ping)
    assert labels(ping) == [say("take"), say("form-advise"), say("take-over"), say("form-pass")]


def typed(text: str) -> Json:
    return {"type": "plain_text_input", "value": text}


def chosen(value: str) -> Json:
    return {"type": "static_select", "selected_option": {"value": value, "text": {"type": "plain_text", "text": "-"}}}


def at(ahead: timedelta) -> Json:
    return {"type": "datetimepicker", "selected_date_time": int((datetime.now(UTC) + ahead).timestamp())}


async def delivered(space: Workspace, text: str) -> str:
    """The body of the event that the workspace sent the bot about a message."""
    for entry in reversed(await space.log()):
        body = entry.get("detail") or ""
        if entry["direction"] == "to_bot" and text in json.dumps(body):
            found: Json = json.loads(body) if isinstance(body, str) else body
            return json.dumps(found.get("payload", found))
    raise AssertionError(f"nothing about {text!r} was sent to the bot")


def rows(bot: Bot, sql: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(bot.folder / "amends.db") as database:
        return database.execute(sql).fetchall()
