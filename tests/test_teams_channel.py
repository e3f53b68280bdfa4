"""A ping before everybody in a channel: a thread of its own; a press is answered privately and changes it for all."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.core.policy import Level, Policy
from bot.core.recovery import Recovery
from bot.library import Library
from tests import adaptive
from tests.dialog import organisation
from tests.fakes_teams import BOT, TENANT, FakeTeams, error
from tests.teams_stage import TEAMS_IDS, Stage, staged

Json = dict[str, Any]
WORKSPACE = f"teams:{TENANT}"
FLOOR = "19:floor@thread.tacv2"
ANGRY = "start the customer threatens to sue us and call the newspaper"
NEXT = timedelta(minutes=11)


@pytest.fixture
async def stage(tmp_path: Path, library: Library) -> AsyncIterator[Stage]:
    """Everybody on the floor is asked first, then Sue."""
    cast = organisation(TEAMS_IDS)
    policy = Policy((Level(channel=FLOOR), Level(("sue",))), supervisors=("omar",))
    cast = replace(cast, teams=(replace(cast.teams[0], policies={0: policy}),))
    async with FakeTeams().open() as fake, staged(tmp_path, library, fake, cast) as stage:
        for who in ("ann", "sue", "bo", "omar"):
            await fake.say(who, "list")
        await stage.settle()
        fake.messages.clear()
        yield stage


async def pinged(stage: Stage) -> tuple[Recovery, Json]:
    """The recovery, and its card in the channel."""
    assert (await stage.teams.say("ann", ANGRY)).status == 201
    await stage.settle()
    (now,) = await stage.store.open_for(WORKSPACE, "ann")
    (card,) = there(stage)
    return now, card


def there(stage: Stage) -> list[Json]:
    return [one for one in stage.teams.messages if one["conversation"].startswith(FLOOR)]


def private(stage: Stage, who: str) -> list[str]:
    return [read(one["card"]) for one in stage.teams.messages if one["conversation"] == f"a:29:{who}"]


def read(card: Json) -> str:
    return "\n".join(adaptive.texts(card))


async def press(stage: Stage, who: str, verb: str, key: str, channel: str = FLOOR, **inputs: str) -> Json:
    """The card that the press brought back to whoever pressed."""
    action = f"recovery/apology/{verb}"
    data = {"action": action, "value": key, **{f"{action}/{name}": value for name, value in inputs.items()}}
    answer = await stage.teams.press(who, action, data, **stage.teams.in_channel(channel))
    assert (answer["status"], answer["body"]["statusCode"]) == (200, 200)
    card: Json = answer["body"]["value"]
    assert adaptive.mistakes(card) == []
    return card


async def test_it_comes_as_a_new_thread_with_buttons(stage: Stage) -> None:
    _, card = await pinged(stage)
    assert card["conversation"] == f"{FLOOR};messageid={card['id']}"
    assert "Ann needs you" in read(card["card"]).replace("\u2068", "").replace("\u2069", "")
    verbs = [one["verb"].rpartition("/")[2] for one in adaptive.executes(card["card"])]
    assert verbs[0] == "take"
    assert private(stage, "sue") == []


async def test_whoever_takes_it_takes_it_for_all_and_the_card_changes_where_it_stands(stage: Stage) -> None:
    now, card = await pinged(stage)
    calls = len(stage.teams.calls)
    answer = await press(stage, "bo", "take", now.id)
    assert len(stage.teams.calls) == calls  # he is answered from the disk
    assert "has it since" in read(answer)
    await stage.settle()
    assert there(stage) == [card]
    assert card["edits"] == 1
    assert read(card["card"]) == read(answer)
    assert "take" not in [one["verb"].rpartition("/")[2] for one in adaptive.executes(card["card"])]
    assert private(stage, "bo") == []
    stage.clock.forward(NEXT)
    await stage.settle()
    assert private(stage, "sue") == []  # nobody else is asked


async def test_who_comes_too_late_hears_it_alone(stage: Stage) -> None:
    now, card = await pinged(stage)
    await press(stage, "bo", "take", now.id)
    await stage.settle()
    before, edits = len(stage.teams.messages), card["edits"]
    late = read(await press(stage, "omar", "take", now.id)).replace("\u2068", "").replace("\u2069", "")
    assert "Bo has it already" in late
    assert "Bo has it since" in late  # the ping as it stands, below
    await stage.settle()
    assert (len(stage.teams.messages), card["edits"]) == (before, edits)


async def test_whoever_took_it_there_can_still_pass_it_on_or_take_over(stage: Stage) -> None:
    now, card = await pinged(stage)
    await press(stage, "bo", "take", now.id)
    await stage.settle()
    assert "Whoever presses first" not in read(card["card"])
    verbs = [one["verb"].rpartition("/")[2] for one in adaptive.executes(card["card"])]
    assert verbs == ["advise", "takeover", "pass"]
    assert "Bo has it already" in read(await press(stage, "omar", "takeover", now.id)).replace("\u2068", "").replace(
        "\u2069", ""
    )
    await press(stage, "bo", "takeover", now.id)
    await stage.settle()
    assert "Bo has taken over" in read(card["card"]).replace("\u2068", "").replace("\u2069", "")


async def test_he_reads_the_refusal_in_his_own_language(stage: Stage) -> None:
    now, _ = await pinged(stage)
    await stage.teams.say("omar", "language sv")
    await press(stage, "bo", "take", now.id)
    assert "har redan tagit det" in read(await press(stage, "omar", "take", now.id))


async def test_the_agent_cannot_answer_his_own_ping(stage: Stage) -> None:
    now, card = await pinged(stage)
    assert "Only a supervisor" in read(await press(stage, "ann", "take", now.id))
    await stage.settle()
    assert card["edits"] == 0
    assert not (await stage.store.open_for(WORKSPACE, "ann"))[0].acknowledged_by


async def test_advice_without_words_keeps_the_form_and_says_why_to_him_alone(stage: Stage) -> None:
    now, card = await pinged(stage)
    asked = await press(stage, "bo", "advise", now.id, advice="")
    assert "missing or not readable" in read(asked)
    assert "Ann needs you" in read(asked).replace("\u2068", "").replace("\u2069", "")
    await stage.settle()
    assert card["edits"] == 0
    await press(stage, "bo", "advise", now.id, advice="Give her the refund.")
    await stage.settle()
    assert any("Give her the refund." in text for text in private(stage, "ann"))


async def test_nobody_answers_and_the_next_is_asked_privately(stage: Stage) -> None:
    _, card = await pinged(stage)
    stage.clock.forward(NEXT)
    await stage.settle()
    assert len(private(stage, "sue")) == 1
    assert there(stage) == [card]


async def test_from_another_channel_a_press_shows_nothing(stage: Stage) -> None:
    """Whoever knows the id alone does not read the story, though in the channel that was asked he would."""
    now, _ = await pinged(stage)
    await press(stage, "bo", "take", now.id)
    for channel in ("19:elsewhere@thread.tacv2", TEAMS_IDS["support"]):
        assert "threatens to sue" not in read(await press(stage, "eve", "take", now.id, channel))


async def test_twice_the_same_press_is_once(stage: Stage) -> None:
    now, card = await pinged(stage)
    data = {"value": now.id}
    for _ in range(3):
        where = stage.teams.in_channel(FLOOR)
        answer = await stage.teams.press("bo", "recovery/apology/take", data, id="same", **where)
        assert "has it since" in read(answer["body"]["value"])
    await stage.settle()
    assert card["edits"] == 1


async def test_a_press_of_an_old_client_in_a_channel_is_refused_in_private(stage: Stage) -> None:
    now, _ = await pinged(stage)
    await press(stage, "bo", "take", now.id)
    await stage.settle()
    said = len(there(stage))
    data = {"action": "recovery/apology/take", "value": now.id}
    where = stage.teams.in_channel(FLOOR)
    body = {**stage.teams.person("omar"), **where, "type": "message", "value": data}
    assert (await stage.teams.send(body)).status == 201
    await stage.settle()
    assert "has it already" in private(stage, "omar")[-1]
    assert len(there(stage)) == said


async def test_it_goes_out_once_we_are_let_into_the_team(stage: Stage) -> None:
    def shut() -> Any:
        return error(403, "BotNotInConversationRoster")

    stage.teams.shut = {FLOOR: shut}
    await stage.teams.say("ann", ANGRY)
    await stage.settle()
    assert there(stage) == []
    stage.teams.shut = {}
    team = {**stage.teams.person("ann"), **stage.teams.in_channel(FLOOR), "type": "conversationUpdate"}
    await stage.teams.send({**team, "membersAdded": [{"id": BOT}]})
    await stage.settle()
    assert len(there(stage)) == 1
