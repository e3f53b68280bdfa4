"""The aiohttp application: whether we are alive, and the platforms' doors."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from email.utils import formatdate
from functools import lru_cache

from aiohttp import web

from bot.errors import Problem, SettingsError
from bot.ports import Clock, Store

DATABASE = 5  # seconds it may take to answer


def site(store: Store, clock: Clock, ailing: Callable[[], Sequence[str]] = tuple) -> web.Application:
    """`/healthz` says how late the oldest waiting job is, `/heartbeat` whether all is well; the platforms add their
    own routes.
    """

    async def healthz(_request: web.Request) -> web.Response:
        due = await store.next_due()
        late = max(0.0, (clock.now() - due).total_seconds()) if due else 0.0
        return web.json_response({"ok": True, "oldest_job_late_seconds": round(late, 3)})

    async def heartbeat(_request: web.Request) -> web.Response:
        """For whoever watches from outside: 200 while every ping goes out in time, else 503 and what is wrong."""
        wrong = list(ailing())
        try:
            async with asyncio.timeout(DATABASE):
                since = await store.overdue(clock.now())
            wrong += [f"a ping is overdue since {since.isoformat(timespec='seconds')}"] if since else []
        except Exception as error:  # noqa: BLE001 - whatever it is, the watcher hears of it
            wrong.append(f"the database does not answer: {type(error).__name__}")
        return web.json_response({"ok": not wrong, "wrong": wrong}, status=503 if wrong else 200)

    application = web.Application(client_max_size=2 * 1024 * 1024)
    application.router.add_get("/healthz", healthz)
    application.router.add_get("/heartbeat", heartbeat)
    return application


def taken(request: web.BaseRequest) -> web.StreamResponse:
    """200 and nothing more, at a third of the cost of `web.Response()`."""
    return _TAKEN if request.keep_alive else web.Response()


class _Taken(web.StreamResponse):
    """One answer for everybody: it has no state. Most of what is said to us is answered with it."""

    keep_alive = True

    async def prepare(self, request: web.BaseRequest) -> None:
        if request.transport is None:
            raise ConnectionResetError
        request.transport.write(_head(int(time.time())))

    async def write_eof(self, _data: bytes = b"") -> None:
        """Nothing is left to write."""


@lru_cache(maxsize=1)
def _head(second: int) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nDate: {formatdate(second, usegmt=True)}\r\n\r\n".encode()


_TAKEN = _Taken()


@asynccontextmanager
async def served(application: web.Application, host: str, port: int) -> AsyncIterator[int]:
    """Open on host and port (0: any free one); yields the port. What is under way is finished before it closes."""
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=5)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            expected = "an address of this machine and a free port"
            found = error.strerror or str(error)
            raise SettingsError((Problem("network", f"{host}:{port}", found, expected),)) from error
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
