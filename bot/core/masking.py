"""What nobody may keep: card numbers, IBANs, addresses, phone numbers and identity numbers, found by form and checksum.

Order numbers, clock times, dates and sums look alike and must stay: in doubt a number is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from bot.core.language import plain_digits

KINDS = ("card", "iban", "email", "phone", "identity")
Span = tuple[int, int]

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,24}(?![\w@])")
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ \u00a0-]?[A-Za-z0-9]){11,32}")
_CARD = re.compile(r"(?<![A-Za-z\d])(?<!\d[.,:-])(?:\d{12,19}|\d{3,7}(?:[ \u00a0.-]\d{2,7}){1,4})(?![A-Za-z\d])")
_PERSON_SE = re.compile(r"(?<![\w#-])(?:19|20)?(\d{2})(\d{2})(\d{2})[-+ ]?(\d{4})(?![\d-]|[.,]\d)")
_PERSON_SA = re.compile(r"(?<![\w#-])[12]\d{9}(?![\d-]|[.,]\d)")
_PERSON_US = re.compile(r"(?<![\w#-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])")
_GAP = r"[ \u00a0\u2009\u202f./-]?"
_PHONES = (
    # +46 70 123 45 67, 00966 50 123 4567, +44 (0)20 7946 0958
    re.compile(rf"(?<![\w+])(?:\+|00)(?=[ \u00a0-]?\(?[1-9])(?:{_GAP}(?:\(\d{{1,4}}\)|\d)){{6,15}}(?![\w-])"),
    # 070-123 45 67, 0501234567, 01012345678, 07700 900123, 08-123 456 78, 020 7946 0958, 0900-123456
    re.compile(rf"(?<![\w#.,:/+-])0(?:7[02369]|5\d|1[0125]\d?)(?:{_GAP}\d){{7,8}}(?![\w-]|[.,:]\d)"),
    re.compile(
        r"(?<![\w#.,:/+-])(?:\(0[1-9]\d{0,3}\)|0[1-9]\d{0,3})[ \u00a0/-]\d{2,8}(?:[ \u00a0-]?\d{2,4}){0,3}"
        r"(?![\w-]|[.,:]\d)"
    ),
    # (212) 555-0123, 212-555-0123, 1-800-555-0199
    re.compile(
        r"(?<![\w#.,:/+-])(?:1[ .-])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}([.-]))[2-9]\d{2}(?(1)\1|[ .-])\d{4}"
        r"(?![\w-]|[.,:]\d)"
    ),
)
_DATE = re.compile(r"\(?\d{1,2}\)?([ ./-])\d{1,2}\1(?:19|20)\d{2}|(?:19|20)\d{2}[./-]?\d{2}[./-]?\d{2}(?!\d)")
_SUM = re.compile(
    r"\s*(?:kr\b|sek\b|eur\b|usd\b|sar\b|aed\b|egp\b|gbp\b|:-|[%€$£]|ريال|درهم|جنيه|دينار)", re.IGNORECASE
)
# What goes before a number of the house: order no. 4711, Ordernummer: …, رقم الطلب …
_REFERENCE = re.compile(
    r"(?:order|booking|bokning|invoice|faktura|case|ticket|ärende|tracking|parcel|shipment|paket|kolli|"
    r"reference|referens|ref|serial|serie|artikel|item|sku|imei|customer (?:no|number)|kund(?:nr|nummer)|"
    r"(?:ال)?طلب(?:ية|يه)?|(?:ال)?فاتور[ةه]|(?:ال)?حجز|(?:ال)?شحن[ةه]|(?:ال)?تذكر[ةه]|مرجع)"
    r"[\w-]{0,10}[\s.:#=]*(?:no|nr|number|nummer|num|id|رقم(?:ه|ها)?)?[\s.:#=]*$",
    re.IGNORECASE,
)
_PHONE_DIGITS = range(9, 16)
_MONTHS, _DAYS, _COORDINATED = range(1, 13), range(1, 32), 60
# Lengths from the SWIFT registry; a country that is not here is not taken for an IBAN.
_IBAN_LENGTHS = {
    length: frozenset(countries.split())
    for length, countries in {
        15: "NO", 16: "BE", 18: "DK FI NL FO GL", 19: "MK SI", 20: "AT BA EE KZ LT LU XK", 21: "CH HR LI LV",
        22: "BG BH CR DE GB GE IE ME RS VA", 23: "AE GI IL IQ OM TL", 24: "AD CZ ES MD PK RO SA SE SK TN VG",
        25: "LY PT ST", 26: "IS TR", 27: "BI DJ FR GR IT MC MR SM", 28: "AL AZ BY CY DO GT HU LB NI PL SV",
        29: "BR EG PS QA UA", 30: "JO KW MU YE", 31: "MT SC", 33: "RU",
    }.items()
}  # fmt: skip
# First digits and lengths of the cards in use: Visa, Mastercard, American Express, Maestro, UnionPay, mada …
_CARDS = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|"
    r"3(?:0[0-5]|[689]\d)\d{11}|35\d{14}|6\d{15,18}|(?:5[06-8])\d{10,17}|9682\d{12}"
)


def masked(text: str, kinds: Collection[str], sign: Callable[[str], str]) -> str:
    """The text with `sign(kind)` in the place of everything private. Any digits count, Arabic ones too."""
    parts, at = [], 0
    for start, end, kind in found(text, kinds):
        parts += [text[at:start], sign(kind)]
        at = end
    return "".join(parts) + text[at:]


def found(text: str, kinds: Collection[str] = KINDS) -> list[tuple[int, int, str]]:
    """Where something private stands, in order, none inside another."""
    flat = plain_digits(text)
    taken: list[tuple[int, int, str]] = []
    for kind in ("email", "iban", "card", "identity", "phone"):
        if kind in kinds:
            for span in _FINDERS[kind](flat):
                if not any(_overlap(span, one) for one in taken):
                    taken.append((*span, kind))
    return sorted(taken)


def luhn(digits: str) -> bool:
    """The check sum of cards, Swedish and Saudi identity numbers: every second digit from the right counts twice."""
    twice = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(twice)) % 10 == 0


def _emails(text: str) -> Iterator[Span]:
    return (match.span() for match in _EMAIL.finditer(text)) if "@" in text else iter(())


def _ibans(text: str) -> Iterator[Span]:
    for match in _IBAN.finditer(text):
        signs = [place for place in range(*match.span()) if text[place].isalnum()]
        whole = "".join(text[place] for place in signs).upper()
        for length, countries in _IBAN_LENGTHS.items():
            if whole[:2] in countries and len(whole) >= length and _sums_up(whole[:length]):
                yield match.start(), signs[length - 1] + 1


def _sums_up(iban: str) -> bool:
    moved = iban[4:] + iban[:4]
    return int("".join(str(int(sign, 36)) for sign in moved)) % 97 == 1


def _cards(text: str) -> Iterator[Span]:
    for match in _CARD.finditer(text):
        digits = _digits(match.group())
        if _CARDS.fullmatch(digits) and luhn(digits) and len(set(digits)) > 1:
            yield match.span()


def _identities(text: str) -> Iterator[Span]:
    for match in _PERSON_SE.finditer(text):
        year, month, day, last = match.groups()
        born = int(month) in _MONTHS and (int(day) in _DAYS or int(day) - _COORDINATED in _DAYS)
        if born and luhn(year + month + day + last) and not _is_ours(text, match):
            yield match.span()
    for match in _PERSON_SA.finditer(text):
        if luhn(match.group()) and not _is_ours(text, match):
            yield match.span()
    for match in _PERSON_US.finditer(text):
        if not _is_ours(text, match):
            yield match.span()


def _phones(text: str) -> Iterator[Span]:
    for pattern in _PHONES:
        for match in pattern.finditer(text):
            said = match.group()
            if len(_digits(said)) not in _PHONE_DIGITS or _DATE.match(said) or _is_ours(text, match):
                continue
            if not _SUM.match(text, match.end()):
                yield match.span()


def _is_ours(text: str, match: re.Match[str]) -> bool:
    return _REFERENCE.search(text, max(0, match.start() - 40), match.start()) is not None


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdecimal())


def _overlap(span: Span, other: tuple[int, int, str]) -> bool:
    return span[0] < other[1] and other[0] < span[1]


_FINDERS: dict[str, Callable[[str], Iterator[Span]]] = {
    "email": _emails,
    "iban": _ibans,
    "card": _cards,
    "identity": _identities,
    "phone": _phones,
}
