"""Teams in Microsoft's own client: two people, a restart in the middle, the record and a ping in the channel."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from bot.library import Library
from tests.dialog import plain
from tests.e2e.playground import browser, scene

KEYS = (
    "apology-draft apology-sent_at.press review-happened review-wanted form-answer.submit take fix-remedy fix-owner "
    "fix-due fix-check_back fix-fixed_at.press fix-rating document-family document-cause document-prevention "
    "apology-title review-title fix-title document-title card-closed more form-start.title form-start.submit "
    "form-start.said offer-taken card-severe list-empty no-form form-help form-help.submit input-why"
).split()


def required(library: Library) -> list[tuple[str, str]]:
    """What the last step wants, by label, and whether it is written or chosen; one of a group will do."""
    step = library.playbooks["recovery"].steps[-1]
    wanted = [one for one in step.fields if one.required and one.group in {None, one.id}]
    kinds = {"choice": "choice", "scale": "choice"}
    return [(plain(library.words.say("en", f"{step.id}-{one.id}")), kinds.get(one.kind, "text")) for one in wanted]


async def test_a_recovery_from_the_first_word_to_the_record(tmp_path: Path, library: Library) -> None:
    program = browser()
    words = json.dumps(
        {"required": required(library), **{key: plain(library.words.say("en", key, fields="", who="")) for key in KEYS}}
    )
    async with scene(tmp_path, library) as teams:
        await teams.start()
        for who in ("sue", "ann"):
            await teams.enter(program, who, words)
        await teams.play("sue", "hello")
        await teams.play("ann", "begin")
        await teams.stop()
        teams.clock.forward(timedelta(minutes=21))  # nobody wrote a review: its timer fires after the restart
        await teams.start()
        await teams.play("sue", "take")
        for part in ("finish", "channel", "coachOn", "coach"):
            await teams.play("ann", part)
        await teams.play("ann", "severe")
        teams.clock.forward(timedelta(minutes=11))  # Sue, who was asked first, has not answered
        await teams.play("sue", "floor")
