"""The morning's overview for a supervisor: what is open, promised, to be prevented; nobody is ranked."""

from __future__ import annotations

from collections.abc import Iterator

from bot.cards import Card, Lines, Node, Text, cut
from bot.core.morning import Dated, Morning
from bot.core.recovery import OWNER, Recovery
from bot.views.scene import Scene

MOST = 8  # lines of one kind: more is no longer read
SAID = 90


def digest(scene: Scene) -> Card:
    now = scene.morning
    if not now:
        return Card(scene.say("digest-nothing"), scene.voice.lang)
    return Card(scene.say("digest-title"), scene.voice.lang, tuple(_parts(scene, now)))


def _parts(scene: Scene, now: Morning) -> Iterator[Node]:
    yield from _dated(scene, "digest-overdue", now.overdue)
    yield from _dated(scene, "digest-today", now.today)
    for severity in (3, 2, 1):
        some = [one for one in now.open if one.severity == severity]
        yield from _lines(scene, f"digest-open-{severity}", [_open(scene, one) for one in some])
    yield from _lines(scene, "digest-prevention", [_action(scene, one) for one in now.prevention])
    if now.completed:
        yield Text(scene.say("digest-completed", count=now.completed))
    yield from _lines(
        scene, "digest-causes", [scene.say("digest-cause", cause=cut(c, SAID), count=n) for c, n in now.causes]
    )


def _lines(scene: Scene, key: str, lines: list[str]) -> Iterator[Node]:
    if lines:
        more = [scene.say("mute-more", count=len(lines) - MOST)] if len(lines) > MOST else []
        yield Lines(scene.say(key, count=len(lines)), (*lines[:MOST], *more))


def _open(scene: Scene, now: Recovery) -> str:
    """What it is about, and who has it."""
    return scene.say("digest-line", what=_said(scene, now), who=scene.name(now.acknowledged_by or now.agent))


def _dated(scene: Scene, key: str, some: tuple[Dated, ...]) -> Iterator[Node]:
    lines = []
    for one in some:
        what = cut(str(one.recovery.answers.get("remedy", "")), SAID) or _said(scene, one.recovery)
        who = scene.name(str(one.recovery.answers.get("owner") or one.recovery.agent))
        lines.append(scene.say("digest-due", what=what, who=who, time=scene.voice.time(one.at)))
    yield from _lines(scene, key, lines)


def _action(scene: Scene, one: Dated) -> str:
    answers = one.recovery.answers
    what, who = cut(str(answers.get("prevention", "")), SAID), scene.name(str(answers.get(OWNER) or one.recovery.agent))
    return scene.say("digest-due", what=what or _said(scene, one.recovery), who=who, time=scene.voice.time(one.at))


def _said(scene: Scene, now: Recovery) -> str:
    return cut(now.said, SAID) or scene.say("said-nothing")
