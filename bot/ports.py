"""What the bot needs from outside, in the words of the domain."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal, Protocol

from bot.cards import Card
from bot.core.effects import Effect, Tell, Wake, receiver
from bot.core.events import Event
from bot.core.outage import Event as OutageEvent
from bot.core.outage import Outage
from bot.core.recovery import Recovery
from bot.pace import Pace

Surface = Literal["private", "aside", "channel", "home"]


class Clock(Protocol):
    """The only maker of "now" besides the platforms' own timestamps; always aware, in UTC."""

    def now(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Profile:
    """A person as the platform knows him, or as he has chosen. `chosen`: he set the language himself."""

    id: str
    name: str
    lang: str = ""
    zone: str = ""
    chosen: bool = False


class Directory(Protocol):
    """Who somebody is, asked of the platform."""

    async def profile(self, person: str) -> Profile:
        """Raise NotSent when the platform cannot be asked now."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a message goes. `reply_to` is the platform's way back to a press or a command, if it gave one."""

    surface: Surface
    person: str = ""
    channel: str = ""
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """One message to be sent or, with `ref`, replaced. `key` is ours and unique: the platform can be asked for it;
    it cannot be there from before `since`. `also`: keys of what the same message says besides.
    """

    key: str
    to: Address
    card: Card
    ref: str = ""
    thread: str = ""
    since: datetime | None = None
    also: tuple[str, ...] = ()


class Messenger(Protocol):
    """Sends to one platform. Raises TryLater, Undeliverable, Vanished or Unknown."""

    async def send(self, post: Post) -> str:
        """The platform's reference to the message, by which it can be replaced."""

    async def find(self, post: Post) -> Mapping[str, str]:
        """Ask the platform which of `post.key` and `post.also` are there, alone or together: their references."""


@dataclass(frozen=True, slots=True)
class Platform:
    """One chat platform: how to send there, whom to ask who is who, and how fast a place there takes messages."""

    messenger: Messenger
    directory: Directory
    pace: Pace | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A timer or a message that waits to be sent: the outbox and the timers are one table.

    `planned`: when it was first to go, however often it was put off since. `unsure`: it was in hand once and nobody
    knows whether it arrived; ask before sending it again. `gathered`: it waited for others like it.
    """

    id: int
    workspace: str
    recovery: str
    due: datetime
    effect: Effect
    planned: datetime
    attempts: int = 0
    unsure: bool = False
    gathered: bool = False

    @property
    def lane(self) -> str:
        """What keeps its order: the messages to one receiver, the timers of one recovery."""
        effect = self.effect
        return f"{self.workspace} {receiver(effect.to) if isinstance(effect, Tell) else self.recovery}"


@dataclass(frozen=True, slots=True)
class Order:
    """A job to be: what, and when it falls due. `about`: the recovery or the outage, where it is not the change's."""

    due: datetime
    effect: Effect
    about: str = ""


@dataclass(frozen=True, slots=True)
class Mute:
    """Somebody wants quiet, from when until when."""

    person: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Parent:
    """An outage after an event; `was` is the version before, 0 for a new one."""

    outage: Outage
    was: int
    event: OutageEvent


@dataclass(frozen=True, slots=True)
class Change:
    """One event's whole effect, kept in one transaction. `seen` makes a repeat harmless; `was` is the version before;
    `about` is the recovery that orders without an event belong to.
    """

    workspace: str
    seen: str = ""
    recovery: Recovery | None = None
    was: int = 0
    event: Event | None = None
    orders: tuple[Order, ...] = ()
    about: str = ""
    parent: Parent | None = None
    mute: Mute | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the journal."""

    version: int
    event: Event


@dataclass(frozen=True, slots=True)
class Fault:
    """A ping that is late, was given up, or that nobody will follow up. `receiver`: whom it was for; of what is
    forgotten, whose customer it is.
    """

    kind: Literal["late", "given-up", "forgotten"]
    workspace: str
    recovery: str
    receiver: str
    since: datetime
    why: str


class Store(Protocol):
    """Keeps recoveries, their journal, jobs and people. Every key starts with the workspace."""

    async def commit(self, change: Change) -> None:
        """All or nothing, on disk when it returns. Raises Repeated or Conflict."""

    async def recovery(self, workspace: str, key: str) -> Recovery | None: ...

    async def open_for(self, workspace: str, agent: str) -> Sequence[Recovery]:
        """The agent's open recoveries, oldest first."""

    async def heard_here(self, workspace: str, channel: str, agent: str, since: datetime) -> Sequence[Recovery]:
        """The agent's recoveries that began in a channel since then, whatever became of them."""

    async def similar(self, workspace: str, words: Sequence[str], limit: int) -> Sequence[Recovery]:
        """Closed recoveries that told of any of these words and ended with a content customer, the nearest first."""

    async def earlier(self, workspace: str, key: str, field: str, since: datetime) -> str:
        """The last recovery before this one, since then, with the same `customer` or the same `cause`; empty for none.

        A cause is the same within its family and its team. Raises ValueError for another field.
        """

    async def spent(self, workspace: str, person: str, currency: str, since: datetime, but: str) -> Decimal:
        """What he has decided in a currency since then, under his own limit, in every recovery `but` one."""

    async def outage(self, workspace: str, key: str) -> Outage | None: ...

    async def last_outage(self, workspace: str, team: str) -> Outage | None:
        """The one that a team was offered last, whatever became of it."""

    async def alike(self, workspace: str, team: str, kind: str, since: datetime) -> Sequence[Recovery]:
        """A team's recoveries of one kind of customer, opened since then and not dropped, oldest first."""

    async def digested(
        self, workspace: str, teams: Sequence[str], since: datetime, until: datetime
    ) -> Sequence[Recovery]:
        """What is open in these teams, or was completed since then, or has something to be prevented until then."""

    async def mute(self, workspace: str, person: str) -> Mute | None:
        """The last one, also when it is over."""

    async def mutes(self, workspace: str, at: datetime) -> Sequence[Mute]:
        """Everybody who is muted then."""

    async def pinged(self, workspace: str, person: str, since: datetime, until: datetime) -> Sequence[str]:
        """The recoveries that he was to be pinged for in that time, in their order."""

    async def keep_missed(self, workspace: str, seen: str, at: datetime, said: str) -> None:
        """Somebody says that this should have been heard. Raises Repeated."""

    async def journal(self, workspace: str, key: str) -> Sequence[Entry]: ...

    async def person(self, workspace: str, person: str) -> Profile | None: ...

    async def keep_person(self, workspace: str, profile: Profile) -> None: ...

    async def address(self, workspace: str, key: str) -> str | None:
        """How a platform reaches a person or channel, in the platform's own words; `None` when that is not known."""

    async def keep_address(self, workspace: str, key: str, data: str) -> None: ...

    async def drop_address(self, workspace: str, key: str) -> None:
        """This way is closed for good."""

    async def about(self, workspace: str, ref: str) -> str:
        """The recovery that a message of ours belongs to, by the platform's reference; empty when it is none, or
        several.
        """

    async def lease(self, now: datetime, until: datetime, limit: int, without: Collection[str] = ()) -> Sequence[Job]:
        """Due jobs, now ours until `until`: oldest first, what only changes a message last; none of the lanes
        `without`. A job whose lease ran out is among them, unsure.
        """

    async def next_due(self, without: Collection[str] = ()) -> datetime | None:
        """When the next job falls due or a lease runs out; `None` when nothing waits but in the lanes `without`."""

    async def finish(
        self,
        job: Job,
        at: datetime,
        ref: str = "",
        error: str = "",
        orders: Sequence[Order] = (),
        also: Sequence[Job] = (),
    ) -> None:
        """Done: sent (with the platform's reference), without effect, or given up (with the reason). So are `also`,
        which the same message told. What was to be forgotten is gone.
        """

    async def put_back(self, some: Sequence[Job], due: datetime | None = None, *, gathered: bool = False) -> None:
        """Not tried, so that no try is counted: leased to nobody, due as before or at `due`."""

    async def rewound(self, before: datetime, now: datetime) -> None:
        """The clock went back from `before` to `now`: what was due is due still, ten minutes are ten minutes."""

    async def put_off(
        self, job: Job, due: datetime, error: str, orders: Sequence[Order] = (), *, unsure: bool = False
    ) -> None:
        """Not now: due again later, for a reason; `orders` go in with it, so that somebody is told.

        Once unsure it stays unsure: only the platform knows.
        """

    async def message(self, job: Job, slot: str) -> str:
        """The platform's reference to the receiver's message in a slot of this recovery; empty when there is none."""

    async def sharing(self, workspace: str, ref: str) -> Sequence[str]:
        """Every recovery that one message tells of, by the platform's reference."""

    async def rung(self, job: Job, since: datetime) -> int:
        """How many pings have reached the job's receiver since then."""

    async def told(self, workspace: str, slot: str, since: datetime) -> bool:
        """Has anybody been told this, or will he be, since then? So that an admin hears of a fault once."""

    async def others_may_hear(self, job: Job, refusals: Collection[str]) -> bool:
        """Has anybody else heard the ping of the same event, or of a later one, or may he still? Not who was refused
        for one of these reasons.
        """

    async def release(self, workspace: str, reason: str, now: datetime) -> int:
        """Jobs put off for this reason are due now: it is mended. How many there were."""

    async def faults(self, now: datetime) -> Sequence[Fault]:
        """What is wrong with the pings: late, given up, forgotten. Takes its time, and nobody else's."""

    async def overdue(self, now: datetime) -> datetime | None:
        """When the oldest ping that should have gone by now was to go; `None` when all is well."""

    async def playbook(self, key: str, version: int) -> str | None:
        """The text of a playbook as it was in this version; `None` when it was never in use."""

    async def keep_playbook(self, key: str, version: int, text: str) -> None: ...


__all__ = [
    "Address",
    "Change",
    "Clock",
    "Directory",
    "Entry",
    "Job",
    "Messenger",
    "Order",
    "Post",
    "Profile",
    "Store",
    "Surface",
    "Tell",
    "Wake",
]
