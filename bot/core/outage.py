"""One outage: many customers, one cause, one truthful status for all. Replaying its journal gives what is true."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, assert_never

from bot.core.events import CLOCK
from bot.core.policy import Policy
from bot.errors import Rejected

KIND = "outage"  # of the recoveries that may be part of one
WINDOW = timedelta(minutes=60)  # so near to each other they may be one outage
ENOUGH = 3  # customers within that time before a supervisor is asked whether it is one

Status = Literal["offered", "open", "over", "declined"]
Verb = Literal["declare", "decline", "update", "end"]


@dataclass(frozen=True, slots=True)
class Word:
    """What every agent may tell: what happened, since when, what is safe, when the next word comes, and who says so.

    The last word, when it is over, has no next one.
    """

    what: str
    since: datetime
    safe: str
    next_at: datetime | None
    signed: str


@dataclass(frozen=True, slots=True)
class Offered:
    """So many customers say the same: `asked` may say whether it is one outage. `first`: when the first of them did."""

    at: datetime
    workspace: str
    id: str
    team: str
    first: datetime
    policy: Policy
    asked: tuple[str, ...]
    channel: str
    turn: int
    by: str = CLOCK


@dataclass(frozen=True, slots=True)
class Passed:
    """Nobody answered the offer: the next on the ladder is asked."""

    at: datetime
    asked: tuple[str, ...]
    channel: str
    turn: int
    by: str = CLOCK


@dataclass(frozen=True, slots=True)
class Declared:
    """It is one outage, and this is its first word."""

    at: datetime
    by: str
    word: Word


@dataclass(frozen=True, slots=True)
class Updated:
    """It goes on, and there is news."""

    at: datetime
    by: str
    word: Word


@dataclass(frozen=True, slots=True)
class Ended:
    """It is over; `word` is what the customers hear last."""

    at: datetime
    by: str
    word: Word


@dataclass(frozen=True, slots=True)
class Declined:
    """These are several things, not one; or, by the clock, nobody said so in time."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Somebody pressed what he may not: he was told no, and this line keeps it."""

    at: datetime
    by: str
    verb: str


Event = Offered | Passed | Declared | Updated | Ended | Declined | Refused
KINDS = {kind.__name__: kind for kind in (Offered, Passed, Declared, Updated, Ended, Declined, Refused)}


@dataclass(frozen=True, slots=True)
class Outage:
    """Everything that is true of one outage now. `version` counts its events, `words` what the agents were told;
    recoveries opened since `first` may be part of it; `what` happened, also when the last word is that it is over.
    """

    workspace: str
    id: str
    version: int
    status: Status
    team: str
    first: datetime
    offered_at: datetime
    policy: Policy
    asked: tuple[str, ...]
    channels: tuple[str, ...]
    turn: int
    words: int = 0
    what: str = ""
    word: Word | None = None
    by: str = ""
    declared_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: str = ""

    @property
    def live(self) -> bool:
        return self.status in {"offered", "open"}


def replay(events: Iterable[Event]) -> Outage:
    """The outage that a journal tells of; its first event must be Offered."""
    first, *rest = events
    if not isinstance(first, Offered):
        raise TypeError(f"a journal begins with Offered, not {type(first).__name__}")
    now = Outage(
        workspace=first.workspace,
        id=first.id,
        version=1,
        status="offered",
        team=first.team,
        first=first.first,
        offered_at=first.at,
        policy=first.policy,
        asked=first.asked,
        channels=(first.channel,) if first.channel else (),
        turn=first.turn,
    )
    for event in rest:
        now = apply(now, event)
    return now


def apply(now: Outage, event: Event) -> Outage:
    """What is true after the event. refuse() has already refused what makes no sense."""
    then = replace(now, version=now.version + 1)
    match event:
        case Passed():
            asked = tuple(dict.fromkeys((*now.asked, *event.asked)))
            channels = tuple(dict.fromkeys((*now.channels, *((event.channel,) if event.channel else ()))))
            return replace(then, asked=asked, channels=channels, turn=event.turn)
        case Declared():
            told = replace(then, status="open", words=1, word=event.word, what=event.word.what)
            return replace(told, by=event.by, declared_at=event.at)
        case Updated():
            return replace(then, words=now.words + 1, word=event.word, what=event.word.what, by=event.by)
        case Ended():
            over = replace(then, status="over", words=now.words + 1, word=event.word)
            return replace(over, closed_at=event.at, closed_by=event.by)
        case Declined():
            return replace(then, status="declined", closed_at=event.at, closed_by=event.by)
        case Refused():
            return then
        case Offered():
            raise TypeError("Offered begins an outage; it does not change one")
        case _:
            assert_never(event)


def refuse(now: Outage, by: str, verb: Verb) -> None:
    """What a person presses too late, twice, or without the right to. One winner: everybody else hears who it is."""
    if not may_answer(now, by):
        raise Rejected("not-supervisor")
    if now.status == "over":
        raise Rejected("late-outage-over", who=now.closed_by)
    if now.status == "declined":
        raise Rejected("late-outage-lapsed" if now.closed_by == CLOCK else "late-outage-declined", who=now.closed_by)
    if now.status == "open" and verb in {"declare", "decline"}:
        raise Rejected("late-outage-declared", who=now.by)
    if now.status == "offered" and verb in {"update", "end"}:
        raise Rejected("unknown-step")


def may_answer(now: Outage, person: str) -> bool:
    """Whoever is on the team's ladder, or was asked; anybody, where a channel was asked."""
    return person in now.policy.people or person in now.asked or bool(now.channels)
