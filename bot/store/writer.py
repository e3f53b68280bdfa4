"""One connection writes. What waits at the same moment goes to disk in one transaction, each in a savepoint of its own.

Statements run on the event loop: they take microseconds, and a thread would wait for Python's lock before each of them.
Only the commit, which waits for the disk, runs in a thread; what comes in meanwhile is the next transaction. Work that
may look at many rows is done `apart`: all of it in the thread. What is asked again after a power cut anyhow is written
`light`: the disk is not waited for.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, TypeVar

from bot.errors import StoreError

_T = TypeVar("_T")
Work = Callable[[sqlite3.Connection], Any]
MOST = 64  # commits in one transaction: some 20 ms of the event loop
TIDY = 1000  # pages in the log before they go where they belong
PATIENCE = 10_000  # milliseconds that another process may write before we give up


@dataclass(slots=True)
class _Task:
    work: Work
    apart: bool
    light: bool
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None


class Writer:
    """Runs work on its connection and answers when it is on disk. Of one event loop."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._connection.execute("pragma busy_timeout = 0")  # the event loop waits for nobody
        self._disk = ThreadPoolExecutor(1, "amends-writer")
        self._waiting: list[_Task] = []
        self._under_way = self._closed = False
        self._waits = True

    async def do(self, work: Callable[[sqlite3.Connection], _T], *, apart: bool = False, light: bool = False) -> _T:
        """All of `work` or nothing of it; on disk when this returns. Raises what `work` raised, or StoreError when
        it comes too late. `light`: safe from the end of the process, not from a power cut.
        """
        if self._closed:
            raise StoreError("the database is closed: nothing more is written")
        loop = asyncio.get_running_loop()
        task = _Task(work, apart, light, loop.create_future())
        self._waiting.append(task)
        if not self._under_way:
            self._under_way = True
            loop.call_soon(self._next)
        result: _T = await task.future
        return result

    def close(self) -> None:
        """Write what waits, then stop. Twice is once."""
        if self._closed:
            return
        self._closed = True
        self._disk.shutdown()
        while batch := self._take():
            self._all(batch)
            _answer(batch)
        self._connection.close()

    def _next(self) -> None:
        """Begin the next transaction with what waits; when it is on disk, the one after it."""
        batch = self._take()
        if not batch:
            self._under_way = False
            return
        light = all(task.light for task in batch)
        self._wait_for_the_disk(not light)
        done = not batch[0].apart and self._done(batch)
        if done and light:
            self._commit(batch)
            self._ended(batch)
            return
        rest = self._commit if done else self._all
        on_disk = asyncio.get_running_loop().run_in_executor(self._disk, rest, batch)
        on_disk.add_done_callback(lambda _: self._ended(batch))

    def _ended(self, batch: list[_Task]) -> None:
        _answer(batch)
        self._next()

    def _take(self) -> list[_Task]:
        """The first that wait, of one kind."""
        batch = list(takewhile(lambda task: task.apart == self._waiting[0].apart, self._waiting[:MOST]))
        del self._waiting[: len(batch)]
        return batch

    def _done(self, batch: list[_Task]) -> bool:
        """All but the commit, unless another process is writing."""
        try:
            self._connection.execute("begin immediate")
        except sqlite3.OperationalError:
            return False
        with self._whole(batch):
            _each(self._connection, batch)
        return True

    def _all(self, batch: list[_Task]) -> None:
        with self._whole(batch):
            self._connection.execute(f"pragma busy_timeout = {PATIENCE}")
            self._connection.execute("begin immediate")
            _each(self._connection, batch)
            self._connection.execute("commit")
        self._connection.execute("pragma busy_timeout = 0")

    def _commit(self, batch: list[_Task]) -> None:
        with self._whole(batch):
            self._connection.execute("commit")

    def _wait_for_the_disk(self, wait: bool) -> None:
        """Whether the next commit does. Who does not wait leaves the log for the others to tidy up: that takes long."""
        if wait != self._waits:
            self._waits = wait
            self._connection.execute(f"pragma synchronous = {'full' if wait else 'normal'}")
            self._connection.execute(f"pragma wal_autocheckpoint = {TIDY if wait else 0}")

    @contextmanager
    def _whole(self, batch: list[_Task]) -> Iterator[None]:
        """A transaction that fails, fails for everybody in it: nobody was told that it is on disk."""
        try:
            yield
        except sqlite3.Error as error:
            if self._connection.in_transaction:
                self._connection.execute("rollback")
            for task in batch:
                task.error = task.error or error


def _each(connection: sqlite3.Connection, batch: list[_Task]) -> None:
    for task in batch:
        connection.execute("savepoint one")
        try:
            task.result = task.work(connection)
        except BaseException as error:  # noqa: BLE001 - handed on to whoever asked, in his own task
            task.error = error
            connection.execute("rollback to one")
        connection.execute("release one")


def _answer(batch: list[_Task]) -> None:
    for task in batch:
        if task.future.cancelled():
            continue
        if task.error is None:
            task.future.set_result(task.result)
        else:
            task.future.set_exception(task.error)
