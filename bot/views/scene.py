"""What a view is made from, and how one value is written for its reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.cards import Button, Facts, Form, Input, Look, Text, cut
from bot.core.drafting import Review
from bot.core.events import Money, Value
from bot.core.morning import Morning
from bot.core.outage import Outage
from bot.core.playbook import Field, Playbook, Step
from bot.core.recovery import AMOUNT, Recovery, asking
from bot.texts import Voice

SAID = 280  # characters of what was said on a card: two or three lines on a phone
VALUE = 600  # characters of one answer on a card
SCALE = ("1", "2", "3", "4", "5")


@dataclass(frozen=True, slots=True)
class Case:
    """A recovery with the playbook it runs on."""

    recovery: Recovery
    playbook: Playbook

    @property
    def step(self) -> Step | None:
        return self.playbook.step(self.recovery.step)

    def action(self, verb: str, step: str | None = None) -> str:
        return f"{self.playbook.id}/{step or self.recovery.step or self.playbook.steps[0].id}/{verb}"


@dataclass(frozen=True, slots=True)
class Scene:
    """Who reads, in which voice, about what. `names`: everybody who may be named; `mine`: the reader's open ones;
    `methods`: id and name of every playbook; `crowd`: recoveries told in one message; `platform`: where he reads;
    `outage`: what this is part of, or is about, and `alike` its recoveries; `supervises`: may
    the reader ever be pinged, and is he muted.
    """

    voice: Voice
    reader: str
    case_: Case | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    args: Mapping[str, str] = field(default_factory=dict)
    mine: tuple[Case, ...] = ()
    languages: tuple[str, ...] = ()
    similar: tuple[Case, ...] = ()
    draft: str = ""
    review: Review | None = None
    unreadable: str = ""
    methods: tuple[tuple[str, str], ...] = ()
    crowd: tuple[Case, ...] = ()
    platform: str = ""
    outage: Outage | None = None
    alike: tuple[Recovery, ...] = ()
    morning: Morning | None = None
    supervises: bool = False
    muted_until: datetime | None = None

    @property
    def case(self) -> Case:
        """The recovery this view is about; only views without one may do without."""
        if self.case_ is None:
            raise LookupError("this view needs a recovery")
        return self.case_

    @property
    def recovery(self) -> Recovery:
        return self.case.recovery

    def say(self, key: str, **args: str | float) -> str:
        return self.voice.say(key, platform=self.platform, **args)

    def name(self, person: str) -> str:
        return self.names.get(person, person)

    def said(self, longest: int = SAID) -> Text:
        said = cut(self.recovery.said, longest)
        return Text(said or self.say("said-nothing"), "quote" if said else "muted")

    def quiet(self, key: str, look: Look = "muted", **args: str | float) -> Text:
        return Text(self.say(key, **args), look)

    def label(self, step: Step, one: Field) -> str:
        return self.say(f"{step.id}-{one.id}")

    def value(self, step: Step, one: Field, value: Value) -> str:
        """One answer as its reader writes it."""
        match value:
            case datetime():
                return self.voice.time(value)
            case Money():
                return self.voice.money(value)
            case tuple():
                return self.voice.every(self._option(step, one, item) for item in value)
            case str() if one.kind == "choice":
                return self._option(step, one, value)
            case str() if one.kind == "scale":
                return self.say("scale-of", mark=value)
            case str() if one.kind == "person":
                return self.name(value)
            case _:
                return cut(str(value), VALUE)

    def may_see(self, one: Field) -> bool:
        """What is private stays with whoever wrote it: a colleague who takes over does not see it."""
        return not (one.private and self.recovery.agents_before)

    def answered(self, step: Step) -> tuple[tuple[str, str], ...]:
        """Label and value of everything that is known in a step."""
        answers = self.recovery.answers
        return tuple(
            (self.label(step, one), self.value(step, one, answers[one.id]))
            for one in step.fields
            if one.id in answers and self.may_see(one)
        )

    def known(self, *ids: str) -> tuple[tuple[str, str], ...]:
        """Label and value of the fields named, where they are known."""
        found = []
        for one_id in ids:
            step = self.case.playbook.step_of(one_id)
            one = step.field(one_id) if step else None
            if step and one and one_id in self.recovery.answers:
                found.append((self.label(step, one), self.value(step, one, self.recovery.answers[one_id])))
        return tuple(found)

    def input(self, step: Step, one: Field) -> Input:
        """The field as an input, with what is known already standing in it."""
        key = f"{step.id}-{one.id}"
        options = SCALE if one.kind == "scale" else one.options
        return Input(
            id=one.id,
            kind="choice" if one.kind == "scale" else one.kind,
            label=self.say(key),
            hint=self.say(f"{key}.hint") if self.voice.has(f"{key}.hint") else "",
            value=_prefilled(self._standing(one), self.voice.zone),
            options=tuple((item, self._option(step, one, item)) for item in options),
            required=one.required and not one.later and one.group is None,
        )

    def _standing(self, one: Field) -> Value | None:
        """What stands in an input: what is known, else what is proposed."""
        known = self.recovery.answers.get(one.id)
        if one.id == AMOUNT and asking(self.recovery) and (approval := self.recovery.approval):
            return Money(approval.amount, approval.currency)
        if known is None and one.proposed:
            return (self.voice.now + one.proposed).replace(second=0, microsecond=0)
        return known

    def form(self, verb: str, inputs: tuple[Input, ...], at: str | None = None, mark: str = "", **args: str) -> Form:
        """A form of the step `at` (else the current one) whose words are `form-<verb>` with .title and .submit.

        `mark`: what it stands under, so that it answers nothing else.
        """
        key = f"form-{verb}"
        return Form(
            action=self.case.action(f"{verb}.{mark}" if mark else verb, at),
            label=self.say(key, **args),
            value=self.recovery.id,
            title=self.say(f"{key}.title", **args),
            submit=self.say(f"{key}.submit"),
            cancel=self.say("cancel"),
            inputs=inputs,
            look="more",
        )

    def press(self, verb: str, label: str, step: str | None = None) -> Button:
        return Button(self.case.action(verb, step), self.say(label), self.recovery.id)

    def standing(self, now: Recovery) -> str:
        """One line: complete, dropped, or who has it; empty while it waits for somebody."""
        if now.status == "closed":
            return self.say("ping-closed")
        if now.status == "dropped":
            return self.say("ping-dropped", who=self.name(now.dropped_by))
        if not now.acknowledged_by:
            return ""
        at = self.voice.time(now.acknowledged_at or now.opened_at)
        return self.say("ping-taken", who=self.name(now.acknowledged_by), time=at)

    def facts(self, *pairs: tuple[str, str]) -> tuple[Facts, ...]:
        return (Facts(pairs),) if pairs else ()

    def _option(self, step: Step, one: Field, option: str) -> str:
        if one.kind == "scale":
            return self.say(f"scale-{option}")
        return self.say(f"{step.id}-{one.id}.{option}")


def _prefilled(value: Value | None, zone: str) -> str:
    """What stands in an input; a time with the clock of its reader."""
    match value:
        case None:
            return ""
        case datetime():
            return value.astimezone(ZoneInfo(zone)).isoformat()
        case Money():
            return f"{value.amount} {value.currency}"
        case tuple():
            return " ".join(value)
        case _:
            return str(value)
