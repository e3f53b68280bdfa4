"""`python -m tests.bench.timers`: 300 timers in one second, and 100,000 open recoveries with a timer each."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import structlog
import typer
from rich.console import Console

from bot.clock import SystemClock
from bot.core.changing import apply
from bot.core.effects import Wake
from bot.core.engine import start
from bot.core.events import HelpAsked
from bot.core.policy import plain
from bot.core.recovery import LADDER
from bot.library import Library, load
from bot.people import Organisation, People, TeamSettings
from bot.ports import Change, Order, Platform, Post, Profile
from bot.service import Service
from bot.store import codec, jobs, sqlite
from bot.store.sqlite import SqliteStore
from bot.worker import Worker
from tests.test_engine import escalated

W = "paper:1"
TIMERS, LATE = 300, 1.0  # seconds, for 99 of 100
OPEN, READY, FOUND, FLAT = 100_000, 5.0, 0.010, 30.0  # seconds, seconds, megabytes
MANY = 60  # seconds until everything must have been handed over
TRIES = 50
out = Console(highlight=False)


@dataclass
class Paper:
    """A destination without a pace: notes when it was handed a message."""

    taken: dict[str, float] = field(default_factory=dict)

    async def send(self, post: Post) -> str:
        self.taken[post.to.person] = time.time()
        return f"m{len(self.taken)}"

    async def find(self, _post: Post) -> Mapping[str, str]:
        return {}

    async def profile(self, person: str) -> Profile:
        return Profile(person, person, "en")


def main(
    timers: Annotated[int, typer.Option(help="Timers that fall due in the same second.")] = TIMERS,
    recoveries: Annotated[int, typer.Option(help="Open recoveries with a timer each.")] = OPEN,
) -> None:
    """Measure in this process, on a file in a folder of its own; limits stand beside."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    library = load()
    with tempfile.TemporaryDirectory() as folder:
        lines = [asyncio.run(same_second(Path(folder) / "timers.db", library, timers))]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.db"
        filled(path, library, recoveries)
        lines += asyncio.run(among_many(path, library, recoveries))
    for good, line in lines:
        out.print(f"[green]ok[/]   {line}" if good else f"[red]miss[/] {line}")


async def same_second(path: Path, library: Library, timers: int) -> tuple[bool, str]:
    """Each timer asks the next supervisor, somebody else each time: from the moment it is due to the hand-over."""
    store, paper = SqliteStore(path), Paper()
    worker = wired(store, library, paper)
    at = datetime.now(UTC) + timedelta(seconds=1.5)
    for number in range(timers):
        event = replace(escalated(), workspace=W, id=f"r{number}", policy=plain((f"a{number}", f"b{number}")))
        event = replace(event, at=at - timedelta(minutes=10))
        asked = HelpAsked(event.at, event.by)
        begun = start(event, library.playbooks["recovery"]).recovery
        await store.commit(Change(W, "", begun, 0, event))
        wake = Order(at, Wake(at, LADDER, begun.step or "", round=1))
        then = apply(begun, asked, library.playbooks["recovery"])
        await store.commit(Change(W, "", then, 1, asked, (wake,)))
    cpu, running = time.process_time(), asyncio.create_task(worker.run())
    deadline = time.time() + MANY
    while len(paper.taken) < timers and time.time() < deadline:  # noqa: ASYNC110 - paper rings no bell
        await asyncio.sleep(0.02)
    worker.stop()
    await running
    cpu = time.process_time() - cpu
    store.close()
    late = sorted(taken - at.timestamp() for taken in paper.taken.values())
    p50, p99 = (late[int(len(late) * share)] for share in (0.5, 0.99)) if late else (0.0, 0.0)
    good = len(late) == timers and p99 < LATE
    said = f"{len(late)} of {timers} timers of one second handed over, p50 {p50:.2f} s, p99 {p99:.2f} s late"
    return good, f"{said} ({cpu:.2f} s of work), wanted: all, p99 under {LATE:g} s"


def filled(path: Path, library: Library, recoveries: int) -> None:
    """Written straight into the tables; in use they come one by one."""
    SqliteStore(path).close()
    book = library.playbooks["recovery"]
    connection = sqlite3.connect(path)
    far = datetime.now(UTC) + timedelta(days=1)
    with connection:
        for number in range(recoveries):
            at = far + timedelta(milliseconds=number)
            event = replace(escalated(), workspace=W, id=f"r{number}")
            connection.execute(sqlite.INSERT, codec.row(start(event, book).recovery))
            jobs.put(connection, W, f"r{number}", Order(at, Wake(at, "nudge", "apology", mark=event.at.isoformat())))
    connection.close()


async def among_many(path: Path, library: Library, recoveries: int) -> list[tuple[bool, str]]:
    """The start, one due job among all, and what is in memory before and after."""
    before = megabytes()
    with timed() as ready:
        store = SqliteStore(path)
        worker, paper = (wired(store, library, made := Paper()), made)
        await worker.once()
        await worker.next_due()
    found, sent = [], []
    for number in range(TRIES):
        at = datetime.now(UTC)
        recovery = await store.recovery(W, f"r{number}")
        mark = recovery.stepped_at.isoformat() if recovery and recovery.stepped_at else ""
        await store.commit(Change(W, orders=(Order(at, Wake(at, "nudge", "apology", mark=mark)),), about=f"r{number}"))
        with timed() as took:
            (job,) = await store.lease(datetime.now(UTC), datetime.now(UTC) + timedelta(minutes=1), 10)
            await store.next_due()
        found.append(took["seconds"])
        await store.put_back((job,))
        with timed() as took:
            while await worker.once():
                pass
        sent.append(took["seconds"])
    grown = megabytes() - before
    store.close()
    assert paper.taken
    done = sorted(sent)[len(sent) // 2] * 1000
    worst, middle = max(found) * 1000, sorted(found)[len(found) // 2] * 1000
    return [
        (
            ready["seconds"] <= READY,
            f"{recoveries:,} open, ready in {ready['seconds']:.2f} s, wanted: {READY:g} or less",
        ),
        (
            middle <= FOUND * 1000,
            f"a due one found in {middle:.1f} ms (worst {worst:.1f}; sent {done:.1f}), wanted: {FOUND * 1000:g}",
        ),
        (grown <= FLAT, f"memory grew by {grown:.0f} MB, wanted: {FLAT:.0f} or less"),
    ]


def wired(store: SqliteStore, library: Library, paper: Paper) -> Worker:
    platforms = {"paper": Platform(paper, paper)}
    clock = SystemClock()
    team = TeamSettings("front", "C9", ("sue",))
    people = People(store, clock, Organisation((team,), ("root",)), library.words, platforms)
    service = Service(store, clock, people, library)
    worker = Worker(store, clock, service, platforms)
    service.poke = worker.poke
    return worker


@contextmanager
def timed() -> Iterator[Mapping[str, float]]:
    took: dict[str, float] = {}
    began = time.perf_counter()
    yield took
    took["seconds"] = time.perf_counter() - began


def megabytes() -> float:
    """The most that was ever in memory."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    command = typer.Typer(pretty_exceptions_enable=False, add_completion=False)
    command.command()(main)
    command()
