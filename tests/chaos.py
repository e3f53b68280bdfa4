"""Kill the bot at random moments under traffic, and count at the platform's side what was lost or doubled.

    python -m tests.chaos [--kills N] [--seed S]

The real command line runs against a Slack of our own that answers 429 and 500, hangs up before and after it accepted a
message, and delivers events again. Every escalation is urgent, so that each owes its supervisor exactly one ping.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import re
import signal
import socket
import sqlite3
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from aiohttp import ClientError, ClientSession, ClientTimeout
from rich.progress import Progress

from tests.fakes import SECRET, TOKEN, FakeSlack, Trouble

ROOT = Path(__file__).parent.parent
SUPERVISOR = "U0SUE"
SAID = "case {mark}: the customer was burned by our charger, is in hospital and will sue us and call the newspaper"
MARK = re.compile(r"case (m\d{5})")
TROUBLE = 0.15  # of the calls to the platform
REPEATED = 0.1  # of the events that were accepted all the same
SETTINGS = """
admins = ["U0ADMIN"]
[team.support]
supervisors = ["U0SUE"]
recoveries = "C01REC"
"""


@dataclass(slots=True)
class Count:
    """What the platform saw."""

    accepted: dict[str, float] = field(default_factory=dict)
    pinged: dict[str, list[float]] = field(default_factory=dict)
    kills: int = 0
    records: int = 0

    @property
    def lost(self) -> list[str]:
        return [mark for mark in self.accepted if mark not in self.pinged]

    @property
    def doubled(self) -> list[str]:
        return [mark for mark, times in self.pinged.items() if len(times) > 1]

    @property
    def records_lost(self) -> int:
        return len(self.accepted) - self.records

    def lateness(self) -> tuple[float, float]:
        """p50 and p99 in seconds, from the event's acceptance to the ping at the platform."""
        late = sorted(max(0.0, self.pinged[mark][0] - at) for mark, at in self.accepted.items() if mark in self.pinged)
        return (late[len(late) // 2], late[min(len(late) - 1, int(len(late) * 0.99))]) if late else (0.0, 0.0)


class Chaos:
    """One run. The choices follow the seed; the moments follow the machine."""

    def __init__(self, kills: int, seed: int, folder: Path) -> None:
        self.random = random.Random(seed)  # noqa: S311 - chance, not secrets
        self.kills, self.folder, self.count = kills, folder, Count()
        self.slack, self.port, self.numbers = FakeSlack(), _free_port(), iter(range(1, 100_000))
        self.calm = False

    async def run(self, progress: Progress | None = None) -> Count:
        (self.folder / "amends.toml").write_text(SETTINGS, "utf-8")
        async with self.slack.open():
            self.slack.door = f"http://127.0.0.1:{self.port}/slack/events"
            self.slack.trouble = self._trouble
            self._watch_pings()
            traffic = asyncio.create_task(self._traffic())
            bar = progress.add_task("kills", total=self.kills) if progress else None
            while self.count.kills < self.kills:
                bot = await self._start()
                await asyncio.sleep(self.random.uniform(0.02, 0.7))
                bot.send_signal(signal.SIGKILL)
                await bot.wait()
                self.count.kills += 1
                if progress and bar is not None:
                    progress.advance(bar)
            await self._finish(traffic)
        self.count.records = _records(self.folder / "amends.db")
        return self.count

    async def _finish(self, traffic: asyncio.Task[None]) -> None:
        """No more kills: what is owed must come; then the bot is asked to end."""
        self.calm = True
        bot = await self._start()
        await traffic
        deadline = time.monotonic() + 90
        while self.count.lost and time.monotonic() < deadline:  # noqa: ASYNC110 - the platform has no bell
            await asyncio.sleep(0.2)
        await asyncio.sleep(3)  # a second ping would come now
        bot.send_signal(signal.SIGTERM)
        await bot.wait()

    async def _start(self) -> asyncio.subprocess.Process:
        env = {
            **os.environ,
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": self.slack.url,
            "AMENDS_DB": str(self.folder / "amends.db"),
            "AMENDS_CONFIG": str(self.folder / "amends.toml"),
            "AMENDS_PORT": str(self.port),
        }
        env.pop("SLACK_APP_TOKEN", None)
        with (self.folder / "bot.log").open("ab") as log:
            bot = await asyncio.create_subprocess_exec(
                sys.executable, str(ROOT / "app.py"), "serve", env=env, stderr=log
            )
        await self._ready(bot)
        return bot

    async def _ready(self, bot: asyncio.subprocess.Process) -> None:
        async with ClientSession(timeout=ClientTimeout(total=1)) as session:
            while bot.returncode is None:
                with contextlib.suppress(ClientError, TimeoutError):
                    await session.get(f"http://127.0.0.1:{self.port}/healthz")
                    return
                await asyncio.sleep(0.02)
        raise RuntimeError((self.folder / "bot.log").read_text("utf-8")[-2000:])

    async def _traffic(self) -> None:
        """Each event until it is accepted, as Slack does, and some of them once more."""
        waiting: set[asyncio.Task[None]] = set()
        while not self.calm:
            waiting.add(asyncio.create_task(self._one(f"m{next(self.numbers):05d}")))
            await asyncio.sleep(self.random.uniform(0.02, 0.12))
        await asyncio.gather(*waiting)

    async def _one(self, mark: str) -> None:
        again = self.random.random() < REPEATED
        while True:
            with contextlib.suppress(ClientError, OSError, TimeoutError):
                response = await self.slack.say(f"U{mark}", SAID.format(mark=mark), "C01GEN", event_id=f"Ev{mark}")
                if response.status == 200:
                    self.count.accepted.setdefault(mark, time.monotonic())
                    if not again:
                        return
                    again = False
            await asyncio.sleep(0.2)

    def _trouble(self, method: str) -> Trouble:
        if self.calm or method == "auth.test" or self.random.random() > TROUBLE:
            return "none"
        return self.random.choice(get_args(Trouble))

    def _watch_pings(self) -> None:
        """Note every ping at the moment the platform takes it."""
        post = self.slack._post

        def watched(said: dict[str, object]) -> dict[str, object]:
            answer = post(said)
            mark = MARK.search(str(said.get("blocks")))
            if answer["ok"] and mark and said["channel"] == SUPERVISOR:
                self.count.pinged.setdefault(mark[1], []).append(time.monotonic())
            return answer

        self.slack._post = watched  # type: ignore[method-assign]


def _records(path: Path) -> int:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("select count(*) from recoveries").fetchone()[0])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--kills", type=int, default=200)
    ask.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    asked = ask.parse_args()
    print(f"seed {asked.seed}, {asked.kills} kills")  # noqa: T201 - a command line
    with tempfile.TemporaryDirectory() as folder, Progress() as progress:
        count = asyncio.run(Chaos(asked.kills, asked.seed, Path(folder)).run(progress))
    median, worst = count.lateness()
    print(  # noqa: T201 - a command line
        f"escalations {len(count.accepted)}, kills {count.kills}: pings lost {len(count.lost)}, "
        f"pings doubled {len(count.doubled)}, records lost {count.records_lost}; "
        f"lateness p50 {median:.2f} s, p99 {worst:.2f} s (restarts included)"
    )
    return 1 if count.lost or count.doubled or count.records_lost else 0


if __name__ == "__main__":
    sys.exit(main())
