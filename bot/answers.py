"""What a person typed or chose → a value. Digits of any script are read; a time without a day is the next such time."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from bot.core.events import Money, Value
from bot.core.language import plain_digits
from bot.core.playbook import Field
from bot.errors import Rejected
from bot.texts import currency

LONGEST = 3000  # characters in one answer, as Slack's inputs allow
YEARS = range(1900, 2200)  # anything else is a slip, and sums with it may leave the calendar
MOST = Decimal(10) ** 12
PERSON = 128  # characters of somebody's id; it was chosen, not typed
SUM = 60  # characters of one; more is no sum, and trying every way to read it would take hours
_CLOCK = re.compile(r"(?:kl(?:ockan)?\.?\s*|at\s+|الساعة\s*)?([01]?\d|2[0-3])[:.]([0-5]\d)", re.IGNORECASE)
_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u2066\u2067\u2068\u2069"))  # of direction: copied, never seen
_AMOUNT = re.compile(r"([+-]?\d[\d\s.,٬٫]*)\s*(\D+)|(\D+?)\s*(\d[\d\s.,٬٫]*)")
_SCALE = frozenset("12345")


def read(field: Field, raw: str | tuple[str, ...], now: datetime, zone: str) -> Value | None:
    """`None` for nothing. Raises Rejected with the key of what is wrong, for the person to mend."""
    if isinstance(raw, tuple):
        return _many(field, raw)
    text = raw.strip()
    if not text:
        return None
    if len(text) > LONGEST:
        raise Rejected("field-long")
    match field.kind:
        case "time":
            return _time(text, now, zone)
        case "money":
            return _money(text)
        case "choice":
            return _option(text, frozenset(field.options))
        case "scale":
            return _option(_digits(text), _SCALE)
        case "many":
            return _many(field, tuple(text.split()))
        case "person" if len(text) > PERSON or len(text.split()) > 1:
            raise Rejected("field-option")
        case _:
            return text


def _many(field: Field, raw: tuple[str, ...]) -> tuple[str, ...] | None:
    return tuple(_option(one, frozenset(field.options)) for one in raw) or None


def _option(text: str, allowed: frozenset[str]) -> str:
    if text not in allowed:
        raise Rejected("field-option")
    return text


def _digits(text: str) -> str:
    """Arabic-Indic and other digits as 0-9, without marks of direction."""
    return plain_digits(text.translate(_MARKS)).strip()


def _time(text: str, now: datetime, zone: str) -> datetime:
    text = _digits(text)
    here = ZoneInfo(zone)
    if clock := _CLOCK.fullmatch(text):
        local = now.astimezone(here)
        at = datetime.combine(local.date(), time(int(clock[1]), int(clock[2])), here)
        if at < local - timedelta(hours=6):  # "08:00" said at 16:00 is tomorrow morning; said at 09:00 it was today
            at += timedelta(days=1)
        return at.astimezone(UTC)
    try:
        at = datetime.fromisoformat(text)
        at = (at if at.tzinfo else at.replace(tzinfo=here)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Rejected("field-time") from None
    if at.year not in YEARS:
        raise Rejected("field-time")
    return at


def _money(text: str) -> Money:
    found = _AMOUNT.fullmatch(_digits(text)) if len(text) <= SUM else None
    code = currency(found[2] or found[3]) if found else None
    amount = _amount(found[1] or found[4]) if found else None
    if code is None or amount is None or not 0 < amount < MOST:
        raise Rejected("field-money")
    return Money(amount, code)


def _amount(text: str) -> Decimal | None:
    """1 250,50 or 1,250.50 or 1.250,50: the last mark with one or two digits behind it is the decimal mark."""
    text = re.sub(r"\s", "", text.replace("٬", ",").replace("٫", "."))
    whole, mark, cents = max(text.rpartition("."), text.rpartition(","), key=lambda parts: len(parts[0]))
    if not mark or len(cents) > 2:  # noqa: PLR2004 - hundredths; three digits are thousands
        whole, cents = text, ""
    try:
        return Decimal(re.sub(r"[.,]", "", whole) + (f".{cents}" if cents else "")).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None
