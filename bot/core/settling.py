"""Questions for an amount, and what is to stop it next time: both are followed until somebody answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.core.calling import telling, to_agent
from bot.core.changing import apply
from bot.core.effects import Effect, Person, Tell, Wake
from bot.core.events import Elapsed
from bot.core.playbook import Playbook
from bot.core.policy import WAIT, patience
from bot.core.recovery import APPROVAL, DONE, DUE, OWNER, PREVENTION, Outcome, Recovery, asking, iso, promised, rounds

SOON = timedelta(days=1)  # before what stops it next time falls due


WEEK, ROUNDS = timedelta(days=7), 6  # how often its owner is asked afterwards, and how many times in all


def approvals(was: Recovery, now: Recovery, at: datetime) -> Iterator[Effect]:
    """One question up the ladder: whoever is asked now, what stands with those asked before, and the agent's answer."""
    if now.approval == was.approval:
        return
    for number, before in enumerate(rounds(was) if asking(was) else (), 1):
        yield from (_approval(was, person, number, fresh=False) for person in before)
    if asking(now) and now.approval:
        number = len(now.approval.rounds)
        yield from (_approval(now, person, number, fresh=True) for person in now.approval.rounds[-1])
        turn = min(now.approval.turn, now.policy.turns)
        wait = now.policy.level(turn).wait if turn else WAIT
        at += patience(wait, now.severity)
        yield Wake(at, APPROVAL, now.step or "", round=number, mark=iso(now.approval.at))
    elif now.approval and now.approval.decision != "alone" and now.live:
        yield to_agent(now, "decided", {"who": now.approval.decided_by})


def _approval(now: Recovery, person: str, number: int, *, fresh: bool) -> Tell:
    at = iso(now.approval.at) if now.approval else ""
    args = {"number": str(number), "at": at}
    return Tell(Person(person), "approval", f"approval/{at}/{number}", args, fresh=fresh, wakes=fresh)


def lapsed(now: Recovery, event: Elapsed, playbook: Playbook) -> Outcome | None:
    """Nobody has said whether the amount may be given."""
    if not asking(now) or now.approval is None or event.mark != iso(now.approval.at):
        return None
    if event.round != len(now.approval.rounds):
        return None
    then = apply(now, event, playbook)
    card = Tell(Person(now.agent), "card", "card", fresh=False)
    return Outcome(then, (*approvals(now, then, event.at), card))


def following(now: Recovery, at: datetime) -> Iterator[Wake]:
    """What stops it next time is followed like a promise: before it is due, when it is, and then every week."""
    due = now.answers.get(DUE)
    if PREVENTION in now.answers and isinstance(due, datetime) and DONE not in now.answers:
        yield Wake(max(due - SOON, at), PREVENTION, "", 1, mark=_action(now))


def _action(now: Recovery) -> str:
    return f"{promised(now, DUE)} {iso(now.closed_at)}"


def prevention(now: Recovery, event: Elapsed, playbook: Playbook) -> Outcome | None:
    due, owner = now.answers.get(DUE), now.answers.get(OWNER)
    if now.status != "closed" or DONE in now.answers or event.mark != _action(now):
        return None
    if not isinstance(due, datetime) or not isinstance(owner, str):
        return None
    then = apply(now, event, playbook)
    slot = f"prevention/{then.version}"  # an old message does not ring
    effects: list[Effect] = [Tell(Person(owner), "prevention", slot, wakes=True)]
    if event.at > due:
        effects += telling(then.asks[-1])
    if event.round < ROUNDS:
        following = due if event.at < due else event.at + (SOON if event.round <= 2 else WEEK)  # noqa: PLR2004
        effects.append(Wake(following, PREVENTION, "", event.round + 1, mark=event.mark))
    return Outcome(then, tuple(effects))
