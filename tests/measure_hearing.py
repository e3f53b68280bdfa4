"""How well we hear: `python -m tests.measure_hearing FOLDER` prints one table for the JSONL files in it.

A file is recognised by its name: detect_LANG, described_LANG, workchat_LANG_*, langid, hearing_*_LANG. Where the ear
has learned from a part of its rows, by their `source`, the others have a line of their own.
Handles and links are stripped by the ear itself; a leading nick ("ann: …") is stripped here.
"""

from __future__ import annotations

import json
import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.core.hearing import Ears, Heard, hear, parse_signals

SIGNALS = Path(__file__).parents[1] / "playbooks" / "signals"
LANGUAGES = ("en", "ar", "sv")
KNOWN = re.compile(r"(detect|described|workchat|hearing)_.*|langid")
NICK = re.compile(r"^\s*[^\s:]{1,30}: ")
COLUMNS = ("file", "rows", "F1", "AUC", "recall", "alarms/1000", "severity ±1", "kind", "language", "µs/200")
LONG, MOST_TIMED = 200, 300
LEARN = {  # sources that the ear learned from (tests/learning): how much one of their rows counts
    **dict.fromkeys(("irc_stripe", "irc_rust", "irc_mediawiki", "irc_ubuntu-meeting"), 2.0),
    **dict.fromkeys(("banking77_howto", "arbanking77_howto", "home_assistant_tests", "bitext_cs"), 0.6),
    **dict.fromkeys(("banking77_problem", "arbanking77_problem"), 0.1),
    "tweetsumm_abstractive": 0.6,
    "lingua_testdata": 0.5,
}


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled message and what was heard."""

    row: dict[str, Any]
    heard: Heard

    @property
    def positive(self) -> bool:
        return bool(self.row.get("escalation", self.row.get("label") == 1))


def ears() -> Ears:
    """Read the shipped signals."""
    return Ears.of(
        parse_signals(
            lang, f"{lang}.toml", *((SIGNALS / f"{lang}.{end}").read_text("utf-8") for end in ("toml", "tsv"))
        )
        for lang in LANGUAGES
    )


def lines(file: Path, listening: Ears) -> Iterator[list[str]]:
    rows = [json.loads(one) for one in file.read_text("utf-8").splitlines() if one.strip()]
    if rows and "label" in rows[0] and file.stem != "langid":
        rows = [row for row in rows if row["label"] is not None]
    yield line(file.stem, rows, listening)
    others = [row for row in rows if row.get("source") not in LEARN]
    if 0 < len(others) < len(rows) and file.stem != "langid":
        yield line("  never learned from", others, listening)


def line(name: str, rows: list[dict[str, Any]], listening: Ears) -> list[str]:
    cases = [Case(row, hear(NICK.sub("", row["text"]), listening)) for row in rows]
    spoken = [case for case in cases if name != "langid"]
    told = [case for case in cases if case.row.get("lang") in LANGUAGES and len(case.row["text"].split()) > 2]
    both = [case for case in spoken if case.positive and case.heard.escalation and "severity" in case.row]
    near = [abs(case.heard.severity - case.row["severity"]) <= 1 for case in both]
    kinds = [case.heard.kind == case.row["kind"] for case in both if "kind" in case.row]
    right = [case.heard.lang == case.row["lang"] for case in told]
    return [
        name,
        str(len(rows)),
        *_judged(spoken),
        _share(near),
        _share(kinds),
        _share(right),
        _cost(rows, listening),
    ]


def _cost(rows: list[dict[str, Any]], listening: Ears) -> str:
    """Microseconds of processor time for a message of 200 characters; the best of five passes."""
    texts = [(row["text"] + " ") * LONG for row in rows[:MOST_TIMED] if row["text"]]
    texts = [text[:LONG] for text in texts]
    return f"{min(_pass(texts, listening) for _ in range(5)) / max(1, len(texts)) * 1e6:.0f}"


def _pass(texts: list[str], listening: Ears) -> float:
    started = process_time()
    for text in texts:
        hear(text, listening)
    return process_time() - started


def _judged(cases: list[Case]) -> list[str]:
    yes = [case.heard for case in cases if case.positive]
    no = [case.heard for case in cases if not case.positive]
    hits, alarms = (sum(heard.escalation for heard in some) for some in (yes, no))
    f1 = 2 * hits / (hits + alarms + len(yes)) if yes else None
    per_thousand = f"{1000 * alarms / len(no):.1f}" if no else ""
    return [
        _figure(f1),
        _figure(auc([heard.score for heard in yes], [heard.score for heard in no])),
        _figure(hits / len(yes) if yes else None),
        per_thousand,
    ]


def auc(yes: list[float], no: list[float]) -> float | None:
    """Chance that an escalation scores above an ordinary message; None when one of the two is missing."""
    if not yes or not no:
        return None
    ranked = sorted(no)
    above = sum(bisect_left(ranked, score) + bisect_right(ranked, score) for score in yes) / 2
    return above / len(yes) / len(no)


def _share(truths: list[bool]) -> str:
    return _figure(sum(truths) / len(truths) if truths else None)


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def main(folder: Path) -> None:
    table = Table(*COLUMNS, title="What the ear hears")
    listening = ears()
    for file in sorted(folder.glob("*.jsonl")):
        if KNOWN.fullmatch(file.stem) and "ambiguous" not in file.stem:
            for row in lines(file, listening):
                table.add_row(*row)
    Console(width=120).print(table)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
