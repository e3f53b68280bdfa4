"""Reminders, and what a supervisor is told is late: what each asks for, and when that is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.core.events import Elapsed
from bot.core.guards import GUARDS
from bot.core.playbook import Playbook, Timer
from bot.core.policy import patience
from bot.core.recovery import DONE, DUE, OWNER, Ask, Recovery, iso, promised, put_off


def reminded(now: Recovery, event: Elapsed, timer: Timer) -> Recovery:
    """The agent is reminded; or, everybody on the ladder knows already, whoever has it hears that a step is late."""
    version = now.version + 1
    if timer.to == "agent":
        mark, until = put_off(event)
        said = {"timer": timer.id, "step": event.step, "mark": mark, **({"until": until} if until else {})}
        ask = Ask("nudge", (now.agent,), f"{event.step}/{timer.id}/{version}", said)
    else:
        last = now.calls[-1].people if now.calls else ()
        hear = (now.acknowledged_by,) if now.acknowledged_by else last
        ask = Ask("late", hear, f"late/{version}", {"step": event.step})
    return replace(now, asks=(*now.asks, ask))


def not_prevented(now: Recovery, event: Elapsed) -> Recovery:
    """What was to stop it next time is late: a supervisor hears of it."""
    due, owner = now.answers.get(DUE), now.answers.get(OWNER)
    if not isinstance(due, datetime) or event.at <= due:
        return now
    first = now.policy.next(0, event.at, str(owner))
    slot = f"prevention-late/{now.version + 1}"
    ask = Ask("prevention-late", first.people if first else (), slot, {"due": promised(now, DUE)})
    return replace(now, asks=(*now.asks, ask))


def moves(now: Recovery, event: Elapsed, timer: Timer) -> bool:
    """Did something happen meanwhile, so that a timer that comes again waits longer?"""
    return bool(timer.every and (now.touched_at or event.at) + patience(timer.after, now.severity) > event.at)


def over(ask: Ask, now: Recovery, playbook: Playbook) -> bool:
    """Is nothing left of what a message asked for?"""
    match ask.view:
        case "nudge":
            return not _reminds(now, ask, playbook)
        case "late":
            return not now.live or now.step != ask.args["step"]
        case _:
            return now.status != "closed" or DONE in now.answers or ask.args["due"] != promised(now, DUE)


def _reminds(now: Recovery, ask: Ask, playbook: Playbook) -> bool:
    mark, step = ask.args.get("mark", ""), playbook.step(ask.args["step"])
    timer = next((one for one in step.timers if one.id == ask.args["timer"]), None) if step else None
    if not step or not timer or not now.live or now.agent not in ask.people:
        return False
    if iso(now.snoozed.get(f"{step.id}/{timer.id} {mark}")) != ask.args.get("until", ""):
        return False  # put off since: it comes again
    if timer.when and not GUARDS[timer.when](now.answers):
        return False
    return mark == promised(now, timer.promise) if timer.promise else mark == iso(now.stepped_at)
