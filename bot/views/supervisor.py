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
    if _older(scene):
        title = scene.say("ping-title-again", who=scene.name(now.agent))
        return Card(title, scene.voice.lang, (scene.said(120),), "done")
    why = _why(scene) if now.live else ()
    nodes: tuple[Node, ...] = (scene.said(), _facts(scene), *why, *_stop(scene))
    return Card(_title(scene), scene.voice.lang, nodes, "urgent" if _rings(scene) else "done")


def late(scene: Scene) -> Card:
    now = scene.recovery
    if not now.live or now.acknowledged_by not in {"", scene.reader}:
        return _over(scene)
    step = scene.say(f"{scene.args['step']}-title")
    title = scene.say("late-title", who=scene.name(scene.recovery.agent), step=step)
    if now.step != scene.args["step"]:
        return Card(title, scene.voice.lang, (scene.said(120), scene.quiet("late-over")), "done")
    body = "late-body" if now.acknowledged_by else "late-body-nobody"
    return Card(title, scene.voice.lang, (scene.said(120), scene.quiet(body)), "urgent")


def still(scene: Scene) -> Card:
    """Acknowledged is not done: does he get on with it? Once something happened, what became of it."""
    if not scene.recovery.live or not scene.recovery.asked_again:
        return _over(scene)
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
    """The end of the ladder: everybody was pinged and nobody answered; then, who has it after all."""
    if not scene.recovery.live or scene.recovery.acknowledged_by:
        asked = scene.reader in scene.recovery.pinged  # then he has a card for the rest
        return _over(scene) if asked or not _may(scene) else _over(scene, *_stop(scene))
    who = scene.voice.every(scene.name(person) for person in scene.recovery.pinged)
    title = scene.say("unanswered-title", who=who) if who else scene.say("unanswered-nobody")
    presses = (_take(scene), _advise(scene), _take_over(scene), _pass_on(scene)) if _may(scene) else ()
    nodes: tuple[Node, ...] = (scene.said(), _facts(scene), scene.quiet("unanswered-body"), *presses)
    return Card(title, scene.voice.lang, nodes, "urgent")


def _may(scene: Scene) -> bool:
    """May its reader answer? In a channel somebody may."""
    return not scene.reader or scene.recovery.may_answer(scene.reader)


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


def _over(scene: Scene, *more: Node) -> Card:
    """A message that asked for something which is answered now."""
    return Card(_title(scene), scene.voice.lang, (scene.said(120), *(more or _state(scene))), "done")


def _title(scene: Scene) -> str:
    """What it is about, and who has it or what became of it."""
    now = scene.recovery
    args = {"who": scene.name(now.agent), "by": scene.name(now.acknowledged_by)}
    match now.status:
        case "closed" | "dropped":
            return scene.say(f"ping-title-{now.status}", **args)
        case _ if now.acknowledged_by == now.agent:
            return scene.say("ping-title-over", **args)
        case _ if now.acknowledged_by:
            return scene.say("ping-title-mine" if now.acknowledged_by == scene.reader else "ping-title-taken", **args)
        case _ if _elsewhere(scene):
            return scene.say("ping-title-moved", who=args["who"], by=_asked_now(scene))
        case _:
            return scene.say("ping-title", severity=scene.say(f"severity-{now.severity}"), who=args["who"])


def _rings(scene: Scene) -> bool:
    now = scene.recovery
    return now.live and not now.acknowledged_by and not _elsewhere(scene)


def _elsewhere(scene: Scene) -> bool:
    """Does it ring with somebody else, and did its reader have his say?"""
    calls = scene.recovery.calls
    had = any(call.by == scene.reader for call in calls[_call(scene) :])
    return had and bool(calls) and scene.reader not in calls[-1].people


def _older(scene: Scene) -> bool:
    """Was the same person, or channel, asked anew further down?"""
    now = scene.recovery
    asked, later = now.calls[_call(scene) - 1 : _call(scene)], now.calls[_call(scene) :]
    if not scene.reader:
        return any(call.channel == one.channel for one in asked for call in later)
    return any(scene.reader in call.people for call in later)


def _facts(scene: Scene) -> Facts:
    return Facts((*_story(scene), *_tried(scene)))


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
    before = scene.voice.every(map(scene.name, _before(now, number))) or "-"
    args = {
        "who": scene.name(now.agent),
        "before": before,
        "by": scene.name(call.by),
        "why": cut(call.said, 200) or "-",
        "where": "person" if scene.reader else "channel",
    }
    yield scene.quiet(f"why-{call.why}", "plain", **args)
    if call.channel and not scene.reader and _rings(scene):
        yield scene.quiet("why-channel")


def _before(now: Recovery, number: int) -> tuple[str, ...]:
    """Whom a call follows: who had it, else the last two who were asked and said nothing."""
    if now.calls[number - 1].by:
        return (now.calls[number - 1].by,)
    spoke = {call.by for call in now.calls[:number]}
    silent = [person for call in now.calls[: number - 1] for person in call.people if person not in spoke]
    return tuple(dict.fromkeys(silent[-2:]))


def _asked_now(scene: Scene) -> str:
    return scene.voice.every(map(scene.name, scene.recovery.calls[-1].people if scene.recovery.calls else ()))


def _call(scene: Scene) -> int:
    """Which call the card is about, counted from 1: the one it was sent for, else the last that reached its reader."""
    calls: tuple[Call, ...] = scene.recovery.calls
    if sent_for := int(scene.args.get("call", "0")):
        return min(sent_for, len(calls))
    return max((number for number, call in enumerate(calls, 1) if scene.reader in call.people), default=0)


def _stop(scene: Scene) -> Iterator[Node]:
    """What stops this ping, or who stopped it; and what its reader may still do."""
    now = scene.recovery
    yield from _state(scene)
    if now.status == "closed":
        reopen = scene.form("reopen", (Input("why", "text", scene.say("input-reopen"), required=True),))
        yield replace(reopen, look="plain")
    elif now.acknowledged_by and now.live:
        yield from (_advise(scene),) if scene.reader != now.agent else ()
        his = not scene.reader or now.acknowledged_by == scene.reader  # in a channel he has no card of his own
        if his and now.acknowledged_by != now.agent:
            yield from (_take_over(scene), _pass_on(scene))
    elif now.live:
        moved = _elsewhere(scene)
        yield from () if moved else (scene.quiet("ping-stops"),)
        take = replace(_take(scene), look="plain") if moved else _take(scene)
        yield from (take, _advise(scene), _take_over(scene), _pass_on(scene))


def _state(scene: Scene) -> Iterator[Node]:
    """One line: complete, dropped, who has it, or who is asked instead of its reader."""
    now = scene.recovery
    last = now.calls[-1].people if now.calls else ()
    if standing := scene.standing(now):
        yield Text(standing, "muted")
    elif last and scene.reader not in last and not _elsewhere(scene):
        yield scene.quiet("ping-asked-now", who=_asked_now(scene))


def _take(scene: Scene) -> Button:
    return replace(scene.press("take", "take"), look="primary")


def _take_over(scene: Scene) -> Button:
    return scene.press("takeover", "take-over")


def _advise(scene: Scene) -> Form:
    advice = Input("advice", "long", scene.say("input-advice"), hint=scene.say("input-advice.hint"), required=True)
    return replace(scene.form("advise", (advice,)), look="plain")


def _pass_on(scene: Scene) -> Form:
    return replace(scene.form("pass", (Input("to", "person", scene.say("input-pass"), required=True),)), look="plain")
