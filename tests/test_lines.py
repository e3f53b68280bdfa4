"""`amends draft` and `amends hear` as a script meets them: real processes, JSON lines, bad lines named."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from bot.store import feedback
from bot.store.sqlite import SqliteStore
from tests.fakes_clock import START

ROOT = Path(__file__).parent.parent
LONG = 60  # seconds


def run(*args: str, lines: bytes = b"") -> tuple[list[dict[str, Any]], int, str]:
    done = subprocess.run(
        [sys.executable, str(ROOT / "app.py"), *args], input=lines, capture_output=True, timeout=LONG, check=False
    )
    return [json.loads(line) for line in done.stdout.splitlines()], done.returncode, done.stderr.decode()


def jsonl(*rows: object) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def test_hear_answers_each_line() -> None:
    rows = [
        {"id": "a", "text": "the customer is furious and will sue us"},
        {"id": 2, "text": "Vi ses på lunchen klockan tolv, tack för hjälpen"},
        {"id": "c", "text": "😡" * 5 + "\u0000\ud83d"},
        {"id": "d", "text": ""},
        {"id": "e", "text": "x" * 40_000},
    ]
    said, code, errors = run("hear", lines="".join(json.dumps(row) + "\n" for row in rows).encode())
    assert (code, errors) == (0, "")
    assert [one["id"] for one in said] == ["a", 2, "c", "d", "e"]
    assert set(said[0]) == {"id", "lang", "score", "escalation", "severity", "kind", "reasons"}
    assert said[0]["escalation"] is True
    assert said[0]["severity"] == 3
    assert said[1]["lang"] == "sv"
    assert said[1]["escalation"] is False


def test_draft_answers_with_offsets_in_code_points() -> None:
    text = "😀 We are sorry if you felt ignored. آسف"
    said, code, _ = run("draft", lines=jsonl({"id": "1", "text": text, "lang": "en"}, {"id": "2", "text": ""}))
    assert code == 0
    assert set(said[0]) == {"id", "lang", "findings", "components"}
    spans = {one["code"]: text[one["start"] : one["end"]] for one in said[0]["findings"]}
    assert "sorry if" in spans["conditional"]
    assert said[1]["findings"] == []


def test_every_bad_line_is_named_and_the_rest_is_answered() -> None:
    lines = b"\xef\xbb\xbf" + b"\n".join(
        [
            b'{"id": "ok", "text": "hi"}',
            b"not json",
            b"",
            b"[1]",
            b'{"text": "hi"}',
            b'{"id": true, "text": "hi"}',
            b'{"id": "x", "text": 5}',
            b'{"id": "x", "text": "\xff"}',
            b'{"id": "x", "text": "hi", "lang": "fr"}',
            b"[" * 100_000,
            b'{"id": "last", "text": "hi"}',
        ]
    )
    said, code, errors = run("draft", lines=lines)
    assert (code, errors) == (1, "")
    assert [one.get("id") or one["error"]["line"] for one in said] == ["ok", 2, 4, 5, 6, 7, 8, 9, 10, "last"]
    assert all(one["error"]["expected"] for one in said if "error" in one)


def test_nothing_in_is_nothing_out() -> None:
    assert run("hear") == ([], 0, "")


def test_an_answer_comes_before_the_next_question() -> None:
    command = [sys.executable, str(ROOT / "app.py"), "hear"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        for number in range(3):
            process.stdin.write(jsonl({"id": number, "text": "hi"}))
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait(LONG) == 0


def test_whoever_stops_reading_harms_nobody() -> None:
    command = f"{sys.executable} {ROOT / 'app.py'} hear | head -1"
    many = jsonl(*({"id": number, "text": "hi"} for number in range(20_000)))
    done = subprocess.run(command, shell=True, input=many, capture_output=True, timeout=LONG, check=False)  # noqa: S602
    assert json.loads(done.stdout)["id"] == 0
    assert done.stderr == b""


async def missed(path: Path) -> None:
    store = SqliteStore(path)
    for number in range(2):
        await store.keep_missed("desk:T1", f"m{number}", START, "the guest is not amused about the soup")
    store.close()


def test_learn_proposes_from_what_people_said(tmp_path: Path) -> None:
    path = tmp_path / "amends.db"
    asyncio.run(missed(path))
    before = path.read_bytes()
    command = [sys.executable, str(ROOT / "app.py"), "hear", "--learn", "--db", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=LONG, check=True)
    assert done.stdout.startswith("# en missed=2")
    assert path.read_bytes() == before
    missing = subprocess.run([*command[:-1], "none.db"], capture_output=True, text=True, timeout=LONG, check=False)
    assert missing.returncode == 1
    assert "none.db: found no file" in missing.stderr


def test_offers_declined_in_a_channel_and_privately_are_false_alarms(tmp_path: Path) -> None:
    path = tmp_path / "amends.db"
    asyncio.run(missed(path))
    offer = {"version": 1, "status": "dropped", "agent": "ann", "dropped_by": "ann", "reasons": '["anger"]'}
    rows = [
        {"said": "in a channel", "channel": "C1"},
        {"said": "privately", "channel": ""},
        {"said": "begun by hand, dropped later", "channel": "", "step": "apologise"},
        {"said": "dropped by a supervisor", "channel": "C1", "dropped_by": "sam"},
        {"said": "still offered", "channel": "C1", "status": "offered"},
        {"said": "asked for by name", "channel": "", "reasons": "[]"},
    ]
    for number, row in enumerate(rows):
        kept = {"workspace": "desk:T1", "id": str(number), "opened_at": f"2026-01-0{number + 1}"}
        with closing(sqlite3.connect(path)) as connection:
            Database(connection).table("recoveries").insert(kept | offer | row)
    assert feedback.told(path)[1] == ["in a channel", "privately"]
