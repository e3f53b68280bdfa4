"""What people said about the ear, out of the file: the messages it missed, and its false alarms. Reads only."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlite_utils import Database

from bot.errors import StoreError


def told(path: Path) -> tuple[list[str], list[str]]:
    """Missed messages, then offers the agent declined, in a channel or privately. Raises StoreError without a file.

    What was never accepted has no step; what an agent began and dropped later was no mistake of the ear.
    """
    if not path.is_file():
        raise StoreError(f"{path}: found no file, expected a database; set AMENDS_DB, or name it with --db")
    database = Database(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True))
    try:
        missed = database.query("select said from missed order by id")
        false = database.query(
            "select said from recoveries where status = 'dropped' and dropped_by = agent and step is null "
            "and reasons <> '[]' order by opened_at"
        )
        return [row["said"] for row in missed], [row["said"] for row in false]
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path}: {error}; expected a database of Amends") from error
    finally:
        database.conn.close()
