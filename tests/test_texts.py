"""Words as their readers write them: money, labels in a row, and values that keep their direction in any card."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bot.core.events import Money
from bot.library import Library
from bot.texts import Voice, isolated

LTR, RTL, FIRST, POP = "\u2066", "\u2067", "\u2068", "\u2069"


@pytest.mark.parametrize(
    ("lang", "currency", "shown"),
    [
        ("en", "SEK", "SEK\u00a0250.50"),
        ("en", "USD", "$250.50"),
        ("sv", "SEK", "250,50\u00a0kr"),
        ("sv", "USD", "250,50\u00a0US$"),
        ("ar", "SEK", "\u200f250.50\u00a0SEK"),
    ],
)
def test_money_as_people_write_it(lang: str, currency: str, shown: str, library: Library) -> None:
    voice = Voice(library.words, lang, "Europe/Stockholm", datetime(2026, 11, 24, tzinfo=UTC))
    assert voice.money(Money(Decimal("250.50"), currency)) == shown


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("We are sorry.", LTR),
        ("نعتذر عن ذلك.", RTL),
        ("16:03", FIRST),  # no letter: the client decides, and turns no telephone number round
        ("+46 8 123 456", FIRST),
        (f"{FIRST}Ann{POP} بحاجة إليك", RTL),  # the sentence is Arabic, though a name begins it
        (f"{FIRST}ساعة{POP}{FIRST} و{FIRST}50{POP} دقيقة{POP}", RTL),  # nothing but what is isolated: as it begins
        (f"{FIRST}الاعتذار{POP} ({FIRST}14:03{POP})", RTL),
        (f"{FIRST}Refund", LTR),  # never closed
        (f"a{POP}{POP} ب", LTR),  # never opened
        ("", FIRST),
    ],
)
def test_a_value_keeps_its_own_direction(text: str, begins: str) -> None:
    assert isolated(text) == begins + text + POP
