"""Named yes/no questions a playbook may ask. Branching beyond these is a change of code, never of data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Guard = Callable[[Mapping[str, Any]], bool]


def unfixed(answers: Mapping[str, Any]) -> bool:
    """Is the customer still waiting for what we promised?"""
    return "fixed_at" not in answers


def unrated(answers: Mapping[str, Any]) -> bool:
    """Have we not yet heard whether the customer is content?"""
    return "rating" not in answers


def support_wanted(answers: Mapping[str, Any]) -> bool:
    """Would the agent like support after this?"""
    return bool(answers.get("support", "none") != "none")


GUARDS: Mapping[str, Guard] = {"unfixed": unfixed, "unrated": unrated, "support_wanted": support_wanted}
