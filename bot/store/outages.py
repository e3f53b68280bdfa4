"""Outages as a row and a journal: the journal is the truth, the row what can be asked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from bot.core import outage
from bot.core.outage import Outage
from bot.errors import Conflict
from bot.ports import Parent
from bot.store import codec
from bot.store.codec import iso, moment

JOURNAL = "select * from outage_journal where workspace = :workspace and outage = :id order by version"
LAST = "select id from outages where workspace = :workspace and team = :team order by offered_at desc limit 1"
ALIKE = (
    "select * from recoveries where workspace = :workspace and team = :team and kind = :kind and opened_at >= :since "
    "and status <> 'dropped' order by opened_at, id"
)
_ROW = "workspace id version team status first what since signed offered_at closed_at".split()
_INSERT = f"insert or ignore into outages ({', '.join(_ROW)}) values ({', '.join(f':{name}' for name in _ROW)})"  # noqa: S608
_UPDATE = (
    f"update outages set {', '.join(f'{name} = :{name}' for name in _ROW)} "  # noqa: S608 - names from this file
    "where workspace = :workspace and id = :id and version = :was"
)
_NOTE = "insert into outage_journal values (:workspace, :outage, :version, :at, :actor, :type, :data)"


def replayed(rows: Iterable[sqlite3.Row]) -> Outage | None:
    events = [_event(row) for row in rows]
    return outage.replay(events) if events else None


def keep(connection: sqlite3.Connection, parent: Parent) -> None:
    """Raise Conflict when somebody was faster: a team has one open outage, or one offer, at a time."""
    now, event = parent.outage, parent.event
    sql = _UPDATE if parent.was else _INSERT
    if not connection.execute(sql, {**_row(now), "was": parent.was}).rowcount:
        raise Conflict(now.id)
    named = {"workspace": now.workspace, "outage": now.id, "version": now.version, "at": iso(event.at)}
    data = codec.event_data(event, "at", "by")
    connection.execute(_NOTE, {**named, "actor": event.by, "type": type(event).__name__, "data": data})


def _event(row: sqlite3.Row) -> outage.Event:
    kind: Any = outage.KINDS[row["type"]]
    event: outage.Event = kind(at=moment(row["at"]), by=row["actor"], **codec.loads(row["data"]))
    return event


def _row(now: Outage) -> dict[str, Any]:
    known = {one.name: getattr(now, one.name) for one in fields(now) if one.name in _ROW}
    word = now.word
    return {
        **known,
        "first": iso(now.first),
        "offered_at": iso(now.offered_at),
        "closed_at": now.closed_at and iso(now.closed_at),
        "since": word and iso(word.since),
        "signed": word and word.signed,
    }
