"""The store in one SQLite file: WAL, one writer, readers apart. SQL is written out, one statement per idea."""

from __future__ import annotations

import fcntl
import json
import sqlite3
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from bot.core.recovery import Recovery
from bot.errors import BusyFile, Conflict, Repeated
from bot.ports import Change, Job, Order, Profile
from bot.store import codec, jobs, outages, quiet
from bot.store.codec import iso
from bot.store.questions import Questions, connect
from bot.store.schema import FIELDS, migrate
from bot.store.writer import Writer

_WORDS = (
    "workspace id version status step playbook playbook_version team agent channel link said lang severity kind "
    "reasons opened_at stepped_at touched_at closed_at help_why acknowledged_by acknowledged_at dropped_by "
    "drop_reason allowed_by allowed_limit answers rest"
)
_INTERRUPTED = (  # we are alone on the file: what is leased was in hand when the last process ended
    "update jobs set unsure = 1, leased_until = null where done_at is null and leased_until is not null"
)
COLUMNS = (*_WORDS.split(), *FIELDS)
INSERT = f"insert into recoveries ({', '.join(COLUMNS)}) values ({', '.join(f':{c}' for c in COLUMNS)})"  # noqa: S608
UPDATE = (
    f"update recoveries set {', '.join(f'{c} = :{c}' for c in COLUMNS)} "  # noqa: S608 - names from this file
    "where workspace = :workspace and id = :id and version = :was"
)


class SqliteStore(Questions):
    """The Store port on one file. Only one process may have it open for writing."""

    def __init__(self, path: Path) -> None:
        """Raise BusyFile when another process has the file; bring the schema up to date."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = _locked(path)
        database = Database(connect(path))
        migrate(database)
        database.execute(_INTERRUPTED)
        database.conn.close()
        super().__init__(path)
        self._writer = Writer(connect(path))

    def close(self) -> None:
        self._writer.close()
        super().close()
        self._lock.close()

    async def commit(self, change: Change) -> None:
        try:
            await self._writer.do(lambda connection: _commit(connection, change))
        finally:
            if change.recovery:
                self._recent.forget((change.workspace, change.recovery.id))

    async def keep_missed(self, workspace: str, seen: str, at: datetime, said: str) -> None:
        def work(connection: sqlite3.Connection) -> None:
            _see(connection, workspace, seen)
            sql = "insert into missed (workspace, at, said) values (:workspace, :at, :said)"
            connection.execute(sql, {"workspace": workspace, "at": iso(at), "said": said})

        await self._writer.do(work)

    async def keep_person(self, workspace: str, profile: Profile) -> None:
        sql = "insert or replace into people values (:workspace, :id, :name, :lang, :zone, :chosen)"
        named = {"id": profile.id, "name": profile.name, "lang": profile.lang, "zone": profile.zone}
        await self._write(sql, workspace=workspace, chosen=int(profile.chosen), **named)

    async def keep_address(self, workspace: str, key: str, data: str) -> None:
        sql = "insert or replace into addresses values (:workspace, :key, :data)"
        await self._write(sql, workspace=workspace, key=key, data=data)

    async def drop_address(self, workspace: str, key: str) -> None:
        sql = "delete from addresses where workspace = :workspace and key = :key"
        await self._write(sql, workspace=workspace, key=key)

    async def lease(self, now: datetime, until: datetime, limit: int, without: Collection[str] = ()) -> Sequence[Job]:
        named = {"now": iso(now), "until": iso(until), "limit": limit, "without": json.dumps(list(without))}
        return await self._writer.do(lambda connection: jobs.lease(connection, named), apart=True)

    async def finish(
        self,
        job: Job,
        at: datetime,
        ref: str = "",
        error: str = "",
        orders: Sequence[Order] = (),
        also: Sequence[Job] = (),
    ) -> None:
        def work(connection: sqlite3.Connection) -> None:
            for one in (job, *also):
                jobs.finish(connection, one, iso(at), ref, error)
            for order in orders:
                jobs.put(connection, job.workspace, job.recovery, order)

        await self._writer.do(work, light=True)

    async def put_back(self, some: Sequence[Job], due: datetime | None = None, *, gathered: bool = False) -> None:
        at = iso(due) if due else None
        if some:
            await self._writer.do(lambda connection: jobs.put_back(connection, some, at, gathered=gathered))

    async def rewound(self, before: datetime, now: datetime) -> None:
        back = int((before - now).total_seconds())
        due = iso(before + jobs.ALMOST)
        await self._writer.do(lambda connection: jobs.rewound(connection, due, iso(now), back), apart=True)

    async def put_off(
        self, job: Job, due: datetime, error: str, orders: Sequence[Order] = (), *, unsure: bool = False
    ) -> None:
        named = {"id": job.id, "due": iso(due), "error": error, "unsure": int(unsure)}

        def work(connection: sqlite3.Connection) -> None:
            sql = (
                "update jobs set due = :due, error = :error, unsure = max(unsure, :unsure), leased_until = null "
                "where id = :id"
            )
            connection.execute(sql, named)
            for order in orders:
                jobs.put(connection, job.workspace, job.recovery, order)

        await self._writer.do(work)

    async def release(self, workspace: str, reason: str, now: datetime) -> int:
        named = {"workspace": workspace, "now": iso(now), "reason": reason}
        return await self._writer.do(lambda connection: connection.execute(jobs.RELEASE, named).rowcount, apart=True)

    async def keep_playbook(self, key: str, version: int, text: str) -> None:
        sql = "insert or ignore into playbooks values (:id, :version, :text)"
        await self._write(sql, id=key, version=version, text=text)

    async def _write(self, sql: str, **named: Any) -> int:
        return await self._writer.do(lambda connection: connection.execute(sql, named).rowcount)


def _locked(path: Path) -> Any:
    """Held until the process ends, however it ends."""
    lock = path.with_name(path.name + ".lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise BusyFile(f"{path}: another Amends has this database open; stop it first, or set AMENDS_DB") from error
    return lock


def _commit(connection: sqlite3.Connection, change: Change) -> None:
    if change.seen:
        _see(connection, change.workspace, change.seen)
    key = change.recovery.id if change.recovery else change.about
    if change.recovery:
        _keep(connection, change, change.recovery)
    if change.parent:
        outages.keep(connection, change.parent)
    if change.mute:
        quiet.keep(connection, change.workspace, change.mute)
    version = change.recovery.version if change.recovery else None
    for order in change.orders:
        jobs.put(connection, change.workspace, order.about or key, order, None if order.about else version)


def _see(connection: sqlite3.Connection, workspace: str, key: str) -> None:
    sql = "insert or ignore into seen values (:workspace, :key, strftime('%Y-%m-%dT%H:%M:%fZ'))"
    if not connection.execute(sql, {"workspace": workspace, "key": key}).rowcount:
        raise Repeated(key)


def _keep(connection: sqlite3.Connection, change: Change, recovery: Recovery) -> None:
    sql = UPDATE if change.was else INSERT
    if not connection.execute(sql, {**codec.row(recovery), "was": change.was}).rowcount:
        raise Conflict(recovery.id)
    if change.event:
        event = change.event
        connection.execute(
            "insert into journal values (:workspace, :recovery, :version, :at, :actor, :type, :data)",
            {
                "workspace": change.workspace,
                "recovery": recovery.id,
                "version": recovery.version,
                "at": iso(event.at),
                "actor": event.by,
                "type": type(event).__name__,
                "data": codec.event_data(event, "at", "by"),
            },
        )
