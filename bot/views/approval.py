"""The one question for an amount that goes up the ladder, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.cards import Card, Facts, Form, Input, Node
from bot.core.events import Money
from bot.core.limits import Approval
from bot.core.recovery import asking, iso
from bot.views.scene import Scene


def question(scene: Scene) -> Card:
    """For whoever may allow it: how much, for whom, why him, and three answers."""
    now, approval = scene.recovery, scene.recovery.approval
    if approval is None or scene.args.get("at", approval.at.isoformat()) != approval.at.isoformat():
        return Card(scene.say("approval-gone"), scene.voice.lang, (scene.said(120),), "done")
    story = Facts(scene.known("happened", "wanted", "remedy", "compensation", "due"))
    if not (asking(now) and now.live):
        return Card(_ended(scene, approval), scene.voice.lang, (scene.said(), story, *_told(scene, approval)), "done")
    title = scene.say("approval-title", who=scene.name(approval.by), amount=_sum(scene, approval))
    limit = now.policy.limit(scene.reader, approval.currency)
    own = scene.voice.money(Money(limit.once, limit.currency)) if limit else "-"
    why = scene.quiet("approval-why", "plain", limit=own) if limit else scene.quiet("approval-why-any", "plain")
    waits = scene.reader not in approval.rounds[-1]
    moved = (scene.quiet("approval-moved"),) if waits else ()
    nodes: tuple[Node, ...] = (
        scene.said(),
        *((story,) if story.pairs else ()),
        why,
        *moved,
        *_answers(scene, approval),
    )
    return Card(title, scene.voice.lang, nodes, "urgent")


def decided(scene: Scene) -> Card:
    """For the agent: what he may give."""
    approval = scene.recovery.approval
    line = status(scene, approval) if approval else scene.say("approval-gone")
    return Card(line, scene.voice.lang, (scene.said(120),))


def status(scene: Scene, approval: Approval) -> str:
    """One line on an amount: who allows it, or who is asked."""
    asked = scene.voice.every(scene.name(one) for one in approval.rounds[-1]) if approval.rounds else "-"
    granted = Money(approval.granted, approval.currency) if approval.granted is not None else None
    less = granted is not None and approval.granted != approval.amount
    return scene.say(
        f"approval-{'less' if less else approval.decision}",
        who=scene.name(approval.decided_by) if approval.decided_by else asked,
        amount=scene.voice.money(granted) if granted else _sum(scene, approval),
        why=approval.why or "-",
    )


def record(scene: Scene) -> Iterator[tuple[str, str]]:
    """Who allowed what, under which limit."""
    approval = scene.recovery.approval
    if approval is None or approval.granted is None:
        return
    amount = scene.voice.money(Money(approval.granted, approval.currency))
    who = scene.name(approval.decided_by)
    if approval.limit is None:
        yield scene.say("record-allowed"), scene.say("record-allowed-any", who=who, amount=amount)
        return
    limit = scene.voice.money(Money(approval.limit, approval.currency))
    yield scene.say("record-allowed"), scene.say("record-allowed-limit", who=who, amount=amount, limit=limit)


def own(scene: Scene) -> Iterator[str]:
    """What the agent may decide alone, in each currency that has a limit."""
    now = scene.recovery
    limits = [limit for one in now.policy.limits if (limit := one).role == now.policy.role(now.agent)]
    if limits:
        sums = scene.voice.every(scene.voice.money(Money(one.once, one.currency)) for one in limits)
        yield scene.say("approval-own", amount=sums)


def _answers(scene: Scene, approval: Approval) -> Iterator[Node]:
    mark = iso(approval.at)  # a press answers the question that it stood under, and no later one
    yield replace(scene.press(f"allow.{mark}", "approval-allow"), look="primary")
    amount = Input(
        "amount", "money", scene.say("input-allowless"), value=f"{approval.amount} {approval.currency}", required=True
    )
    yield _plain(scene.form("allowless", (amount,), mark=mark))
    yield _plain(scene.form("deny", (Input("why", "text", scene.say("input-deny"), required=True),), mark=mark))


def _plain(form: Form) -> Form:
    return replace(form, look="plain")


def _ended(scene: Scene, approval: Approval) -> str:
    """What became of it, for those who were asked."""
    if asking(scene.recovery):
        return scene.say("approval-gone")
    granted = Money(approval.granted, approval.currency) if approval.granted is not None else None
    less = granted is not None and approval.granted != approval.amount
    return scene.say(
        f"approval-end-{'less' if less else approval.decision}",
        who=scene.name(approval.decided_by if approval.decision in {"granted", "refused"} else approval.by),
        amount=_sum(scene, approval),
        granted=scene.voice.money(granted) if granted else "-",
        why=approval.why or "-",
    )


def _told(scene: Scene, approval: Approval) -> Iterator[Node]:
    if not asking(scene.recovery):
        yield scene.quiet("approval-told", who=scene.name(approval.by))


def _sum(scene: Scene, approval: Approval) -> str:
    return scene.voice.money(Money(approval.amount, approval.currency))
