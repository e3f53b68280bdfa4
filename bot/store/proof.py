"""Who was pinged, when, by which rule, delivered or not, and who answered: one recovery's proof, read only."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.errors import StoreError
from bot.store import codec
from bot.store.audit import opened

Row = Mapping[str, Any]
_NAME = "coalesce((select name from people p where p.workspace = r.workspace and p.id = r.{0}), r.{0})"
_RECOVERY = f"""
select r.*, {_NAME.format("agent")} as agent_name, {_NAME.format("acknowledged_by")} as acknowledged_name
from recoveries r where r.id = :id
"""  # noqa: S608 - names from this file
_PINGS = """
select v.*, (select json_extract(data, '$.args.call') from jobs where id = v.job) as call
from pings v where v.recovery = :id and v.workspace = :workspace
"""
_NEXT = """
select min(due) as due from jobs where workspace = :workspace and recovery = :id and slot = 'ladder'
and done_at is null
"""
_KEPT = "receiver name due sent_at seconds_late delivered ref attempts error".split()


def proof(path: Path, key: str) -> Row:
    """Raises StoreError when there is no such database, or no such recovery in it."""
    connection = opened(path)
    try:
        return _proof(connection, key)
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path}: found {error}, expected a database of Amends that was served once") from error
    except LookupError as error:
        raise StoreError(f"{path}: found no recovery {key}, expected an id as `amends export` names it") from error
    finally:
        connection.close()


def _proof(connection: sqlite3.Connection, key: str) -> Row:
    row = connection.execute(_RECOVERY, {"id": key}).fetchone()
    if row is None:
        raise LookupError(key)
    now = codec.recovery(row)
    named = {"id": key, "workspace": row["workspace"]}
    waits = not now.acknowledged_by and now.live
    return {
        "recovery": key,
        "team": now.team,
        "agent": row["agent_name"],
        "status": now.status,
        "severity": now.severity,
        "opened_at": row["opened_at"],
        "pings": [_ping(one, now.calls) for one in connection.execute(_PINGS, named)],
        "acknowledged_by": row["acknowledged_name"],
        "acknowledged_at": row["acknowledged_at"],
        "asks_again_at": connection.execute(_NEXT, named).fetchone()["due"] if waits else None,
    }


def _ping(row: Any, calls: tuple[Any, ...]) -> Row:
    """`rule`: why this call was made; `turn`: where on the ladder, counted over every repeat."""
    number = int(row["call"] or 0)
    call = calls[number - 1] if 0 < number <= len(calls) else None
    rule = {"call": number or None, "rule": call.why if call else row["cause"], "turn": call.turn if call else None}
    kept = {name: row[name] for name in _KEPT}
    return {**rule, **kept, "delivered": bool(row["delivered"])}


def told(found: Row) -> Iterator[str]:
    """The proof as lines for a person."""
    yield f"{found['recovery']}: {found['status']}, severity {found['severity']}, {found['agent']} ({found['team']})"
    for one in found["pings"]:
        yield f"  {one['call'] or '-'}. {one['rule']}, turn {one['turn'] or '-'}: {one['name']}, due {one['due']}"
        yield f"     {_delivery(one)}"
    if not found["pings"]:
        yield "  nobody was pinged"
    if found["acknowledged_by"]:
        yield f"  acknowledged by {found['acknowledged_by']} at {found['acknowledged_at']}"
    elif found["asks_again_at"]:
        yield f"  nobody has it yet; the next is asked at {found['asks_again_at']}"


def _delivery(one: Row) -> str:
    tries = f"{one['attempts']} {'try' if one['attempts'] == 1 else 'tries'}"
    if one["delivered"]:
        return f"delivered {one['sent_at']} ({one['seconds_late']:g} s after, {tries}, {one['ref']})"
    if one["sent_at"]:
        return f"not sent: {one['error']} ({one['sent_at']}, {tries})"
    return f"not sent yet: {one['error'] or 'waits'} ({tries})"


def as_json(found: Row) -> str:
    return json.dumps(found, ensure_ascii=False)
