"""Card → HTML. The only place that escapes: jinja2 with autoescape, and nothing is marked as safe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from babel import dates
from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.cards import Button, Card, Form, Input, cut
from bot.texts import Voice, direction, language_name
from handlers.desk.room import AGENTS, BOT, PEOPLE, RECORDS, SUPERVISORS, TALK, Message

SAMPLES = ("calm", "angry", "legal", "outage", "discount", "talk")
FORWARD = (5, 20, 60, 1440)  # minutes
LONGEST = 1500  # characters of a person's message on the page
REPLYING = 60  # characters of a title that a reply names

_html = Environment(
    loader=PackageLoader("handlers.desk", ""),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Look:
    """Who speaks how: the page's own voice, and each person's."""

    page: Voice
    voices: Mapping[str, Voice]

    def __str__(self) -> str:
        """Changes when a language or a time zone does: then the page is drawn anew."""
        return " ".join(f"{voice.lang}/{voice.zone}" for voice in (self.page, *self.voices.values()))


def page(look: Look) -> str:
    people = {one: _person(one, look) for one in PEOPLE}
    agents, supervisors = [people[one] for one in AGENTS], [people[one] for one in SUPERVISORS]
    return _html.get_template("page.html").render(
        page=look.page,
        dir=direction(look.page.lang),
        look=str(look),
        columns=(("agent", agents), ("supervisor", supervisors)),
        agents=agents,
        channel=TALK,
        records=RECORDS,
        samples=SAMPLES,
        forward=FORWARD,
        languages_known=[(lang, language_name(lang)) for lang in look.page.words.languages],
    )


def item(message: Message, look: Look) -> dict[str, str]:
    """One message for the page: where it goes, and how it looks to who may see it."""
    html = _html.get_template("card.html").make_module()
    drawn = str(html.message(_message(message, look)))  # type: ignore[attr-defined]
    return {"ref": message.ref, "pane": message.pane, "thread": message.thread, "html": drawn}


def clock(voice: Voice) -> str:
    """The desk's time with its day, as the page's reader writes it."""
    local = voice.now.astimezone(ZoneInfo(voice.zone))
    day = dates.format_skeleton("MMMEd", local, locale=voice.lang)
    return voice.say("time-day", day=day, time=voice.time(voice.now))


def _person(one: str, look: Look) -> dict[str, Any]:
    voice = look.voices[one]
    role = "agent" if one in AGENTS else "supervisor"
    return {"id": one, "name": PEOPLE[one], "voice": voice, "dir": direction(voice.lang), "role": role}


def _message(message: Message, look: Look) -> dict[str, Any]:
    reader = look.voices.get(message.person, look.page)
    card = message.card
    aside = message.surface == "aside"
    shown = {
        "ref": message.ref,
        "card": card,
        "name": "Amends" if message.by == BOT else PEOPLE.get(message.by, message.by),
        "time": reader.time(message.at) if message.surface != "home" else "",
        "text": cut(message.text, LONGEST),
        "only": message.person if aside else "",
        "only_words": look.page.words.say(card.lang, "desk-only") if card else "",
        "coach": look.page.say("desk-coach") if message.surface == "channel" and not card else "",
        "reply": "",
    }
    return shown | _card(message, card, reader) if card else shown


def _card(message: Message, card: Card, reader: Voice) -> dict[str, Any]:
    """What a card needs besides itself; its words are in its own language, its times in the reader's zone."""
    say = partial(reader.words.say, card.lang)
    asks = any(isinstance(one, Form) for one in card.presses)  # only then is there something to answer in words
    replies = message.surface == "private" and not message.thread and asks
    return {
        "dir": direction(card.lang),
        "body": [node for node in card.nodes if not isinstance(node, Button | Form)],
        "presses": card.presses,
        "more": say("more"),
        "choose": say("desk-choose"),
        "reply": say("desk-reply") if replies else "",
        "options": _options,
        "local": partial(_local, zone=reader.zone),
    }


def _options(one: Input) -> Sequence[tuple[str, str]]:
    return tuple(PEOPLE.items()) if one.kind == "person" else one.options


def _local(value: str, zone: str) -> str:
    """ISO 8601 in UTC → what a datetime-local input holds; empty stays empty."""
    if not value:
        return ""
    return datetime.fromisoformat(value).astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")
