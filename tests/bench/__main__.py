"""`python -m tests.bench`: every row in turn, several rounds; prints what was found beside what was wanted."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from timeit import repeat
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from bot.core.hearing import hear
from bot.library import load as load_library
from tests.bench import traffic
from tests.bench.running import Answers, Server, amends, answers, peer

WARM = 500  # requests before the clock runs, after one by everybody
SLICES = 5  # every row is measured in turns, so that a busy minute of the machine hits all of them
IDLE = 1.0  # seconds of rest before memory is read
SENT = 30.0  # seconds until every offer must have been sent
WAITING = "select count(*) from jobs where slot = 'offer' and done_at is null"
out = Console(highlight=False)


@dataclass(frozen=True, slots=True)
class Row:
    """One server under a stream of requests; `start` is given a folder of its own and the address of the platform."""

    title: str
    start: Callable[[Path, str], AbstractAsyncContextManager[Server]]
    stream: Callable[[int], tuple[list[bytes], int]] = traffic.stream


# (d), (e) and (f) are kept for another platform's bare server, bare framework and Amends.
ROWS = {
    "a": Row("bare aiohttp, signature checked", lambda folder, api: peer("bare", folder, api)),
    "b": Row("bare Bolt, acknowledged", lambda folder, api: peer("bolt", folder, api)),
    "c": Row("Amends, escalations on disk", amends),
}
AMENDS = "c"


@dataclass(slots=True)
class Round:
    """What one round found; `sent` escalations, `kept` of them on disk when the last request was answered."""

    answers: dict[str, list[Answers]] = field(default_factory=lambda: {key: [] for key in ROWS})
    ready: float = 0.0
    memory: float = 0.0
    sent: int = 0
    kept: int = 0
    offered_after: float = 0.0

    def speed(self, row: str) -> float:
        each = self.answers[row]
        return sum(one.count for one in each) / sum(one.count / one.per_second for one in each)

    def ratio(self, row: str, to: str) -> float:
        return self.speed(row) / self.speed(to)


def main(
    requests: Annotated[int, typer.Option(help="Requests in every row.")] = 10_000,
    rounds: Annotated[int, typer.Option(help="How often everything is measured.")] = 3,
) -> None:
    """Measure on loopback: the load from a second process over 32 connections, the rows in turns."""
    hearing = hearing_cost()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=out, transient=True) as progress:
        titles = [f"round {number} of {rounds}" for number in range(1, rounds + 1)]
        found = [asyncio.run(one_round(requests // SLICES, progress, title)) for title in titles]
    out.print(table(found))
    for good, line in verdicts(found, hearing):
        out.print(f"[green]ok[/]   {line}" if good else f"[red]miss[/] {line}")


async def one_round(requests: int, progress: Progress, title: str) -> Round:
    """Every row in turns, each in a process of its own."""
    found = Round()
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        slack = await stack.enter_async_context(peer("slack", folder))
        servers = {}
        for key, row in ROWS.items():
            (folder / key).mkdir()
            api = f"http://127.0.0.1:{slack.port}/api/"
            servers[key] = await stack.enter_async_context(row.start(folder / key, api))
        await asyncio.sleep(IDLE)
        found.ready, found.memory = servers[AMENDS].ready, await servers[AMENDS].memory()
        for key in ROWS:
            await answers(servers[key], traffic.everybody(), lambda _: None)
            await one_slice(key, servers[key], WARM, Round(), lambda _: None)
        task = progress.add_task(title, total=requests * SLICES * len(ROWS))
        for place, key in enumerate(list(ROWS) * SLICES):

            def tell(done: int, before: int = place * requests) -> None:
                progress.update(task, completed=before + done)

            await one_slice(key, servers[key], requests, found, tell)
        found.sent += len(traffic.PEOPLE) + WARM // traffic.EVERY
        await settled(servers[AMENDS], found)
        progress.remove_task(task)
    return found


async def one_slice(key: str, server: Server, requests: int, found: Round, tell: Callable[[int], None]) -> None:
    made, escalations = ROWS[key].stream(requests)
    found.answers[key].append(await answers(server, made, tell))
    found.sent += escalations if key == AMENDS else 0


async def settled(server: Server, found: Round) -> None:
    """Count what is on disk, then wait until what follows from it has been sent."""
    found.kept = server.count("select count(*) from recoveries")
    began = time.monotonic()
    while server.count(WAITING) and time.monotonic() < began + SENT:  # noqa: ASYNC110 - another process
        await asyncio.sleep(0.05)
    found.offered_after = time.monotonic() - began


def hearing_cost(times: int = 400) -> float:
    """Microseconds for a message of 200 characters, library as it ships: the fastest of many times through them all."""
    ears = load_library().ears
    texts = list(traffic.two_hundred())
    return min(repeat(lambda: [hear(text, ears) for text in texts], number=1, repeat=times)) / len(texts) * 1e6


def table(found: Sequence[Round]) -> Table:
    made = Table(
        "", "", *(f"{n + 1}: req/s" for n in range(len(found))), "p50 ms", "p99 ms", "CPU µs", "sender busy", "not 200"
    )
    for key, row in ROWS.items():
        each = [one for a_round in found for one in a_round.answers[key]]
        bad = sum(count for one in each for status, count in one.statuses.items() if status != "200")
        speeds = [f"{one.speed(key):,.0f}" for one in found]
        p50, p99 = (statistics.median(getattr(one, name) for one in each) * 1000 for name in ("p50", "p99"))
        busy, cpu = f"{max(one.busy for one in each):.0%}", f"{statistics.mean(one.cpu for one in each) * 1e6:.0f}"
        made.add_row(f"({key})", row.title, *speeds, f"{p50:.1f}", f"{p99:.1f}", cpu, busy, str(bad))
    return made


def verdicts(found: Sequence[Round], hearing: float) -> list[tuple[bool, str]]:
    """Each aim with what was found; of several rounds the median, and all of them in brackets."""
    lines = []
    for to, aim in (("b", 2.5), ("a", 0.6)):
        ratios = [one.ratio("c", to) for one in found]
        each = ", ".join(f"{ratio:.2f}" for ratio in ratios)
        middle = statistics.median(ratios)
        lines.append((middle >= aim, f"(c) is {middle:.2f} × ({to}) [{each}], wanted: {aim} or more"))
    ready, memory = max(one.ready for one in found), max(one.memory for one in found)
    sent, kept = sum(one.sent for one in found), sum(one.kept for one in found)
    after = max(one.offered_after for one in found)
    lines.append((kept == sent, f"{kept} of {sent} escalations on disk; the last offer went out {after:.1f} s later"))
    lines.append((hearing <= 100, f"hearing a message of 200 characters: {hearing:.0f} µs, wanted: 100 or less"))
    lines.append((memory <= 200, f"idle memory: {memory:.0f} MB, wanted: 200 or less"))
    lines.append((ready <= 3, f"ready after {ready:.1f} s, wanted: 3 or less"))
    return lines


if __name__ == "__main__":
    command = typer.Typer(pretty_exceptions_enable=False, add_completion=False)
    command.command()(main)
    command()
