"""What an agent asks about, by learned words: read, understood, and never louder than what a person wrote."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.asking import Asking
from bot.core.changing import replay
from bot.core.hearing import hear
from bot.core.situations import NONE, START, Situations, parse_situations
from bot.errors import PlaybookError
from bot.library import Library
from bot.store.sqlite import SqliteStore
from bot.views.scene import Case
from tests.test_engine import BOOK, escalated

TABLE = "# made\n\tangry\tleave\tnone\n*\t0\t0\t1\nshout\t5\t0\t0\ngoes elsewh*\t0\t1\t0\nelsew*\t0\t6\t0\n"


@pytest.fixture
def known() -> Situations:
    return parse_situations("coach/situations_en.tsv", TABLE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("they shout", "angry"), ("she goes elsewhere", "leave"), ("where is the toner", NONE), ("", NONE)],
)
def test_the_words_choose(text: str, expected: str, known: Situations) -> None:
    assert known.likely(text)[0] == expected


def test_the_chance_is_of_all_situations(known: Situations) -> None:
    assert known.likely("")[1] == pytest.approx(2.71828 / (1 + 1 + 2.71828), rel=1e-4)
    assert known.likely("shout")[1] > known.likely("they shout and I do not know what to say")[1]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("\tangry\tnone\n*\t0\t1\nshout\t5\n", "line 3"),
        ("\tangry\tnone\n*\t0\t1\nshout\t5\tmuch\n", "line 3"),
        ("\tangry\tnone\nshout\t5\t0\n", START),
        ("", START),
    ],
)
def test_a_table_that_is_none_says_where(text: str, found: str) -> None:
    with pytest.raises(PlaybookError, match=r"coach/situations_en\.tsv") as wrong:
        parse_situations("coach/situations_en.tsv", text)
    assert found in str(wrong.value)
    assert "expected" in str(wrong.value)


def test_every_language_has_learned_and_every_situation_has_its_words(library: Library) -> None:
    assert set(library.situations) == set(library.words.languages)
    for known in library.situations.values():
        assert NONE in known.names
        for name in set(known.names) - {NONE}:
            assert library.words.has("en", f"coach-{name}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nobody turned up with the sofa, she took a day off", "waiting"),  # learned words alone
        ("nobody turned up with the sofa, she took a day off and is in tears", "distress"),  # a phrase is louder
        ("nobody turned up with the sofa, her lawyer will write", "legal"),  # so is the law
        ("which form do I use for my holiday", ""),
    ],
)
def test_learned_words_speak_where_no_phrase_does(
    text: str, expected: str, store: SqliteStore, library: Library
) -> None:
    asking = Asking(store, library)
    heard = hear(text, library.ears)
    assert asking.about(text, heard) == expected
    assert (asking.topic(text, heard) == expected) == (expected != "waiting")


@pytest.mark.parametrize(
    ("text", "alone", "amid"), [("zblt", "leave", "leave"), ("zblt and the rest of it", "leave", "angry")]
)
def test_amid_a_recovery_learned_words_must_be_sure(
    text: str, alone: str, amid: str, store: SqliteStore, library: Library
) -> None:
    known = parse_situations("a table", "\tangry\tleave\tnone\n*\t1\t0\t1\nzblt\t0\t5\t0\n")
    asking = Asking(store, replace(library, situations={"en": known}))
    case = Case(replay([escalated()], BOOK), BOOK)  # its customer is angry
    heard = hear(text, library.ears)
    assert (asking.about(text, heard), asking.about(text, heard, case)) == (alone, amid)
