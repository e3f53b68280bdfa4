"""Forms for asking: what do I say, is this draft good, you missed one, a supervisor please."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.cards import Form, Input
from bot.views.scene import Scene

ASK, DRAFT, MISSED, HELP = "coach/-/ask", "coach/-/draft", "coach/-/missed", "coach/-/help"


def ask_form(scene: Scene) -> Form:
    return _form(scene, ASK, "form-ask")


def draft_form(scene: Scene) -> Form:
    return _form(scene, DRAFT, "form-draft")


def missed_form(scene: Scene) -> Form:
    return replace(_form(scene, MISSED, "form-missed"), look="more")


def help_form(scene: Scene) -> Form:
    """For somebody without an open recovery: it opens one and asks a supervisor at once. Behind grave advice it says
    already what it is about: there is no time to write.
    """
    form, topic = _form(scene, HELP, "form-supervisor"), scene.args.get("topic", "")
    if not scene.voice.has(f"coach-{topic}-why"):
        return form
    return replace(form, value=topic, inputs=(replace(form.inputs[0], value=scene.say(f"coach-{topic}-why")),))


FORMS: Mapping[str, Callable[[Scene], Form]] = {
    ASK: ask_form,
    DRAFT: draft_form,
    MISSED: missed_form,
    HELP: help_form,
}


def _form(scene: Scene, action: str, key: str) -> Form:
    said = Input("said", "long", scene.say(f"{key}.said"), hint=scene.say(f"{key}.hint"), required=True)
    title, submit = scene.say(f"{key}.title"), scene.say(f"{key}.submit")
    return Form(action, scene.say(key), "-", title, submit, scene.say("cancel"), (said,))
