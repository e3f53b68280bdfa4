"""What a person may order in words, the same on every platform: `help`, `ask …`, `mute 2h`, …

Each language has its own words for it, `order-…` in playbooks/common; those of every language are known to everybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from bot.core import language
from bot.errors import Rejected
from bot.service import Service, Source
from bot.texts import Words

ORDERS = ("help", "list", "unmute", "today", "start", "ask", "draft", "language", "mute")
ALONE = frozenset({"help", "list", "unmute"})  # with anything behind it, it begins a sentence
SPOKEN = ALONE | {"today"}  # alone in a private talk it may be the answer to a question of ours


def understood(words: Words, text: str) -> tuple[str, str]:
    """The order that a text begins with, and what follows it; no order and the whole text when it begins with none."""
    orders = vocabulary(words)
    for many in range(max(map(len, orders)), 0, -1):
        first = text.split(maxsplit=many)
        heard = tuple(language.words(" ".join(first[:many])))  # a link or a name is no word, and stays
        if (order := orders.get(heard)) and len(heard) == min(many, len(first)):
            return order, first[many].strip() if len(first) > many else ""
    return "", text


@lru_cache(maxsize=8)
def vocabulary(words: Words) -> Mapping[tuple[str, ...], str]:
    """What people write for an order, in any language, as it is heard."""
    return {tuple(language.words(one)): order for order in ORDERS for one in words.spelled(f"order-{order}")}


def stands_alone(words: Words, text: str) -> bool:
    """An order even where people mostly answer: "help me, she shouts" is none."""
    order, rest = understood(words, text)
    return order in ALONE and not rest


def is_order(words: Words, text: str) -> bool:
    """An order where people speak to the bot but write no `/amends` before it."""
    order, rest = understood(words, text)
    return bool(order) and (order not in SPOKEN or not rest)


async def obey(service: Service, source: Source, text: str) -> None:
    """Do it; without a word it is `help`. Raise Rejected for a word nobody knows, or as what it does raises."""
    order, rest = understood(service.library.words, text) if text.strip() else ("help", "")
    match order:
        case "help":
            await service.show(source, "help")
        case "list":
            await service.show(source, "list")
        case "language":
            await service.speak(source, rest.lower())
        case "ask":
            await service.coaching.asked(source, rest)
        case "draft":
            await service.coaching.drafted(source, rest)
        case "mute":
            await service.mutes.mute(source, rest)
        case "unmute":
            await service.mutes.unmute(source)
        case "today":
            await service.digests.shown(source)
        case "start":
            await service.commanded(source, rest)
        case _:
            raise Rejected("unknown-command")


async def spoken_to(service: Service, source: Source, text: str) -> None:
    """A mention in a channel: an order, or what is going on."""
    orders = is_order(service.library.words, text) or not text.strip()
    await (obey(service, source, text) if orders else service.started(source, text))
