"""Tell + playbook + words → Card. One function per view, named after what the person sees."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.cards import Card
from bot.views import agent, approval, coach, digest, home, mute, outage, prevention, supervisor, team
from bot.views.scene import Scene
from bot.views.storm import storm

VIEWS: Mapping[str, Callable[[Scene], Card]] = {
    "card": agent.card,
    "offer": agent.offer,
    "nudge": agent.nudge,
    "taken": agent.taken,
    "handed": agent.handed,
    "advised": agent.advised,
    "taken-over": agent.taken_over,
    "snoozed": agent.snoozed,
    "help-coming": agent.help_coming,
    "advice": coach.advice,
    "review": coach.review,
    "missed": coach.missed_kept,
    "ping": supervisor.ping,
    "approval": approval.question,
    "decided": approval.decided,
    "storm": storm,
    "prevention": prevention.action,
    "prevention-late": prevention.late,
    "late": supervisor.late,
    "still": supervisor.still,
    "recurs": supervisor.recurs,
    "asked": supervisor.asked,
    "support": supervisor.support,
    "unanswered": supervisor.unanswered,
    "undelivered": supervisor.undelivered,
    "fault": supervisor.fault,
    "outage": outage.outage,
    "outage-word": outage.word,
    "digest": digest.digest,
    "muted": mute.muted,
    "mute-over": mute.over,
    "record": team.record,
    "no": home.no,
    "help": home.help_card,
    "list": home.open_list,
    "home": home.home,
    "language": home.language_kept,
}


def show(view: str, scene: Scene) -> Card:
    return VIEWS[view](scene)


__all__ = ["VIEWS", "Scene", "show"]
