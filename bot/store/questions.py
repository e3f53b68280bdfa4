"""What can be asked of the file. It is read apart from whoever writes.

What an index finds at once is read on the event loop: handing it to a thread takes longer. Searching has a thread.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.core import language
from bot.core.effects import Person, Tell, receiver
from bot.core.outage import Outage
from bot.core.recovery import Recovery
from bot.ports import Entry, Fault, Job, Mute, Profile
from bot.store import audit, codec, jobs, outages, quiet
from bot.store.codec import iso, moment
from bot.store.recent import Recent

CONTENT = 4  # of 5: the customer was content with how it ended
_ITS = "(select alike({field}) from recoveries where workspace = :workspace and id = :id)"  # asked once, not for each
_SAME = {
    "customer": f"e.customer is not null and alike(e.customer) = {_ITS.format(field='customer')}",
    "cause": "e.family is r.family and e.team is r.team and e.cause is not null "
    f"and alike(e.cause) = {_ITS.format(field='cause')}",
}
_EARLIER = (
    "select e.id from recoveries r join recoveries e on e.workspace = r.workspace and e.id != r.id and {same} "
    "where r.workspace = :workspace and r.id = :id and e.status != 'dropped' "
    "and e.opened_at >= :since and e.opened_at <= r.opened_at order by e.opened_at desc limit 1"
)
_OTHERS = """
select 1 from jobs j where j.workspace = :workspace and j.recovery = :recovery and j.rank = 0 and j.id <> :id
and json_extract(j.data, '$.view') = 'ping' and j.version >= (select version from jobs where id = :id)
and (coalesce(j.sent_ref, '') <> '' or (j.done_at is null and
    substr(coalesce(j.error, ''), 1, instr(coalesce(j.error, ''), ':') - 1) not in
    (select value from json_each(:refusals)))) limit 1
"""


class Questions:
    """The half of the Store port that changes nothing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._recent = Recent()
        self._reading, self._searching = connect(path), connect(path)

    def close(self) -> None:
        self._reading.close()
        self._searching.close()

    async def recovery(self, workspace: str, key: str) -> Recovery | None:
        if known := self._recent.get((workspace, key)):
            return known
        sql = "select * from recoveries where workspace = :workspace and id = :id"
        rows = await self._read(sql, workspace=workspace, id=key)
        return self._recent.keep((workspace, key), codec.recovery(rows[0])) if rows else None

    async def open_for(self, workspace: str, agent: str) -> Sequence[Recovery]:
        sql = (
            "select * from recoveries where workspace = :workspace and agent = :agent and status = 'open' "
            "order by opened_at"
        )
        return [codec.recovery(row) for row in await self._read(sql, workspace=workspace, agent=agent)]

    async def heard_here(self, workspace: str, channel: str, agent: str, since: datetime) -> Sequence[Recovery]:
        sql = (
            "select * from recoveries where workspace = :workspace and channel = :channel "
            "and opened_at >= :since and agent = :agent order by opened_at"
        )
        named = {"channel": channel, "agent": agent, "since": iso(since)}
        return [codec.recovery(row) for row in await self._read(sql, workspace=workspace, **named)]

    async def similar(self, workspace: str, words: Sequence[str], limit: int) -> Sequence[Recovery]:
        sql = (
            "select r.* from recoveries_fts f join recoveries r on r.rowid = f.rowid "
            "where f.recoveries_fts match :query and r.workspace = :workspace and r.status = 'closed' "
            "and r.rating >= :content order by f.rank limit :limit"
        )
        named = {"query": codec.fts(words), "content": CONTENT, "limit": limit}
        rows = await self._search(sql, workspace=workspace, **named) if words else []
        return [codec.recovery(row) for row in rows]

    async def earlier(self, workspace: str, key: str, field: str, since: datetime) -> str:
        if field not in _SAME:
            raise ValueError(field)
        sql = _EARLIER.format(same=_SAME[field])
        rows = await self._search(sql, workspace=workspace, id=key, since=iso(since))
        return rows[0]["id"] if rows else ""

    async def spent(self, workspace: str, person: str, currency: str, since: datetime, but: str) -> Decimal:
        sql = (
            "select rest from recoveries where workspace = :workspace and touched_at >= :since "
            "and currency = :currency and id != :but"
        )
        rows = await self._read(sql, workspace=workspace, since=iso(since), currency=currency, but=but)
        found = [codec.loads(row["rest"]).get("approval") for row in rows]
        sums = (one.granted for one in found if one and one.decided_by == person and one.decided_at >= since)
        return sum((one for one in sums if one is not None), Decimal(0))

    async def outage(self, workspace: str, key: str) -> Outage | None:
        return outages.replayed(await self._read(outages.JOURNAL, workspace=workspace, id=key))

    async def last_outage(self, workspace: str, team: str) -> Outage | None:
        rows = await self._read(outages.LAST, workspace=workspace, team=team)
        return await self.outage(workspace, rows[0]["id"]) if rows else None

    async def alike(self, workspace: str, team: str, kind: str, since: datetime) -> Sequence[Recovery]:
        rows = await self._read(outages.ALIKE, workspace=workspace, team=team, kind=kind, since=iso(since))
        return [codec.recovery(row) for row in rows]

    async def digested(
        self, workspace: str, teams: Sequence[str], since: datetime, until: datetime
    ) -> Sequence[Recovery]:
        named = {"among": json.dumps(list(teams)), "since": iso(since), "until": iso(until)}
        rows = await self._search(quiet.DIGESTED, workspace=workspace, **named)
        return [codec.recovery(row) for row in rows]

    async def mute(self, workspace: str, person: str) -> Mute | None:
        sql = "select * from mutes where workspace = :workspace and person = :person"
        rows = await self._read(sql, workspace=workspace, person=person)
        return quiet.mute(rows[0]) if rows else None

    async def mutes(self, workspace: str, at: datetime) -> Sequence[Mute]:
        sql = "select * from mutes where workspace = :workspace and until > :at"
        return [quiet.mute(row) for row in await self._read(sql, workspace=workspace, at=iso(at))]

    async def pinged(self, workspace: str, person: str, since: datetime, until: datetime) -> Sequence[str]:
        named = {"receiver": receiver(Person(person)), "since": iso(since), "until": iso(until)}
        return [row["recovery"] for row in await self._search(quiet.PINGED, workspace=workspace, **named)]

    async def journal(self, workspace: str, key: str) -> Sequence[Entry]:
        sql = "select * from journal where workspace = :workspace and recovery = :id order by version"
        rows = await self._read(sql, workspace=workspace, id=key)
        return [Entry(row["version"], codec.event(row["type"], row["at"], row["actor"], row["data"])) for row in rows]

    async def person(self, workspace: str, person: str) -> Profile | None:
        sql = "select * from people where workspace = :workspace and id = :id"
        rows = await self._read(sql, workspace=workspace, id=person)
        if not rows:
            return None
        row = rows[0]
        return Profile(row["id"], row["name"], row["lang"], row["zone"], bool(row["chosen"]))

    async def address(self, workspace: str, key: str) -> str | None:
        sql = "select data from addresses where workspace = :workspace and key = :key"
        rows = await self._read(sql, workspace=workspace, key=key)
        return rows[0]["data"] if rows else None

    async def about(self, workspace: str, ref: str) -> str:
        found = await self.sharing(workspace, ref)
        return found[0] if len(found) == 1 else ""

    async def sharing(self, workspace: str, ref: str) -> Sequence[str]:
        sql = "select distinct recovery from messages where workspace = :workspace and ref = :ref order by recovery"
        return [row["recovery"] for row in await self._read(sql, workspace=workspace, ref=ref)]

    async def rung(self, job: Job, since: datetime) -> int:
        if not isinstance(job.effect, Tell):
            return 0
        sql = (
            "select count(*) as pings from jobs where workspace = :workspace and receiver = :receiver and rank = 0 "
            "and done_at >= :since and sent_ref <> '' and json_extract(data, '$.view') = 'ping'"
        )
        named = {"receiver": receiver(job.effect.to), "since": iso(since)}
        return int((await self._read(sql, workspace=job.workspace, **named))[0]["pings"])

    async def next_due(self, without: Collection[str] = ()) -> datetime | None:
        at = (await self._search(jobs.NEXT, without=json.dumps(list(without))))[0]["at"]
        return moment(at) if at else None

    async def message(self, job: Job, slot: str) -> str:
        if not isinstance(job.effect, Tell):
            return ""
        sql = (
            "select ref from messages where workspace = :workspace and recovery = :recovery "
            "and receiver = :receiver and slot = :slot"
        )
        named = {"recovery": job.recovery, "receiver": receiver(job.effect.to), "slot": slot}
        rows = await self._read(sql, workspace=job.workspace, **named)
        return rows[0]["ref"] if rows else ""

    async def told(self, workspace: str, slot: str, since: datetime) -> bool:
        sql = "select 1 from jobs where workspace = :workspace and slot = :slot and due >= :since limit 1"
        return bool(await self._read(sql, workspace=workspace, slot=slot, since=iso(since)))

    async def others_may_hear(self, job: Job, refusals: Collection[str]) -> bool:
        named = {"recovery": job.recovery, "id": job.id, "refusals": json.dumps(list(refusals))}
        return bool(await self._read(_OTHERS, workspace=job.workspace, **named))

    async def faults(self, now: datetime) -> Sequence[Fault]:
        return await asyncio.to_thread(audit.found, self.path, now)

    async def overdue(self, now: datetime) -> datetime | None:
        return await asyncio.to_thread(audit.overdue, self._searching, now)

    async def playbook(self, key: str, version: int) -> str | None:
        sql = "select text from playbooks where id = :id and version = :version"
        rows = await self._read(sql, id=key, version=version)
        return rows[0]["text"] if rows else None

    async def _read(self, sql: str, **named: Any) -> list[sqlite3.Row]:
        return self._reading.execute(sql, named).fetchall()

    async def _search(self, sql: str, **named: Any) -> list[sqlite3.Row]:
        return await asyncio.to_thread(lambda: self._searching.execute(sql, named).fetchall())


def connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)
    connection.row_factory = sqlite3.Row
    connection.create_function("alike", 1, lambda text: text and language.alike(text), deterministic=True)
    for pragma in ("journal_mode = wal", "synchronous = full", "busy_timeout = 10000"):
        connection.execute(f"pragma {pragma}")
    return connection
