"""What is to stop it next time, followed until it is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.cards import Card, Input, Node, Tone, cut
from bot.core.recovery import DONE, DUE, OWNER, PREVENTION, Ask, promised
from bot.core.reminding import over
from bot.views.scene import Scene


def action(scene: Scene) -> Card:
    """For its owner: what he promised to change, until when, and the press that ends it."""
    answers = scene.recovery.answers
    what = cut(str(answers.get(PREVENTION, "")), 200)
    nodes = (*_facts(scene), *_presses(scene))
    tone: Tone = "done" if DONE in answers else "urgent" if _late(scene) else "calm"
    return Card(scene.say("prevention-title", what=what), scene.voice.lang, nodes, tone)


def late(scene: Scene) -> Card:
    """For a supervisor: it is not done; or it is by now, or it has more time."""
    owner = scene.name(str(scene.recovery.answers.get(OWNER, "")))
    what = cut(str(scene.recovery.answers.get(PREVENTION, "")), 200)
    args = {"due": promised(scene.recovery, DUE), **scene.args}
    if over(Ask("prevention-late", (), "", args), scene.recovery, scene.case.playbook):
        return Card(scene.say("prevention-title", what=what), scene.voice.lang, tuple(_facts(scene)), "done")
    nodes = (*_facts(scene), scene.quiet("prevention-late-body", who=owner))
    return Card(scene.say("prevention-late", what=what), scene.voice.lang, nodes, "urgent")


def _facts(scene: Scene) -> Iterator[Node]:
    yield from scene.facts(*scene.known("cause", "prevention_owner", "prevention_due"))
    done = scene.recovery.answers.get(DONE)
    if isinstance(done, datetime):
        yield scene.quiet("prevention-done", time=scene.voice.time(done))


def _presses(scene: Scene) -> Iterator[Node]:
    if DONE in scene.recovery.answers or scene.recovery.status != "closed":
        return
    yield replace(scene.press("prevented", "prevention-press"), look="primary")
    until = Input("until", "time", scene.say("input-until"), required=True)
    yield replace(scene.form("postpone", (until,)), look="plain")


def _late(scene: Scene) -> bool:
    due = scene.recovery.answers.get(DUE)
    return isinstance(due, datetime) and due < scene.voice.now
