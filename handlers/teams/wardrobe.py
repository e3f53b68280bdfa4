"""What a card needs to be drawn for somebody: two words, whom he can choose, what he typed and did not send."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from bot.cards import Card, Form
from bot.errors import TryLater
from bot.people import People, platform_of
from handlers.teams.inputs import Filled
from handlers.teams.render import Dressing

CHOICES = 30  # people named in a list; Teams' own search finds everybody else
UNSENT = 1000  # recoveries with half a text in them that are remembered


class Wardrobe:
    """Opened with the service: before, nothing can be drawn."""

    def __init__(self, workspace: str) -> None:
        self._workspace = workspace
        self._people: People | None = None
        self._unsent: dict[tuple[str, str], Mapping[str, str]] = {}  # by person and recovery

    def open(self, people: People) -> None:
        self._people = people

    async def dressing(
        self, card: Card, person: str, notice: str = "", filled: Filled | None = None, channel: str = ""
    ) -> Dressing:
        """`person` is empty for a card that stands in a channel: nobody's half text stands in it."""
        say = self._opened().words.say
        value = next((press.value for press in card.presses), "")
        return Dressing(
            more=say(card.lang, "more"),
            required=say(card.lang, "no-field-required"),
            people=await self._colleagues(card, person, channel),
            notice=notice,
            filled=filled or Filled(self._unsent.get((person, value), {})),
        )

    def remember(self, person: str, value: str, typed: Mapping[str, str], sent: str) -> None:
        """Another button was pressed while this stood in the card: it still stands there when the card is drawn again.

        `sent` is the action that took its own inputs with it.
        """
        left = {name: text for name, text in typed.items() if text and not name.startswith(f"{sent}/")}
        self._unsent.pop((person, value), None)
        if left:
            self._unsent[person, value] = left
        if len(self._unsent) > UNSENT:
            del self._unsent[next(iter(self._unsent))]

    async def _colleagues(self, card: Card, person: str, channel: str) -> tuple[tuple[str, str], ...]:
        """The reader first, then his team, or the channel's, by name; only whose name is known."""
        forms = (press for press in card.presses if isinstance(press, Form))
        if not any(one.kind == "person" for form in forms for one in form.inputs):
            return ()
        people = self._opened()
        team = people.organisation.team_of(person, channel, platform_of(self._workspace))
        there = (*filter(None, (person,)), *team.ladder, *sorted(team.agents)[: 2 * CHOICES])
        asked = [
            people.profile(self._workspace, one) for one in dict.fromkeys(there)
        ]  # together: none waits for another
        names = [(one.id, one.name) for one in await asyncio.gather(*asked)]
        known = sorted((one for one in names if one[1] != one[0]), key=lambda one: (one[0] != person, one[1]))
        return tuple(known[:CHOICES])

    def _opened(self) -> People:
        if self._people is None:
            raise TryLater(1)
        return self._people
