"""Not more messages a second into one conversation than Teams takes."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable

MOST, SECONDS = 7, 1.0  # Teams: seven messages a second, a bot and a conversation
_KEPT = 1000  # conversations remembered


class Pace:
    """Waits until one more message may go."""

    def __init__(
        self,
        seconds: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._seconds, self._sleep = seconds, sleep
        self._sent: dict[str, deque[float]] = {}

    async def wait(self, conversation: str) -> None:
        sent = self._sent.setdefault(conversation, deque(maxlen=MOST))
        now = self._seconds()
        at = max(now, sent[0] + SECONDS) if len(sent) == MOST else now
        sent.append(at)
        if at > now:
            await self._sleep(at - now)
        if len(self._sent) > _KEPT:
            self._forget()

    def _forget(self) -> None:
        """Conversations that were silent for a second owe nothing."""
        now = self._seconds()
        self._sent = {key: sent for key, sent in self._sent.items() if sent[-1] > now - SECONDS}
