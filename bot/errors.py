"""Everything that can go wrong, and who answers it.

AmendsError
├── SettingsError     an admin reads it at start: every mistake at once
├── PlaybookError     an author reads it at start: file, key, found, expected
├── Rejected          a person reads it in his language; nothing was stored
├── Conflict          the program answers it: load again, try again
├── Repeated          the program answers it: this event had its effect already
├── StoreError        an admin reads it: the database cannot be used
│   └── BusyFile      another process holds it
└── NotSent           the worker answers it
    ├── TryLater      the platform asked for time
    ├── Muted         its receiver asked for quiet
    ├── Undeliverable the platform said no for good, with a reason
    ├── Vanished      the message to be replaced is no longer there
    └── Unknown       nobody knows whether it arrived: ask before sending again
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

Reason = Literal["not_in_channel", "revoked", "archived", "gone", "refused"]


class AmendsError(Exception):
    """The root: whatever Amends raises on purpose."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in the configuration: where it stands, what was found, what was expected."""

    file: str
    key: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: found {self.found}, expected {self.expected}"


class SettingsError(AmendsError):
    """The configuration cannot be used; `problems` holds every mistake in it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class PlaybookError(AmendsError):
    """A playbook, its words or its signals cannot be used; the message names file, key, found, expected."""


class Rejected(AmendsError):  # noqa: N818 - the word people use
    """A polite no: `key` is a text key, `fields` maps a field to the text key of what is wrong with it."""

    def __init__(self, key: str, fields: Mapping[str, str] | None = None, **args: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.args_for_words = args
        self.fields = dict(fields or {})


class Conflict(AmendsError):  # noqa: N818 - the word people use
    """Somebody else changed the recovery in between."""


class Repeated(AmendsError):  # noqa: N818 - the word people use
    """The platform delivered the same event again."""


class StoreError(AmendsError):
    """The database cannot be used; the message names the file and how to mend it."""


class BusyFile(StoreError):  # noqa: N818 - the word people use
    """Two processes on one database would send everything twice, so the second one does not start."""


class NotSent(AmendsError):  # noqa: N818 - the word people use
    """A message did not go out."""


class TryLater(NotSent):
    """The platform asked for time: try again after `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"try again in {seconds:g} s")
        self.seconds = seconds


class Undeliverable(NotSent):
    """The platform said no; trying the same again would not help before somebody mends `reason`."""

    def __init__(self, reason: Reason, said: str) -> None:
        super().__init__(f"{reason}: {said}")
        self.reason: Reason = reason


class Muted(NotSent):
    """Whoever it is for wants quiet until then, and it may wait."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"until {until.isoformat()}")
        self.until = until


class Vanished(NotSent):
    """The message that was to be replaced is no longer there: somebody deleted it."""


class Unknown(NotSent):
    """The connection broke or timed out: the message may be there."""
