"""Kill the bot at random moments under traffic and trouble, and count at the platform's side what was lost or doubled.

    python -m tests.chaos [--kills N] [--seed S] [--scenes NAME …]

The real command line runs against a Slack of our own that answers 429 and 500, hangs up before and after it accepted a
message, is slow, and delivers events again with Slack's own retry headers. Then come scenes: a locked database, a full
disk, a clock that jumps, a platform that is gone for an hour. Every escalation is urgent, so that each owes the first
supervisor of its team exactly one ping, alone or in a bundle.
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
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from aiohttp import ClientError, ClientSession, ClientTimeout
from rich.progress import Progress

from tests import blockkit
from tests.fakes import SECRET, TOKEN, FakeSlack, Trouble

ROOT = Path(__file__).parent.parent
TEAMS = 12  # each with a channel and two supervisors: no place is so busy that its pace hides what is late
SAID = "case {mark}: the customer was burned by our charger, is in hospital and will sue us and call the newspaper"
MARK = re.compile(r"case (m\d{5})")
TROUBLE = 0.15  # of the calls to the platform
REPEATED = 0.1  # of the events that were accepted all the same
OWED = 60  # cases at most that are not accepted or not pinged yet
PATIENCE = 120  # seconds for what is still owed at the end
TEAM = """
[team.t{n}]
supervisors = ["U0FIRST{n:02}", "U0SECOND{n:02}"]
recoveries = "C0REC{n:02}"
channels = {{ C0TALK{n:02} = "offer" }}
"""


@dataclass(slots=True)
class Count:
    """What the platform saw: when it accepted each case, and when whom was pinged for it."""

    accepted: dict[str, float] = field(default_factory=dict)
    pinged: dict[tuple[str, str], list[float]] = field(default_factory=dict)
    bundles: int = 0
    kills: int = 0
    records: int = 0

    @property
    def lost(self) -> list[str]:
        return [mark for mark in self.accepted if (mark, first(mark)) not in self.pinged]

    @property
    def doubled(self) -> list[tuple[str, str]]:
        return [key for key, times in self.pinged.items() if len(times) > 1]

    @property
    def records_lost(self) -> int:
        return len(self.accepted) - self.records

    @property
    def good(self) -> bool:
        return not (self.lost or self.doubled or self.records_lost)

    def lateness(self) -> tuple[float, float]:
        """p50 and p99 in seconds, from the event's acceptance to the first ping at the platform."""
        pinged = {mark: times[0] for (mark, who), times in self.pinged.items() if who == first(mark)}
        late = sorted(max(0.0, pinged[mark] - at) for mark, at in self.accepted.items() if mark in pinged)
        return (late[len(late) // 2], late[min(len(late) - 1, int(len(late) * 0.99))]) if late else (0.0, 0.0)


def first(mark: str) -> str:
    """Who is to be pinged for a case first."""
    return f"U0FIRST{int(mark[1:]) % TEAMS:02}"


class Chaos:
    """One run. The choices follow the seed; the moments follow the machine."""

    def __init__(self, kills: int, seed: int, folder: Path) -> None:
        self.random = random.Random(seed)  # noqa: S311 - chance, not secrets
        self.kills, self.folder, self.count = kills, folder, Count()
        self.slack, self.port, self.numbers = FakeSlack(), _free_port(), iter(range(1, 100_000))
        self.clock = folder / "clock"
        self.calm = self.gone = False
        self.rest = 0.3  # seconds between two events, at most

    async def run(self, scenes: Mapping[str, Scene] | None = None, progress: Progress | None = None) -> Count:
        (self.folder / "amends.toml").write_text('admins = ["U0ADMIN"]\n' + "".join(map(_team, range(TEAMS))), "utf-8")
        self.clock.write_text("0")
        async with self.slack.open():
            self.slack.door = f"http://127.0.0.1:{self.port}/slack/events"
            self.slack.trouble = self._trouble
            self._watch_pings()
            traffic = asyncio.create_task(self._traffic())
            bar = progress.add_task("kills", total=self.kills) if progress else None
            while self.count.kills < self.kills:
                await self._killed(await self.start())
                if progress and bar is not None:
                    progress.advance(bar)
            for name, scene in (scenes or {}).items():
                if progress:
                    progress.add_task(name, total=None)
                await scene(self)
            await self._finish(traffic)
        self.count.records = _records(self.folder / "amends.db")
        return self.count

    async def _killed(self, bot: asyncio.subprocess.Process) -> None:
        await asyncio.sleep(self.random.uniform(0.02, 0.7))
        bot.send_signal(signal.SIGKILL)
        await bot.wait()
        self.count.kills += 1

    async def _finish(self, traffic: asyncio.Task[None]) -> None:
        """No more kills: what is owed must come; then the bot is asked to end."""
        self.calm = True
        bot = await self.start()
        await traffic
        deadline = time.monotonic() + PATIENCE
        while self.count.lost and time.monotonic() < deadline:  # noqa: ASYNC110 - the platform has no bell
            await asyncio.sleep(0.2)
        await asyncio.sleep(3)  # a second ping would come now
        await ended(bot)

    async def start(self, **more: str) -> asyncio.subprocess.Process:
        env = {
            **os.environ,
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": self.slack.url,
            "AMENDS_DB": str(self.folder / "amends.db"),
            "AMENDS_CONFIG": str(self.folder / "amends.toml"),
            "AMENDS_PORT": str(self.port),
            **more,
        }
        env.pop("SLACK_APP_TOKEN", None)
        command = [sys.executable, "-m", "tests.chaos_bot", str(self.clock), "serve"]
        with (self.folder / "bot.log").open("ab") as log:
            bot = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=env, stderr=log)
        await self._ready(bot)
        return bot

    async def beats(self) -> int:
        """The status of the heartbeat."""
        async with ClientSession(timeout=ClientTimeout(total=8)) as session:
            return (await session.get(f"http://127.0.0.1:{self.port}/heartbeat")).status

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
            waiting = {one for one in waiting if not one.done()}
            if len(waiting) + len(self.count.lost) > OWED:
                await asyncio.sleep(0.1)  # a slow machine: what is owed first
                continue
            waiting.add(asyncio.create_task(self._one(f"m{next(self.numbers):05d}")))
            await asyncio.sleep(self.random.uniform(0.02, self.rest))
        await asyncio.gather(*waiting)

    async def _one(self, mark: str) -> None:
        again, tries, team = self.random.random() < REPEATED, 0, int(mark[1:]) % TEAMS
        said, channel = SAID.format(mark=mark), f"C0TALK{team:02}"
        while True:
            with contextlib.suppress(ClientError, OSError, TimeoutError):
                response = await self.slack.say(f"U{mark}", said, channel, event_id=f"Ev{mark}", retry=tries)
                if response.status == 200:
                    self.count.accepted.setdefault(mark, time.monotonic())
                    if not again:
                        return
                    again = False
            tries += 1
            await asyncio.sleep(0.2)

    def _trouble(self, method: str) -> Trouble:
        if method == "auth.test":
            return "none"
        if self.gone:
            return "fails before"
        if self.calm or self.random.random() > TROUBLE:
            return "none"
        return self.random.choice(get_args(Trouble))

    def _watch_pings(self) -> None:
        """Note every ping at the moment the platform takes it; a bundle is a ping for each of its lines."""
        post = self.slack._post

        def watched(said: dict[str, Any]) -> dict[str, Any]:
            answer = post(said)
            if answer["ok"] and str(said["channel"]).startswith(("U0FIRST", "U0SECOND")):
                marks = MARK.findall("\n".join(blockkit.texts(said["blocks"])))
                self.count.bundles += len(marks) > 1
                for mark in marks:
                    self.count.pinged.setdefault((mark, said["channel"]), []).append(time.monotonic())
            return answer

        self.slack._post = watched  # type: ignore[method-assign]


Scene = Callable[[Chaos], Awaitable[None]]


async def locked(chaos: Chaos) -> None:
    """Another program writes into the file and takes its time, once longer than the bot waits."""
    bot = await chaos.start()
    for seconds in (2, 12):
        with contextlib.closing(sqlite3.connect(chaos.folder / "amends.db", timeout=30)) as other:
            other.execute("begin immediate")
            await asyncio.sleep(seconds)
            other.rollback()
        await asyncio.sleep(1)
    await ended(bot)


async def full(chaos: Chaos) -> None:
    """The disk is full: what cannot be kept is not accepted, and nothing that was is harmed."""
    limit = sum(file.stat().st_size for file in chaos.folder.glob("amends.db*")) + 200_000
    bot = await chaos.start(CHAOS_DISK=str(limit))
    await asyncio.sleep(8)
    bot.send_signal(signal.SIGKILL)
    await bot.wait()


async def jumping(chaos: Chaos) -> None:
    """An hour on, two back, one on; and once while nobody runs."""
    bot = await chaos.start()
    for hours in (1, -1, 0):
        chaos.clock.write_text(str(hours * 3600))
        await asyncio.sleep(3)
    await ended(bot)


async def gone(chaos: Chaos) -> None:
    """The platform answers nothing for an hour; the clock makes a minute of it. The heartbeat tells."""
    chaos.gone = True
    bot = await chaos.start()
    for minute in range(0, 61, 5):
        chaos.clock.write_text(str(minute * 60))
        await asyncio.sleep(0.7)
    assert await chaos.beats() == 503, "nobody was told"
    chaos.gone = False
    await asyncio.sleep(5)
    await ended(bot)


async def ended(bot: asyncio.subprocess.Process) -> None:
    bot.send_signal(signal.SIGTERM)
    await bot.wait()


SCENES: Mapping[str, Scene] = {"locked": locked, "full": full, "jumping": jumping, "gone": gone}


def _team(number: int) -> str:
    return TEAM.format(n=number)


def _records(path: Path) -> int:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("select count(*) from recoveries").fetchone()[0])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def told(count: Count) -> str:
    median, worst = count.lateness()
    who = Counter(who[:7] for _, who in count.pinged)
    return (
        f"escalations {len(count.accepted)}, pings {sum(who.values())} ({count.bundles} bundles), kills {count.kills}: "
        f"pings lost {len(count.lost)}, pings doubled {len(count.doubled)}, records lost {count.records_lost}; "
        f"lateness p50 {median:.2f} s, p99 {worst:.2f} s (restarts and trouble included)"
    )


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--kills", type=int, default=200)
    ask.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    ask.add_argument("--scenes", nargs="*", choices=list(SCENES), default=list(SCENES))
    asked = ask.parse_args()
    print(f"seed {asked.seed}, {asked.kills} kills, then {', '.join(asked.scenes) or 'nothing else'}")  # noqa: T201
    good = True
    with Progress() as progress:
        # kills by themselves, then each scene by itself: one's lateness is not another's
        for name, kills in (("kills", asked.kills), *((scene, 2) for scene in asked.scenes)):
            with tempfile.TemporaryDirectory() as folder:
                scenes = {name: SCENES[name]} if name in SCENES else {}
                count = asyncio.run(Chaos(kills, asked.seed, Path(folder)).run(scenes, progress))
            progress.console.print(f"[bold]{name}[/]: {told(count)}")
            good = good and count.good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
