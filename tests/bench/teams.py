"""`python -m tests.bench.teams`: bare aiohttp (d), bare botbuilder (e) and Amends on Teams (f), in one run."""

from __future__ import annotations

import asyncio
import itertools
import json
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from handlers.teams import PATH
from tests.bench import traffic
from tests.bench.running import Answers, Server, answers, free_port, running
from tests.fakes_teams import APP_ID, FakeTeams

CONNECTIONS = 16
WARM = 100
TIMES, P99 = 5.0, 0.150  # what is wanted: (f) five times (e), and one answer in a hundred later than this
out = Console(highlight=False)


@dataclass(frozen=True, slots=True)
class Row:
    """One server; `every`: one message in so many opens a recovery."""

    title: str
    peer: str
    requests: int
    every: int = traffic.EVERY


ROWS = {
    "d": Row("bare aiohttp + JSON", "bare", 4000),
    "e": Row("bare botbuilder as it ships", "botbuilder", 400),
    "f": Row("Amends on Teams, 2 % recoveries", "amends", 3000),
    "f+": Row("Amends on Teams, every message a recovery", "amends", 1500, every=1),
}


def main(scale: Annotated[float, typer.Option(help="More or fewer requests.")] = 1.0) -> None:
    """Measure on loopback, 16 connections, tokens checked in (e) and (f)."""
    found = asyncio.run(measured(scale))
    out.print(table(found))
    for good, line in verdicts(found):
        out.print(f"[green]ok[/]   {line}" if good else f"[red]miss[/] {line}")


async def measured(scale: float) -> dict[str, Answers]:
    found = {}
    async with FakeTeams().open() as fake, AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for key, row in ROWS.items():
            async with _served(row, folder / key, fake) as server:
                await answers(server, stream(fake, WARM, traffic.EVERY), lambda _: None, CONNECTIONS)
                requests = stream(fake, max(1, int(row.requests * scale)), row.every)
                found[key] = await answers(server, requests, lambda _: None, CONNECTIONS)
                if row.peer == "amends":
                    begun = server.count("select count(*) from recoveries")
                    out.print(f"({key}) {begun} recoveries on disk when the last message was answered")
    return found


def stream(fake: FakeTeams, count: int, every: int) -> list[bytes]:
    """Channel talk that the bot reads along with; one in `every` is an escalation of somebody new."""
    token, run = fake.signer.token(fake.url), f"{time.time_ns():x}"
    headers = {"Authorization": f"Bearer {token}"}
    talk, angry = itertools.cycle(traffic.TALK), itertools.cycle(traffic.ANGRY)
    made = []
    for number in range(count):
        upset = number % every == every - 1
        text = next(angry if upset else talk).replace("{n}", str(number))
        who = f"{run[-6:]}-{number:06}" if upset else f"talk-{number % 200:03}"
        said = {"type": "message", "id": f"{run}-{number}", "text": text, **fake.in_channel()}
        made.append(traffic.request(PATH, json.dumps({**fake.person(who), **said}).encode(), headers))
    return made


def table(found: dict[str, Answers]) -> Table:
    made = Table("", "", "req/s", "p50 ms", "p99 ms", "sender busy", "not 201")
    for key, one in found.items():
        bad = sum(count for status, count in one.statuses.items() if status != "201")
        row = (f"({key})", ROWS[key].title, f"{one.per_second:,.0f}", f"{one.p50 * 1000:.1f}", f"{one.p99 * 1000:.1f}")
        made.add_row(*row, f"{one.busy:.0%}", str(bad))
    return made


def verdicts(found: dict[str, Answers]) -> list[tuple[bool, str]]:
    times = found["f"].per_second / found["e"].per_second
    late = found["f"].p99
    return [
        (times >= TIMES, f"(f) is {times:.1f} × (e), wanted: {TIMES:g} or more"),
        (late <= P99, f"(f) answers 99 in 100 within {late * 1000:.0f} ms, wanted: {P99 * 1000:.0f} or less"),
    ]


@asynccontextmanager
async def _served(row: Row, folder: Path, fake: FakeTeams) -> AsyncIterator[Server]:
    _made(folder)
    port = free_port()
    program = ["-m", "tests.bench.teams_peers", row.peer, str(port), fake.url, APP_ID]
    if row.peer == "amends":
        program = ["-m", "tests.bench.teams_amends", str(port), fake.url, str(folder)]
    async with running(program, port, folder, {}) as server:
        yield server


def _made(folder: Path) -> None:
    folder.mkdir()


if __name__ == "__main__":
    command = typer.Typer(pretty_exceptions_enable=False, add_completion=False)
    command.command()(main)
    command()
