"""How well the eye sees: `python -m tests.measure_drafts FOLDER [NAMES] [-v]`, a table for each language.

Reads every file in the folder whose name fits (drafts_*.jsonl unless told):
{"id", "text", "lang", "codes": […], "components": […]}.
With -v it also prints each draft it judged otherwise.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.core.drafting import CODES, COMPONENTS, Eyes, parse_patterns, review

PLAYBOOKS = Path(__file__).parent.parent / "playbooks" / "review"
NAMES = "drafts_*.jsonl"


def load_eyes() -> Eyes:
    files = sorted(PLAYBOOKS.glob("*.toml"), key=lambda file: (file.stem != "en", file.stem))
    return Eyes(tuple(parse_patterns(file.stem, file.name, file.read_text("utf-8")) for file in files))


@dataclass
class Tally:
    """True, false and missed, by name."""

    hit: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def add(self, found: set[str], labelled: set[str]) -> None:
        self.hit.update(found & labelled)
        self.false.update(found - labelled)
        self.missed.update(labelled - found)

    def figures(self, *names: str) -> tuple[float, float, float]:
        hit, false, missed = (sum(part[name] for name in names) for part in (self.hit, self.false, self.missed))
        precision = hit / (hit + false) if hit + false else 0.0
        recall = hit / (hit + missed) if hit + missed else 0.0
        return precision, recall, 2 * hit / (2 * hit + false + missed) if hit + false + missed else 0.0


@dataclass
class Measured:
    """One language's drafts."""

    codes: Tally = field(default_factory=Tally)
    components: Tally = field(default_factory=Tally)
    drafts: int = 0
    good: int = 0
    good_with_finding: int = 0

    def add(self, row: dict[str, Any], codes: set[str], components: set[str]) -> None:
        self.drafts += 1
        self.codes.add(codes, set(row["codes"]))
        self.components.add(components, set(row.get("components", ())))
        if not row["codes"]:
            self.good += 1
            self.good_with_finding += bool(codes)

    def table(self, lang: str) -> str:
        lines = [f"{lang}: {self.drafts} drafts, {self.good} good"]
        lines += [_line("all codes", *self.codes.figures(*CODES))]
        lines += [_line(f"  {code}", *self.codes.figures(code), self._count(self.codes, code)) for code in CODES]
        share = 100 * self.good_with_finding / self.good if self.good else 0.0
        lines += [f"  good drafts with any finding: {share:.1f} of 100 ({self.good_with_finding} of {self.good})"]
        lines += [_line("all components", *self.components.figures(*COMPONENTS))]
        lines += [
            _line(f"  {name}", *self.components.figures(name), self._count(self.components, name))
            for name in COMPONENTS
        ]
        return "\n".join(lines)

    @staticmethod
    def _count(tally: Tally, name: str) -> str:
        return f"({tally.hit[name]} right, {tally.false[name]} false, {tally.missed[name]} missed)"


def _line(name: str, precision: float, recall: float, f1: float, rest: str = "") -> str:
    return f"{name:22} F1 {f1:.3f}  precision {precision:.3f}  recall {recall:.3f}  {rest}".rstrip()


def rows(folder: Path, names: str = NAMES) -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for file in sorted(folder.glob(names))
        for line in file.read_text("utf-8").splitlines()
        if line.strip()
    ]


def measure(folder: Path, names: str = NAMES, *, verbose: bool = False) -> dict[str, Measured]:
    eyes, measured = load_eyes(), dict[str, Measured]()
    for row in rows(folder, names):
        seen = review(row["text"], eyes, row["lang"])
        codes, components = {each.code for each in seen.findings}, set(seen.components)
        measured.setdefault(row["lang"], Measured()).add(row, codes, components)
        if verbose and (difference := _difference(row, codes, components)):
            sys.stdout.write(f"{row.get('id')} {difference}\n    {row['text']}\n")
    return measured


def _difference(row: dict[str, Any], codes: set[str], components: set[str]) -> str:
    found, labelled = codes | components, {*row["codes"], *row.get("components", ())}
    signs = [f"+{name}" for name in sorted(found - labelled)] + [f"-{name}" for name in sorted(labelled - found)]
    return " ".join(signs)


def main() -> None:
    folder, *names = (word for word in sys.argv[1:] if word != "-v")
    for lang, figures in sorted(measure(Path(folder), *names, verbose="-v" in sys.argv).items()):
        sys.stdout.write(figures.table(lang) + "\n\n")


if __name__ == "__main__":
    main()
