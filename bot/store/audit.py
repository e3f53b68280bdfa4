"""Is every ping on its way? What is wrong, out of the file, read only: for a person or, every minute, for the bot."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.errors import StoreError
from bot.ports import Fault
from bot.store.codec import iso, moment

LATE = timedelta(minutes=3)  # a ping may wait two minutes for others like it
REMEMBERED = timedelta(days=1)  # what was given up is told so long, and as long as somebody still waits for it
_HARMLESS = "('', 'no longer true', 'nothing to replace')"
_RINGS = "(coalesce(error, '') not like 'muted:%' or due < :late)"  # who wants quiet is not rung; that is no fault
_LATE = f"""
select 'late' as kind, workspace, recovery, receiver, planned as since, coalesce(error, '') as why from jobs
where done_at is null and rank = 0 and planned < :late and due < :soon and {_RINGS}
union all
select 'late', workspace, recovery, 'timer ' || slot, due, coalesce(error, '') from jobs
where done_at is null and rank < 2 and rank = 1 and type = 'Wake' and due < :late order by since
"""  # noqa: S608 - words from this file
_GIVEN_UP = f"""
select 'given-up' as kind, j.workspace, j.recovery, coalesce(j.receiver, 'timer ' || j.slot) as receiver,
       j.done_at as since, j.error as why
from jobs j left join recoveries r on r.workspace = j.workspace and r.id = j.recovery
where j.done_at is not null and j.error <> '' and j.error not in {_HARMLESS} and (j.rank = 0 or j.type = 'Wake')
and (j.done_at > :remembered or (r.status in ('open', 'offered') and r.acknowledged_by = ''
     and not exists (select 1 from jobs later where later.workspace = j.workspace and later.recovery = j.recovery
                     and later.rank = 0 and later.id > j.id)))
order by j.done_at
"""  # noqa: S608 - words from this file
_FORGOTTEN = """
select 'forgotten' as kind, r.workspace, r.id as recovery, 'person ' || r.agent as receiver, p.planned as since,
       'nobody answered and no timer is set' as why
from recoveries r join jobs p on p.workspace = r.workspace and p.recovery = r.id and p.rank = 0 and p.id = (
    select max(id) from jobs where workspace = r.workspace and recovery = r.id and rank = 0
    and json_extract(data, '$.view') = 'ping')
where r.status in ('open', 'offered') and r.acknowledged_by = '' and not exists (
    select 1 from jobs w where w.workspace = r.workspace and w.recovery = r.id and w.slot = 'ladder'
    and w.id > p.id and (w.done_at is null or coalesce(w.error, '') = ''))
order by p.planned
"""
_OVERDUE = f"select min(planned) as since from jobs where done_at is null and rank = 0 and planned < :late and {_RINGS}"  # noqa: S608


def faults(connection: sqlite3.Connection, now: datetime) -> Sequence[Fault]:
    """Everything that is wrong now, the oldest first of each kind."""
    named = {"late": iso(now - LATE), "soon": iso(now + timedelta(days=1)), "remembered": iso(now - REMEMBERED)}
    rows = [row for sql in (_LATE, _GIVEN_UP, _FORGOTTEN) for row in connection.execute(sql, named)]
    return [_fault(row) for row in rows]


def overdue(connection: sqlite3.Connection, now: datetime) -> datetime | None:
    """When the oldest ping that did not go was to go; `None` when all is well."""
    since = connection.execute(_OVERDUE, {"late": iso(now - LATE)}).fetchone()["since"]
    return moment(since) if since else None


def found(path: Path, now: datetime) -> Sequence[Fault]:
    """The same out of a file that a bot may be using. Raises StoreError when it is none of ours."""
    connection = opened(path)
    try:
        return faults(connection, now)
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path}: found {error}, expected a database of Amends that was served once") from error
    finally:
        connection.close()


def opened(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise StoreError(f"{path}: found no file, expected a database; set AMENDS_DB, or name it with --db")
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10)
    connection.row_factory = sqlite3.Row
    return connection


def _fault(row: Any) -> Fault:
    return Fault(row["kind"], row["workspace"], row["recovery"], row["receiver"], moment(row["since"]), row["why"])
