"""What the team sees: the completed recovery, without drafts and without blame."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.cards import Card, Facts, Lines, Node
from bot.core.recovery import DONE
from bot.views import approval, outage
from bot.views.scene import Scene


def record(scene: Scene) -> Card:
    now = scene.recovery
    title = scene.say("record-title", who=scene.name(now.agent))
    return Card(title, scene.voice.lang, (scene.said(), *summary(scene)), "done")


def summary(scene: Scene) -> Iterator[Node]:
    """Everything that was recorded, a block a step, and how long it took."""
    now = scene.recovery
    for step in scene.case.playbook.steps:
        shown = tuple(one for one in step.fields if not one.private)
        pairs = scene.known(*(one.id for one in shown))
        if step.notes and now.notes:
            pairs += tuple((scene.say("note-at", time=scene.voice.time(note.at)), note.text) for note in now.notes)
        if pairs:
            yield Facts(pairs)
    if isinstance(done := now.answers.get(DONE), datetime):
        yield scene.quiet("prevention-done", time=scene.voice.time(done))
    if now.skipped:
        skipped = (
            scene.say("tried-skipped", step=scene.say(f"{step}-title"), why=why) for step, why in now.skipped.items()
        )
        yield Lines(scene.say("record-skipped"), tuple(skipped))
    if allowed := tuple(approval.record(scene)):
        yield Facts(allowed)
    if parent := outage.part_of(scene):
        yield Facts(parent)
    if times := tuple(_times(scene)):
        yield Facts(times)


def _times(scene: Scene) -> Iterator[tuple[str, str]]:
    now = scene.recovery
    marks = (
        ("record-to-apology", now.answers.get("sent_at")),
        ("record-to-fix", now.answers.get("fixed_at")),
        ("record-to-close", now.closed_at),
    )
    for key, at in marks:
        if isinstance(at, datetime):
            minutes = max(0, round((at - now.opened_at).total_seconds() / 60))
            hours, rest = divmod(minutes, 60)
            yield scene.say(key), scene.say("duration", hours=hours, minutes=rest)
