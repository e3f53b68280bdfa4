"""Posts go into the room, and the room is asked who somebody is."""

from __future__ import annotations

from collections.abc import Mapping

from bot.errors import Undeliverable
from bot.ports import Post, Profile
from handlers.desk.room import BOT, CHANNELS, PEOPLE, Message, Room


class DeskMessenger:
    """The Messenger port on the room. A reference is the room's own number of the message."""

    def __init__(self, room: Room) -> None:
        self._room = room

    async def send(self, post: Post) -> str:
        """Raise Undeliverable for a person or channel that the desk does not have."""
        if post.ref and self._room.replace(post.ref, post.card):
            return post.ref
        to = post.to
        if (to.channel and to.channel not in CHANNELS) or (to.person and to.person not in PEOPLE):
            raise Undeliverable("gone", to.channel or to.person)
        message = Message(
            ref="",
            key=" ".join((post.key, *post.also)),
            surface=to.surface,
            person=to.person,
            channel=to.channel,
            thread=post.thread,
            by=BOT,
            at=self._room.clock.now(),
            card=post.card,
        )
        return self._room.put(message)

    async def find(self, post: Post) -> Mapping[str, str]:
        return {key: ref for key in (post.key, *post.also) if (ref := self._room.find(key))}


class DeskDirectory:
    """The Directory port. Language and time zone are the team's until somebody chooses."""

    async def profile(self, person: str) -> Profile:
        return Profile(person, PEOPLE.get(person, person))
