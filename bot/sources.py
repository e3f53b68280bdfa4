"""Where something came from, and the way back to whoever did it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.effects import Aside, Person, To


@dataclass(frozen=True, slots=True)
class Source:
    """Who did something, where, and by which delivery. `seen` is the platform's id for it, the same on a repeat."""

    workspace: str
    person: str
    seen: str
    channel: str = ""
    private: bool = True
    reply_to: str = ""
    link: str = ""

    @property
    def back(self) -> To:
        """To him alone: in private, or aside where he is."""
        if self.private:
            return Person(self.person)
        return Aside(self.person, self.channel, self.reply_to)
