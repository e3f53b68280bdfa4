"""What should follow. Only two: Tell someone something, and Wake me later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.core.hours import Calendar


@dataclass(frozen=True, slots=True)
class Person:
    """Privately, in his conversation with the bot."""

    id: str


@dataclass(frozen=True, slots=True)
class Aside:
    """Privately, but where he is: seen by him alone in a channel. `reply_to` is the platform's own way back, if any."""

    id: str
    channel: str
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Home:
    """On his own page of the bot."""

    id: str


@dataclass(frozen=True, slots=True)
class Channel:
    """Before everybody in a channel, whose id this is: a rung of the ladder, or its end."""

    id: str


@dataclass(frozen=True, slots=True)
class Team:
    """In the channel where the team reads completed recoveries."""

    id: str


@dataclass(frozen=True, slots=True)
class Admins:
    """Whoever keeps the bot running."""


To = Person | Aside | Home | Channel | Team | Admins


@dataclass(frozen=True, slots=True)
class Tell:
    """Show `view` to someone. The message in `slot` is replaced where it stands; `under` is the slot it answers.

    `fresh=False` only updates what is already there. `wakes`: it rings somebody, so quiet hours hold it back.
    `forget`: its arguments are nobody's business and leave the store as soon as it is done.
    """

    to: To
    view: str
    slot: str
    args: Mapping[str, str] = field(default_factory=dict)
    under: str = ""
    fresh: bool = True
    wakes: bool = False
    forget: bool = False


@dataclass(frozen=True, slots=True)
class Wake:
    """Come back at a time. Never cancelled: the engine ignores what is no longer true."""

    at: datetime
    timer: str
    step: str
    round: int = 1
    mark: str = ""
    pierces: bool = False


Effect = Tell | Wake


def due(effect: Effect, at: datetime, calendar: Calendar, *, severe: bool) -> datetime:
    """When it falls due. While nobody may be woken every clock stands still, unless it is urgent or a promise."""
    if isinstance(effect, Tell):
        return calendar.after(at) if effect.wakes and not severe else at
    if severe or effect.pierces:
        return effect.at
    return calendar.after(at, max(effect.at - at, timedelta(0)))


def periodic(slot: str, at: datetime, within: timedelta) -> tuple[str, str]:
    """The slot of what is not said again `within` a time: for now, and for the period before. Next time it is a
    message of its own, for an old one that is replaced rings nobody.
    """
    number = int(at.timestamp() // within.total_seconds())
    return f"{slot}/{number}", f"{slot}/{number - 1}"


def receiver(to: To) -> str:
    """One word for a receiver, the same whenever it is the same: messages are remembered under it."""
    match to:
        case Person():
            return f"person {to.id}"
        case Aside():
            return f"aside {to.channel} {to.id}"
        case Home():
            return f"home {to.id}"
        case Channel():
            return f"channel {to.id}"
        case Team():
            return f"team {to.id}"
        case Admins():
            return "admins"
