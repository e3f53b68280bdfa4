"""A platform on paper: everything runs as it would in a chat, and what each person sees is kept to be printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from bot import commands
from bot.cards import Button, Card, Form, plain
from bot.clock import MovableClock
from bot.errors import PlaybookError, Rejected
from bot.library import Library
from bot.people import Organisation, People
from bot.ports import Address, Platform, Post, Profile, Store
from bot.presses import parted
from bot.service import Service, Source
from bot.worker import Worker

WORKSPACE = "paper:1"
PRIVATE = "private"  # the place where a person talks with the bot


@dataclass(frozen=True, slots=True)
class Sheet:
    """One message as it stands now."""

    key: str
    to: Address
    card: Card


@dataclass(slots=True)
class Paper:
    """Messenger and directory at once."""

    languages: Mapping[str, str]
    sheets: dict[str, Sheet] = field(default_factory=dict)

    async def send(self, post: Post) -> str:
        ref = post.ref or f"sheet {len(self.sheets) + 1}"
        self.sheets[ref] = Sheet(" ".join((post.key, *post.also)), post.to, post.card)
        return ref

    async def find(self, post: Post) -> Mapping[str, str]:
        there = {key: ref for ref, one in self.sheets.items() for key in one.key.split()}
        return {key: there[key] for key in (post.key, *post.also) if key in there}

    async def profile(self, person: str) -> Profile:
        return Profile(person, person.title(), self.languages.get(person, ""))


class Player:
    """Does what people do, through the same service as every platform."""

    def __init__(self, store: Store, library: Library, cast: Organisation, languages: Mapping[str, str]) -> None:
        self.clock, self.library, self.paper = MovableClock(), library, Paper(languages)
        platforms = {"paper": Platform(self.paper, self.paper)}
        people = People(store, self.clock, cast, library.words, platforms)
        self.service = Service(store, self.clock, people, library)
        self.worker = Worker(store, self.clock, self.service, platforms)
        self._turn = count(1)
        self._last: dict[str, Button | Form] = {}

    @property
    def platform(self) -> str:
        return "paper"

    async def say(self, who: str, text: str, place: str, *, again: bool) -> None:
        source = self._source(who, place)
        for _ in range(2 if again else 1):
            if source.private and commands.stands_alone(self.library.words, text):
                await self.command(who, text)
            elif source.private:
                ref = next((ref for ref, one in reversed(self.paper.sheets.items()) if one.to.person == who), "")
                about = await self.service.about(source, ref)
                await self.service.politely(source, self.service.wrote(source, text, about), about)
            elif heard := self.service.sounds(place, text):
                await self.service.politely(source, self.service.heard(source, text, heard))

    async def press(self, who: str, action: str, inputs: Mapping[str, str] | None) -> Mapping[str, str]:
        seen = {parted(one.action)[0]: one for sheet in self._sheets(who) for one in sheet.card.pressable}
        press = seen.get(action) or self._last.get(action)  # a late press: the card has changed under the finger
        if press is None:
            raise PlaybookError(f"{who} sees no {action}; to press: {', '.join(seen) or 'nothing'}")
        self._last[action] = press
        source = self._source(who, PRIVATE)
        try:
            await self.service.pressed(source, press.action, press.value, inputs)
        except Rejected as no:
            if no.fields:
                voice = await self.service.people.voice(WORKSPACE, who)
                return {name: voice.say(key) for name, key in no.fields.items()}
            await self.service.refuse(source, no, press.value)
        return {}

    async def command(self, who: str, text: str) -> None:
        source = self._source(who, "support")
        await self.service.politely(source, commands.obey(self.service, source, text))

    async def open_home(self, who: str) -> None:
        await self.service.show(self._source(who, PRIVATE), "home")

    def sees(self, who: str) -> Sequence[str]:
        return [drawn(sheet.card) for sheet in self._sheets(who)]

    async def refresh(self) -> None:
        """Nothing to fetch: it is all on paper."""

    def _sheets(self, who: str) -> list[Sheet]:
        return [one for one in self.paper.sheets.values() if who in {one.to.person, one.to.channel} and _for(who, one)]

    def _source(self, who: str, place: str) -> Source:
        source = Source(WORKSPACE, who, f"turn {next(self._turn)}", channel="" if place == PRIVATE else place)
        return replace(source, private=place == PRIVATE)


def drawn(card: Card) -> str:
    """A card as text, with what can be pressed below it."""
    presses = [f"[ {press.label} ]" for press in card.pressable]
    return "\n".join([plain(card), *presses])


def _for(who: str, sheet: Sheet) -> bool:
    """What is said aside in a channel is not the channel's."""
    return who == sheet.to.person or not sheet.to.person
