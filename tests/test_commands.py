"""Which words are an order, and where."""

from __future__ import annotations

import pytest

from bot.commands import is_order, stands_alone


@pytest.mark.parametrize(
    ("text", "alone", "order"),
    [
        ("help", True, True),
        (" List ", True, True),
        ("unmute", True, True),
        ("today", False, True),  # in a private talk it answers "when?"
        ("mute 1h", False, True),
        ("ask she wants 30 % off", False, True),
        ("help me, she shouts", False, False),
        ("today he came back", False, False),
        ("asking for a friend", False, False),
        ("", False, False),
    ],
)
def test_what_is_an_order(text: str, alone: bool, order: bool) -> None:
    assert (stands_alone(text), is_order(text)) == (alone, order)
