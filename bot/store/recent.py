"""Recoveries read a moment ago: one message asks for its recovery several times, and reading it is most of its cost."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from bot.core.recovery import Recovery

SECONDS = 1.0  # whoever changes the file by hand is seen after that
MOST = 500
Key = tuple[str, str]


@dataclass(slots=True)
class Recent:
    """Forgets at once what changed."""

    _kept: dict[Key, tuple[Recovery, float]] = field(default_factory=dict)

    def get(self, key: Key) -> Recovery | None:
        found = self._kept.get(key)
        return found[0] if found and found[1] > time.monotonic() else None

    def keep(self, key: Key, recovery: Recovery) -> Recovery:
        if len(self._kept) >= MOST:
            self._kept.clear()
        self._kept[key] = (recovery, time.monotonic() + SECONDS)
        return recovery

    def forget(self, key: Key) -> None:
        self._kept.pop(key, None)
