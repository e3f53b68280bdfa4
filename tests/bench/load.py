"""The second process: sends raw HTTP requests over many connections, and tells how long each answer took.

It knows no platform: a file holds the requests, each behind its length. Plain sockets: it must not be the slow one.
"""

from __future__ import annotations

import asyncio
import json
import struct
import sys
import time
from collections import Counter, deque
from collections.abc import Iterable
from pathlib import Path

CONNECTIONS = 32
TELL = 500  # answers between two lines of progress
_LENGTH = struct.Struct("!I")


def write(path: Path, requests: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        for one in requests:
            file.write(_LENGTH.pack(len(one)) + one)


def read(path: Path) -> deque[bytes]:
    data, found, place = path.read_bytes(), deque[bytes](), 0
    while place < len(data):
        (length,) = _LENGTH.unpack_from(data, place)
        place += _LENGTH.size
        found.append(data[place : place + length])
        place += length
    return found


class Load:
    """What is left to send, and what came back."""

    def __init__(self, requests: deque[bytes], connections: int) -> None:
        self.requests, self.took = requests, list[float]()
        self.statuses: Counter[int] = Counter()
        self.left = connections
        self.done = asyncio.Event()

    def answered(self, status: int, seconds: float) -> None:
        self.statuses[status] += 1
        self.took.append(seconds)
        if len(self.took) % TELL == 0:
            tell(answered=len(self.took))

    def ended(self) -> None:
        self.left -= 1
        if not self.left:
            self.done.set()


class Connection(asyncio.Protocol):
    """One request at a time, the next as soon as the last is answered."""

    def __init__(self, load: Load) -> None:
        self._load, self._buffer, self._began = load, b"", 0.0
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._next()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, mark, body = self._buffer.partition(b"\r\n\r\n")
        if mark and len(body) >= _content_length(head):
            self._buffer = b""
            self._load.answered(int(head[9:12]), time.perf_counter() - self._began)
            self._next()

    def connection_lost(self, _error: Exception | None) -> None:
        if self._began:
            self._load.statuses[0] += 1
        self._load.ended()

    def _next(self) -> None:
        assert self._transport is not None
        if self._load.requests:
            self._began = time.perf_counter()
            self._transport.write(self._load.requests.popleft())
        else:
            self._began = 0.0
            self._transport.close()


def _content_length(head: bytes) -> int:
    _, _, after = head.lower().partition(b"content-length:")
    return int(after.split(b"\r\n", 1)[0] or 0)


async def run(port: int, requests: deque[bytes], connections: int) -> None:
    load, count = Load(requests, connections), len(requests)
    began, cpu = time.perf_counter(), time.process_time()
    loop = asyncio.get_running_loop()
    for _ in range(connections):
        await loop.create_connection(lambda: Connection(load), "127.0.0.1", port)
    await load.done.wait()
    seconds = time.perf_counter() - began
    busy = (time.process_time() - cpu) / seconds
    took = sorted(load.took) or [0.0]
    middle, slow = took[len(took) // 2], took[len(took) * 99 // 100]
    tell(seconds=seconds, per_second=count / seconds, p50=middle, p99=slow, busy=busy, statuses=load.statuses)


def tell(**said: object) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(run(int(sys.argv[1]), read(Path(sys.argv[2])), int(sys.argv[3])))
