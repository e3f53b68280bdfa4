"""The desk as a newcomer meets it: the real command line, a real browser, a restart in the middle."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PATIENCE = 30.0  # seconds until something that should happen is given up


def browser() -> str:
    """Chromium's program; without it, node or the npm package the test is skipped loudly, and fails in CI."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((path for path in map(shutil.which, names) if path), None)
    lacking = [
        name
        for name, there in (
            ("Chromium", found),
            ("node", shutil.which("node")),
            ("tests/e2e/node_modules/playwright-core (npm ci --prefix tests/e2e)", _playwright()),
        )
        if not there
    ]
    if lacking:
        why = f"SKIPPED: the desk was not looked at in a browser, for want of {', '.join(lacking)}"
        if os.environ.get("CI") == "true":
            pytest.fail(why)
        pytest.skip(why)
    return found or ""


def _playwright() -> bool:
    return (HERE / "node_modules/playwright-core/package.json").is_file()


async def opened(folder: Path) -> tuple[Process, str]:
    """`make demo` on any free port, and the address it prints."""
    # node and Python must agree what the machine's time zone is
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    command = (sys.executable, str(ROOT / "app.py"), "demo", "--port", "0", "--db", str(folder / "demo.db"))
    demo = await asyncio.create_subprocess_exec(*command, stdout=PIPE, env=env, cwd=folder)
    assert demo.stdout
    line = (await asyncio.wait_for(demo.stdout.readline(), PATIENCE)).decode()
    found = re.search(r"http://127\.0\.0\.1:\d+", line)
    assert found, line
    return demo, found[0]


async def closed(demo: Process) -> None:
    """Ctrl-C ends it, soon and cleanly."""
    demo.send_signal(signal.SIGINT)
    assert await asyncio.wait_for(demo.wait(), 10) == 0


async def looked(program: str, url: str, lang: str, part: str) -> None:
    script = ("node", str(HERE / "desk.mjs"), program, url, lang, part, os.environ.get("AMENDS_PICTURES", ""))
    node = await asyncio.create_subprocess_exec(*script, stdout=PIPE, stderr=STDOUT)
    said, _ = await asyncio.wait_for(node.communicate(), 4 * PATIENCE)
    assert node.returncode == 0, said.decode()


@pytest.mark.parametrize("lang", ["en", "ar", "sv"])
async def test_a_recovery_from_an_angry_message_to_the_record_with_a_restart(lang: str, tmp_path: Path) -> None:
    program = browser()
    for part in ("begin", "finish"):
        demo, url = await opened(tmp_path)
        try:
            await looked(program, url, lang, part)
            await closed(demo)
        finally:
            if demo.returncode is None:
                demo.kill()
                await demo.wait()
