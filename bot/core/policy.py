"""Who is pinged next and when, and what quiet hours hold back. A recovery keeps the policy it started under."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

HIGHEST = 3  # severity: legal, media, safety, a second failed fix


@dataclass(frozen=True, slots=True)
class Policy:
    """Supervisors in the order they are pinged; `wait` is how long each has to say "I have it"."""

    ladder: tuple[str, ...]
    wait: timedelta = timedelta(minutes=10)

    def person(self, level: int) -> str | None:
        """Who stands on this level, counted from 1; `None` past the end."""
        return self.ladder[level - 1] if 1 <= level <= len(self.ladder) else None

    def pinged(self, level: int) -> tuple[str, ...]:
        """Everybody who has been pinged when `level` is reached."""
        return self.ladder[:level]


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which nobody is woken, in the team's own time zone. May run over midnight."""

    start: time
    end: time
    zone: str

    def holds(self, at: datetime) -> bool:
        clock = at.astimezone(ZoneInfo(self.zone)).time()
        if self.start <= self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end

    def after(self, at: datetime) -> datetime:
        """The first moment from `at` on in which somebody may be woken."""
        if not self.holds(at):
            return at
        local = at.astimezone(ZoneInfo(self.zone))
        today = local.time() < self.end
        day = local.date() if today else local.date() + timedelta(days=1)
        end = self.end.replace(fold=local.fold if today else 0)  # the hour that comes twice when clocks go back
        return datetime.combine(day, end, ZoneInfo(self.zone)).astimezone(at.tzinfo)


def pings_at_once(severity: int) -> bool:
    return severity >= HIGHEST


def patience(wait: timedelta, severity: int) -> timedelta:
    """How long to wait: half as long when the severity is highest (the digest's default timers)."""
    return wait / 2 if severity >= HIGHEST else wait
