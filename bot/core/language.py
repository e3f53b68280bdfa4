"""A message as words: normalised, without addresses, and in which language they are."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

# Only the beginning is read: who is upset says so early, and 40,000 characters must cost no more than 2,000.
LONGEST = 2_000

# Slack markup (<@U1>, <https://…|text>), links, handles and hash signs are addresses, not words.
_ADDRESS = re.compile(
    r"<[@#!][^>]*>|<?(?:https?://|www\.)[^\s>|]*[>|]?|[^\s@]{1,64}@[^\s@]{1,255}\.\w+|@[\w.-]+|#(?=\w)"
)
_SIGNS = "[!?]{2,}|[%٪]|[\u2639-\u2764\U0001f300-\U0001faff]"  # shouting, percent, one emoji
_ASCII_WORD = re.compile(r"[a-z0-9_]+(?:'[a-z]+)?|[!?]{2,}|%")
_WORD = re.compile(rf"\w+(?:'\w+)?|{_SIGNS}")
# Most Western text needs no search: in Latin-1, what is no part of a word is a blank, and then it is split at blanks.
_KEPT = {"'": "'", "!": "!", "?": "!", "%": "%"}
_PLAIN = "".join(_KEPT.get(one, one if re.match(r"\w", one) else " ") for one in map(chr, range(256))).encode("latin-1")
_ODD = re.compile(r"'(?:(?<!\w')|(?![a-z]+(?:[ !]|$)))")  # more than the one in "don't"
# Glued before an Arabic word: و ف ("and") and the article ال with ب ل ك ("in, for, like").
_GLUED = r"(?:(?:[وف]?(?:ال|بال|لل|كال)|[وف])(?=[\u0621-\u064a]{3}))?"
_ARABIC_WORD = re.compile(rf"{_GLUED}(\w+|{_SIGNS})")
# "ann: hello" is said to ann; a nick says nothing. "Customer: …" does, so plain words stay.
_NICK = re.compile(r"\s*[\w|`\[\]^-]*[\d_|`\[\]^-][\w|`\[\]^-]*: ")
_ARABIC = re.compile("[\u0600-\u06ff]")
_MARKS = re.compile("[\u0640\u064b-\u0652\u0670\u200c-\u200f\u202a-\u202e\u2066-\u2069]")
_ONE_SPELLING = (
    ("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ٱ", "ا"), ("ى", "ي"), ("ة", "ه"), ("ؤ", "و"), ("ئ", "ي"),
)  # fmt: skip


def words(text: str) -> list[str]:
    """Every word in order, lower case; Arabic with one spelling for each alef, hamza and ta marbuta."""
    text = _without_addresses(text[:LONGEST].lower())
    if text.isascii():
        return _western(text, _ASCII_WORD)
    text = text.replace("’", "'")
    if not _ARABIC.search(text):
        return _western(text, _WORD)
    return _ARABIC_WORD.findall(_one_spelling(text))


def alike(text: str) -> str:
    """What is the same for everybody who wrote it by hand: small letters, single blanks, one spelling, no last stop."""
    text = plain_digits(_one_spelling(unicodedata.normalize("NFC", text).casefold()))
    return " ".join(text.split()).rstrip(".")


def plain_digits(text: str) -> str:
    """The same text, sign for sign, with the digits of any script as 0-9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() and not sign.isascii() else sign for sign in text)


def _one_spelling(text: str) -> str:
    text = _MARKS.sub("", text)
    for letter, one in _ONE_SPELLING:
        text = text.replace(letter, one)
    return text


def _western(text: str, word: re.Pattern[str]) -> list[str]:
    """What `word` finds, in half the time where no sign counts: this is done for every message."""
    try:
        plain = text.encode("latin-1").translate(_PLAIN).decode("latin-1")
    except UnicodeEncodeError:
        return word.findall(text)
    if "%" in plain or "!!" in plain or ("'" in plain and _ODD.search(plain)):
        return word.findall(text)
    return plain.replace("!", " ").split()


def recognise(text: str, heard: AbstractSet[str], vocabularies: Mapping[str, AbstractSet[str]]) -> str:
    """Name the language whose words are met most; the first wins a draw. Arabic goes by its letters."""
    if text.isascii():
        return max(vocabularies, key=lambda lang: len(heard & vocabularies[lang]))
    if "ar" in vocabularies and 2 * sum(map(_is_arabic, heard)) >= max(1, len(heard)):
        return "ar"
    votes = {lang: len(heard & known) for lang, known in vocabularies.items()}
    if "sv" in votes:
        votes["sv"] += sum(map(text.count, "åäöÅÄÖ"))
    return max(votes, key=votes.__getitem__)


def _is_arabic(word: str) -> bool:
    return "\u0600" < word < "\u0700"


def _without_addresses(text: str) -> str:
    if ":" in text:
        text = _NICK.sub("", text, count=1) if _NICK.match(text) else text
    if "@" in text or "<" in text or "#" in text or "http" in text or "www." in text:
        text = _ADDRESS.sub(" ", text)
    return text
