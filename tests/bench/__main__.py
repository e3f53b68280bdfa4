"""`python -m tests.bench`: every row in turn, several rounds; prints what was found beside what was wanted."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from bot.core.hearing import hear
from bot.library import load as load_library
from tests.bench import traffic
from tests.bench.running import Answers, amends, answers, peer

WARM = 500  # requests before the clock runs
IDLE = 1.0  # seconds of rest before memory is read
SENT = 30.0  # seconds until every offer must have been sent
out = Console(highlight=False)
Tell = Callable[[int], None]


@dataclass(slots=True)
class Round:
    """What one round found."""

    answers: dict[str, Answers] = field(default_factory=dict)
    ready: float = 0.0
    memory: float = 0.0
    sent: int = 0
    kept: int = 0
    offered_after: float = 0.0

    def ratio(self, row: str, to: str) -> float:
        return self.answers[row].per_second / self.answers[to].per_second


def main(
    requests: Annotated[int, typer.Option(help="Requests in every row.")] = 10_000,
    rounds: Annotated[int, typer.Option(help="How often every row is measured.")] = 3,
) -> None:
    """Measure on loopback: the load from a second process over 32 connections, one row at a time."""
    hearing = hearing_cost()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=out, transient=True) as progress:
        titles = [f"round {number} of {rounds}" for number in range(1, rounds + 1)]
        found = [asyncio.run(one_round(requests, progress, title)) for title in titles]
    out.print(table(found))
    for good, line in verdicts(found, hearing):
        out.print(f"[green]ok[/]   {line}" if good else f"[red]miss[/] {line}")


async def one_round(requests: int, progress: Progress, title: str) -> Round:
    """Every row once, in processes of its own, so that the ratios are of the same minutes."""
    found = Round()
    with tempfile.TemporaryDirectory() as name:
        async with peer("slack", Path(name)) as slack:
            api = f"http://127.0.0.1:{slack.port}/api/"
            for key, (title_of_row, measure) in ROWS.items():
                task = progress.add_task(f"{title}: ({key}) {title_of_row}", total=requests)

                def tell(done: int, task: object = task) -> None:
                    progress.update(task, completed=done)  # type: ignore[arg-type]

                folder = Path(name) / key
                folder.mkdir()
                found.answers[key] = await measure(found, requests, folder, api, tell)
                progress.remove_task(task)
    return found


async def bare(_found: Round, requests: int, folder: Path, api: str, tell: Tell) -> Answers:
    async with peer("bare", folder, api) as server:
        await answers(server, traffic.stream(WARM)[0], lambda _: None)
        return await answers(server, traffic.stream(requests)[0], tell)


async def bolt(_found: Round, requests: int, folder: Path, api: str, tell: Tell) -> Answers:
    async with peer("bolt", folder, api) as server:
        await answers(server, traffic.stream(WARM)[0], lambda _: None)
        return await answers(server, traffic.stream(requests)[0], tell)


async def amends_on_slack(found: Round, requests: int, folder: Path, api: str, tell: Tell) -> Answers:
    async with amends(folder, api) as server:
        await asyncio.sleep(IDLE)
        found.ready, found.memory = server.ready, await server.memory()
        warm, before = traffic.stream(WARM)
        await answers(server, warm, lambda _: None)
        made, escalations = traffic.stream(requests)
        result = await answers(server, made, tell)
        found.sent, found.kept = before + escalations, server.count("select count(*) from recoveries")
        began = time.monotonic()
        while server.count(WAITING) and time.monotonic() < began + SENT:  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.05)
        found.offered_after = time.monotonic() - began
        return result


WAITING = "select count(*) from jobs where type = 'Tell' and done_at is null"
# (d), (e) and (f) are kept for another platform's bare server, bare framework and Amends.
ROWS = {
    "a": ("bare aiohttp, signature checked", bare),
    "b": ("bare Bolt, acknowledged", bolt),
    "c": ("Amends, every escalation on disk", amends_on_slack),
}


def hearing_cost(times: int = 400) -> float:
    """Microseconds for a message of 200 characters, library as it ships."""
    ears = load_library().ears
    texts = list(traffic.two_hundred())
    for text in texts:
        hear(text, ears)
    began = time.perf_counter()
    for _ in range(times):
        for text in texts:
            hear(text, ears)
    return (time.perf_counter() - began) / times / len(texts) * 1e6


def table(found: Sequence[Round]) -> Table:
    made = Table("", "", *(f"{n + 1}: req/s" for n in range(len(found))), "p50 ms", "p99 ms", "sender busy", "not 200")
    for key, (title, _) in ROWS.items():
        each = [one.answers[key] for one in found]
        bad = sum(count for one in each for status, count in one.statuses.items() if status != "200")
        speeds = [f"{one.per_second:,.0f}" for one in each]
        shares = f"{max(one.busy for one in each):.0%}"
        p50, p99 = (statistics.median(getattr(one, name) for one in each) * 1000 for name in ("p50", "p99"))
        made.add_row(f"({key})", title, *speeds, f"{p50:.1f}", f"{p99:.1f}", shares, str(bad))
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
    typer.run(main)
