"""What comes in, good and bad: activities through the real door, their effect on disk, and what is said back."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.recovery import Recovery
from bot.library import Library
from handlers.teams import wording
from tests import adaptive
from tests.fakes_teams import BOT, GENERAL, TEAM, TENANT, FakeTeams, error
from tests.teams_stage import TEAMS_IDS, Stage, staged

Json = dict[str, Any]
WORKSPACE = f"teams:{TENANT}"
HELLO = "start she was charged twice"


@pytest.fixture
async def stage(tmp_path: Path, library: Library) -> AsyncIterator[Stage]:
    async with FakeTeams().open() as fake, staged(tmp_path, library, fake) as stage:
        yield stage


async def mine(stage: Stage, who: str = "ann") -> list[Recovery]:
    return list(await stage.store.open_for(WORKSPACE, who))


async def begun(stage: Stage, who: str = "ann", **more: Any) -> Recovery:
    assert (await stage.teams.say(who, HELLO, **more)).status == 201
    await stage.settle()
    return (await mine(stage, who))[0]


def shown(stage: Stage, who: str = "ann") -> list[str]:
    return [
        "\n".join(adaptive.texts(one["card"])) for one in stage.teams.messages if one["conversation"] == f"a:29:{who}"
    ]


# The way through


async def test_one_card_per_step_replaced_in_place(stage: Stage) -> None:
    now = await begun(stage)
    (card,) = stage.teams.messages
    action = "recovery/apology/answer"
    data: Json = {"action": action, "value": now.id, "fields": ["draft"]}
    answer = await stage.teams.press("ann", action, {**data, "recovery/apology/answer/draft": "Sorry."})
    assert answer["status"] == 200
    assert answer["body"]["type"] == "application/vnd.microsoft.card.adaptive"
    assert "I have sent it" in "\n".join(adaptive.texts(answer["body"]["value"]))
    await stage.settle()
    assert sum("Apologise" in one.partition("\n")[0] for one in shown(stage)) == 1
    assert card["edits"] == 1
    assert card["card"] == answer["body"]["value"]


async def test_the_answer_to_a_press_waits_for_nobody_outside(stage: Stage) -> None:
    now = await begun(stage)
    calls = len(stage.teams.calls)
    await stage.teams.press("ann", "recovery/apology/skip", {"value": now.id, "recovery/apology/skip/reason": "gone"})
    assert (await mine(stage))[0].step == "review"  # on disk, though the worker has not run
    assert len(stage.teams.calls) == calls


async def test_a_typed_message_is_the_answer_that_is_asked_for(stage: Stage) -> None:
    now = await begun(stage)
    await stage.teams.say("ann", "We charged you twice &amp; I am <at>sorry</at>")
    kept = await stage.store.recovery(WORKSPACE, now.id)
    assert kept
    assert kept.answers["draft"] == "We charged you twice & I am sorry"


async def test_a_quotation_says_which_recovery_is_meant(stage: Stage) -> None:
    await begun(stage)
    await stage.teams.say("ann", "start the second one")
    await stage.settle()
    first, second = await mine(stage)
    ref = stage.teams.messages[0]["id"]
    quoted = f'<blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="{ref}"><p>1 of 4</p></blockquote>'
    html = {"contentType": "text/html", "content": f"{quoted}<p>Sorry about the &lt;two&gt; charges</p>"}
    await stage.teams.say("ann", "1 of 4 Sorry about", attachments=[html])
    kept = await stage.store.recovery(WORKSPACE, first.id)
    assert kept
    assert kept.answers["draft"] == "Sorry about the <two> charges"
    assert not second.answers
    await stage.teams.say("ann", "Which one?")
    await stage.settle()
    assert "several open recoveries" in shown(stage)[-1]


@pytest.mark.parametrize(("text", "heard"), [("help", "I coach"), ("list", "No open"), ("start", "Start a recovery")])
async def test_words_in_the_personal_chat(stage: Stage, text: str, heard: str) -> None:
    await stage.teams.say("ann", text)
    await stage.settle()
    assert heard in shown(stage)[0]


async def test_a_mention_in_a_channel_starts_and_the_card_comes_privately(stage: Stage) -> None:
    await stage.teams.mention("ann", "she is furious about <at>Bo</at>")
    await stage.settle()
    (now,) = await mine(stage)
    assert (now.said, now.channel) == ("she is furious about Bo", GENERAL)
    assert now.link.startswith("https://teams.microsoft.com/l/message/19%3Ageneral")
    assert {one["conversation"] for one in stage.teams.messages} == {"a:29:ann"}


@pytest.mark.parametrize(("asked", "begun"), [("help", 0), ("/amends dance", 0), ("today he came back, furious", 1)])
async def test_a_mention_that_only_begins_like_an_order_starts(stage: Stage, asked: str, begun: int) -> None:
    await stage.teams.mention("ann", asked)
    await stage.settle()
    assert len(await mine(stage)) == begun


async def test_channel_talk_is_offered_privately_and_ordinary_talk_is_not(stage: Stage) -> None:
    await stage.teams.talk("ann", "Lunch at twelve?")
    await stage.teams.talk("ann", "the customer is furious, the parcel is late again and he wants his money back")
    other: Json = {"from": {"id": "28:other-bot"}}
    await stage.teams.talk("ann", "the customer is furious and wants his money back", **other)
    await stage.settle()
    (offer,) = shown(stage)
    assert "shall we go through it together" in offer.lower()
    for where in ("off", "recoveries"):
        await stage.teams.talk("ann", "he is furious and threatens to sue", TEAMS_IDS[where])
    await stage.settle()
    assert len(stage.teams.messages) == 1


async def test_coach_me_on_this(stage: Stage) -> None:
    payload: Json = {"id": "7", "linkToMessage": "https://teams.microsoft.com/l/message/x/7"}
    payload |= {"body": {"contentType": "html", "content": "<p>She is <b>furious</b>&nbsp;&amp; wants money</p>"}}
    value = {"commandId": "coach", "commandContext": "message", "messagePayload": payload}
    where = stage.teams.in_channel()
    asked = await stage.teams.invoke("ann", "composeExtension/fetchTask", value, **where)
    card = asked["body"]["task"]["value"]["card"]["content"]
    assert adaptive.mistakes({**card, "actions": []}) == []
    (box,) = adaptive.parts(card, "Input.")
    assert box["value"] == "She is furious & wants money"
    (button,) = card["actions"]
    assert button["type"] == "Action.Submit"
    data = {**button["data"], box["id"]: box["value"]}
    done = await stage.teams.invoke("ann", "composeExtension/submitAction", {**value, "data": data}, **where)
    assert done["body"]["task"]["type"] == "message"
    (now,) = await mine(stage)
    assert (now.said, now.link, now.channel) == ("She is furious & wants money", payload["linkToMessage"], "")
    empty = await stage.teams.invoke("ann", "composeExtension/submitAction", {**value, "data": {}}, **where)
    assert empty["body"]["task"]["type"] == "continue"


async def test_a_press_of_an_old_client_comes_as_a_message(stage: Stage) -> None:
    now = await begun(stage)
    data = {"action": "recovery/apology/answer", "value": now.id, "recovery/apology/answer/draft": "Sorry."}
    assert (await stage.teams.send({**stage.teams.person("ann"), "type": "message", "value": data})).status == 201
    assert (await mine(stage))[0].answers["draft"] == "Sorry."
    await stage.teams.send({**stage.teams.person("ann"), "type": "message", "value": {**data, "value": "made up"}})
    await stage.settle()
    assert "I do not know this recovery" in shown(stage)[-1]


# Who comes and goes


async def test_language_and_time_zone_come_with_what_he_writes_unless_he_chose(stage: Stage) -> None:
    await begun(stage, "bo", locale="sv-SE")
    assert "Be om ursäkt" in shown(stage, "bo")[0]
    known = await stage.store.person(WORKSPACE, "bo")
    assert known
    assert (known.name, known.lang, known.zone) == ("Bo", "sv", "Europe/Stockholm")
    await stage.teams.say("bo", "language ar", locale="sv-SE")
    await stage.teams.say("bo", "help", locale="de-DE", localTimezone="Nowhere/Land")
    known = await stage.store.person(WORKSPACE, "bo")
    assert known
    assert (known.lang, known.zone) == ("ar", "Europe/Stockholm")


async def test_a_ping_goes_out_after_a_restart(tmp_path: Path, library: Library) -> None:
    async with FakeTeams().open() as fake:
        fake.members["sue"] = {"id": "29:sue", "name": "Sue"}
        async with staged(tmp_path, library, fake) as stage:
            body = {**fake.person("ann"), **fake.in_channel(), "type": "conversationUpdate"}
            await fake.send({**body, "membersAdded": [{"id": BOT}]})
            await fake.say("ann", "start the customer threatens to sue us and call the newspaper")
        assert fake.messages == []
        async with staged(tmp_path, library, fake) as stage:
            await stage.settle()
            assert "needs you" in shown(stage, "sue")[0]
            assert len(shown(stage)) == 1


async def test_installed_says_hello_and_what_waited_goes_out(stage: Stage) -> None:
    stage.teams.closed["a:29:ann"] = lambda: error(403, "BotNotInConversationRoster")
    await stage.teams.say("ann", HELLO)
    stage.teams.opened["29:ann"] = "a:29:ann"
    await stage.settle()
    assert shown(stage) == []
    del stage.teams.closed["a:29:ann"]
    await stage.teams.send({**stage.teams.person("ann"), "type": "installationUpdate", "action": "add"})
    await stage.settle()
    heard = "\n".join(shown(stage))
    assert "Apologise" in heard
    assert "Start a recovery" in heard


@pytest.mark.parametrize("code", ["ConversationBlockedByUser", "BotNotInConversationRoster"])
async def test_who_blocks_the_bot_is_dropped_the_admin_told_and_the_next_asked(stage: Stage, code: str) -> None:
    for who in ("sue", "omar"):
        await stage.teams.say(who, "list")
    stage.teams.closed["a:29:sue"] = lambda: error(403, code)
    await stage.teams.say("ann", "start the customer threatens to sue us and call the newspaper")
    await stage.settle()
    heard = shown(stage, "omar")
    assert any("needs you" in one for one in heard)  # he is next, and is asked at once
    assert any("sue" in one and "cannot" in one.lower() for one in heard)  # and he is the admin
    assert '"conversation": ""' in (await stage.store.address(WORKSPACE, "person/sue") or "")


async def test_uninstalled_is_forgotten_until_he_is_back(stage: Stage) -> None:
    await begun(stage)
    await stage.teams.send({**stage.teams.person("ann"), "type": "installationUpdate", "action": "remove"})
    way = await stage.store.address(WORKSPACE, "person/ann")
    assert way
    assert '"conversation": ""' in way
    team = {**stage.teams.person("ann"), **stage.teams.in_channel(), "type": "conversationUpdate"}
    await stage.teams.send({**team, "membersAdded": [{"id": BOT}]})
    assert TEAM in (await stage.store.address(WORKSPACE, "tenant") or "")
    await stage.teams.send({**team, "membersRemoved": [{"id": BOT}]})
    assert TEAM not in (await stage.store.address(WORKSPACE, "tenant") or "")
    await stage.teams.send({**team, "membersAdded": [{"id": "29:new", "aadObjectId": "new"}]})
    assert "29:new" in (await stage.store.address(WORKSPACE, "person/new") or "")
    gone = [{"id": "29:new", "aadObjectId": "new"}, {"id": "29:sue", "aadObjectId": "sue"}, {"id": "29:nobody"}]
    await stage.teams.say("sue", "list")
    await stage.teams.send({**team, "membersRemoved": gone})
    assert await stage.store.address(WORKSPACE, "person/new") is None
    assert "a:29:sue" in (await stage.store.address(WORKSPACE, "person/sue") or "")  # they have a chat of their own


# Bad input


async def test_an_activity_twice_has_one_effect(stage: Stage) -> None:
    for _ in range(3):
        await stage.teams.say("ann", HELLO, id="the same")
    assert len(await mine(stage)) == 1
    (now,) = await mine(stage)
    data = {"value": now.id, "recovery/apology/answer/draft": "Sorry."}
    for _ in range(3):
        answer = await stage.teams.press("ann", "recovery/apology/answer", data, id="same press")
        assert "I have sent it" in "\n".join(adaptive.texts(answer["body"]["value"]))
    assert (await mine(stage))[0].version == 2


async def test_activities_without_an_id_are_told_apart_by_what_they_say(stage: Stage) -> None:
    said = {**stage.teams.person("ann"), "id": None, "type": "message", "text": HELLO}
    for at in ("2026-11-24T13:00:00Z", "2026-11-24T13:00:00Z", "2026-11-24T13:00:01Z"):
        await stage.teams.send({**said, "timestamp": at})
    assert len(await mine(stage)) == 2


BAD_PRESSES: dict[str, tuple[str, Json, str]] = {
    "a made-up verb": ("recovery/apology/explode", {}, "does not fit"),
    "no verb at all": ("", {}, "does not fit"),
    "a path": ("../../etc/passwd", {}, "does not fit"),
    "a step to come": ("recovery/fix/answer", {"recovery/fix/answer/remedy": "x"}, "does not fit"),
    "a field of another step": ("recovery/apology/answer", {"recovery/apology/answer/remedy": "x"}, "does not fit"),
    "fields missing": ("recovery/apology/answer", {}, "missing or not readable"),
    "a field that is no text": ("recovery/apology/answer", {"recovery/apology/answer/draft": {"a": [1]}}, ""),
    "a field of 100 KB": (
        "recovery/apology/answer",
        {"recovery/apology/answer/draft": "x" * 100_000},
        "missing or not readable",
    ),
}


@pytest.mark.parametrize(("verb", "data", "said"), BAD_PRESSES.values(), ids=BAD_PRESSES)
async def test_a_bad_press_is_politely_refused_on_the_card(stage: Stage, verb: str, data: Json, said: str) -> None:
    now = await begun(stage)
    answer = await stage.teams.press("ann", verb, {"value": now.id, **data})
    assert (answer["status"], answer["body"]["statusCode"]) == (200, 200)
    card = answer["body"]["value"]
    assert adaptive.mistakes(card) == []
    assert said in "\n".join(adaptive.texts(card))
    if said:
        assert (await mine(stage))[0].version == now.version


@pytest.mark.parametrize("value", ["made up", "", "x" * 100_000, None, 7, ["a"], {"a": 1}])
async def test_a_recovery_that_is_none(stage: Stage, value: Any) -> None:
    answer = await stage.teams.press("ann", "recovery/apology/answer", {"value": value})
    assert answer["status"] == 200
    assert "I do not know this recovery" in "\n".join(adaptive.texts(answer["body"]["value"]))


async def test_somebody_elses_recovery_is_neither_changed_nor_shown(stage: Stage) -> None:
    now = await begun(stage)
    for verb in (
        "recovery/apology/answer",
        "recovery/apology/drop",
        "recovery/apology/take",
        "recovery/apology/accept",
    ):
        answer = await stage.teams.press("eve", verb, {"value": now.id, "recovery/apology/answer/draft": "x"})
        assert answer["status"] == 200
        assert "charged twice" not in "\n".join(adaptive.texts(answer["body"]["value"]))
    (then,) = await mine(stage)
    assert replace(then, version=now.version) == now  # the journal has a line for each


async def test_a_late_press_is_answered_with_the_card_as_it_stands(stage: Stage) -> None:
    now = await begun(stage)
    draft = {"value": now.id, "recovery/apology/answer/draft": "Sorry."}
    await stage.teams.press("ann", "recovery/apology/answer", draft)
    await stage.teams.press("ann", "recovery/apology/sent_at", {"value": now.id})
    late = await stage.teams.press("ann", "recovery/apology/answer", draft)
    heard = "\n".join(adaptive.texts(late["body"]["value"]))
    assert "That step is done already" in heard
    assert "Review" in heard


async def test_what_was_typed_stays_when_something_is_wrong(stage: Stage) -> None:
    now = await begun(stage)
    for action in ("apology/skip", "review/skip"):
        data = {"value": now.id, f"recovery/{action}/reason": "gone"}
        await stage.teams.press("ann", f"recovery/{action}", data)
    typed = {"remedy": "A refund", "owner": "ann", "due/date": "", "due/time": "half past", "amount": "much"}
    data = {"value": now.id, **{f"recovery/fix/answer/{key}": value for key, value in typed.items()}}
    answer = await stage.teams.press("ann", "recovery/fix/answer", data)
    card = answer["body"]["value"]
    values = {
        one["id"].removeprefix("recovery/fix/answer/"): one.get("value") for one in adaptive.parts(card, "Input.")
    }
    assert (values["remedy"], values["due/time"], values["amount"]) == ("A refund", "half past", "much")
    heard = list(adaptive.texts(card))
    assert "I cannot read this amount. Write a number and a currency: 250 SEK." in heard
    assert any("Promised for" in one and "Amount" in one for one in heard)  # labels, not ids, in the refusal


INVOKES: dict[str, tuple[str, Any]] = {
    "unknown name": ("made/up", {}),
    "no name": ("", {}),
    "no value": ("adaptiveCard/action", None),
    "value is a list": ("adaptiveCard/action", [1, 2]),
    "value is text": ("adaptiveCard/action", "x"),
    "action is text": ("adaptiveCard/action", {"action": "x"}),
    "data is a list": ("adaptiveCard/action", {"action": {"verb": "a/b/c", "data": [1]}}),
    "verb is an object": ("adaptiveCard/action", {"action": {"verb": {"a": 1}, "data": {}}}),
    "fields are numbers": ("adaptiveCard/action", {"action": {"verb": "home/-/start", "data": {"fields": [1, None]}}}),
    "unknown command": ("composeExtension/fetchTask", {"commandId": "x"}),
    "payload is text": ("composeExtension/fetchTask", {"commandId": "coach", "messagePayload": "x"}),
    "body is a list": ("composeExtension/fetchTask", {"commandId": "coach", "messagePayload": {"body": [1]}}),
    "submit without data": ("composeExtension/submitAction", {"commandId": "coach"}),
    "dialogs": ("task/fetch", {"data": {}}),
    "search": ("composeExtension/query", {"commandId": "coach"}),
}


@pytest.mark.parametrize(("name", "value"), INVOKES.values(), ids=INVOKES)
async def test_no_invoke_is_a_fault_of_ours(stage: Stage, name: str, value: Any) -> None:
    answer = await stage.teams.invoke("ann", name, value)
    assert answer["status"] == 200
    assert not await mine(stage)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    "type name value text from conversation channelData recipient entities attachments membersAdded membersRemoved "
    "action replyToId timestamp locale localTimezone textFormat".split()
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.dictionaries(FIELDS, JSON, max_size=4))
async def test_whatever_is_signed_never_breaks_the_door(stage: Stage, changes: Json) -> None:
    body = {**stage.teams.person("ann"), "type": "message", "text": "help", **changes}
    assert (await stage.teams.send(body)).status in {200, 201, 400, 401, 403}


async def test_everything_else_that_teams_tells_is_let_go(stage: Stage) -> None:
    for kind in (
        "messageReaction",
        "messageUpdate",
        "messageDelete",
        "typing",
        "event",
        "endOfConversation",
        "made-up",
    ):
        assert (await stage.teams.send({**stage.teams.person("ann"), "type": kind, "text": HELLO})).status == 201
    assert not await mine(stage)


@pytest.mark.parametrize("said", ["<" * 40_000, "<at " * 10_000])
def test_no_markup_holds_up_everybody_else(said: str) -> None:
    begun = time.process_time()
    wording.plain(said)
    wording._words(said)
    assert time.process_time() - begun < 0.2
