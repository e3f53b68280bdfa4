"""JSON lines in, JSON lines out: the ear and the eye for a script. A bad line is answered too, and named."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from bot.core.drafting import review
from bot.core.hearing import hear
from bot.library import Library

Row = dict[str, Any]
_EXPECTED = 'one JSON object a line, like {"id": "1", "text": "…"}'


class _BadLineError(Exception):
    """What was expected instead."""


def stream(answer: Callable[[Row], Row]) -> bool:
    """From standard input to standard output, each line as soon as it is read; `False` when one of them was bad."""
    good = True
    try:
        for text, fine in answered(sys.stdin.buffer, answer):
            sys.stdout.write(text + "\n")
            sys.stdout.flush()
            good = good and fine
    except BrokenPipeError:  # whoever reads has enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return good


def answered(lines: Iterable[bytes], answer: Callable[[Row], Row]) -> Iterator[tuple[str, bool]]:
    """Each line's answer as JSON, and whether the line was good; empty lines are passed over."""
    for number, raw in enumerate(lines, 1):
        line = raw.removeprefix(b"\xef\xbb\xbf").strip()
        if line:
            try:
                yield json.dumps(answer(_row(line))), True
            except _BadLineError as bad:
                yield json.dumps({"error": {"line": number, "expected": str(bad)}}), False


def heard(library: Library) -> Callable[[Row], Row]:
    """`amends hear`."""

    def answer(row: Row) -> Row:
        one = hear(row["text"], library.ears)
        return {
            "id": row["id"],
            "lang": one.lang,
            "score": one.score,
            "escalation": one.escalation,
            "severity": one.severity,
            "kind": one.kind,
            "reasons": list(one.reasons),
        }

    return answer


def reviewed(library: Library) -> Callable[[Row], Row]:
    """`amends draft`. Offsets count code points of the text."""
    known = tuple(one.lang for one in library.eyes.languages)

    def answer(row: Row) -> Row:
        lang = row.get("lang")
        if lang is not None and lang not in known:
            raise _BadLineError(f'"lang": one of {", ".join(known)}, or left out')
        seen = review(row["text"], library.eyes, lang)
        findings = [{"code": one.code, "start": one.start, "end": one.end} for one in seen.findings]
        return {"id": row["id"], "lang": seen.lang, "findings": findings, "components": list(seen.components)}

    return answer


def _row(line: bytes) -> Row:
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise _BadLineError("text in UTF-8") from None
    except (ValueError, RecursionError):
        raise _BadLineError(_EXPECTED) from None
    if not isinstance(row, dict):
        raise _BadLineError(_EXPECTED)
    if not isinstance(row.get("id"), str | int) or isinstance(row["id"], bool):
        raise _BadLineError('"id": a text or a whole number')
    if not isinstance(row.get("text"), str):
        raise _BadLineError('"text": a text')
    return row
