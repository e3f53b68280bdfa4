"""Many alike in a short time, in one message: a line and one press for each."""

from __future__ import annotations

from dataclasses import replace

from bot.cards import Card, Row, cut
from bot.core.recovery import Recovery
from bot.views.scene import Case, Scene

SAID = 120  # characters of what was said in a line
_TITLES = {"ping": "storm-title", "unanswered": "storm-title-unanswered", "late": "storm-title-late"}
_BODIES = {"ping": "storm-body", "unanswered": "unanswered-body", "late": "storm-body-late"}


def storm(scene: Scene) -> Card:
    """The most severe first, then who has waited longest; whoever is taken stays where he stood."""
    cases = sorted(scene.crowd, key=lambda one: (-one.recovery.severity, one.recovery.opened_at, one.recovery.id))
    view = scene.args.get("view", "ping")
    waiting = sum(bool(_rings(scene, one.recovery)) for one in cases)
    title = scene.say(_TITLES[view], count=waiting) if waiting else scene.say("storm-done")
    hint = (scene.quiet(_BODIES[view]),) if waiting else ()
    rows = [_row(replace(scene, case_=case, voice=scene.voice.of(case.playbook.id)), case) for case in cases]
    return Card(title, scene.voice.lang, (*rows, *hint), "urgent" if waiting else "done")


def _row(scene: Scene, case: Case) -> Row:
    now = case.recovery
    rings = _rings(scene, now)
    line = scene.say(
        "storm-line" if rings else "storm-line-over",
        who=scene.name(now.agent),
        severity=scene.say(f"severity-{now.severity}"),
        time=scene.voice.time(now.opened_at),
    )
    if not rings:
        done = now.live and scene.args.get("view") == "late"  # who has it matters less than that it is done
        return Row(line, ("" if done else scene.standing(now)) or scene.say("late-over"))
    said = cut(now.said, SAID) or scene.say("said-nothing")
    if scene.args.get("view") == "late":
        line = scene.say("late-title", who=scene.name(now.agent), step=scene.say(f"{now.step}-title"))
    may = not now.acknowledged_by and now.may_answer(scene.reader)
    return Row(line, said, scene.press("take", "take") if may else None)


def _rings(scene: Scene, now: Recovery) -> bool:
    """Does it wait for its reader still?"""
    if scene.args.get("view") != "late":
        return now.live and not now.acknowledged_by
    his = now.acknowledged_by in {"", scene.reader}
    return his and any(ask.view == "late" and ask.args["step"] == now.step for ask in now.asks)
