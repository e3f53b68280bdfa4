"""`pip install .` gives a command that works from anywhere: playbooks and words come with it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.test_settings import GOOD, SLACK

ROOT = Path(__file__).parent.parent
SOURCES = ("app.py", "bot", "handlers", "playbooks", "pyproject.toml", "README.md", "LICENSE")
CACHES = shutil.ignore_patterns("__pycache__", "*.egg-info")


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    keep = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "SLACK_", "AMENDS_"))}
    return subprocess.run(
        [str(word) for word in command], cwd=cwd, env=keep | (env or {}), capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, so that nothing is left in the checkout, and without the network."""
    copy, out = tmp_path_factory.mktemp("checkout"), tmp_path_factory.mktemp("wheel")
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=CACHES)
        else:
            shutil.copy(source, copy)
    options = ("--no-build-isolation", "--no-deps", "--no-index", "--disable-pip-version-check", "--quiet")
    done = run(sys.executable, "-m", "pip", "wheel", ".", *options, "--wheel-dir", out, cwd=copy)
    assert done.returncode == 0, done.stderr
    (built,) = out.glob("amends-*.whl")
    return built


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installed command, in an environment of its own that borrows only what Amends depends on."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False)
    (packages,) = folder.glob("lib/python*/site-packages")
    ours = next(path for path in map(Path, sys.path) if path.name == "site-packages")
    (packages / "dependencies.pth").write_text(f"{ours}\n")
    options = ("--no-deps", "--no-index", "--disable-pip-version-check", "--quiet")
    done = run(sys.executable, "-m", "pip", "--python", folder / "bin/python", "install", *options, wheel, cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "bin" / "amends"


def test_the_wheel_holds_everything_that_is_read_at_run_time(wheel: Path) -> None:
    """Pictures are for README."""
    inside = set(zipfile.ZipFile(wheel).namelist())
    data = {
        str(file.relative_to(ROOT))
        for room in ("bot", "handlers", "playbooks")
        for file in (ROOT / room).rglob("*")
        if file.is_file() and file.suffix not in {".pyc", ".py", ".png"} and "decisions" not in file.parts
    }
    assert {"playbooks/recovery/playbook.toml", "playbooks/common/ar.ftl", "playbooks/signals/sv.toml"} <= data
    assert data - inside == set()
    assert "app.py" in inside
    assert not any(name.startswith("tests/") for name in inside)


def test_it_says_its_version(command: Path, tmp_path: Path) -> None:
    done = run(command, "--version", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "0.1.0\n", "")


def test_it_finds_its_playbooks_and_words_from_another_folder(command: Path, tmp_path: Path) -> None:
    (tmp_path / "amends.toml").write_text(GOOD, "utf-8")
    done = run(command, "check", "--json", cwd=tmp_path, env=SLACK)
    assert done.stderr == ""
    assert json.loads(done.stdout) == {"ok": True, "problems": []}
    assert done.returncode == 0
