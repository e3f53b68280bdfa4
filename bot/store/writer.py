"""One thread writes. What waits at the same moment goes to disk in one transaction, each in a savepoint of its own."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from bot.errors import StoreError

_T = TypeVar("_T")
Work = Callable[[sqlite3.Connection], Any]
MOST = 256  # commits in one transaction


@dataclass(slots=True)
class _Task:
    work: Work
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None


class Writer:
    """Runs work on the writing connection and answers when it is on disk."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self._tasks: SimpleQueue[_Task | None] = SimpleQueue()
        self._connect = connect
        self._closed = False
        self._closing = threading.Lock()  # nothing is put behind the end
        self._thread = threading.Thread(target=self._run, name="amends-writer", daemon=True)
        self._thread.start()

    async def do(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        """All of `work` or nothing of it; on disk when this returns. Raises what `work` raised, or StoreError when
        it comes too late.
        """
        loop = asyncio.get_running_loop()
        task = _Task(work, loop, loop.create_future())
        with self._closing:
            if self._closed:
                raise StoreError("the database is closed: nothing more is written")
            self._tasks.put(task)
        result: _T = await asyncio.shield(task.future)
        return result

    def close(self) -> None:
        """Write what waits, then stop. Twice is once."""
        with self._closing:
            self._tasks.put(None)
            self._closed = True
        self._thread.join()

    def _run(self) -> None:
        connection = self._connect()
        try:
            while batch := self._next():
                self._together(connection, [task for task in batch if task])
                if None in batch:
                    return
        finally:
            connection.close()

    def _next(self) -> list[_Task | None]:
        batch = [self._tasks.get()]
        while len(batch) < MOST and batch[-1] is not None:
            try:
                batch.append(self._tasks.get_nowait())
            except Empty:
                break
        return batch

    def _together(self, connection: sqlite3.Connection, batch: list[_Task]) -> None:
        """A failed commit fails everybody in it: nobody was told that it is on disk."""
        try:
            connection.execute("begin immediate")
            for task in batch:
                _one(connection, task)
            connection.execute("commit")
        except sqlite3.Error as error:
            if connection.in_transaction:
                connection.execute("rollback")
            for task in batch:
                task.error = task.error or error
        for task in batch:
            task.loop.call_soon_threadsafe(_answer, task)


def _one(connection: sqlite3.Connection, task: _Task) -> None:
    connection.execute("savepoint one")
    try:
        task.result = task.work(connection)
    except BaseException as error:  # noqa: BLE001 - handed on to whoever asked, in his own task
        task.error = error
        connection.execute("rollback to one")
    connection.execute("release one")


def _answer(task: _Task) -> None:
    if task.future.cancelled():
        return
    if task.error is None:
        task.future.set_result(task.result)
    else:
        task.future.set_exception(task.error)
