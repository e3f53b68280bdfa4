"""The command line as a person or a script meets it: real processes, their exit codes and what they print."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.engine import start
from bot.core.recovery import Status
from bot.errors import StoreError
from bot.ports import Change
from bot.store import export
from bot.store.sqlite import SqliteStore
from tests.test_engine import BOOK, escalated
from tests.test_settings import GOOD, SLACK

APP = Path(__file__).parent.parent / "app.py"
ACTS = '=HYPERLINK("http://evil.example","press") said ann, \'loudly\''


def amends(folder: Path, *words: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command in another folder, with nothing of ours in its environment."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("SLACK_", "AMENDS_", "TEAMS_"))}
    command = [sys.executable, str(APP), *words]
    return subprocess.run(
        command, cwd=folder, env=clean | {"COLUMNS": "200"} | (env or {}), capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three recoveries: one is said like a formula, one is dropped."""
    path = tmp_path_factory.mktemp("cli") / "some.db"

    async def fill() -> None:
        store = SqliteStore(path)
        for key, said in (("r1", ACTS), ("r2", "عميل غاضب"), ("r3", "+46 70 123 45 67 ringer igen")):
            begun = start(escalated(), BOOK).recovery
            status: Status = "dropped" if key == "r3" else "open"
            row = replace(begun, id=key, said=said, status=status, answers={"draft": "for the bot alone"})
            await store.commit(Change(row.workspace, recovery=row))
        store.close()

    asyncio.run(fill())
    return path


def test_called_without_a_word_it_says_what_it_can_do(tmp_path: Path) -> None:
    done = amends(tmp_path)
    assert done.returncode == 2
    said = done.stdout + done.stderr
    assert all(word in said for word in ("serve", "demo", "check", "export", "manifest"))


@pytest.mark.parametrize("words", [("export", "--format", "xml"), ("manifest", "slack", "--url", "http://x.example")])
def test_called_wrongly_is_two(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = amends(tmp_path, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


def test_check_of_what_is_well(tmp_path: Path) -> None:
    (tmp_path / "amends.toml").write_text(GOOD, "utf-8")
    done = amends(tmp_path, "check", "--json", env=SLACK)
    assert json.loads(done.stdout) == {"ok": True, "problems": []}
    assert (done.returncode, done.stderr) == (0, "")


def test_check_of_what_is_not(tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text(GOOD.replace('"1h"', '"soon"').replace('listen = "off"', 'listen = "on"'))
    done = amends(tmp_path, "check", "--config", "other.toml", "--json", env=SLACK)
    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert found["ok"] is False
    assert [(one["file"], one["key"], one["found"]) for one in found["problems"]] == [
        ("other.toml", "team.front.wait", "'soon'"),
        ("other.toml", "listen", "'on'"),
    ]


def test_check_for_a_person_names_every_mistake_and_no_secret(tmp_path: Path) -> None:
    done = amends(tmp_path, "check", env={"SLACK_BOT_TOKEN": "xoxp-very-secret-indeed", "AMENDS_PORT": "x"})
    assert done.returncode == 1
    assert "amends.toml: -: found no such file, expected the organisation's settings" in done.stdout
    assert "environment: AMENDS_PORT: found x, expected a port from 1 to 65535" in done.stdout
    assert done.stdout.rstrip().endswith(" to mend.")
    assert "very-secret" not in done.stdout + done.stderr


def test_serve_does_not_start_on_mistakes(tmp_path: Path) -> None:
    done = amends(tmp_path, "serve")
    assert (done.returncode, done.stdout) == (1, "")
    assert "amends.toml: -: found no such file" in done.stderr
    assert "Traceback" not in done.stderr


def test_export_for_a_spreadsheet(tmp_path: Path, database: Path) -> None:
    done = amends(tmp_path, "export", "--db", str(database))
    assert (done.returncode, done.stderr) == (0, "")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [row["id"] for row in rows] == ["r1", "r2", "r3"]
    assert rows[0]["said"] == "'" + ACTS
    assert rows[1]["said"] == "عميل غاضب"
    assert rows[2]["said"].startswith("'+46")
    assert "draft" not in rows[0]


def test_export_for_a_script_into_a_file(tmp_path: Path, database: Path) -> None:
    words = ("export", "-f", "json", "--status", "dropped", "-o", "out.json")
    done = amends(tmp_path, *words, env={"AMENDS_DB": str(database)})
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    (row,) = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert (row["id"], row["said"]) == ("r3", "+46 70 123 45 67 ringer igen")


def test_export_of_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "letter.db").write_text("Dear customer, we are sorry. " * 50)
    done = amends(tmp_path, "export", "--db", "letter.db", "--output", "out.csv")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "letter.db: found file is not a database, expected a database of Amends; name it with --db\n"
    )
    assert not (tmp_path / "out.csv").exists()


def test_nothing_is_written_about_a_database_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"nowhere.db: found no file, expected a database; set AMENDS_DB"):
        export.recoveries(tmp_path / "nowhere.db")
    with pytest.raises(StoreError, match="found no file"):
        export.recoveries(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_somebody_else_s_database_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "theirs.db"
    sqlite3.connect(path).close()
    path.touch()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="no such table: recoveries, expected a database of Amends"):
        export.recoveries(path)
    assert path.read_bytes() == before


def test_export_reads_while_the_bot_writes(store: SqliteStore) -> None:
    assert list(export.recoveries(store.path)) == []
    store_open = export.recoveries(store.path, "open")
    asyncio.run(store.commit(Change("desk:T1", recovery=start(escalated(), BOOK).recovery)))
    assert list(store_open) == []
    assert [row["id"] for row in export.recoveries(store.path, "open")] == ["r1"]
    assert list(export.recoveries(store.path, "closed")) == []


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_run_as_a_formula(begins: str) -> None:
    out = io.StringIO()
    export.write_csv([{"said": f"{begins}1+1", "severity": -1}], out)
    (row,) = csv.DictReader(io.StringIO(out.getvalue(), newline=""))
    assert (row["said"], row["severity"]) == (f"'{begins}1+1", "-1")


def test_the_manifest_is_one_to_paste(tmp_path: Path) -> None:
    done = amends(tmp_path, "manifest", "slack", "--url", "https://amends.example")
    assert (done.returncode, done.stderr) == (0, "")
    manifest = json.loads(done.stdout)
    assert manifest["settings"]["socket_mode_enabled"] is False
    assert manifest["settings"]["event_subscriptions"]["request_url"].startswith("https://amends.example/")
