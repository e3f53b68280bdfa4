"""Who wants quiet until when, what he was to be pinged for meanwhile, and what he finds in the morning."""

from __future__ import annotations

import sqlite3

from bot.ports import Mute
from bot.store.codec import iso, moment

PINGED = """
select recovery from jobs where workspace = :workspace and receiver = :receiver and rank = 0
and json_extract(data, '$.view') = 'ping' and planned >= :since and planned < :until
group by recovery order by min(id)
"""
DIGESTED = """
select * from recoveries where workspace = :workspace and team in (select value from json_each(:among))
and (status = 'open' or (status = 'closed' and closed_at >= :since)
     or (status = 'closed' and prevention_due < :until and coalesce(prevention_done, '') = ''))
order by opened_at
"""


def keep(connection: sqlite3.Connection, workspace: str, mute: Mute) -> None:
    sql = "insert or replace into mutes values (:workspace, :person, :since, :until)"
    named = {"person": mute.person, "since": iso(mute.since), "until": iso(mute.until)}
    connection.execute(sql, {"workspace": workspace, **named})


def mute(row: sqlite3.Row) -> Mute:
    return Mute(row["person"], moment(row["since"]), moment(row["until"]))
