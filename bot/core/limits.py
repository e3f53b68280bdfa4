"""What somebody may decide alone, and the one question that goes up the ladder when it is more.

After the empowerment limit of hotels: whoever receives a complaint settles it at once up to a sum, and asks above it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

Role = Literal["agent", "supervisor", "owner"]
Decision = Literal["asked", "alone", "granted", "refused", "expired"]


@dataclass(frozen=True, slots=True)
class Limit:
    """In one currency: `once` for one recovery, `daily` for all of a day by the team's clock; `None` for no bound."""

    role: Role
    currency: str
    once: Decimal
    daily: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Approval:
    """An amount, and who allowed it under which limit. `rounds`: who was asked, each time it was asked; `turn` is that
    of the ladder.
    """

    decision: Decision
    amount: Decimal
    currency: str
    by: str
    at: datetime
    rounds: tuple[tuple[str, ...], ...] = ()
    turn: int = 0
    granted: Decimal | None = None
    decided_by: str = ""
    decided_at: datetime | None = None
    limit: Decimal | None = None
    why: str = ""


def bound(limits: Iterable[Limit], role: Role, currency: str) -> Limit | None:
    """The limit of a role in a currency; `None` for a role above the agent that has none at all.

    A role that has limits, but none in this currency, may decide nothing in it; neither may an agent without any.
    """
    theirs = [one for one in limits if one.role == role]
    if not theirs and role != "agent":
        return None
    return next((one for one in theirs if one.currency == currency), Limit(role, currency, Decimal(0)))


def within(limit: Limit | None, amount: Decimal, spent: Decimal = Decimal(0)) -> bool:
    """May somebody with this limit decide it alone, after what he decided today already?"""
    if limit is None:
        return True
    return amount <= limit.once and (limit.daily is None or spent + amount <= limit.daily)
