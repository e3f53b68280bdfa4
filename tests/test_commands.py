"""Which words are an order, in which language, and where."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.commands import ORDERS, is_order, stands_alone, understood, vocabulary
from bot.library import Library

WRITTEN = re.compile(r"/amends ([^”»\n:,{]+)")
PLAYBOOKS = Path(__file__).parent.parent / "playbooks"


@pytest.mark.parametrize(
    ("text", "alone", "order"),
    [
        ("help", True, True),
        (" List ", True, True),
        ("unmute", True, True),
        ("Hjälp!", True, True),
        ("ljud på", True, True),
        ("مساعدة", True, True),
        ("الغاء الكتم", True, True),  # however alef is written
        ("today", False, True),  # in a private talk it answers "when?"
        ("i dag", False, True),
        ("mute 1h", False, True),
        ("ask she wants 30 % off", False, True),
        ("Fråga: kunden skriker", False, True),
        ("اسأل العميل يهدد", False, True),
        ("help me, she shouts", False, False),
        ("hjälp mig, hon skriker", False, False),
        ("today he came back", False, False),
        ("asking for a friend", False, False),
        ("ljud saknas i telefonen", False, False),
        ("🙂", False, False),
        ("", False, False),
    ],
)
def test_what_is_an_order(text: str, alone: bool, order: bool, library: Library) -> None:
    assert (stands_alone(library.words, text), is_order(library.words, text)) == (alone, order)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("draft: Sorry  for that.\nMia", ("draft", "Sorry  for that.\nMia")),
        ("UTKAST Förlåt", ("draft", "Förlåt")),
        ("\u200eاسأل ماذا أقول؟", ("ask", "ماذا أقول؟")),
        ("sluta tysta", ("unmute", "")),
        ("tysta 15 min", ("mute", "15 min")),
        ("start https://shop.example/4711 she is upset", ("start", "https://shop.example/4711 she is upset")),
        ("ask @bo what now", ("ask", "@bo what now")),
        ("nonsense here", ("", "nonsense here")),
    ],
)
def test_what_follows_an_order_stays_as_it_was_written(text: str, expected: tuple[str, str], library: Library) -> None:
    assert understood(library.words, text) == expected


def test_no_words_mean_two_orders(library: Library) -> None:
    every = [(one, order) for order in ORDERS for one in library.words.spelled(f"order-{order}")]
    assert len(every) >= len(ORDERS) * len(library.words.languages)
    assert {one: understood(library.words, one)[0] for one, _ in every} == dict(every)
    assert set(vocabulary(library.words).values()) == set(ORDERS)


@pytest.mark.parametrize("lang", ["en", "ar", "sv"])
def test_every_order_that_people_are_told_of_is_known(lang: str, library: Library) -> None:
    text = "".join(file.read_text("utf-8") for file in sorted(PLAYBOOKS.glob(f"*/{lang}.ftl")))
    told = [understood(library.words, one)[0] for one in WRITTEN.findall(text)]
    assert "" not in told
    assert set(told) >= set(ORDERS) - {"help"}
