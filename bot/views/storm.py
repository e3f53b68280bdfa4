"""Many pings in a short time, in one message: a line and one press for each."""

from __future__ import annotations

from dataclasses import replace

from bot.cards import Card, Row, cut
from bot.core.recovery import Recovery
from bot.views.scene import Case, Scene

SAID = 120  # characters of what was said in a line


def storm(scene: Scene) -> Card:
    """The most severe first, then who has waited longest; whoever is taken stays where he stood."""
    cases = sorted(scene.crowd, key=lambda one: (-one.recovery.severity, one.recovery.opened_at, one.recovery.id))
    waiting = sum(_rings(one.recovery) for one in cases)
    title = scene.say("storm-title", count=waiting) if waiting else scene.say("storm-done")
    hint = (scene.quiet("storm-body"),) if waiting else ()
    rows = [_row(replace(scene, case_=case), case) for case in cases]
    return Card(title, scene.voice.lang, (*rows, *hint), "urgent" if waiting else "done")


def _row(scene: Scene, case: Case) -> Row:
    now = case.recovery
    line = scene.say(
        "storm-line" if _rings(now) else "storm-line-over",
        who=scene.name(now.agent),
        severity=scene.say(f"severity-{now.severity}"),
        time=scene.voice.time(now.opened_at),
    )
    if _rings(now):
        said = cut(now.said, SAID) or scene.say("said-nothing")
        return Row(line, said, scene.press("take", "take"))
    return Row(line, _ended(scene, now))


def _ended(scene: Scene, now: Recovery) -> str:
    if now.status == "closed":
        return scene.say("ping-closed")
    if now.status == "dropped":
        return scene.say("ping-dropped", who=scene.name(now.dropped_by))
    at = scene.voice.time(now.acknowledged_at or now.opened_at)
    return scene.say("ping-taken", who=scene.name(now.acknowledged_by), time=at)


def _rings(now: Recovery) -> bool:
    return now.live and not now.acknowledged_by
