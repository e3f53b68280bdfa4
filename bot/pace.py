"""How fast a place takes messages. Slots are given out, nobody waits here: what has no slot yet stays on disk."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

_KEPT = 1000  # places remembered


@dataclass(frozen=True, slots=True)
class Pace:
    """At most so many messages to one place in any so long time."""

    most: int
    within: timedelta


@dataclass(slots=True)
class Slots:
    """When the next message may go to a place. Without a pace: at once."""

    pace: Pace | None = None
    _given: dict[str, deque[datetime]] = field(default_factory=dict)

    def take(self, place: str, now: datetime) -> datetime:
        """The first free moment from `now` on; it is taken."""
        if self.pace is None:
            return now
        given = self._given.setdefault(place, deque(maxlen=self.pace.most))
        at = max(now, given[0] + self.pace.within) if len(given) == self.pace.most else now
        given.append(at)
        if len(self._given) > _KEPT:
            self._forget(now)
        return at

    def reset(self) -> None:
        """The clock went back: moments given out before mean nothing now."""
        self._given.clear()

    def _forget(self, now: datetime) -> None:
        """Places that were silent for long enough owe nothing."""
        if self.pace:
            self._given = {place: given for place, given in self._given.items() if given[-1] > now - self.pace.within}
