"""What the agent sees: one short card with where I am, what to say and never say, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.cards import Button, Card, Facts, Form, Input, InputKind, Lines, Node, Text, cut
from bot.core.playbook import Field, Step
from bot.core.recovery import (
    Ask,
    asking,
    missing,
    untouched,
)
from bot.core.reminding import over
from bot.views import approval, outage
from bot.views.scene import VALUE, Scene
from bot.views.team import summary


def offer(scene: Scene) -> Card:
    """The private offer in a channel; after the answer, what became of it."""
    now = scene.recovery
    if now.status != "offered":
        key = "offer-dropped" if now.status == "dropped" else "offer-taken"
        title = scene.say(key) if now.agent == scene.reader else scene.say("card-handed", who=scene.name(now.agent))
        return Card(title, scene.voice.lang, tone="done")
    why = scene.voice.every(scene.say(f"reason-{reason}") for reason in now.reasons[:3])
    nodes = (
        scene.said(120),
        *((scene.quiet("offer-why", why=why),) if now.reasons else ()),
        replace(scene.press("accept", "offer-accept"), look="primary"),
        scene.press("decline", "offer-decline"),
    )
    return Card(scene.say("offer-title"), scene.voice.lang, nodes)


def card(scene: Scene) -> Card:
    """The one live card of a recovery, replaced in place as it goes on."""
    now = scene.recovery
    if now.agent != scene.reader:
        return _left(scene, "card-handed", who=scene.name(now.agent))
    if now.status == "dropped":
        return _left(scene, "card-dropped")
    if now.status == "closed":
        reopen = replace(scene.form("reopen", (_text(scene, "reopen", "text", "why"),)), look="plain")
        return Card(scene.say("card-closed"), scene.voice.lang, (scene.said(), *summary(scene), reopen), "done")
    step = scene.case.step
    return _step(scene, step) if step else _left(scene, "card-not-started")


def nudge(scene: Scene) -> Card:
    """A reminder in the thread: words are `<step>-<timer>`."""
    step, timer = scene.args["step"], scene.args["timer"]
    facts = scene.facts(*scene.known("remedy", "due", "check_back")) if _phase(scene, step) == "fix" else ()
    later = ".".join(("snooze", timer, scene.args.get("mark", "")))
    title, asks = scene.say(f"{step}-timer-{timer}"), Ask("nudge", (scene.reader,), "", scene.args)
    if over(asks, scene.recovery, scene.case.playbook):
        return Card(title, scene.voice.lang, (scene.said(120), *facts, scene.quiet("nudge-over")), "done")
    return Card(title, scene.voice.lang, (scene.said(120), *facts, scene.press(later, "snooze", step)))


def snoozed(scene: Scene) -> Card:
    return Card(scene.say("snoozed", time=scene.voice.time(datetime.fromisoformat(scene.args["at"]))), scene.voice.lang)


def advised(scene: Scene) -> Card:
    """A supervisor's word, for the agent alone."""
    said = Text(cut(scene.args["text"], VALUE), "quote")
    return Card(scene.say("advised", who=scene.name(scene.args["who"])), scene.voice.lang, (said,))


def taken_over(scene: Scene) -> Card:
    return Card(scene.say("taken-over", who=scene.name(scene.args["who"])), scene.voice.lang)


def taken(scene: Scene) -> Card:
    return Card(scene.say("taken", who=scene.name(scene.args["who"])), scene.voice.lang)


def help_coming(scene: Scene) -> Card:
    who = scene.voice.every(map(scene.name, scene.args["who"].split()))
    key = "help-coming" if who else "help-coming-channel"
    if at := scene.args.get("at"):  # nobody may be woken now
        title = scene.say(f"{key}-later", who=who, time=scene.voice.time(datetime.fromisoformat(at)))
    else:
        title = scene.say(key, who=who)
    return Card(title, scene.voice.lang)


def handed(scene: Scene) -> Card:
    return Card(scene.say("handed", who=scene.name(scene.args["who"])), scene.voice.lang)


def _phase(scene: Scene, step: str) -> str:
    found = scene.case.playbook.step(step)
    return found.phase if found else ""


def _left(scene: Scene, key: str, **args: str) -> Card:
    return Card(scene.say(key, **args), scene.voice.lang, (scene.said(120),), "done")


def _step(scene: Scene, step: Step) -> Card:
    playbook, now = scene.case.playbook, scene.recovery
    title = scene.say("card-title", place=playbook.place(step.id) + 1, of=len(playbook.steps))
    urgent = scene.quiet("card-severe", "strong") if now.severity >= 3 else None  # noqa: PLR2004 - the scale's top
    return Card(
        f"{title} {scene.say(f'{step.id}-title')}",
        scene.voice.lang,
        (
            scene.said(),
            *((urgent,) if urgent else ()),
            *(Text(line, "strong") for line in _for_kind(scene, f"{step.id}-body")),
            *outage.status(scene),
            *_coaching(scene, step),
            *_known(scene, step),
            *_missing(scene, step),
            *_company(scene),
            *_doing(scene, step),
            *_more(scene, step),
        ),
        "urgent" if urgent else "calm",
    )


def _coaching(scene: Scene, step: Step) -> Iterator[Node]:
    """What to say while the step is fresh; once its form is in, only what to do next."""
    formless = all(one.later for one in step.fields)
    fresh = formless or missing(step, scene.recovery.answers, now=True)
    key = step.id if fresh else f"{step.id}-then"
    if say := _for_kind(scene, f"{key}-say"):
        yield Lines(scene.say("say"), say, "say")
    if never := _for_kind(scene, f"{key}-never"):
        yield Lines(scene.say("never"), never, "never")


def _for_kind(scene: Scene, key: str) -> tuple[str, ...]:
    """The words for this kind of customer where the playbook has some, else the words for everybody."""
    kind = scene.recovery.kind.replace("_", "-")
    return scene.voice.lines(f"{key}-{kind}") or scene.voice.lines(key)


def _known(scene: Scene, step: Step) -> Iterator[Node]:
    pairs = scene.answered(step)
    notes = scene.recovery.notes[-1:] if step.notes else ()
    last = tuple((scene.say("note-last", time=scene.voice.time(note.at)), note.text) for note in notes)
    if pairs or last:
        yield Facts((*pairs, *last))


def _missing(scene: Scene, step: Step) -> Iterator[Node]:
    fields = [one for one in map(step.field, missing(step, scene.recovery.answers)) if one]
    labels = [scene.say(f"group-{one.group}") if one.group else scene.label(step, one) for one in fields]
    if labels:
        yield Text(scene.say("card-missing", what=scene.voice.labels(labels)), "muted")


def _company(scene: Scene) -> Iterator[Node]:
    """Who else is on it, and what the agent may decide himself."""
    now = scene.recovery
    if now.approval:
        yield Text(approval.status(scene, now.approval), "strong" if asking(now) else "muted")
    elif _phase(scene, now.step or "") == "fix":
        yield from (Text(line, "muted") for line in approval.own(scene))
    if now.acknowledged_by and now.acknowledged_at:
        at = scene.voice.time(now.acknowledged_at)
        yield scene.quiet("card-taken", who=scene.name(now.acknowledged_by), time=at)
    elif now.calls and (people := now.calls[-1].people):
        yield scene.quiet("card-pinged", who=scene.voice.every(map(scene.name, people)))


def _doing(scene: Scene, step: Step) -> Iterator[Node]:
    """The presses that move the step on; the first of them is the one to press now."""
    answers = scene.recovery.answers
    absent = set(missing(step, answers))
    presses: list[Button | Form] = []
    if missing(step, answers, now=True):
        presses.append(_answer(scene, step, tuple(one for one in step.fields if not one.later)))
    presses += [
        scene.press(one.id, f"{step.id}-{one.id}.press") for one in step.fields if one.stamp and one.id in absent
    ]
    if not missing(step, answers, now=True):
        rest = tuple(one for one in step.fields if one.later and not one.stamp and one.id in absent)
        presses += [_answer(scene, step, rest)] if rest else []
    if not absent:  # opened again: everything stands from before, and is sent once more
        kept = tuple(one for one in step.fields if not one.later and scene.may_see(one))
        presses += [_answer(scene, step, kept)] if kept else []
    if step.notes:
        presses.append(replace(scene.form("note", (_text(scene, "note", "long"),)), look="plain"))
    for place, press in enumerate(presses):
        yield replace(press, look="plain" if place else "primary")
    yield replace(scene.form("help", (_text(scene, "why", "text", required=False),)), look="plain")


def _more(scene: Scene, step: Step) -> Iterator[Node]:
    """What is seldom needed, and correcting what was said in this step or an earlier one."""
    for one in scene.case.playbook.steps[: scene.case.playbook.place(step.id) + 1]:
        if scene.answered(one):
            inputs = tuple(scene.input(one, field) for field in one.fields if scene.may_see(field))
            yield scene.form("correct", inputs, one.id, step=scene.say(f"{one.id}-title"))
    if step.skippable:
        yield scene.form("skip", (_text(scene, "reason", "text"),))
    if others := tuple(one for one in scene.methods if one[0] != scene.case.playbook.id and untouched(scene.recovery)):
        choice = Input("method", "choice", scene.say("input-method"), options=others, required=True)
        yield scene.form("switch", (choice,))
    yield scene.form("handover", (Input("to", "person", scene.say("input-to"), required=True),))
    yield scene.form("drop", (_text(scene, "reason", "text", required=False),))


def _answer(scene: Scene, step: Step, fields: tuple[Field, ...]) -> Form:
    form = scene.form("answer", tuple(scene.input(step, one) for one in fields))
    then = f"{step.id}-then-open"
    rest = any(one.later for one in fields) and scene.voice.has(then)
    return replace(form, label=scene.say(then if rest else f"{step.id}-open"), title=scene.say(f"{step.id}-title"))


def _text(scene: Scene, word: str, kind: InputKind, name: str = "", *, required: bool = True) -> Input:
    return Input(name or word, kind, scene.say(f"input-{word}"), required=required)
