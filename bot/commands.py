"""What a person may order in words, the same on every platform: `help`, `ask …`, `mute 2h`, …"""

from __future__ import annotations

from bot.errors import Rejected
from bot.service import Service, Source

ALONE = frozenset({"help", "list", "unmute"})  # with anything behind it, it begins a sentence
SPOKEN = ALONE | {"today"}  # alone in a private talk it may be the answer to a question of ours
BEFORE = frozenset({"start", "ask", "draft", "language", "mute"})


def stands_alone(text: str) -> bool:
    """An order even where people mostly answer: "help me, she shouts" is none."""
    return text.strip().lower() in ALONE


def is_order(text: str) -> bool:
    """An order where people speak to the bot but write no `/amends` before it."""
    said = text.strip().lower()
    return said in SPOKEN or said.partition(" ")[0] in BEFORE


async def obey(service: Service, source: Source, text: str) -> None:
    """Do it; without a word it is `help`. Raise Rejected for a word nobody knows, or as what it does raises."""
    word, _, rest = text.strip().partition(" ")
    rest = rest.strip()
    match word.lower():
        case "" | "help":
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
    orders = is_order(text) or not text.strip()
    await (obey(service, source, text) if orders else service.started(source, text))
