"""What anybody sees of himself: his open recoveries, his language, help, and a polite no."""

from __future__ import annotations

from collections.abc import Iterator

from bot.cards import Card, Form, Input, Lines, Node, Text, cut
from bot.core.recovery import missing
from bot.texts import language_name
from bot.views import forms, mute
from bot.views.scene import Case, Scene

START = "home/-/start"
LANGUAGE = "home/-/language"
MOST = 15  # open recoveries on one page: more is no longer read


def no(scene: Scene) -> Card:
    """A polite refusal. `key` says which; people in the arguments are named."""
    args = {key: scene.name(value) for key, value in scene.args.items() if key != "key"}
    return Card(scene.say(f"no-{scene.args['key']}", **args), scene.voice.lang)


def help_card(scene: Scene) -> Card:
    lines = [*scene.say("help-lines").splitlines(), scene.say("help-shortcut"), scene.say("help-private")]
    if len(scene.methods) > 1:
        named = scene.voice.labels(sorted(one for one, _ in scene.methods))
        lines.append(scene.say("help-method", methods=named))
    return Card(scene.say("help-title"), scene.voice.lang, (Lines(scene.say("help-how"), tuple(lines)),))


def open_list(scene: Scene) -> Card:
    key = "list-title" if scene.mine else "list-empty"
    return Card(scene.say(key, count=len(scene.mine)), scene.voice.lang, tuple(_mine(scene)))


def home(scene: Scene) -> Card:
    return Card(
        scene.say("home-title"),
        scene.voice.lang,
        (
            Text(scene.say("list-title" if scene.mine else "list-empty", count=len(scene.mine)), "strong"),
            *_mine(scene),
            start_form(scene),
            forms.ask_form(scene),
            forms.draft_form(scene),
            *mute.part(scene),
            language_form(scene),
            forms.missed_form(scene),
        ),
    )


def language_kept(scene: Scene) -> Card:
    return Card(scene.say("language-kept", language=language_name(scene.voice.lang)), scene.voice.lang)


def start_form(scene: Scene) -> Form:
    said = Input("said", "long", scene.say("form-start.said"), hint=scene.say("form-start.hint"), required=True)
    return _form(scene, START, "form-start", (said,), primary=True)


def language_form(scene: Scene) -> Form:
    options = tuple((lang, language_name(lang)) for lang in scene.languages)
    choice = Input(
        "lang",
        "choice",
        scene.say("form-language.lang"),
        value=scene.voice.lang,
        options=options,
        required=True,
    )
    zone = Input("zone", "text", scene.say("form-language.zone"), scene.say("form-language.hint"), scene.voice.zone)
    return _form(scene, LANGUAGE, "form-language", (choice, zone), primary=False)


def _form(scene: Scene, action: str, key: str, inputs: tuple[Input, ...], *, primary: bool) -> Form:
    look = "primary" if primary else "plain"
    title, submit = scene.say(f"{key}.title"), scene.say(f"{key}.submit")
    return Form(action, scene.say(key), "-", title, submit, scene.say("cancel"), inputs, look)  # type: ignore[arg-type]


def _mine(scene: Scene) -> Iterator[Node]:
    for case in scene.mine[:MOST]:
        yield Text(cut(case.recovery.said, 120) or scene.say("said-nothing"), "quote")
        if step := case.step:
            voice = scene.voice.of(case.playbook.id)
            place = scene.say("card-title", place=case.playbook.place(step.id) + 1, of=len(case.playbook.steps))
            yield Text(f"{place} {voice.say(f'{step.id}-title')}", "strong")
        yield from scene.facts(*_lacks(scene, case))


def _lacks(scene: Scene, case: Case) -> Iterator[tuple[str, str]]:
    step = case.step
    voice = scene.voice.of(case.playbook.id)
    lacks = [voice.say(f"{step.id}-{one}") for one in missing(step, case.recovery.answers)] if step else []
    if lacks:
        yield scene.say("list-missing"), scene.voice.labels(lacks)
