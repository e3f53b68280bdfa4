"""What a supervisor sees: who needs me, why me, what was promised, what was tried, what stops this ping."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.cards import Button, Card, Facts, Form, Input, Node, Text, cut
from bot.core.recovery import Call, Recovery
from bot.views import outage
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


def still(scene: Scene) -> Card:
    """Acknowledged is not done: does he get on with it?"""
    title = scene.say("still-title", who=scene.name(scene.recovery.agent))
    nodes = (scene.said(120), scene.quiet("still-body"), replace(_take(scene), label=scene.say("still-take")))
    return Card(title, scene.voice.lang, (*nodes, _pass_on(scene)), "urgent")


def recurs(scene: Scene) -> Card:
    """The same cause again, in a recovery that is complete."""
    title = scene.say("recurs-title", cause=cut(str(scene.recovery.answers.get("cause", "")), 100))
    return Card(title, scene.voice.lang, (scene.said(120), *scene.facts(*scene.known("prevention", "none_because"))))


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
    """The end of the ladder: everybody was pinged and nobody answered."""
    who = scene.voice.every(scene.name(person) for person in scene.recovery.pinged)
    title = scene.say("unanswered-title", who=who) if who else scene.say("unanswered-nobody")
    take = (_take(scene),) if scene.recovery.may_answer(scene.reader) else ()
    return Card(title, scene.voice.lang, (scene.said(), scene.quiet("unanswered-body"), *take), "urgent")


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


def fault(scene: Scene) -> Card:
    """For the admins: the audit found something."""
    args = scene.args
    who = scene.name(args["who"]) if "who" in args else args.get("place", "")
    title = scene.say(f"fault-{args['kind']}", who=who, time=scene.voice.time(datetime.fromisoformat(args["at"])))
    return Card(title, scene.voice.lang, (scene.quiet("fault-body", command=args["command"]),), "urgent")


def _rings(now: Recovery) -> bool:
    return now.live and not now.acknowledged_by


def _story(scene: Scene) -> Iterator[tuple[str, str]]:
    yield from outage.part_of(scene)
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
    """Why this person, or this channel: the call that reached him."""
    now = scene.recovery
    number = _call(scene)
    if not number:
        return
    call = now.calls[number - 1]
    earlier = [person for one in now.calls[: number - 1] for person in one.people]
    before = scene.voice.every(map(scene.name, dict.fromkeys(earlier[-2:]))) or "-"
    args = {
        "who": scene.name(now.agent),
        "before": before,
        "by": scene.name(call.by),
        "why": cut(now.help_why, 200) or "-",
    }
    yield scene.quiet(f"why-{call.why}", "plain", **args)
    if call.channel and not scene.reader:
        yield scene.quiet("why-channel")


def _call(scene: Scene) -> int:
    """Which call the card is about, counted from 1: the one it was sent for, else the last that reached its reader."""
    calls: tuple[Call, ...] = scene.recovery.calls
    if sent_for := int(scene.args.get("call", "0")):
        return min(sent_for, len(calls))
    return max((number for number, call in enumerate(calls, 1) if scene.reader in call.people), default=0)


def _stop(scene: Scene) -> Iterator[Node]:
    """What stops this ping, or who stopped it; and what its reader may still do."""
    now = scene.recovery
    if now.status == "closed":
        yield scene.quiet("ping-closed")
        yield scene.form("reopen", (Input("why", "text", scene.say("input-reopen"), required=True),))
    elif now.status == "dropped":
        yield scene.quiet("ping-dropped", who=scene.name(now.dropped_by))
    elif now.acknowledged_by and now.acknowledged_at:
        at = scene.voice.time(now.acknowledged_at)
        yield scene.quiet("ping-taken", who=scene.name(now.acknowledged_by), time=at)
        yield _advise(scene)
        if now.acknowledged_by == scene.reader != now.agent:
            yield from (_take_over(scene), _pass_on(scene))
    else:
        last = now.calls[-1].people if now.calls else ()
        if last and scene.reader not in last:
            yield scene.quiet("ping-asked-now", who=scene.voice.every(map(scene.name, last)))
        yield scene.quiet("ping-stops")
        yield from (_take(scene), _advise(scene), _take_over(scene), _pass_on(scene))


def _take(scene: Scene) -> Button:
    return replace(scene.press("take", "take"), look="primary")


def _take_over(scene: Scene) -> Button:
    return scene.press("takeover", "take-over")


def _advise(scene: Scene) -> Form:
    advice = Input("advice", "long", scene.say("input-advice"), hint=scene.say("input-advice.hint"), required=True)
    return replace(scene.form("advise", (advice,)), look="plain")


def _pass_on(scene: Scene) -> Form:
    return replace(scene.form("pass", (Input("to", "person", scene.say("input-pass"), required=True),)), look="plain")
