"""Recoveries out of the file, for a spreadsheet or a script. Opens the file for reading only."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, TextIO

from sqlite_utils import Database

from bot.errors import StoreError
from bot.store.schema import FIELDS

COLUMNS = (
    "id",
    "workspace",
    "team",
    "status",
    "agent",
    "agent_name",
    "severity",
    "kind",
    "lang",
    "said",
    "opened_at",
    "closed_at",
    *(name for name in FIELDS if name != "draft"),  # a draft is between the agent and the bot
    "allowed_by",
    "allowed_limit",
    "acknowledged_by",
    "acknowledged_at",
    "drop_reason",
    "outage",
    "outage_what",
    "playbook",
    "playbook_version",
    "link",
)
_SQL = (
    "select r.*, coalesce(p.name, r.agent) as agent_name, o.id as outage, o.what as outage_what from recoveries r "
    "left join people p on p.workspace = r.workspace and p.id = r.agent "
    "left join outages o on o.workspace = r.workspace and o.id = json_extract(r.rest, '$.outage') "
    "where :status in ('', r.status) order by r.opened_at, r.id"
)
_ACTS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for a formula


def recoveries(path: Path, status: str = "") -> Iterator[dict[str, Any]]:
    """Every recovery, oldest first, or those with one status. Raises StoreError when `path` holds none of ours."""
    if not path.is_file():
        raise StoreError(f"{path}: found no file, expected a database; set AMENDS_DB, or name it with --db")
    database = Database(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True))
    try:
        rows = database.query(_SQL, {"status": status})
        first = next(rows, None)
    except sqlite3.DatabaseError as error:
        database.conn.close()
        raise StoreError(f"{path}: found {error}, expected a database of Amends; name it with --db") from error
    return _named(database, chain((first,) if first else (), rows))


def _named(database: Database, rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    try:
        for row in rows:
            yield {name: row.get(name) for name in COLUMNS}  # a file that no new Amends has opened yet lacks some
    finally:
        database.conn.close()


def write_csv(rows: Iterable[Mapping[str, Any]], out: TextIO) -> None:
    """With a header. A cell that a spreadsheet would run as a formula gets an apostrophe in front."""
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    for row in rows:
        writer.writerow({key: _harmless(value) for key, value in row.items()})


def write_json(rows: Iterable[Mapping[str, Any]], out: TextIO) -> None:
    json.dump(list(rows), out, ensure_ascii=False, indent=2)
    out.write("\n")


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_ACTS) else value
