"""The desk's own memory: its people, channels and messages, and how far its clock was moved. One SQLite file."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from sqlite_utils import Database, Migrations

from bot.cards import Button, Card, Facts, Form, Input, Lines, Node, Row, Text
from bot.clock import MovableClock
from bot.core.limits import Limit
from bot.core.policy import plain
from bot.people import Organisation, TeamSettings
from bot.ports import Surface
from bot.texts import FALLBACK

WORKSPACE = "desk:local"
BOT = "amends"
AGENTS = ("ann", "bo")
SUPERVISORS = ("sue", "omar")
PEOPLE: Mapping[str, str] = {"ann": "Ann", "bo": "Bo", "sue": "Sue", "omar": "Omar"}
TALK, RECORDS = "support", "recoveries"
CHANNELS = (TALK, RECORDS)
_ZONES = Path("/usr/share/zoneinfo")

migrations = Migrations("amends-desk")


@migrations()
def m001_initial(db: Database) -> None:
    db.table("messages").create(
        {
            "id": int,
            "key": str,
            "surface": str,
            "person": str,
            "channel": str,
            "thread": str,
            "by": str,
            "at": str,
            "text": str,
            "card": str,
            "change": int,
        },
        pk="id",
        not_null={"key", "surface", "by", "at", "change"},
    )
    db.table("messages").create_index(["key"], unique=True)
    db.table("messages").create_index(["change"])
    db.table("state").create({"name": str, "value": str}, pk="name")


@dataclass(frozen=True, slots=True)
class Message:
    """What stands in the room: a card of ours, or a person's words (then `card` is `None`).

    `person` is whose chat or page it is, or who alone sees it in a channel. `change` counts up over the whole room.
    """

    ref: str
    key: str
    surface: Surface
    person: str
    channel: str
    thread: str
    by: str
    at: datetime
    text: str = ""
    card: Card | None = None
    change: int = 0

    @property
    def pane(self) -> str:
        """Where on the page it stands: a channel, somebody's chat, or somebody's home."""
        return self.channel or (f"home-{self.person}" if self.surface == "home" else self.person)

    def seen_by(self, person: str) -> bool:
        return self.surface == "channel" or self.person == person


class Room:
    """Everything the desk remembers. After a restart it goes on where it was."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, isolation_level=None)
        connection.row_factory = sqlite3.Row
        for pragma in ("journal_mode = wal", "synchronous = full"):
            connection.execute(f"pragma {pragma}")
        migrations.apply(Database(connection))
        self._db = connection
        self._bells: set[asyncio.Event] = set()
        self.clock = MovableClock(timedelta(seconds=float(self._state("ahead", "0"))))

    def close(self) -> None:
        self._db.close()

    # Messages

    def put(self, message: Message) -> str:
        """A new message; one with the same key gives way to it. Its reference. Several keys are joined by spaces."""
        sql = (
            "insert or replace into messages (key, surface, person, channel, thread, by, at, text, card, change) "
            "values (:key, :surface, :person, :channel, :thread, :by, :at, :text, :card, :change)"
        )
        row = {**asdict(message), "at": message.at.isoformat(), "card": _packed(message.card), "change": self.last + 1}
        kept = self._db.execute(sql, row)
        self.ring()
        return f"m{kept.lastrowid}"

    def replace(self, ref: str, card: Card) -> bool:
        """Show another card where this one stood; false when there is no such message."""
        sql = "update messages set card = :card, change = :change where id = :id"
        kept = self._db.execute(sql, {"card": _packed(card), "change": self.last + 1, "id": _id(ref)})
        self.ring()
        return bool(kept.rowcount)

    def find(self, key: str) -> str | None:
        sql = "select id from messages where key = :key or instr(' ' || key || ' ', ' ' || :key || ' ')"
        row = self._db.execute(sql, {"key": key}).fetchone()
        return f"m{row['id']}" if row else None

    def message(self, ref: str) -> Message | None:
        row = self._db.execute("select * from messages where id = ?", (_id(ref),)).fetchone()
        return _message(row) if row else None

    def messages(self, since: int = 0, limit: int = 500) -> Sequence[Message]:
        """What changed after `since`, oldest first; of very much only the newest."""
        sql = "select * from (select * from messages where change > ? order by id desc limit ?) order by id"
        return [_message(row) for row in self._db.execute(sql, (since, limit))]

    @property
    def last(self) -> int:
        """The number of the newest change."""
        return int(self._db.execute("select coalesce(max(change), 0) from messages").fetchone()[0])

    # The clock, and the language of the page

    def forward(self, by: timedelta) -> None:
        self.clock.forward(by)
        self._keep("ahead", str(self.clock.ahead.total_seconds()))
        self.ring()

    @property
    def lang(self) -> str:
        """The language that was chosen for everybody; empty until somebody did."""
        return self._state("lang", "")

    @lang.setter
    def lang(self, lang: str) -> None:
        self._keep("lang", lang)
        self.ring()

    # News

    def ring(self) -> None:
        """Something changed: whoever watches looks."""
        for bell in self._bells:
            bell.set()

    def watch(self, bell: asyncio.Event) -> None:
        self._bells.add(bell)

    def leave(self, bell: asyncio.Event) -> None:
        self._bells.discard(bell)

    def _state(self, name: str, default: str) -> str:
        row = self._db.execute("select value from state where name = ?", (name,)).fetchone()
        return row["value"] if row else default

    def _keep(self, name: str, value: str) -> None:
        self._db.execute("insert or replace into state values (?, ?)", (name, value))


def organisation(zone: str = "", language: str = FALLBACK) -> Organisation:
    """Who works at the desk: two agents, two supervisors, one team. `zone` is the machine's own unless given."""
    support = TeamSettings(
        id="support",
        recoveries=RECORDS,
        ladder=SUPERVISORS,
        policies={0: replace(plain(SUPERVISORS), limits=tuple(_limits()))},
        agents=frozenset(AGENTS),
        channels={TALK: "offer"},
        language=language,
        zone=zone or local_zone(),
    )
    return Organisation(teams=(support,), admins=(SUPERVISORS[-1],))


def _limits() -> Iterator[Limit]:
    """Small sums, so that somebody who tries it meets the question; the supervisors may allow anything."""
    for currency, sum_ in {"EUR": 50, "USD": 50, "GBP": 50, "SEK": 500, "SAR": 200, "AED": 200, "EGP": 2000}.items():
        yield Limit("agent", currency, Decimal(sum_), Decimal(sum_ * 4))


def local_zone(link: Path = Path("/etc/localtime")) -> str:
    """The machine's time zone by name; UTC where it cannot be told."""
    _, found, name = str(link.resolve()).partition("zoneinfo/")
    return name if found and (_ZONES / name).is_file() else "UTC"


def _id(ref: str) -> int:
    return int(ref[1:]) if ref[:1] == "m" and ref[1:].isdecimal() and len(ref) < 18 else 0  # noqa: PLR2004 - 64 bits


def _message(row: sqlite3.Row) -> Message:
    return Message(
        ref=f"m{row['id']}",
        key=row["key"],
        surface=row["surface"],
        person=row["person"],
        channel=row["channel"],
        thread=row["thread"],
        by=row["by"],
        at=datetime.fromisoformat(row["at"]),
        text=row["text"],
        card=_unpacked(row["card"]) if row["card"] else None,
        change=row["change"],
    )


_NODES = {kind.__name__: kind for kind in (Text, Lines, Facts, Row, Button, Form)}


def _packed(card: Card | None) -> str | None:
    if card is None:
        return None
    nodes = [{"node": type(node).__name__, **asdict(node)} for node in card.nodes]
    return json.dumps({**asdict(card), "nodes": nodes}, ensure_ascii=False)


def _unpacked(text: str) -> Card:
    """Lists become tuples again, so that a card read back equals the one that was sent."""
    read = json.loads(text, object_hook=lambda found: {key: _tupled(value) for key, value in found.items()})
    return Card(**{**read, "nodes": tuple(_node(one) for one in read["nodes"])})


def _node(read: dict[str, object]) -> Node:
    kind = _NODES[str(read.pop("node"))]
    if isinstance(inputs := read.get("inputs"), tuple):
        read["inputs"] = tuple(Input(**one) for one in inputs)
    if isinstance(press := read.get("press"), dict):
        read["press"] = Button(**press)
    node: Node = kind(**read)  # type: ignore[arg-type]
    return node


def _tupled(value: object) -> object:
    return tuple(map(_tupled, value)) if isinstance(value, list) else value
