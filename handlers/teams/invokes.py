"""What wants an answer at once: a press on a card, "Coach me on this" and "You missed one" on a message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import structlog

from bot.cards import Card, Form
from bot.core.effects import Channel, Home, Person, Tell
from bot.core.outage import may_answer
from bot.core.recovery import OWNER, Recovery
from bot.errors import Rejected, Repeated
from bot.presses import ALLOWING, PREVENTING, SUPERVISING, parted
from bot.service import Service, Source
from bot.views import forms, mute, outage
from bot.views.home import LANGUAGE, START
from handlers.teams import inputs, render, wording
from handlers.teams.wardrobe import Wardrobe

COMMANDS = {"coach": START, "missed": forms.MISSED}  # of the message extension, and what each does with a message
PAGE = frozenset(
    {START, LANGUAGE, *mute.ACTIONS, *forms.FORMS}
)  # presses that belong to no recovery: after them comes home
CROWD = 10  # recoveries in one message
LONGEST = 128  # characters of an action or a recovery's id; ours are far shorter
_VIEWS = {
    "accept": "offer",
    "decline": "offer",
    **dict.fromkeys(SUPERVISING, "ping"),
    **dict.fromkeys(ALLOWING, "approval"),
    **dict.fromkeys(PREVENTING, "prevention"),
}  # what a press stood on; everything else: the card
Json = dict[str, Any]
log = structlog.get_logger()


class Invokes:
    """Answers are made from what is on disk, and are seen by whoever pressed, alone."""

    def __init__(self, service: Service, wardrobe: Wardrobe) -> None:
        self._service, self._wardrobe = service, wardrobe

    async def answer(self, name: str, value: Any, source: Source) -> Json:
        """The body for any invoke, known or made up; never a fault of what was sent."""
        value = value if isinstance(value, dict) else {}
        action = COMMANDS.get(_word(value, "commandId"), "")
        match name:
            case "adaptiveCard/action":
                return _carded(await self._pressed(value.get("action"), source))
            case "composeExtension/fetchTask" if action:
                return await self._form(source, action, _said(value))
            case "composeExtension/submitAction" if action:
                return await self._sent(source, action, value)
            case _:
                return {}

    async def submitted(self, data: Json, source: Source) -> None:
        """A press that came as a message: there is no answer, so a no is a message too."""
        action, value = _word(data, "action"), _word(data, "value")
        doing = self._service.pressed(source, action, value, inputs.read(action, data))
        await self._service.politely(source, doing, value)

    # A press on a card

    async def _pressed(self, sent: Any, source: Source) -> render.Json:
        """Do it; the card as it stands then, with a polite no on top where it was refused."""
        sent = sent if isinstance(sent, dict) else {}
        data = sent.get("data")
        data = data if isinstance(data, dict) else {}
        action, value = _word(sent, "verb") or _word(data, "action"), _word(data, "value")
        typed = inputs.typed(data)
        crowd = _crowd(data)
        try:
            await self._service.pressed(source, action, value, inputs.read(action, data))
        except Rejected as no:
            return await self._refused(source, action, value, no, typed)
        except Repeated:
            log.info("event.repeated", seen=source.seen)
        if source.private:
            self._wardrobe.remember(source.person, value, typed, action)
        return await self._now(source, action, value, crowd)

    async def _now(self, source: Source, action: str, value: str, crowd: Sequence[str] = ()) -> render.Json:
        if len(crowd) > 1 and all([await self._concerns(source, action, one) for one in crowd]):
            card = await self._service.stage.storm(source.workspace, source.person, crowd)
        else:
            card = await self._card(source, action, value)
        return render.adaptive(card, await self._wardrobe.dressing(card, source.person))

    async def _refused(
        self, source: Source, action: str, value: str, no: Rejected, typed: Mapping[str, str]
    ) -> render.Json:
        if not await self._concerns(source, action, value):
            return render.adaptive(await self._no(source, no))
        card = await self._card(source, action, value)
        form = card.form(action)
        lang = (await self._service.people.voice(source.workspace, source.person)).lang
        say = self._service.library.words.say
        wrong = {f"{action}/{field}": say(lang, key) for field, key in no.fields.items()}
        notice = (await self._no(source, no, form)).title
        filled = inputs.Filled(typed, wrong)
        return render.adaptive(card, await self._wardrobe.dressing(card, source.person, notice, filled))

    async def _concerns(self, source: Source, action: str, value: str) -> bool:
        """May he see the card behind this press? Whoever only knows its id may not."""
        if action in PAGE:
            return True
        scene = await self._service.stage.scene(source.workspace, source.person, value)
        if scene.case_ is None:
            return scene.outage is not None and may_answer(scene.outage, source.person)
        now = scene.recovery
        if _view(action) == "ping":
            return source.person in now.pinged or _call_here(source, now) > 0
        if _view(action) == "approval":
            return any(source.person in people for people in now.approval.rounds) if now.approval else False
        if _view(action) == "prevention" and source.person == now.answers.get(OWNER):
            return True
        return source.person in {now.agent, *now.agents_before}

    async def _card(self, source: Source, action: str, value: str) -> Card:
        if action in PAGE:
            return await self._service.stage.card(source.workspace, Tell(Home(source.person), "home", "home"), "")
        view = _view(action)
        tell = Tell(Person(source.person), view, view)
        if view == "ping" and not source.private:
            scene = await self._service.stage.scene(source.workspace, source.person, value)
            call = _call_here(source, scene.recovery) if scene.case_ else 0
            tell = Tell(Channel(source.channel), view, view, {"call": str(call)}) if call else tell
        return await self._service.stage.card(source.workspace, tell, value)

    async def _no(self, source: Source, no: Rejected, form: Form | None = None) -> Card:
        """The refusal in his words; fields by their labels."""
        args = {"key": no.key, **{key: str(arg) for key, arg in no.args_for_words.items()}}
        if no.fields:
            labels = {one.id: one.label for one in form.inputs} if form else {}
            args["fields"] = ", ".join(labels.get(field, field) for field in no.fields)
        tell = Tell(Person(source.person), "no", "no", args)
        return await self._service.stage.card(source.workspace, tell, "")

    # "Coach me on this" and "You missed one"

    async def _form(self, source: Source, action: str, said: str, notice: str = "") -> Json:
        """The form, in a dialog, with what the message says in it."""
        form = await self._service.form(source, action, "-")
        first, *rest = form.inputs
        form = replace(form, inputs=(replace(first, value=said[: inputs.LONGEST]), *rest), look="primary")
        lang = (await self._service.people.voice(source.workspace, source.person)).lang
        card = Card(form.title, lang, (form,))
        drawn = render.adaptive(card, await self._wardrobe.dressing(card, source.person, notice))
        drawn["actions"] = [_submit(one) for one in drawn["actions"]]
        info = {"title": form.title, "height": "medium", "width": "medium", "card": render.attachment(drawn)}
        return {"task": {"type": "continue", "value": info}}

    async def _sent(self, source: Source, action: str, value: Json) -> Json:
        """What follows is private wherever the message stands: it comes into the personal chat."""
        data = value.get("data")
        given = inputs.read(action, data if isinstance(data, dict) else {})
        payload = value.get("messagePayload")
        link = str(payload.get("linkToMessage") or "") if isinstance(payload, dict) else ""
        try:
            await self._service.pressed(replace(source, private=True, link=link[:1000]), action, "-", given)
        except Rejected as no:
            return await self._form(source, action, str(given.get("said", "")), (await self._no(source, no)).title)
        except Repeated:
            log.info("event.repeated", seen=source.seen)
        voice = await self._service.people.voice(source.workspace, source.person)
        key = "offer-taken" if action == START else "coach-missed-kept"
        return {"task": {"type": "message", "value": render.harmless(voice.say(key))}}


def _call_here(source: Source, now: Recovery) -> int:
    """Which call was made in the channel he stands in, counted from 1; 0 for none. What stands there everybody there
    may see, as everybody sees it.
    """
    here = [number for number, call in enumerate(now.calls, 1) if call.channel and call.channel == source.channel]
    return here[-1] if here and not source.private else 0


def _carded(card: render.Json) -> Json:
    return {"statusCode": 200, "type": render.CONTENT_TYPE, "value": card}


def _submit(action: Json) -> Json:
    """In a dialog of a message extension only Action.Submit comes back."""
    fallback = action.get("fallback")
    return dict(fallback) if isinstance(fallback, dict) else action


def _said(value: Json) -> str:
    """The text of the message the command was chosen on; empty from the compose box."""
    payload = value.get("messagePayload")
    body = payload.get("body") if isinstance(payload, dict) else None
    content = body.get("content") if isinstance(body, dict) else None
    return wording.plain(content) if isinstance(content, str) else ""


def _word(data: Json, name: str) -> str:
    value = data.get(name)
    return value[:LONGEST] if isinstance(value, str) else ""


def _crowd(data: Json) -> Sequence[str]:
    """The recoveries that stand in one message with the one that was pressed."""
    crowd = data.get(render.CROWD)
    return [one[:LONGEST] for one in crowd[:CROWD] if isinstance(one, str)] if isinstance(crowd, list) else []


def _view(action: str) -> str:
    return "outage" if action in outage.VERBS else _VIEWS.get(parted(action.rpartition("/")[2])[0], "card")
