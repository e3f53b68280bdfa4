"""The real command line under a clock that the driver moves and a disk that is full when the driver says so.

`python -m tests.chaos_bot CLOCK serve …`: the file CLOCK holds the seconds by which the clock is wrong. With
CHAOS_DISK=N no file may grow beyond N bytes.
"""

from __future__ import annotations

import os
import resource
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import app


class WrongClock:
    """The machine's time, wrong by what a file says."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(self._file.read_text() or 0))


def main() -> None:
    file = Path(sys.argv.pop(1))
    app.SystemClock = lambda: WrongClock(file)  # type: ignore[assignment,return-value,attr-defined]
    if most := os.environ.get("CHAOS_DISK"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(most), int(most)))
    app.main()


if __name__ == "__main__":
    main()
