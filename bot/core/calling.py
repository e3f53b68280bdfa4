"""Pings and whoever has them: who is asked, what every copy says, and what follows when nobody gets on with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from bot.core.changing import apply
from bot.core.effects import Admins, Channel, Effect, Person, Tell, To, Wake
from bot.core.events import Elapsed, Recurred
from bot.core.playbook import Playbook
from bot.core.policy import WAIT, patience
from bot.core.recovery import (
    IDLE,
    LADDER,
    STALLS,
    Ask,
    Call,
    Outcome,
    Recovery,
    busy_until,
    iso,
    stalls,
)
from bot.core.reminding import over


def ping(now: Recovery, at: datetime) -> Iterator[Effect]:
    """Everybody the last call asks, and the timer that asks the next."""
    number = len(now.calls)
    if not number:
        return
    for to in _asked(now.calls[-1]):
        yield _pinging(now, number, to, fresh=True)
    wait = now.policy.level(now.turn or 1).wait if now.policy.levels else WAIT
    yield Wake(at + patience(wait, now.severity), LADDER, now.step or "", round=number)


def _pinging(now: Recovery, number: int, to: To, *, fresh: bool) -> Tell:
    """The first ping to somebody has the slot `ping`; a later one is a new message, for an old one does not ring."""
    before = any(to in _asked(call) for call in now.calls[: number - 1])
    slot = f"ping/{number}" if before else "ping"
    return Tell(to, "ping", slot, {"call": str(number)}, fresh=fresh, wakes=fresh)


def repaint(was: Recovery, now: Recovery) -> Iterator[Effect]:
    """Every copy of the ping that stands somewhere says what is true now, and so does what came after it."""
    for number, call in enumerate(was.calls, 1):
        for to in _asked(call):
            yield _pinging(now, number, to, fresh=False)
    if was.asked_again and was.asked_again != now.asked_again:
        yield replace(_still(was, was.asked_again), fresh=False, wakes=False)
    for version in was.ends:
        yield from (Tell(to, "unanswered", f"unanswered/{version}", fresh=False) for to in _ends(now))


def _asked(call: Call) -> tuple[To, ...]:
    return (*map(Person, call.people), *((Channel(call.channel),) if call.channel else ()))


def people(ids: tuple[str, ...]) -> tuple[To, ...]:
    return tuple(map(Person, ids)) or (Admins(),)


def nobody_left(now: Recovery) -> Iterator[Effect]:
    """The end of the ladder: its channel and its owner hear that nobody has answered, else the admins."""
    for to in _ends(now):
        yield Tell(to, "unanswered", f"unanswered/{now.version}", wakes=True)


def _ends(now: Recovery) -> tuple[To, ...]:
    ends: list[To] = [Channel(now.policy.channel)] if now.policy.channel else []
    ends += [Person(now.policy.owner)] if now.policy.owner else []
    return tuple(ends) or (Admins(),)


def to_agent(now: Recovery, view: str, args: Mapping[str, str]) -> Tell:
    return Tell(Person(now.agent), view, f"{view}/{now.version}", args, under="card")


def unanswered(now: Recovery, event: Elapsed, playbook: Playbook) -> Outcome | None:
    """Whoever was pinged said nothing: the next one, or, past the last, whoever is told at the end."""
    if now.acknowledged_by or event.round != len(now.calls):
        return None
    then = apply(now, event, playbook)
    if len(then.calls) > len(now.calls):
        return Outcome(then, (*ping(then, event.at), *repaint(now, then)))
    return Outcome(then, tuple(nobody_left(then)))


def idle(now: Recovery, event: Elapsed, playbook: Playbook) -> Outcome | None:
    """Acknowledged is not done: whoever has it is asked whether he gets on, then it goes up again."""
    has_it = now.acknowledged_by and now.acknowledged_by != now.agent
    if not has_it or event.mark != iso(now.acknowledged_at) or stalls(now) >= STALLS:
        return None
    then = apply(now, event, playbook)
    if (busy := busy_until(now, playbook)) > event.at:
        return Outcome(then, (idle_wake(now, busy),))
    if then.asked_again and not now.asked_again:
        again = event.at + patience(now.policy.idle, now.severity) / 2
        return Outcome(then, (_still(then, then.asked_again), idle_wake(now, again)))
    card = Tell(Person(now.agent), "card", "card", fresh=False)
    if len(then.calls) > len(now.calls):
        return Outcome(then, (card, *repaint(now, then), *ping(then, event.at)))
    return Outcome(then, tuple(nobody_left(then)))


def _still(now: Recovery, since: datetime) -> Tell:
    return Tell(Person(now.acknowledged_by), "still", f"still/{iso(since)}", under="ping", wakes=True)


def idle_wake(now: Recovery, at: datetime) -> Wake:
    return Wake(at, IDLE, now.step or "", mark=iso(now.acknowledged_at))


def telling(ask: Ask, under: str = "", *, wakes: bool = True) -> Iterator[Tell]:
    """A message that asks for something, and will be told once that is over."""
    yield from (Tell(to, ask.view, ask.slot, ask.args, under=under, wakes=wakes) for to in people(ask.people))


def ended(was: Recovery, now: Recovery, playbook: Playbook) -> Iterator[Tell]:
    """Whatever asked for something that is over, or that somebody else has now, says so where it stands."""
    taken = now.acknowledged_by != was.acknowledged_by
    for ask in was.asks:
        if over(ask, now, playbook) or (taken and ask.view == "late"):
            yield from (replace(tell, fresh=False) for tell in telling(ask, wakes=False))


def support(now: Recovery) -> Tell:
    """The employee's own recovery: one supervisor hears that support is wanted, and nothing more."""
    first = now.policy.next(0, now.touched_at or now.opened_at, now.agent)
    asked = now.calls[-1].people if now.calls else ()
    person = now.acknowledged_by or next(iter(asked or (first.people if first else ())), "")
    return Tell(Person(person) if person else Admins(), "support", "support", wakes=True)


def recurs(now: Recovery, event: Recurred) -> Iterator[Tell]:
    """The same cause again, and this one is complete: whoever had it, or the first on the ladder, hears of it."""
    first = now.policy.next(0, event.at, now.agent)
    asked = (now.acknowledged_by,) if now.acknowledged_by else first.people if first else ()
    for to in people(asked):
        yield Tell(to, "recurs", f"recurs/{now.version}", {"of": event.of, "field": event.field}, wakes=True)
