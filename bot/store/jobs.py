"""Jobs as rows: ordered, leased, finished. What is to be forgotten is gone as soon as it is done."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.core.effects import Effect, Tell, receiver
from bot.ports import Job, Order
from bot.store import codec
from bot.store.codec import iso, moment
from bot.store.schema import FIRST, REPAINTS, RINGS

LANE = "workspace || ' ' || coalesce(receiver, recovery)"
_DUE = f"""
select id from (
    select id from jobs where done_at is null and rank {{rank}} and due <= :now
    and (leased_until is null or leased_until <= :now) and {LANE} not in (select value from json_each(:without))
    order by due, id limit :limit)
"""  # noqa: S608 - words from this file
LEASE = f"""
update jobs set unsure = max(unsure, leased_until is not null), leased_until = :until, attempts = attempts + 1
where id in ({_DUE.format(rank="< 2")} union all {_DUE.format(rank="= 2")} limit :limit) returning *
"""  # noqa: S608
_NEXT = f"""
select due as at from (
    select due from jobs where done_at is null and rank {{rank}} and leased_until is null
    and {LANE} not in (select value from json_each(:without)) order by due limit 1)
"""  # noqa: S608
NEXT = f"""
select min(at) as at from ({_NEXT.format(rank="< 2")} union all {_NEXT.format(rank="= 2")} union all
    select max(due, leased_until) as at from jobs where done_at is null and leased_until is not null
    and {LANE} not in (select value from json_each(:without)))
"""  # noqa: S608
RELEASE = (  # a reason stands before a colon
    "update jobs set due = :now where workspace = :workspace and done_at is null and leased_until is null "
    "and error > :reason || ':' and error < :reason || ';'"
)
_WAITING = (
    "(select id from jobs where done_at is null and rank < 2 and due > {0} "
    "union all select id from jobs where done_at is null and rank = 2 and due > {0})"
)
ALMOST = timedelta(seconds=5)  # what was ordered after the worker last looked at the clock was due as well
_REWIND = (
    f"update jobs set due = :now where id in {_WAITING.format(':now')} and (due <= :before or error is not null)",  # noqa: S608
    f"""update jobs set due = strftime('%Y-%m-%dT%H:%M:%S', due, :shift) || substr(due, 20)
        where id in {_WAITING.format(":before")} and type = 'Wake' and not json_extract(data, '$.pierces')""",  # noqa: S608
    """update jobs set leased_until = :now where done_at is null and leased_until > :now""",
)


def put(
    connection: sqlite3.Connection, workspace: str, recovery: str, order: Order, version: int | None = None
) -> None:
    """`version`: the event of the recovery that it follows from."""
    effect = order.effect
    connection.execute(
        "insert into jobs (workspace, recovery, due, planned, type, receiver, slot, data, rank, version) "
        "values (:workspace, :recovery, :due, :due, :type, :receiver, :slot, :data, :rank, :version)",
        {
            "workspace": workspace,
            "recovery": recovery,
            "due": iso(order.due),
            "type": type(effect).__name__,
            "receiver": receiver(effect.to) if isinstance(effect, Tell) else None,
            "slot": effect.slot if isinstance(effect, Tell) else effect.timer,
            "data": codec.event_data(effect),
            "rank": _rank(effect),
            "version": version,
        },
    )


def _rank(effect: Effect) -> int:
    if not isinstance(effect, Tell):
        return FIRST
    return RINGS if effect.wakes else FIRST if effect.fresh else REPAINTS


def lease(connection: sqlite3.Connection, named: dict[str, Any]) -> list[Job]:
    rows = connection.execute(LEASE, named).fetchall()
    return [_job(row) for row in sorted(rows, key=lambda row: (row["due"], row["id"]))]


def _job(row: sqlite3.Row) -> Job:
    effect = codec.effect(row["type"], row["data"])
    return Job(
        id=row["id"],
        workspace=row["workspace"],
        recovery=row["recovery"],
        due=moment(row["due"]),
        effect=effect,
        planned=moment(row["planned"]),
        attempts=row["attempts"],
        unsure=bool(row["unsure"]),
        gathered=bool(row["gathered"]),
    )


def put_back(connection: sqlite3.Connection, some: Sequence[Job], due: str | None, *, gathered: bool) -> None:
    why = "waits for others like it" if gathered else "waits for the message before it" if due else None
    connection.executemany(
        "update jobs set leased_until = null, attempts = attempts - 1, due = coalesce(:due, due), "
        "error = coalesce(:why, error), gathered = max(gathered, :gathered) where id = :id",
        [{"id": job.id, "due": due, "why": why, "gathered": int(gathered)} for job in some],
    )


def rewound(connection: sqlite3.Connection, before: str, now: str, seconds: int) -> None:
    """What was due is due, what waited to be tried again is tried, and a time to wait is as long as it was.

    A promise keeps its hour.
    """
    for sql in _REWIND:
        connection.execute(sql, {"before": before, "now": now, "shift": f"-{seconds} seconds"})


def finish(connection: sqlite3.Connection, job: Job, at: str, ref: str, error: str) -> None:
    sql = "update jobs set done_at = :at, sent_ref = :ref, error = :error, leased_until = null where id = :id"
    connection.execute(sql, {"id": job.id, "at": at, "ref": ref, "error": error})
    if isinstance(job.effect, Tell) and job.effect.forget:
        blank = codec.event_data(replace(job.effect, args={}))
        connection.execute("update jobs set data = :data where id = :id", {"id": job.id, "data": blank})
    if ref and isinstance(job.effect, Tell):
        connection.execute(
            "insert or replace into messages values (:workspace, :recovery, :receiver, :slot, :ref)",
            {
                "workspace": job.workspace,
                "recovery": job.recovery,
                "receiver": receiver(job.effect.to),
                "slot": job.effect.slot,
                "ref": ref,
            },
        )
