"""The aiohttp application: whether we are alive, and the platforms' doors."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.errors import Problem, SettingsError
from bot.ports import Clock, Store


def site(store: Store, clock: Clock) -> web.Application:
    """`/healthz` says how late the oldest waiting job is; the platforms add their own routes."""

    async def healthz(_request: web.Request) -> web.Response:
        due = await store.next_due()
        late = max(0.0, (clock.now() - due).total_seconds()) if due else 0.0
        return web.json_response({"ok": True, "oldest_job_late_seconds": round(late, 3)})

    application = web.Application(client_max_size=2 * 1024 * 1024)
    application.router.add_get("/healthz", healthz)
    return application


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
