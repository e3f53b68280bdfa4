"""For authors: every mistake of a playbook at once, and a written dialog played on paper, with nothing left behind."""

from __future__ import annotations

import json
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

import app
from bot import reports
from bot.authoring import mistakes
from bot.errors import PlaybookError, StoreError
from bot.library import Library, load, own_folders
from bot.rehearsal import read
from bot.store.codec import iso
from bot.store.sqlite import SqliteStore
from tests.dialog import FOLDER
from tests.test_cli import amends

SHIPPED = Path("playbooks")
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """An author's own playbook: LEARN, copied and renamed."""
    folder = tmp_path / "mine"
    shutil.copytree(SHIPPED / "learn", folder)
    _edit(folder / "playbook.toml", 'id = "learn"', 'id = "mine"')
    for lang in ("ar", "en", "sv"):
        _edit(folder / f"{lang}.ftl", "method-learn", "method-mine")
    return folder


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize("name", ["recovery", "carp", "aware", "learn", "last"])
def test_what_ships_has_no_mistakes(name: str) -> None:
    assert mistakes(SHIPPED / name) == ()


def test_an_authors_own_playbook_joins_the_others(mine: Path) -> None:
    assert mistakes(mine) == ()
    assert set(load(own=(mine,)).playbooks) == {"recovery", "carp", "aware", "learn", "last", "mine"}


def test_a_folder_of_ones_own_playbooks_is_named_in_the_environment(mine: Path) -> None:
    (mine.parent / "notes").mkdir()
    assert own_folders(str(mine.parent)) == (mine,)
    assert own_folders("") == ()
    with pytest.raises(PlaybookError, match="AMENDS_PLAYBOOKS: found 'nowhere', expected a folder"):
        own_folders("nowhere")


def test_the_command_line_knows_ones_own_playbooks(mine: Path, tmp_path: Path) -> None:
    config = tmp_path / "amends.toml"
    config.write_text(
        'admins = ["U1"]\n[team.a]\nrecoveries = "C1"\nsupervisors = ["U2"]\nplaybook = "mine"\n', "utf-8"
    )
    env = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s" * 32}
    assert amends(tmp_path, "check", env=env).returncode == 1
    known = amends(tmp_path, "check", env=env | {"AMENDS_PLAYBOOKS": str(mine.parent)})
    assert (known.returncode, known.stderr) == (0, "")


def test_every_mistake_in_the_steps_is_named_at_once(mine: Path) -> None:
    _edit(mine / "playbook.toml", "version = 2", "version = 0")
    _edit(mine / "playbook.toml", 'phase = "fix"', 'phase = "mend"')
    _edit(mine / "playbook.toml", 'after = "5m"', 'after = "soon"')
    _edit(mine / "sv.ftl", "respond-never =", "respond never =")
    found = mistakes(mine)
    assert sorted(line.partition(": found")[0] for line in found) == [
        "playbooks/mine/playbook.toml: step apologise: timer nudge: after",
        "playbooks/mine/playbook.toml: step respond: phase",
        "playbooks/mine/playbook.toml: version",
        "playbooks/mine/sv.ftl: line 26",
    ]


def test_every_mistake_in_the_words_is_named_in_every_language(mine: Path) -> None:
    _edit(mine / "sv.ftl", "listen-body", "listen-boddy")
    _edit(mine / "ar.ftl", "respond-open", "respond-opens")
    _edit(mine / "en.ftl", "listen-title = Listen", "listen-title = Listen to the customer until the end")
    (mine / "en.ftl").write_text((mine / "en.ftl").read_text("utf-8") + "listen-say-angry = x\n", "utf-8")
    found = "\n".join(mistakes(mine))
    assert "playbooks/mine/sv.ftl: listen-body: found nothing" in found
    assert "playbooks/mine/sv.ftl: listen-boddy: found a key that nothing uses" in found
    assert "playbooks/mine/ar.ftl: respond-open: found nothing" in found
    assert "playbooks/mine/en.ftl: listen-title: found 36 characters, expected at most 24" in found
    assert "playbooks/mine/sv.ftl: listen-say-angry: found nothing" in found


def test_a_folder_without_a_playbook(tmp_path: Path) -> None:
    (only,) = mistakes(tmp_path)
    assert "found no file" in only


def test_the_command_names_them_too(mine: Path) -> None:
    good = CliRunner().invoke(app.cli, ["playbook", "check", str(mine)])
    assert (good.exit_code, good.output) == (0, "All is well.\n")
    (mine / "sv.ftl").unlink()
    bad = CliRunner().invoke(app.cli, ["playbook", "check", str(mine), "--json"])
    assert bad.exit_code == 1
    assert json.loads(bad.output)["ok"] is False


# Rehearsals


def test_a_rehearsal_prints_what_each_person_sees(mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = tmp_path / "dialog.toml"
    dialog.write_text((FOLDER / "learn.toml").read_text("utf-8").replace("learn", "mine"), "utf-8")
    before = sorted(tmp_path.rglob("*"))
    monkeypatch.chdir(tmp_path)
    played = CliRunner().invoke(app.cli, ["rehearse", str(dialog), "--folder", str(mine)])
    assert played.exit_code == 0, played.output
    assert "── 1. ann commands 'start mine" in played.output
    assert "ann sees:" in played.output
    assert "[ Note what they said ]" in played.output
    assert played.output.endswith("All as written.\n")
    assert sorted(tmp_path.rglob("*")) == before, "nothing is left behind"


def test_what_goes_otherwise_than_written_is_named(tmp_path: Path) -> None:
    dialog = tmp_path / "dialog.toml"
    dialog.write_text(
        '[[line]]\nwho = "ann"\ncommands = "start the parcel is lost"\nhears = { ann = "fix-title" }\n'
        '[[line]]\nwho = "ann"\npresses = "recovery/fix/answer"\n',
        "utf-8",
    )
    played = CliRunner().invoke(app.cli, ["rehearse", str(dialog)])
    assert played.exit_code == 1
    assert "✗ ann should hear fix-title (en)" in played.output
    assert "✗ ann sees no recovery/fix/answer; to press: recovery/apology/" in played.output
    assert played.output.endswith("2 otherwise than written.\n")


def test_every_line_that_cannot_be_played_is_named() -> None:
    text = """
    [[line]]
    who = "ana"
    says = "hello"
    [[line]]
    who = "ann"
    hers = { ann = "x" }
    [[line]]
    waits = "soon"
    hears = { eve = "x" }
    """
    with pytest.raises(PlaybookError) as error:
        read("d.toml", text)
    found = str(error.value).splitlines()
    assert [line[:15] for line in found] == ["d.toml: line 1:", *["d.toml: line 2:"] * 2, *["d.toml: line 3:"] * 2]
    with pytest.raises(PlaybookError, match=r"d.toml: not TOML"):
        read("d.toml", "[[line")


# The top five


def _database(path: Path, library: Library, rows: list[tuple[datetime, str, str, str]]) -> Path:
    SqliteStore(path).close()
    database = sqlite3.connect(path)
    for number, (at, family, cause, lacked) in enumerate(rows):
        database.execute(
            "insert into recoveries (workspace, id, version, status, agent, team, opened_at, family, cause, lacked) "
            "values ('w', ?, 1, 'closed', 'ann', 'support', ?, ?, ?, ?)",
            (f"r{number}", iso(at), family, cause, lacked),
        )
    database.commit()
    database.close()
    assert library.playbooks
    return path


def test_the_top_five_against_the_period_before(tmp_path: Path, library: Library) -> None:
    late, lost = ("process", "Late shift", "time"), ("partner", "Parcel lost", "product")
    now, before = NOW - timedelta(days=3), NOW - timedelta(days=33)
    rows = [(now, *late)] * 14 + [(now, "process", "late  shift.", "time")] + [(now, *lost)] * 5
    rows += [(now, "people", f"cause {one}", "care") for one in range(6)]
    rows += [(before, *late)] * 2 + [(before, *lost)] * 4 + [(NOW - timedelta(days=99), *lost)] * 9
    found = reports.top(_database(tmp_path / "a.db", library, rows), NOW, timedelta(days=30))
    first, second, *rest = found.causes
    assert (found.recoveries, found.recoveries_before, found.enough, len(rest)) == (26, 6, True, 3)
    assert (first.name, first.count, first.before, first.signal) == (("process", "late shift"), 15, 2, True)
    assert [first.share, first.share_before] == pytest.approx([15 / 26, 2 / 6])
    assert (second.name, second.count, second.signal) == (("partner", "parcel lost"), 5, False)
    assert [one.name for one in found.lacked] == [("time",), ("care",), ("product",)]
    written = "\n".join(reports.told(found))
    assert "1. process: late shift  15 (58%), before 2 (33%): signal" in written


def test_five_recoveries_are_not_enough(tmp_path: Path, library: Library) -> None:
    rows = [(NOW - timedelta(days=1), "people", "x", "care")] * 5
    found = reports.top(_database(tmp_path / "a.db", library, rows), NOW, timedelta(days=30))
    assert "Not enough data" in "\n".join(reports.told(found))
    assert reports.as_json(found)["enough"] is False
    assert reports.top(tmp_path / "a.db", NOW, timedelta(days=30), team="other").recoveries == 0


def test_the_top_five_need_a_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="found no file"):
        reports.top(tmp_path / "none.db", NOW, timedelta(days=30))
    (tmp_path / "text.db").write_text("not a database" * 100, "utf-8")
    with pytest.raises(StoreError, match="expected a database"):
        reports.top(tmp_path / "text.db", NOW, timedelta(days=30))


def test_the_command_prints_json(tmp_path: Path, library: Library) -> None:
    path = _database(tmp_path / "a.db", library, [])
    printed = CliRunner().invoke(app.cli, ["top", "--db", str(path), "--json"])
    assert printed.exit_code == 0
    assert json.loads(printed.output)["causes"] == []


@pytest.mark.parametrize("chances", [[0.001, 0.02, 0.04], [0.04, 0.001, 0.02]])
def test_several_looks_are_adjusted_for(chances: list[float]) -> None:
    assert [signal for _, signal in sorted(zip(chances, reports._holm(chances), strict=True))] == [True, True, True]
    assert reports._holm([0.03, 0.03]) == [False, False]
    assert reports._chance(15, 2) == pytest.approx(0.00235, abs=1e-4)
