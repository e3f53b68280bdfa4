"""What nobody may keep is masked; what looks like it stays."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.masking import KINDS, found, luhn, masked

PRIVATE = [
    ("4111 1111 1111 1111", "card"),
    ("4111-1111-1111-1111", "card"),
    ("4222222222222", "card"),
    ("5555555555554444", "card"),
    ("378282246310005", "card"),
    ("3782 822463 10005", "card"),
    ("٤١١١١١١١١١١١١١١١", "card"),
    ("SE45 5000 0000 0583 9825 7466", "iban"),
    ("SA0380000000608010167519", "iban"),
    ("gb82 west 1234 5698 7654 32", "iban"),
    ("anna.b+shop@ex-ample.co.uk", "email"),
    ("åsa@exempel.se", "email"),
    ("+46 70 123 45 67", "phone"),
    ("+44 (0)20 7946 0958", "phone"),
    ("00966 50 123 4567", "phone"),
    ("070-123 45 67", "phone"),
    ("0701234567", "phone"),
    ("08-123 456 78", "phone"),
    ("020 7946 0958", "phone"),
    ("07700 900123", "phone"),
    ("0501234567", "phone"),
    ("٠٥٠١٢٣٤٥٦٧", "phone"),
    ("01012345678", "phone"),
    ("(212) 555-0123", "phone"),
    ("212-555-0123", "phone"),
    ("1-800-555-0199", "phone"),
    ("811218-9876", "identity"),
    ("19811218-9876", "identity"),
    ("8112189876", "identity"),
    ("811278-9873", "identity"),  # a co-ordination number: day + 60
    ("1000000008", "identity"),
    ("123-45-6789", "identity"),
]
HARMLESS = [
    "4111 1111 1111 1112",  # the check sum is wrong
    "SE4550000000058398257467",
    "811218-9877",
    "811318-9874",
    "1000000009",
    "000-12-3456",
    "Order #0701234567",
    "order 1000000008",
    "Ordernummer: 8112189876",
    "رقم الطلب 1000000008",
    "SO-20261122-000123",
    "order 111-2345678-1234567",
    "IMEI 490154203237518",
    "at 14:20",
    "kl. 08.00-17.00",
    "الساعة ١٤:٢٠",
    "2026-11-24 14:30",
    "01-02-2026 14:30",
    "24/11/2026",
    "٢٤/١١/٢٠٢٦",
    "2026-11-22-14-30-00",
    "20261122143000",
    "1732281234567",
    "12 500 000 kr",
    "+12 500 000 kr",
    "250,50 SEK",
    "1.250.500,00 ريال",
    "0800-1700",
    "room 0412, ring 112",
    "550e8400-e29b-41d4-a716-446655440000",
    "@anna, see https://example.com/a",
]


def sign(kind: str) -> str:
    return f"<{kind}>"


@pytest.mark.parametrize(("text", "kind"), PRIVATE)
def test_what_is_private_is_masked_alone_and_in_a_sentence(text: str, kind: str) -> None:
    assert masked(text, KINDS, sign) == f"<{kind}>"
    for before, after in (("It is ", ", thank you."), ("det är ", " tack"), ("هذا: ", "، شكرًا"), ("(", ")")):
        assert masked(before + text + after, KINDS, sign) == f"{before}<{kind}>{after}"


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert masked(text, KINDS, sign) == text


@pytest.mark.parametrize(("text", "kind"), PRIVATE)
def test_a_kind_that_is_switched_off_is_not_looked_for(text: str, kind: str) -> None:
    assert all(one != kind for *_, one in found(text, set(KINDS) - {kind}))


def test_several_in_one_message() -> None:
    text = "Card 4111111111111111, call 070-123 45 67 or write a@b.se"
    assert masked(text, KINDS, sign) == "Card <card>, call <phone> or write <email>"


@given(st.text(alphabet="0123456789 -+@.,:/()abSE#\u0664\u0661kr", max_size=200))
def test_places_are_in_order_and_apart(text: str) -> None:
    places = found(text)
    assert all(0 <= start < end <= len(text) for start, end, _ in places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))


@given(st.integers(min_value=0, max_value=10**15 - 1).map(lambda number: f"4{number:015d}"[:15]))
def test_every_visa_number_with_its_check_digit_is_masked(digits: str) -> None:
    whole = next(digits + str(last) for last in range(10) if luhn(digits + str(last)))
    if len(set(whole)) > 1:
        assert masked(f"my card {whole}", KINDS, sign) == "my card <card>"


@given(st.text(max_size=300))
def test_any_text_can_be_masked(text: str) -> None:
    assert isinstance(masked(text, KINDS, sign), str)
