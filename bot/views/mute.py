"""Quiet for a while: how a supervisor asks for it, and what he hears when it is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.cards import Button, Card, Form, Input, Node, Text, cut
from bot.views.scene import Case, Scene

MUTE, UNMUTE = "home/-/mute", "home/-/unmute"
ACTIONS = frozenset({MUTE, UNMUTE})
FOR = ("15m", "1h", "tomorrow")
MOST = 10  # missed pings on one message


def muted(scene: Scene) -> Card:
    return Card(_said(scene, "muted", "until"), scene.voice.lang, (scene.quiet("muted-body"),))


def over(scene: Scene) -> Card:
    """What he missed, and who has it now."""
    key = "mute-over" if scene.crowd else "mute-over-nothing"
    more = len(scene.crowd) - MOST
    rest = (scene.quiet("mute-more", count=more),) if more > 0 else ()
    nodes = (*(node for case in scene.crowd[:MOST] for node in _missed(scene, case)), *rest)
    return Card(scene.say(key, count=len(scene.crowd)), scene.voice.lang, nodes)


def part(scene: Scene) -> Iterator[Node]:
    """On his own page, if he is ever pinged."""
    if scene.muted_until:
        yield Text(scene.say("muted", time=scene.voice.time(scene.muted_until)), "strong")
        yield Button(UNMUTE, scene.say("unmute"), "-")
    elif scene.supervises:
        yield form(scene)


def form(scene: Scene) -> Form:
    options = tuple((one, scene.say(f"form-mute.{one if one == 'tomorrow' else f'for-{one}'}")) for one in FOR)
    choice = Input("for", "choice", scene.say("form-mute.for"), scene.say("muted-body"), "1h", options, required=True)
    title, submit = scene.say("form-mute.title"), scene.say("form-mute.submit")
    return Form(MUTE, scene.say("form-mute"), "-", title, submit, scene.say("cancel"), (choice,))


def _said(scene: Scene, key: str, name: str) -> str:
    return scene.say(key, time=scene.voice.time(datetime.fromisoformat(scene.args[name])))


def _missed(scene: Scene, case: Case) -> Iterator[Node]:
    now = case.recovery
    yield Text(cut(now.said, 120) or scene.say("said-nothing"), "quote")
    if standing := scene.standing(now):
        yield Text(standing, "muted")
    else:
        yield scene.quiet("mute-waits", "strong", who=scene.name(now.agent))
