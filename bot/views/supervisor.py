"""What a supervisor sees: who needs me, why me, what was promised, what was tried, what stops this ping."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.cards import Button, Card, Facts, Node, Text, cut
from bot.core.recovery import Recovery
from bot.views.scene import Scene


def ping(scene: Scene) -> Card:
    now = scene.recovery
    severe = scene.say(f"severity-{now.severity}")
    title = scene.say("ping-title", who=scene.name(now.agent), severity=severe)
    facts = Facts((*_story(scene), *_tried(scene)))
    nodes: tuple[Node, ...] = (scene.said(), facts, *_why(scene), *_stop(scene))
    return Card(title, scene.voice.lang, nodes, "urgent" if _rings(now) else "done")


def late(scene: Scene) -> Card:
    step = scene.say(f"{scene.args['step']}-title")
    title = scene.say("late-title", who=scene.name(scene.recovery.agent), step=step)
    return Card(title, scene.voice.lang, (scene.said(120), scene.quiet("late-body")), "urgent")


def asked(scene: Scene) -> Card:
    title = scene.say("asked-title", who=scene.name(scene.recovery.agent))
    why = cut(scene.args.get("why", ""), 300)
    return Card(title, scene.voice.lang, (Text(why, "quote"),) if why else (), "urgent")


def support(scene: Scene) -> Card:
    """The agent would like support; what for, and how he is, is not told."""
    return Card(
        scene.say("support-title", who=scene.name(scene.recovery.agent)),
        scene.voice.lang,
        (scene.quiet("support-body"),),
    )


def unanswered(scene: Scene) -> Card:
    """For the admins: everybody was pinged and nobody answered."""
    who = scene.voice.every(scene.name(person) for person in scene.recovery.pinged)
    title = scene.say("unanswered-title", who=who)
    return Card(title, scene.voice.lang, (scene.said(), scene.quiet("unanswered-body")), "urgent")


def undelivered(scene: Scene) -> Card:
    """For the admins: something could not be sent, why, and what mends it."""
    reason = scene.args["reason"]
    title = scene.say(f"undelivered-{reason.replace('_', '-')}", where=scene.args["where"])
    return Card(
        title,
        scene.voice.lang,
        (scene.quiet("undelivered-body"), Text(scene.args["said"], "muted")),
        "urgent",
    )


def _rings(now: Recovery) -> bool:
    return now.live and not now.acknowledged_by


def _story(scene: Scene) -> Iterator[tuple[str, str]]:
    yield from scene.known("happened")
    yield from scene.known("wanted") or ((scene.say("review-wanted"), scene.say("not-known")),)
    yield from scene.known("deadline", "first_time")
    promised = scene.known("remedy", "due", "check_back")
    yield from promised or ((scene.say("ping-promised"), scene.say("nothing-yet")),)


def _tried(scene: Scene) -> Iterator[tuple[str, str]]:
    now, playbook = scene.recovery, scene.case.playbook
    did = [
        scene.say("tried-step", step=scene.say(f"{step}-title"), time=scene.voice.time(at))
        for step, at in now.done.items()
    ]
    did += [scene.say("tried-skipped", step=scene.say(f"{step}-title"), why=why) for step, why in now.skipped.items()]
    yield scene.say("ping-tried"), scene.voice.every(did) if did else scene.say("nothing-yet")
    for note in now.notes[-1:]:
        yield scene.say("note-last", time=scene.voice.time(note.at)), cut(note.text, 200)
    if step := playbook.step(now.step):
        yield scene.say("ping-now"), scene.say(f"{step.id}-title")


def _why(scene: Scene) -> Iterator[Node]:
    """Why this person: the call that reached him."""
    now = scene.recovery
    if scene.reader not in now.pinged:
        return
    place = now.pinged.index(scene.reader)
    before = scene.name(now.pinged[place - 1]) if place else ""
    args = {"who": scene.name(now.agent), "before": before, "why": cut(now.help_why, 200) or "-"}
    yield scene.quiet(f"why-{now.calls[place]}", "plain", **args)


def _stop(scene: Scene) -> Iterator[Node]:
    now = scene.recovery
    if now.status == "closed":
        yield scene.quiet("ping-closed")
    elif now.status == "dropped":
        yield scene.quiet("ping-dropped", who=scene.name(now.dropped_by))
    elif now.acknowledged_by and now.acknowledged_at:
        at = scene.voice.time(now.acknowledged_at)
        yield scene.quiet("ping-taken", who=scene.name(now.acknowledged_by), time=at)
    else:
        yield scene.quiet("ping-stops")
        yield _take(scene)


def _take(scene: Scene) -> Button:
    return replace(scene.press("take", "take"), look="primary")
