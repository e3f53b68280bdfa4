"""What happened, in the past tense. An event carries its own time and person, so that the core needs no clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bot.core.policy import Policy

CLOCK = "clock"  # who acts when nobody does


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency (ISO 4217)."""

    amount: Decimal
    currency: str


Value = str | int | bool | datetime | Money | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Escalated:
    """A customer is upset: heard in a channel (then `offered`), or started by the agent."""

    at: datetime
    by: str
    workspace: str
    id: str
    playbook: str
    playbook_version: int
    team: str
    channel: str
    said: str
    lang: str
    link: str
    severity: int
    kind: str
    reasons: tuple[str, ...]
    offered: bool
    policy: Policy


@dataclass(frozen=True, slots=True)
class Accepted:
    """The agent took the offer."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """Not an escalation after all."""

    at: datetime
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """Fields of one step were filled, corrected, or emptied (`None`).

    `spent`: what he has decided alone today, elsewhere, in the currency of an amount among them.
    """

    at: datetime
    by: str
    step: str
    values: Mapping[str, Value | None]
    spent: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A step was left out, for a reason."""

    at: datetime
    by: str
    step: str
    reason: str


@dataclass(frozen=True, slots=True)
class Switched:
    """The agent uses another method, before anything is written down: it begins at that playbook's first step."""

    at: datetime
    by: str
    playbook: str
    playbook_version: int


@dataclass(frozen=True, slots=True)
class Noted:
    """The customer was told how far we are."""

    at: datetime
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A colleague goes on."""

    at: datetime
    by: str
    to: str


@dataclass(frozen=True, slots=True)
class HelpAsked:
    """The agent wants a supervisor."""

    at: datetime
    by: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A supervisor said: I have it."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Advised:
    """A supervisor gave the agent a word of advice, privately. Whoever advises has it."""

    at: datetime
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class TookOver:
    """A supervisor goes on with the customer himself."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class PassedOn:
    """A supervisor asks somebody else to have it."""

    at: datetime
    by: str
    to: str


@dataclass(frozen=True, slots=True)
class Snoozed:
    """The agent wants to be reminded later. `mark` is the promise the reminder was for, as it stood then."""

    at: datetime
    by: str
    step: str
    timer: str
    until: datetime
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Reopened:
    """What was complete is not: the customer came back."""

    at: datetime
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Recurred:
    """A failure that followed another: the same customer's, or from the same cause (`field`), as recovery `of` had."""

    at: datetime
    field: str
    of: str
    by: str = CLOCK


@dataclass(frozen=True, slots=True)
class Allowed:
    """An amount may be given: the one that was asked for, or less. `spent` as with Answered; `mark` is the question
    that stood on the card, by when it was asked.
    """

    at: datetime
    by: str
    amount: Money | None = None
    spent: Decimal = Decimal(0)
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Denied:
    """An amount may not be given, for a reason. `mark` as with Allowed."""

    at: datetime
    by: str
    why: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Prevented:
    """What was to stop it next time is done."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Postponed:
    """What is to stop it next time takes longer."""

    at: datetime
    by: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Informed:
    """It is part of one outage, and its agent hears what all of them may say: word number `word`, counted from 1."""

    at: datetime
    outage: str
    word: int
    by: str = CLOCK


@dataclass(frozen=True, slots=True)
class Barred:
    """Somebody pressed what he may not (`verb`): he was told no, and this line keeps it. Nothing else changes."""

    at: datetime
    by: str
    verb: str
    why: str


@dataclass(frozen=True, slots=True)
class Elapsed:
    """A timer came due. `mark` is the promise it was set for, as it stood then."""

    at: datetime
    timer: str
    step: str
    round: int = 1
    mark: str = ""
    by: str = CLOCK


Event = (
    Escalated
    | Accepted
    | Dropped
    | Answered
    | Skipped
    | Switched
    | Noted
    | HandedOver
    | HelpAsked
    | Acknowledged
    | Advised
    | TookOver
    | PassedOn
    | Snoozed
    | Reopened
    | Recurred
    | Allowed
    | Denied
    | Prevented
    | Postponed
    | Informed
    | Barred
    | Elapsed
)
