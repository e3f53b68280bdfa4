"""One outage: what its supervisor is asked, and the one truthful status that all its agents may use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.cards import Button, Card, Form, Input, Lines, Node, Text, cut
from bot.core.events import CLOCK
from bot.core.outage import Outage, Verb
from bot.texts import isolated
from bot.views.scene import VALUE, Scene

VERBS: Mapping[str, Verb] = {
    "outage/-/declare": "declare",
    "outage/-/decline": "decline",
    "outage/-/update": "update",
    "outage/-/end": "end",
}
SHOWN = 3  # customers' words on the offer
NEXT = timedelta(minutes=60)  # when the next word comes, unless he says otherwise


def outage(scene: Scene) -> Card:
    """For supervisors: the offer; then its status, with the forms to change or end it."""
    now = _of(scene)
    match now.status:
        case "offered":
            said = (Text(cut(one.said, 120), "quote") for one in scene.alike[-SHOWN:] if one.said)
            title = scene.say("outage-title", count=len(scene.alike), time=scene.voice.time(now.first))
            decline = Button("outage/-/decline", scene.say("outage-decline"), now.id)
            form = _form(scene, "declare", primary=True)
            return Card(title, scene.voice.lang, (*said, scene.quiet("outage-body"), form, decline), "urgent")
        case "open":
            return _open(scene, now)
        case "over":
            told = scene.quiet("outage-over-body", count=len(scene.alike))
            return Card(
                scene.say("outage-over", who=scene.name(now.closed_by)),
                scene.voice.lang,
                (*status(scene, "outage-says"), told),
                "done",
            )
        case _:
            key = "outage-lapsed" if now.closed_by == CLOCK else "outage-declined"
            return Card(scene.say(key, who=scene.name(now.closed_by)), scene.voice.lang, (), "done")


def word(scene: Scene) -> Card:
    """For an agent: the words he may use as they stand."""
    now = _of(scene)
    if int(scene.args.get("word", "0")) < now.words:
        return Card(scene.say("outage-word-old"), scene.voice.lang, (), "done")
    key = "outage-word-last" if now.status == "over" else "outage-word-first" if now.words == 1 else "outage-word-new"
    body = "outage-word-last-body" if now.status == "over" else "outage-word-body"
    return Card(scene.say(key), scene.voice.lang, (*status(scene, "outage-says"), scene.quiet(body)))


def status(scene: Scene, label: str = "outage-status") -> Iterator[Node]:
    """What every customer hears: the supervisor's words in the reader's frame."""
    now = scene.outage
    if now and now.word:
        yield Lines(scene.say(label), tuple(_lines(scene, now)), "say")


def part_of(scene: Scene) -> tuple[tuple[str, str], ...]:
    """Label and value for a record, or a ping, of one that is part of it."""
    now = scene.outage
    if not (now and now.word):
        return ()
    args = {"what": cut(now.what, VALUE), "since": scene.voice.time(now.word.since)}
    if now.closed_at:
        was = scene.say("outage-part-was", until=scene.voice.time(now.closed_at), **args)
        return ((scene.say("outage-part"), was),)
    return ((scene.say("outage-part"), scene.say("outage-part-of", **args)),)


def _of(scene: Scene) -> Outage:
    if scene.outage is None:
        raise LookupError("this view needs an outage")
    return scene.outage


def _open(scene: Scene, now: Outage) -> Card:
    title = scene.say("outage-open", who=scene.name(now.by), count=len(scene.alike))
    due = scene.args.get("due") == str(now.words)
    lead = (scene.quiet("outage-due", "strong"),) if due else ()
    forms = (_form(scene, "update", primary=due), _form(scene, "end", primary=False))
    return Card(title, scene.voice.lang, (*lead, *status(scene, "outage-says"), *forms), "urgent" if due else "calm")


def _lines(scene: Scene, now: Outage) -> Iterator[str]:
    told = now.word
    if told is None:
        return
    since = scene.voice.time(told.since)
    yield isolated(cut(told.what, VALUE))  # his own words, in whatever language
    if now.status == "over" and now.closed_at:
        yield scene.say("outage-lasted", since=since, until=scene.voice.time(now.closed_at))
    else:
        yield scene.say("outage-since", time=since)
    if told.safe:
        yield scene.say("outage-safe", what=cut(told.safe, VALUE))
    if told.next_at:
        yield scene.say("outage-next", time=scene.voice.time(told.next_at))
    yield scene.say("outage-signed", who=cut(told.signed, 100))


def _form(scene: Scene, verb: str, *, primary: bool) -> Form:
    now, key = _of(scene), f"form-outage-{verb}"
    inputs = _inputs(scene, now) if verb != "end" else (_input(scene, "what-last", "long"), _signed(scene, now))
    return Form(
        action=f"outage/-/{verb}",
        label=scene.say(key),
        value=now.id,
        title=scene.say(f"{key}.title"),
        submit=scene.say(f"{key}.submit"),
        cancel=scene.say("cancel"),
        inputs=inputs,
        look="primary" if primary else "plain",
    )


def _inputs(scene: Scene, now: Outage) -> tuple[Input, ...]:
    """What is known already stands in them; the next word comes in an hour, unless he says otherwise."""
    zone = ZoneInfo(scene.voice.zone)
    said = now.word
    since = said.since if said else now.first
    soon = scene.voice.now + NEXT
    soon -= timedelta(minutes=soon.minute % 5, seconds=soon.second, microseconds=soon.microsecond)
    return (
        replace(_input(scene, "what", "long"), value=said.what if said else ""),
        _time(scene, "since", since.astimezone(zone)),
        replace(_input(scene, "safe", "text"), value=said.safe if said else ""),
        _time(scene, "next", soon.astimezone(zone)),
        _signed(scene, now),
    )


def _time(scene: Scene, name: str, at: datetime) -> Input:
    return Input(name, "time", scene.say(f"input-outage-{name}"), value=at.isoformat(), required=True)


def _input(scene: Scene, name: str, kind: str) -> Input:
    label, hint = scene.say(f"input-outage-{name}"), scene.say(f"input-outage-{name}.hint")
    return Input(name.partition("-")[0], "long" if kind == "long" else "text", label, hint, required=True)


def _signed(scene: Scene, now: Outage) -> Input:
    signed = now.word.signed if now.word and now.by == scene.reader else scene.names.get(scene.reader, "")
    return Input("signed", "text", scene.say("input-outage-signed"), value=signed)
