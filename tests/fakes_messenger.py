"""A platform without a platform: a messenger that records what it sends and refuses what it is told to refuse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.errors import NotSent, Undeliverable
from bot.ports import Platform, Post, Profile


@dataclass
class FakeMessenger:
    """`fails` holds, by place, what its next sends raise; `arrives`: the message is there although it raised."""

    sent: list[Post] = field(default_factory=list)
    there: dict[str, Post] = field(default_factory=dict)  # what a person would see, by reference
    asked: list[str] = field(default_factory=list)
    looked: list[Post] = field(default_factory=list)  # for what, each time it was asked
    fails: dict[str, list[Exception]] = field(default_factory=lambda: defaultdict(list))
    arrives: bool = False
    finds: list[Exception] = field(default_factory=list)

    async def send(self, post: Post) -> str:
        failures = self.fails[self.place(post)]
        if failures:
            error = failures.pop(0)
            if self.arrives:
                self._keep(post)
            raise error
        self.sent.append(post)
        return self._keep(post)

    async def find(self, post: Post) -> Mapping[str, str]:
        self.asked.append(post.key)
        self.looked.append(post)
        if self.finds:
            raise self.finds.pop(0)
        there = {key: ref for ref, one in self.there.items() for key in (one.key, *one.also)}
        return {key: there[key] for key in (post.key, *post.also) if key in there}

    def refuse(self, place: str, *errors: Exception) -> None:
        self.fails[place] += errors

    def place(self, post: Post) -> str:
        return post.to.channel or post.to.person

    def to(self, place: str) -> list[str]:
        """The titles of what was sent to a person or channel, in order."""
        return [post.card.title for post in self.sent if self.place(post) == place]

    def _keep(self, post: Post) -> str:
        ref = post.ref or f"m{len(self.there) + 1}"
        self.there[ref] = post
        return ref


@dataclass
class FakeDirectory:
    """Knows everybody by his id with a capital, in English and UTC, unless told otherwise."""

    known: dict[str, Profile] = field(default_factory=dict)
    fails: list[NotSent] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    async def profile(self, person: str) -> Profile:
        self.asked.append(person)
        if self.fails:
            raise self.fails.pop(0)
        return self.known.get(person, Profile(person, person.capitalize(), "en"))


def not_in_channel() -> Undeliverable:
    return Undeliverable("not_in_channel", "the bot is not in this channel")


def platform(messenger: FakeMessenger, directory: FakeDirectory | None = None) -> Platform:
    return Platform(messenger, directory or FakeDirectory())
