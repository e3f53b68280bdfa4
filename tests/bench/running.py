"""Processes of the bench: started, asked, and stopped again, each on a port of its own."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sqlite3
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

from tests.bench import load, traffic

ROOT = Path(__file__).parents[2]
WAIT = 60.0  # seconds until a process that does not answer is given up
ORGANISATION = """
admins = ["U0ADMIN"]
time_zone = "Europe/Stockholm"

[team.support]
recoveries = "C0RECORDS"
supervisors = ["U0SUE", "U0KIM"]
"""


@dataclass(frozen=True, slots=True)
class Answers:
    """How one server answered one load. `busy`: how much of a core the sending process took; `cpu`: seconds of
    processor that the server took for one request, 0 where that is not known.
    """

    count: int
    per_second: float
    p50: float
    p99: float
    busy: float
    statuses: dict[str, int]
    cpu: float = 0.0


@dataclass(frozen=True, slots=True)
class Server:
    """A process that listens; `ready` is how long it took until it answered."""

    port: int
    ready: float
    process: Process
    folder: Path

    async def memory(self) -> float:
        """Resident, in MB."""
        asked = await asyncio.create_subprocess_exec("ps", "-o", "rss=", "-p", str(self.process.pid), stdout=PIPE)
        said, _ = await asked.communicate()
        return int(said) / 1024

    def cpu(self) -> float:
        """Seconds of processor so far; only Linux tells."""
        stat = Path(f"/proc/{self.process.pid}/stat")
        if not stat.exists():
            return 0.0
        user, system = stat.read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def count(self, sql: str) -> int:
        with closing(sqlite3.connect(f"file:{self.folder / 'amends.db'}?mode=ro", uri=True)) as database:
            return int(database.execute(sql).fetchone()[0])


@asynccontextmanager
async def peer(name: str, folder: Path, api: str = "") -> AsyncIterator[Server]:
    port = free_port()
    async with running(["-m", "tests.bench.peers", name, str(port), api], port, folder, {}) as server:
        yield server


@asynccontextmanager
async def amends(folder: Path, api: str) -> AsyncIterator[Server]:
    """The real command line, hearing over signed HTTP."""
    port = free_port()
    (folder / "amends.toml").write_text(ORGANISATION)
    env = {"SLACK_BOT_TOKEN": "xoxb-bench", "SLACK_SIGNING_SECRET": traffic.SECRET, "SLACK_API_URL": api}
    env |= {"AMENDS_PORT": str(port), "AMENDS_DB": str(folder / "amends.db")}
    serve = ["app.py", "serve", "--config", str(folder / "amends.toml")]
    async with running(serve, port, folder, env) as server:
        yield server


async def answers(
    server: Server, requests: list[bytes], tell: Callable[[int], None], connections: int = load.CONNECTIONS
) -> Answers:
    """Send it all from a process of its own."""
    file = server.folder / "requests"
    load.write(file, requests)
    before = server.cpu()
    program = ["-m", "tests.bench.load", str(server.port), str(file), str(connections)]
    sender = await asyncio.create_subprocess_exec(sys.executable, *program, cwd=ROOT, stdout=PIPE)
    if sender.stdout is None:
        raise TypeError("the sender's output was asked for")
    said = {}
    async for line in sender.stdout:
        said = json.loads(line)
        tell(said.get("answered", len(requests)))
    await sender.wait()
    cpu = (server.cpu() - before) / len(requests)
    return Answers(len(requests), said["per_second"], said["p50"], said["p99"], said["busy"], said["statuses"], cpu)


@asynccontextmanager
async def running(program: list[str], port: int, folder: Path, env: dict[str, str]) -> AsyncIterator[Server]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, *program, cwd=ROOT, env={**kept, **env}, stdout=DEVNULL, stderr=DEVNULL
    )
    try:
        await _healthy(port, process)
        yield Server(port, time.perf_counter() - began, process, folder)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.wait()


async def _healthy(port: int, process: Process) -> None:
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline and process.returncode is None:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            status = await reader.readline()
            writer.close()
        except OSError:
            status = b""
        if status.split()[1:2] in ([b"200"], [b"404"]):
            return
        await asyncio.sleep(0.01)
    raise RuntimeError(f"port {port} does not answer; exit code {process.returncode}")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
