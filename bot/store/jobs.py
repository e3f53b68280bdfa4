"""Jobs as rows: ordered, leased, finished. What is to be forgotten is gone as soon as it is done."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import Any

from bot.core.effects import Tell, receiver
from bot.ports import Job, Order
from bot.store import codec
from bot.store.codec import iso, moment


def put(connection: sqlite3.Connection, workspace: str, recovery: str, order: Order) -> None:
    effect = order.effect
    connection.execute(
        "insert into jobs (workspace, recovery, due, type, receiver, slot, data) "
        "values (:workspace, :recovery, :due, :type, :receiver, :slot, :data)",
        {
            "workspace": workspace,
            "recovery": recovery,
            "due": iso(order.due),
            "type": type(effect).__name__,
            "receiver": receiver(effect.to) if isinstance(effect, Tell) else None,
            "slot": effect.slot if isinstance(effect, Tell) else effect.timer,
            "data": codec.event_data(effect),
        },
    )


def lease(connection: sqlite3.Connection, named: dict[str, Any]) -> list[Job]:
    rows = connection.execute(
        "update jobs set unsure = max(unsure, leased_until is not null), leased_until = :until, "
        "attempts = attempts + 1 where id in ("
        "select id from jobs where done_at is null and due <= :now "
        "and (leased_until is null or leased_until <= :now) order by due, id limit :limit) returning *",
        named,
    ).fetchall()
    return [_job(row) for row in sorted(rows, key=lambda row: (row["due"], row["id"]))]


def _job(row: sqlite3.Row) -> Job:
    effect = codec.effect(row["type"], row["data"])
    return Job(
        id=row["id"],
        workspace=row["workspace"],
        recovery=row["recovery"],
        due=moment(row["due"]),
        effect=effect,
        attempts=row["attempts"],
        unsure=bool(row["unsure"]),
    )


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
