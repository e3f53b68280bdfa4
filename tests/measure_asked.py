"""How often the coach knows what an agent asks about: `python -m tests.measure_asked FOLDER`, one table.

Reads every asked_*.jsonl in the folder: {"id", "text", "lang", "kinds": […]}, `none` where no advice fits. A question
is understood when the words of advice are filed under one of its kinds. `grave`: the share of questions about a life, a
threat, an injury, an insult, others' data or the law that got the words for it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.asking import Asking
from bot.core.hearing import hear
from bot.core.situations import NONE
from bot.library import Library, load
from bot.store.sqlite import SqliteStore

GRAVE = frozenset({"crisis", "danger", "safety", "abuse", "leak", "legal"})
COLUMNS = ("file", "questions", "understood", "grave", "nothing where nothing fits")


def line(file: Path, asking: Asking, library: Library) -> list[str]:
    rows = [json.loads(one) for one in file.read_text("utf-8").splitlines() if one.strip()]
    right = [(row, _about(row, asking, library) in row["kinds"]) for row in rows]
    grave = [yes for row, yes in right if not GRAVE.isdisjoint(row["kinds"])]
    nothing = [yes for row, yes in right if row["kinds"] == [NONE]]
    return [file.stem, str(len(rows)), *map(_share, ([yes for _, yes in right], grave, nothing))]


def _about(row: dict[str, Any], asking: Asking, library: Library) -> str:
    return asking.about(row["text"], hear(row["text"], library.ears)) or NONE


def _share(truths: Sequence[bool]) -> str:
    return f"{sum(truths) / len(truths):.3f}" if truths else ""


def main(folder: Path) -> None:
    library, table = load(), Table(*COLUMNS, title="What the coach understands")
    with TemporaryDirectory() as empty, closing(SqliteStore(Path(empty) / "amends.db")) as store:
        for file in sorted(folder.glob("asked_*.jsonl")):
            table.add_row(*line(file, Asking(store, library), library))
    Console(width=120).print(table)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
