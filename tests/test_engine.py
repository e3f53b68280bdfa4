"""Laws of the conversation, on generated days of work with the playbook that ships; then tables for its limits."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.changing import replay
from bot.core.effects import Admins, Aside, Channel, Effect, Home, Person, Team, Tell, Wake
from bot.core.engine import AGAIN, OUTAGE, advance, start
from bot.core.events import (
    Accepted,
    Acknowledged,
    Advised,
    Allowed,
    Answered,
    Barred,
    Denied,
    Dropped,
    Elapsed,
    Escalated,
    Event,
    HandedOver,
    HelpAsked,
    Informed,
    Money,
    Noted,
    PassedOn,
    Postponed,
    Prevented,
    Recurred,
    Reopened,
    Skipped,
    Snoozed,
    TookOver,
    Value,
)
from bot.core.limits import Limit
from bot.core.playbook import Field, Playbook, Step, parse
from bot.core.policy import Absence, Level, Policy, patience, plain
from bot.core.recovery import LADDER, Outcome, Recovery, missing
from bot.errors import Rejected
from bot.library import Library
from bot.presses import Press, meant, written
from tests.fakes_clock import START

FILE = Path(__file__).parent.parent / "playbooks" / "recovery" / "playbook.toml"
BOOK = parse(FILE.name, FILE.read_text("utf-8"))  # the library, with all its words, takes longer than the laws
LADDER_OF_THREE = ("sue", "sam", "sid")
MINUTE = timedelta(minutes=1)


def escalated(severity: int = 2, *, offered: bool = False, ladder: tuple[str, ...] = LADDER_OF_THREE) -> Escalated:
    return Escalated(
        at=START,
        by="ann",
        workspace="desk:T1",
        id="r1",
        playbook=BOOK.id,
        playbook_version=BOOK.version,
        team="front",
        channel="C1" if offered else "",
        said="Third time I call. Nobody answers.",
        lang="en",
        link="",
        severity=severity,
        kind="angry",
        reasons=("anger",),
        offered=offered,
        policy=plain(ladder, timedelta(minutes=10)),
    )


@dataclass
class Day:
    """One recovery and the time that passes: timers fire when they are due, as the worker would have it."""

    now: Recovery
    at: datetime
    playbook: Playbook = BOOK
    journal: list[Event] = field(default_factory=list)
    tells: list[tuple[Event, Tell]] = field(default_factory=list)
    news: list[tuple[Elapsed, Outcome]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    waiting: list[tuple[datetime, int, Wake]] = field(default_factory=list)
    numbers: count[int] = field(default_factory=count)

    @classmethod
    def of(cls, event: Escalated, playbook: Playbook = BOOK) -> Day:
        begun = start(event, playbook)
        day = cls(begun.recovery, event.at, playbook, [event])
        day.keep(event, begun)
        return day

    def keep(self, event: Event, outcome: Outcome) -> None:
        self.now = outcome.recovery
        for effect in outcome.effects:
            match effect:
                case Tell() as tell:
                    self.tells.append((event, tell))
                case Wake() as wake:
                    heapq.heappush(self.waiting, (wake.at, next(self.numbers), wake))

    def do(self, event: Event) -> tuple[Effect, ...]:
        """What follows; nothing when it was refused or no longer news."""
        before = self.now
        try:
            outcome = advance(self.now, event, self.playbook)
        except Rejected as no:
            assert self.now == before
            self.refused.append(no.key)
            return ()
        if outcome is None:
            return ()
        self.journal.append(event)
        self.keep(event, outcome)
        if isinstance(event, Elapsed):
            self.news.append((event, outcome))
        return outcome.effects

    def wait(self, minutes: float) -> list[Tell]:
        """Let time pass; what was told meanwhile."""
        until, told = self.at + minutes * MINUTE, len(self.tells)
        while self.waiting and self.waiting[0][0] <= until:
            at, _, wake = heapq.heappop(self.waiting)
            self.at = max(self.at, at)
            self.do(Elapsed(self.at, wake.timer, wake.step, wake.round, wake.mark))
        self.at = until
        return [tell for _, tell in self.tells[told:]]

    def answer(self, step: str, /, **values: Value | None) -> tuple[Effect, ...]:
        return self.do(Answered(self.at, self.now.agent, step, values))

    def fill(self, *, all_of_it: bool = False, due: float = 60, back: float = 24 * 60) -> tuple[Effect, ...]:
        """The form of the current step, or with `all_of_it` everything the step needs."""
        step = self.step
        if step is None:
            return ()
        values: dict[str, Value | None] = {
            one: self.value(step.field(one), due, back) for one in missing(step, self.now.answers, now=not all_of_it)
        }
        return self.do(Answered(self.at, self.now.agent, step.id, values))

    @property
    def step(self) -> Step | None:
        return self.playbook.step(self.now.step)

    def value(self, one: Field | None, due: float, back: float) -> Value:
        assert one is not None
        match one.kind:
            case "time":
                return self.at + {"due": due, "check_back": back}.get(one.id, 0) * MINUTE
            case "choice":
                return one.options[0]
            case "scale":
                return "4"
            case "person":
                return self.now.agent
            case _:
                return f"{one.id} in words"

    def through(self, step: str) -> Day:
        """Everything answered until this step is the current one."""
        for _ in self.playbook.steps:
            if self.now.step != step:
                self.fill(all_of_it=True)
        assert self.now.step == step
        return self


def told_of_outage(day: Day) -> list[tuple[str, str]]:
    """Which words of an outage its agents were told, in order."""
    return [(why.outage, tell.slot) for why, tell in day.tells if isinstance(why, Informed) and tell.under == "card"]


def rings(tells: list[Tell]) -> list[str]:
    """Who was pinged, in order."""
    return [tell.to.id for tell in tells if tell.view == "ping" and tell.fresh and isinstance(tell.to, Person)]


def whys(day: Day) -> list[str]:
    return [call.why for call in day.now.calls]


def views(tells: list[Tell] | tuple[Effect, ...]) -> list[str]:
    return [tell.view for tell in tells if isinstance(tell, Tell) and tell.fresh]


# A generated day: who does what, after how many minutes

PEOPLE = ("ann", "bo", "sue", "sam", "eve")
Act = tuple[str, str, int, int]  # what, who, minutes before it, a number to choose by
ACTS = (
    "accept drop form all answer correct empty skip note handover help take wait wait wait form all form all "
    "advise takeover pass snooze reopen recur unhappy barred spend allow deny "
    "prevented postpone inform"
).split()
acts: st.SearchStrategy[list[Act]] = st.lists(
    st.tuples(
        st.sampled_from(ACTS),
        st.sampled_from((*PEOPLE, "ann", "ann", "ann")),
        st.sampled_from((0, 0, 1, 4, 5, 9, 10, 11, 20, 60, 600, 3000)),
        st.integers(0, 11),
    ),
    max_size=40,
)
LIMITS = (Limit("agent", "SEK", Decimal(300), Decimal(500)), Limit("supervisor", "SEK", Decimal(900)))
begins = st.builds(
    lambda event, limits: replace(event, policy=replace(event.policy, limits=limits)),
    st.builds(
        escalated,
        st.integers(1, 3),
        offered=st.booleans(),
        ladder=st.sampled_from((LADDER_OF_THREE, ("sue",), (), ("sue", "sam"))),
    ),
    st.sampled_from([(), LIMITS]),
)
law = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def play(day: Day, act: Act) -> tuple[Effect, ...]:
    what, who, minutes, number = act
    day.wait(minutes)
    at, step = day.at, BOOK.steps[number % len(BOOK.steps)]
    one = step.fields[number % len(step.fields)]
    match what:
        case "accept":
            return day.do(Accepted(at, who))
        case "drop":
            return day.do(Dropped(at, who, "no")) if number == 0 else ()
        case "form" | "all":
            return day.fill(all_of_it=what == "all", due=number * 7, back=number * 90)
        case "answer" | "correct":
            return day.do(Answered(at, who, step.id, {one.id: day.value(one, number * 5, number * 50)}))
        case "empty":
            return day.do(Answered(at, who, step.id, {one.id: None}))
        case "skip":
            return day.do(Skipped(at, who, step.id, "no time")) if number < 5 else ()
        case "note":
            return day.do(Noted(at, who, "on it"))
        case "handover":
            return day.do(HandedOver(at, who, PEOPLE[number % 2]))
        case "help":
            return day.do(HelpAsked(at, who, "please"))
        case "take":
            return day.do(Acknowledged(at, who))
        case "snooze":
            nudges = [tell for _, tell in day.tells if tell.view == "nudge"]
            args = nudges[number % len(nudges)].args if nudges else {"step": "apology", "timer": "nudge", "mark": ""}
            return day.do(Snoozed(at, who, args["step"], args["timer"], at + 15 * MINUTE, args["mark"]))
        case _:
            return supervised(day, what, who, number)


def supervised(day: Day, what: str, who: str, number: int) -> tuple[Effect, ...]:
    match what:
        case "unhappy":
            return day.do(Answered(day.at, who, "fix", {"rating": "1"}))
        case "advise":
            return day.do(Advised(day.at, who, "offer a taxi"))
        case "takeover":
            return day.do(TookOver(day.at, who))
        case "pass":
            return day.do(PassedOn(day.at, who, PEOPLE[number % len(PEOPLE)]))
        case "reopen":
            return day.do(Reopened(day.at, who, "it broke again"))
        case "recur":
            return day.do(Recurred(day.at, "customer", f"r{number % 3 + 7}"))
        case "inform":
            return day.do(Informed(day.at, f"o{number % 2}", number % 4 + 1))
        case "barred":
            return day.do(Barred(day.at, who, "take", "not-supervisor"))
        case _:
            return settled(day, what, who, number)


def settled(day: Day, what: str, who: str, number: int) -> tuple[Effect, ...]:
    match what:
        case "spend":
            return day.do(Answered(day.at, day.now.agent, "fix", {"amount": Money(Decimal(number * 100), "SEK")}))
        case "allow":
            return day.do(Allowed(day.at, who, Money(Decimal(number * 50), "SEK") if number else None))
        case "prevented":
            return day.do(Prevented(day.at, who))
        case "postpone":
            return day.do(Postponed(day.at, who, day.at + number * 600 * MINUTE))
        case "deny":
            return day.do(Denied(day.at, who, "no"))
        case _:
            return ()


@law
@given(begins, acts)
def test_replaying_the_journal_gives_the_row(event: Escalated, doings: list[Act]) -> None:
    day = Day.of(event)
    for act in doings:
        play(day, act)
        assert day.now.version == len(day.journal)
    assert replay(day.journal, BOOK) == day.now


@law
@given(begins, acts)
def test_what_is_over_stays_over_until_it_is_opened_again(event: Escalated, doings: list[Act]) -> None:
    day = Day.of(event)
    for act in doings:
        before = day.now
        follows = play(day, act)
        if before.status == "dropped" or (
            before.status == "closed" and act[0] not in {"reopen", "recur", "prevented", "postpone"}
        ):
            assert replace(day.now, version=before.version, followed=before.followed, asks=before.asks) == before
            assert not follows
    day.do(Dropped(day.at, day.now.agent))
    before = day.now
    assert not before.live
    assert {tell.view for tell in day.wait(60 * 24 * 60)} <= {"prevention", "prevention-late"}
    assert replace(day.now, version=before.version, followed=before.followed, asks=before.asks) == before


@law
@given(begins, acts)
def test_a_word_on_an_outage_is_told_once_in_order_and_rings_nobody(event: Escalated, doings: list[Act]) -> None:
    day = Day.of(event)
    for act in doings:
        play(day, act)
    told = told_of_outage(day)
    assert told == sorted(set(told)), "each once, the newest last, and all of one outage"
    assert len({outage for outage, _ in told}) <= 1
    assert not [tell for why, tell in day.tells if isinstance(why, Informed) and tell.wakes]
    assert (day.now.outage, f"outage/{day.now.outage_word}") == (told[-1] if told else ("", "outage/0"))


@law
@given(begins, acts)
def test_what_is_dropped_rings_nobody(event: Escalated, doings: list[Act]) -> None:
    day = Day.of(event)
    for act in doings:
        play(day, act)
    day.do(Dropped(day.at, day.now.agent))
    for why, tell in day.tells:
        if isinstance(why, Dropped):
            assert not tell.fresh
            assert not tell.wakes


@law
@given(begins, acts)
def test_one_call_is_one_ring_each_and_none_while_somebody_has_it(event: Escalated, doings: list[Act]) -> None:
    day = Day.of(event)
    for act in doings:
        had, told = day.now.acknowledged_at, len(day.tells)
        play(day, act)
        if had and day.now.acknowledged_at == had:
            assert not rings([tell for _, tell in day.tells[told:]])
    assert rings([tell for _, tell in day.tells]) == [one for call in day.now.calls for one in call.people]
    pings = Counter((tell.to, tell.slot) for _, tell in day.tells if tell.view == "ping" and tell.fresh)
    assert all(times == 1 for times in pings.values()), "a ping that replaces another does not ring"


@law
@given(begins, acts)
def test_while_nobody_has_it_every_ping_is_followed_by_another_or_by_the_end(
    event: Escalated, doings: list[Act]
) -> None:
    day = Day.of(event)
    for act in doings:
        play(day, act)
    calls, live = day.now.calls, day.now.live
    if not calls or not live or day.now.acknowledged_by:
        return
    day.wait(60)
    rung = {tell.view for why, tell in day.tells if isinstance(why, Elapsed) and tell.wakes}
    assert len(day.now.calls) > len(calls) or rung & {"unanswered", "late"}


@law
@given(begins, acts)
def test_whoever_has_it_is_left_in_peace_after_a_while(event: Escalated, doings: list[Act]) -> None:
    day = Day.of(event)
    for act in doings:
        play(day, act)
    day.wait(10 * 24 * 60)
    told = len(day.tells)
    day.wait(10 * 24 * 60)
    assert not [tell for _, tell in day.tells[told:] if tell.view in {"ping", "still", "unanswered"} and tell.fresh]


@law
@given(begins, acts)
def test_one_promise_is_news_once(event: Escalated, doings: list[Act]) -> None:
    day = Day.of(event)
    for act in doings:
        play(day, act)
    day.wait(10 * 24 * 60)
    promises = {timer.id for step in BOOK.steps for timer in step.timers if timer.promise}
    told = Counter((event.timer, event.mark) for event, _ in day.news if event.timer in promises)
    assert all(times == 1 for times in told.values()), told


@law
@given(begins, acts)
def test_what_is_closed_has_its_cause_and_its_action(event: Escalated, doings: list[Act]) -> None:
    day = Day.of(event)
    closings = 0
    for act in doings:
        before = day.now.status
        play(day, act)
        closings += day.now.status == "closed" and before != "closed"
    if day.now.status == "closed":
        assert {"family", "cause"} <= set(day.now.answers)
        assert {"prevention", "none_because"} & set(day.now.answers)
        assert "document" in day.now.done
    told = [(tell.view, tell.slot) for _, tell in day.tells if isinstance(tell.to, Team) and tell.fresh]
    assert told == [("record", "record")] * closings  # one card, which is said again when it was opened again


@law
@given(begins, acts)
def test_a_supervisor_always_hears_of_one_who_is_silent(event: Escalated, doings: list[Act]) -> None:
    """Whatever went before: an open recovery that nobody touches does not lie there unnoticed."""
    day = Day.of(event)
    for act in doings:
        play(day, act)
    if day.now.status != "open" or day.now.step != "apology":
        return
    day.wait(20)
    assert {"ping", "late", "unanswered"} & {tell.view for _, tell in day.tells if tell.fresh}


@law
@given(begins, acts)
def test_everybody_who_waits_is_told_in_private_or_by_his_role(event: Escalated, doings: list[Act]) -> None:
    day = Day.of(event)
    for act in doings:
        play(day, act)
    for _, tell in day.tells:
        match tell.to:
            case Team():
                assert tell.view == "record"
            case Person(id=""):
                raise AssertionError(f"{tell.view} to nobody")
            case Person() | Aside() | Admins():
                pass
            case Home():
                raise AssertionError("the engine knows no home")


@law
@given(begins, acts)
def test_an_amount_is_never_above_the_limit_of_whoever_decided_it(event: Escalated, doings: list[Act]) -> None:
    day = Day.of(event)
    for act in doings:
        play(day, act)
        amount, approval = day.now.answers.get("amount"), day.now.approval
        if not event.policy.limits or not isinstance(amount, Money):
            continue
        assert approval is not None
        assert (approval.decision in {"alone", "granted"}) == (approval.granted == amount.amount)
        limit = event.policy.limit(approval.decided_by, "SEK")
        assert limit is None or amount.amount <= limit.once


# Twice is once


def begun(severity: int = 2, *, offered: bool = False, ladder: tuple[str, ...] = LADDER_OF_THREE) -> Day:
    return Day.of(escalated(severity, offered=offered, ladder=ladder))


@pytest.mark.parametrize(
    ("event", "key"),
    [
        (Accepted(START, "ann"), "late-started"),
        (Dropped(START, "ann"), "late-dropped"),
        (Skipped(START, "ann", "apology", "sent by hand"), "late-step"),
        (HandedOver(START, "ann", "bo"), "not-yours"),
        (HandedOver(START, "ann", "ann"), "handover-same"),
        (Acknowledged(START, "sue"), "late-taken"),
        (TookOver(START, "sue"), "not-supervisor"),
        (PassedOn(START, "sue", "sue"), "pass-self"),
    ],
)
def test_twice_is_once(event: Event, key: str) -> None:
    day = begun(offered=isinstance(event, Accepted))
    day.do(event)
    now = day.now
    day.do(event)
    assert (day.refused[-1], day.now) == (key, now)


def press(verb: str, step: str, **inputs: str) -> Press:
    return Press(START, "ann", step, verb, inputs, "UTC")


@pytest.mark.parametrize(
    ("verb", "step", "inputs"),
    [
        ("answer", "review", {"happened": "Late", "wanted": "A call"}),
        ("sent_at", "apology", {}),
    ],
)
def test_a_form_or_stamp_pressed_again_is_too_late(verb: str, step: str, inputs: dict[str, str]) -> None:
    day = begun().through(step)
    if step == "apology":
        day.answer("apology", draft="I am sorry.")
    day.do(meant(press(verb, step, **inputs), day.now, BOOK))
    now = day.now
    with pytest.raises(Rejected) as no:
        meant(press(verb, step, **inputs), now, BOOK)
    assert no.value.key == "late-step"


# Refusals: a polite no, and nothing has changed


@pytest.mark.parametrize(
    ("before", "event", "key"),
    [
        ("apology", Answered(START, "bo", "apology", {"draft": "Sorry"}), "not-yours"),
        ("apology", Answered(START, "ann", "review", {"wanted": "x"}), "unknown-step"),
        ("apology", Answered(START, "ann", "nonsense", {"wanted": "x"}), "unknown-step"),
        ("apology", Answered(START, "ann", "apology", {"wanted": "x"}), "unknown-field"),
        ("apology", Skipped(START, "ann", "review", "x"), "unknown-step"),
        ("review", Skipped(START, "ann", "apology", "x"), "late-step"),
        ("document", Skipped(START, "ann", "document", "x"), "cannot-skip"),
        ("apology", Acknowledged(START, "eve"), "not-supervisor"),
        ("apology", Acknowledged(START, "ann"), "not-supervisor"),
        ("apology", HelpAsked(START, "eve"), "not-yours"),
        ("apology", Dropped(START, "eve"), "not-yours"),
        ("apology", Noted(START, "eve", "x"), "not-yours"),
    ],
)
def test_refused(before: str, event: Event, key: str) -> None:
    day = begun().through(before)
    now = day.now
    assert not day.do(event)
    assert (day.refused, day.now) == ([key], now)


@pytest.mark.parametrize(
    "event",
    [
        Answered(START, "ann", "apology", {"draft": "Sorry"}),
        Skipped(START, "ann", "apology", "x"),
        Noted(START, "ann", "x"),
        HelpAsked(START, "ann"),
        HandedOver(START, "ann", "bo"),
    ],
)
def test_what_was_only_offered_must_be_started_first(event: Event) -> None:
    day = begun(offered=True)
    assert not day.do(event)
    assert day.refused == ["not-started"]


def test_an_earlier_step_can_be_corrected_without_going_back() -> None:
    day = begun().through("fix")
    day.answer("review", wanted="A redo")
    assert (day.now.step, day.now.answers["wanted"]) == ("fix", "A redo")


# How it begins


def test_an_offer_waits_without_timers() -> None:
    day = begun(offered=True)
    assert [(tell.to, tell.view) for _, tell in day.tells] == [(Aside("ann", "C1"), "offer")]
    assert not day.waiting


@pytest.mark.parametrize(("severity", "pinged"), [(1, []), (2, []), (3, ["sue"])])
@pytest.mark.parametrize("offered", [True, False])
def test_only_the_highest_severity_pings_at_once(severity: int, pinged: list[str], *, offered: bool) -> None:
    day = begun(severity, offered=offered)
    assert rings([tell for _, tell in day.tells]) == pinged
    assert whys(day) == (["severe"] if pinged else [])


def test_the_highest_severity_halves_every_step_timer() -> None:
    for timer in BOOK.steps[0].timers:
        waits = {
            severity: next(at for at, _, wake in begun(severity).waiting if wake.timer == timer.id) - START
            for severity in (1, 2, 3)
        }
        assert waits == {1: timer.after, 2: timer.after, 3: timer.after / 2}


def test_the_highest_severity_halves_the_ladder() -> None:
    day = begun(3)
    assert rings(day.wait(4.9)) == []
    assert rings(day.wait(0.2)) == ["sam"]


@pytest.mark.parametrize(("severity", "minutes"), [(1, 10), (2, 10), (3, 5)])
def test_patience(severity: int, minutes: int) -> None:
    assert patience(10 * MINUTE, severity) == minutes * MINUTE


# Nobody answers


def test_first_the_agent_is_nudged_then_the_supervisor_is_told() -> None:
    day = begun()
    assert views(day.wait(4.9)) == []
    assert views(day.wait(0.2)) == ["nudge"]
    assert rings(day.wait(4.8)) == []
    assert rings(day.wait(0.2)) == ["sue"]
    assert rings(day.wait(10)) == ["sam"]
    assert rings(day.wait(10)) == ["sid"]
    assert views(day.wait(10)) == ["unanswered"]
    assert views(day.wait(24 * 60)) == []
    assert whys(day) == ["late", "unanswered", "unanswered"]


def test_whoever_has_it_stops_the_ladder() -> None:
    day = begun(3)
    day.wait(6)
    follows = day.do(Acknowledged(day.at, "sam"))
    assert views(follows) == ["card", "taken"]
    assert {tell.to for tell in follows if isinstance(tell, Tell) and tell.view == "ping"} == {
        Person("sue"),
        Person("sam"),
    }
    assert rings(day.wait(14)) == []


# Acknowledged is not done


def test_whoever_has_it_is_asked_again_then_it_goes_up_again() -> None:
    day = begun(1).through("review")
    day.do(Acknowledged(day.at, "sue"))
    assert [view for view in views(day.wait(29)) if view not in {"nudge", "late"}] == []
    assert [tell.to for tell in day.wait(2) if tell.view == "still"] == [Person("sue")]
    assert rings(day.wait(13)) == []
    assert rings(day.wait(2)) == ["sue"]  # the first on the ladder, who was not pinged before
    assert (day.now.acknowledged_by, whys(day)) == ("", ["stalled"])


@pytest.mark.parametrize(
    "event", [Noted(START, "ann", "on it"), Acknowledged(START, "sue"), Advised(START, "sam", "x")]
)
def test_anything_that_happens_gives_whoever_has_it_his_time_again(event: Event) -> None:
    day = begun(1).through("review")
    day.do(Acknowledged(day.at, "sue"))
    day.wait(31)
    day.do(replace(event, at=day.at))
    assert day.refused == []
    assert "still" not in views(day.wait(29))
    assert "still" in views(day.wait(2))
    assert day.now.acknowledged_by == "sue"


def test_a_promise_ahead_is_progress_until_it_is_due() -> None:
    day = begun(1).through("fix")
    day.fill(due=120, back=24 * 60)
    day.do(Acknowledged(day.at, "sue"))
    day.answer("fix", fixed_at=day.at)
    assert "still" not in views(day.wait(23 * 60))
    assert "still" in views(day.wait(2 * 60))


def test_it_stops_by_itself_after_it_went_up_twice() -> None:
    day = begun(1, ladder=("sue", "sam", "sid", "eve")).through("review")
    for person in ("sue", "sue", "sam"):
        day.do(Acknowledged(day.at, person))
        day.wait(46)
    assert whys(day) == ["stalled", "stalled"]
    told = day.wait(24 * 60)
    assert not {"still", "ping"} & set(views(told))


# Advise, take over, pass on: one winner


def test_advice_reaches_the_agent_alone_and_whoever_gives_it_has_it() -> None:
    day = begun(3)
    follows = [one for one in day.do(Advised(day.at, "sue", "offer a taxi")) if isinstance(one, Tell)]
    assert [(tell.to, tell.args) for tell in follows if tell.view == "advised"] == [
        (Person("ann"), {"who": "sue", "text": "offer a taxi"})
    ]
    assert day.now.acknowledged_by == "sue"
    assert rings(day.wait(14)) == []


def test_advice_is_welcome_from_somebody_else_too() -> None:
    day = begun(3)
    day.do(Acknowledged(day.at, "sue"))
    day.do(Advised(day.at, "sam", "offer a taxi"))
    assert (day.refused, day.now.acknowledged_by) == ([], "sue")


@pytest.mark.parametrize("offered", [True, False])
def test_whoever_takes_over_is_the_agent_then(*, offered: bool) -> None:
    day = begun(3, offered=offered)
    follows = [one for one in day.do(TookOver(day.at, "sue")) if isinstance(one, Tell)]
    assert (day.now.agent, day.now.agents_before, day.now.status) == ("sue", ("ann",), "open")
    assert (Person("sue"), "card") in [(tell.to, tell.view) for tell in follows if tell.fresh]
    assert (Person("ann"), "taken-over") in [(tell.to, tell.view) for tell in follows if tell.fresh]
    assert not {"still", "ping"} & set(views(day.wait(24 * 60)))


def test_what_is_passed_on_pings_that_person_and_goes_on_up_from_there() -> None:
    day = begun(3)
    follows = day.do(PassedOn(day.at, "sue", "eve"))
    assert rings([one for one in follows if isinstance(one, Tell)]) == ["eve"]
    assert rings(day.wait(5.1)) == ["sam"]
    day.do(Acknowledged(day.at, "eve"))
    assert day.now.acknowledged_by == "eve"


@pytest.mark.parametrize(
    ("event", "key"),
    [
        (Acknowledged(START, "sam"), "late-taken"),
        (TookOver(START, "sam"), "late-taken"),
        (PassedOn(START, "sam", "sid"), "late-taken"),
        (TookOver(START, "eve"), "not-supervisor"),
        (Advised(START, "ann", "x"), "not-supervisor"),
        (PassedOn(START, "sue", "ann"), "pass-agent"),
        (PassedOn(START, "sue", "sue"), "pass-self"),
        (Reopened(START, "ann", "x"), "late-reopened"),
        (Snoozed(START, "ann", "apology", "nonsense", START), "unknown-step"),
    ],
)
def test_refused_once_somebody_has_it(event: Event, key: str) -> None:
    day = begun(3)
    day.do(Acknowledged(day.at, "sue"))
    now = day.now
    day.do(event)
    assert (day.refused, day.now) == ([key], now)


def test_in_a_channel_anybody_may_take_it_but_the_agent() -> None:
    policy = Policy((Level(channel="C7", wait=5 * MINUTE), Level(("sue",))))
    day = Day.of(replace(escalated(3), policy=policy))
    assert [tell.to for _, tell in day.tells if tell.view == "ping"] == [Channel("C7")]
    day.do(Acknowledged(day.at, "ann"))
    assert day.refused == ["not-supervisor"]
    day.do(Acknowledged(day.at, "eve"))
    assert day.now.acknowledged_by == "eve"


def test_a_level_asks_everybody_on_it_and_the_ladder_is_repeated_then_ends() -> None:
    policy = Policy((Level(("sue", "sam")), Level(("sid",))), repeat=1, channel="C9", owner="boss")
    day = Day.of(replace(escalated(3), policy=policy))
    day.wait(14)
    assert rings([tell for _, tell in day.tells]) == ["sue", "sam", "sid", "sue", "sam"]
    told = day.wait(10)
    assert [tell.to for tell in told if tell.view == "unanswered"] == [Channel("C9"), Person("boss")]
    assert rings([tell for _, tell in day.tells]) == ["sue", "sam", "sid"] * 2


# A second failure


def closed() -> Day:
    day = begun().through("document")
    day.fill(all_of_it=True)
    assert day.now.status == "closed"
    return day


def test_what_is_opened_again_is_more_severe_and_pings_at_once() -> None:
    day = closed()
    follows = day.do(Reopened(day.at, "ann", "it broke again"))
    assert (day.now.status, day.now.step, day.now.severity) == ("open", "fix", 3)
    assert rings([one for one in follows if isinstance(one, Tell)]) == ["sue"]
    assert not {"fixed_at", "rating", "due", "check_back"} & set(day.now.answers)
    assert day.now.answers["wanted"]
    day.through("document").fill(all_of_it=True)
    assert [tell.to for _, tell in day.tells if tell.view == "record"] == [Team("front"), Team("front")]


def test_an_unhappy_answer_opens_the_fix_again() -> None:
    day = begun(1).through("fix")
    day.fill()
    day.do(Acknowledged(day.at, "sam"))
    day.answer("fix", fixed_at=day.at)
    follows = day.answer("fix", rating="2")
    assert (day.now.step, day.now.severity, "rating" in day.now.answers) == ("fix", 2, False)
    assert rings([one for one in follows if isinstance(one, Tell)]) == ["sam"]  # whoever had it, before all others
    assert whys(day) == ["unhappy"]


def test_a_customer_who_was_failed_before_is_looked_for_and_pings_at_once() -> None:
    day = begun(1).through("review")
    follows = day.answer("review", customer="K-17")
    assert [wake.step for wake in follows if isinstance(wake, Wake) and wake.timer == AGAIN] == ["customer"]
    follows = day.do(Recurred(day.at, "customer", "r0"))
    assert rings([one for one in follows if isinstance(one, Tell)]) == ["sue"]
    assert (day.now.severity, day.now.again) == (2, ("r0",))
    assert not day.do(Recurred(day.at, "customer", "r0"))


def test_a_cause_that_came_before_is_told_when_it_is_complete() -> None:
    day = closed()
    follows = [one for one in day.do(Recurred(day.at, "cause", "r0")) if isinstance(one, Tell)]
    assert [(tell.to, tell.args["of"]) for tell in follows if tell.view == "recurs"] == [(Person("sue"), "r0")]
    assert (day.now.status, day.now.severity) == ("closed", 3)


# Later


def copies(day: Day, view: str, do: Callable[[], object]) -> bool:
    """Is every message of this view that was sent before kept true by what is done now?"""
    before = len(day.tells)
    do()
    sent = {tell.slot for _, tell in day.tells[:before] if tell.view == view and tell.fresh}
    kept = {tell.slot for _, tell in day.tells[before:] if tell.view == view and not tell.fresh}
    return bool(sent) and sent == kept


def test_a_question_that_is_answered_says_so_wherever_it_was_asked() -> None:
    day = begun(severity=3, ladder=("sue",))
    day.wait(30)
    assert copies(day, "unanswered", lambda: day.do(Acknowledged(day.at, "sue")))
    day.wait(30)
    assert copies(day, "still", lambda: day.do(Acknowledged(day.at, "sue")))
    day = prevented(prevention="A checklist")
    day.wait(10 * DAY)
    assert copies(day, "prevention", lambda: day.do(Prevented(day.at, "ann")))


def test_what_stops_it_rings_again_after_it_was_put_off() -> None:
    day = prevented(prevention="A checklist")
    asked = [tell.slot for tell in day.wait(8 * DAY) if tell.view == "prevention"]
    day.do(Postponed(day.at, "ann", day.at + 5 * DAY * MINUTE))
    again = [tell.slot for tell in day.wait(8 * DAY) if tell.view == "prevention"]
    assert asked, "asked before"
    assert again, "asked again"
    assert not set(asked) & set(again), "each time in a message of its own: an old one does not ring"


def test_whoever_has_been_asked_is_not_asked_twice_by_a_second_press() -> None:
    day = begun(severity=3)
    day.do(PassedOn(day.at, "sue", "omar"))
    day.do(PassedOn(day.at, "sue", "omar"))
    assert (day.refused, whys(day)) == (["late-passed"], ["severe", "passed"])


def test_a_reminder_comes_again_when_it_was_put_off() -> None:
    day = fixing(due=60)
    day.wait(50)
    nudge = next(tell for _, tell in day.tells if tell.view == "nudge" and tell.args["timer"] == "due")
    day.do(Snoozed(day.at, "ann", "fix", "due", day.at + 15 * MINUTE, nudge.args["mark"]))
    assert reminders(day, 14.9, "due") == 0
    assert reminders(day, 0.2, "due") == 1


def test_later_means_then_and_once_however_often_it_is_pressed() -> None:
    day = begun().through("fix")
    (nudge,) = [tell for tell in day.wait(20) if tell.args.get("timer") == "progress"]

    def later() -> None:
        day.do(Snoozed(day.at, "ann", "fix", "progress", day.at + 15 * MINUTE, nudge.args["mark"]))

    later()
    assert reminders(day, 1, "progress") == 0
    later()
    assert reminders(day, 14.9, "progress") == 0
    assert reminders(day, 0.2, "progress") == 1
    assert reminders(day, 19.8, "progress") == 0
    assert reminders(day, 0.2, "progress") == 1, "one row of reminders goes on, not three"


# What stops it next time

DAY = 24 * 60


def prevented(**values: Value) -> Day:
    day = begun().through("document")
    day.answer("document", family="people", cause="x", lacked="care", wellbeing="fine", support="none", **values)
    assert day.now.status == "closed"
    return day


def followed(day: Day, days: float) -> list[str]:
    return [
        f"{tell.view} {tell.to.id}"
        for tell in day.wait(days * DAY)
        if tell.view.startswith("prevention") and tell.fresh and isinstance(tell.to, Person)
    ]


def test_what_stops_it_next_time_has_an_owner_and_a_date_and_is_followed() -> None:
    day = prevented(prevention="A checklist")
    assert (day.now.answers["prevention_owner"], day.now.answers["prevention_due"]) == (
        "ann",
        day.at + 7 * DAY * MINUTE,
    )
    assert followed(day, 5.9) == []
    assert followed(day, 0.2) == ["prevention ann"]
    assert followed(day, 1) == ["prevention ann"]
    assert followed(day, 1) == ["prevention ann", "prevention-late sue"]
    assert followed(day, 7) == ["prevention ann", "prevention-late sue"]
    assert [one.view for one in day.now.asks] == ["prevention-late"] * 2
    assert len(followed(day, 100)) == 4  # two more weeks of both, then it stops by itself


@pytest.mark.parametrize("settles", [Prevented(START, "ann"), Postponed(START, "ann", START + 99 * DAY * MINUTE)])
def test_what_was_not_done_in_time_is_told_to_be_settled_where_it_stands(settles: Prevented | Postponed) -> None:
    day = prevented(prevention="A checklist")
    late = [tell for tell in day.wait(9 * DAY) if tell.view == "prevention-late"]
    assert late
    follows = day.do(replace(settles, at=day.at))
    assert [one.slot for one in repainted(follows, "prevention-late")] == [one.slot for one in late]
    assert day.now.asks == ()


def test_its_owner_is_asked_not_the_agent() -> None:
    day = prevented(prevention="A checklist", prevention_owner="bo", prevention_due=START + 30 * DAY * MINUTE)
    day.at = max(day.at, START)
    assert followed(day, 29.5) == ["prevention bo"]


def test_once_done_nobody_is_asked_again_and_the_record_says_so() -> None:
    day = prevented(prevention="A checklist")
    day.wait(6 * DAY)
    follows = [one for one in day.do(Prevented(day.at, "ann")) if isinstance(one, Tell)]
    assert (Team("front"), "record", False) in [(tell.to, tell.view, tell.fresh) for tell in follows]
    assert day.now.answers["prevention_done"] == day.at
    assert followed(day, 100) == []
    day.do(Prevented(day.at, "ann"))
    assert day.refused == ["late-prevented"]


def test_what_takes_longer_is_asked_for_at_its_new_date() -> None:
    day = prevented(prevention="A checklist")
    day.do(Postponed(day.at, "ann", day.at + 20 * DAY * MINUTE))
    assert followed(day, 18.9) == []
    assert followed(day, 0.2) == ["prevention ann"]


@pytest.mark.parametrize(
    ("event", "key"),
    [
        (Prevented(START, "eve"), "not-yours"),
        (Postponed(START, "ann", START), "form"),
    ],
)
def test_what_may_not_be_done_to_a_prevention(event: Event, key: str) -> None:
    day = prevented(prevention="A checklist")
    before = day.now
    day.do(event)
    assert (day.refused, day.now) == ([key], before)


def test_where_there_is_nothing_to_prevent_nobody_is_asked() -> None:
    day = prevented(none_because="A storm")
    assert followed(day, 100) == []
    day.do(Prevented(day.at, "ann"))
    assert day.refused == ["late-prevented"]


# Amounts


def fixing_with_limits(spent: int = 0, amount: int = 600, ladder: tuple[str, ...] = LADDER_OF_THREE) -> Day:
    event = escalated(1, ladder=ladder)
    limits = (*LIMITS[:1], Limit("supervisor", "SEK", Decimal(900), Decimal(1000)))
    day = Day.of(replace(event, policy=replace(event.policy, limits=limits))).through("fix")
    day.fill()
    values = {"amount": Money(Decimal(amount), "SEK")}
    day.do(Answered(day.at, "ann", "fix", values, spent=Decimal(spent)))
    return day


@pytest.mark.parametrize(
    ("spent", "amount", "decision"),
    [(0, 300, "alone"), (0, 301, "asked"), (200, 300, "alone"), (201, 300, "asked"), (0, 900, "asked")],
)
def test_below_both_his_limits_the_agent_decides_himself(spent: int, amount: int, decision: str) -> None:
    day = fixing_with_limits(spent, amount)
    assert day.now.approval
    assert day.now.approval.decision == decision
    assert ("amount" in day.now.answers) == (decision == "alone")


def test_more_than_anybody_may_allow_is_refused_beside_the_field() -> None:
    day = fixing_with_limits(amount=901)
    assert (day.refused, day.now.approval) == (["form"], None)


def questions(tells: list[Tell]) -> list[str]:
    return [tell.to.id for tell in tells if tell.view == "approval" and tell.fresh and isinstance(tell.to, Person)]


def test_a_question_for_an_amount_goes_up_the_ladder_and_lapses() -> None:
    day = fixing_with_limits()
    assert questions([tell for _, tell in day.tells]) == ["sue"]
    told = day.wait(31)
    assert questions(told) == ["sam", "sid"]
    assert [tell.to for tell in told if tell.view == "decided"] == [Person("ann")]
    assert day.now.approval
    assert day.now.approval.decision == "expired"
    day.do(Allowed(day.at, "sue"))
    assert day.refused == ["late-allowed"]


def test_the_same_amount_may_be_asked_for_again_once_it_has_lapsed() -> None:
    day = fixing_with_limits()
    day.wait(31)
    follows = day.answer("fix", amount=Money(Decimal(600), "SEK"))
    assert questions([one for one in follows if isinstance(one, Tell)]) == ["sue"]


@pytest.mark.parametrize(
    ("event", "key"),
    [
        (Allowed(START, "ann"), "not-supervisor"),
        (Allowed(START, "eve"), "not-supervisor"),
        (Allowed(START, "sue", Money(Decimal(601), "SEK")), "form"),
        (Allowed(START, "sue", Money(Decimal(100), "EUR")), "form"),
        (Allowed(START, "sue", spent=Decimal(401)), "limit-day"),
        (Denied(START, "eve", "no"), "not-supervisor"),
        (Allowed(START, "sue", mark="another question"), "late-question"),
        (Denied(START, "sue", "no", "another question"), "late-question"),
    ],
)
def test_an_amount_that_may_not_be_allowed(event: Event, key: str) -> None:
    day = fixing_with_limits()
    before = day.now
    day.do(event)
    assert (day.refused, day.now) == ([key], before)


@pytest.mark.parametrize("again", [Allowed(START, "sam"), Denied(START, "sam", "no"), Allowed(START, "sue")])
def test_an_amount_is_granted_once(again: Event) -> None:
    day = fixing_with_limits()
    day.do(Allowed(day.at, "sue", Money(Decimal(450), "SEK")))
    assert day.now.answers["amount"] == Money(Decimal(450), "SEK")
    before = day.now
    day.do(again)
    assert (day.refused, day.now) == (["late-allowed"], before)
    assert questions(day.wait(60)) == []


def test_a_refused_amount_is_not_in_the_record() -> None:
    day = fixing_with_limits()
    follows = day.do(Denied(day.at, "sue", "A new one will do"))
    assert "amount" not in day.now.answers
    assert "decided" in views(follows)


def test_the_owner_is_asked_where_nobody_on_the_ladder_may_allow_it() -> None:
    policy = replace(plain(("sue",)), owner="boss", limits=LIMITS)
    day = Day.of(replace(escalated(1), policy=policy)).through("fix")
    day.fill()
    day.answer("fix", amount=Money(Decimal(5000), "SEK"))
    assert questions([tell for _, tell in day.tells]) == ["boss"]


def test_a_supervisor_may_take_it_unasked() -> None:
    day = begun()
    day.do(Acknowledged(day.at, "sid"))
    assert day.now.acknowledged_by == "sid"
    assert [tell.to for tell in day.wait(60) if tell.view == "late"] == [Person("sid")]


def test_whoever_has_it_hears_that_a_step_is_late_and_nobody_else() -> None:
    day = begun(3)
    day.do(Acknowledged(day.at, "sue"))
    told = day.wait(20)
    rung = [(tell.to, tell.view) for tell in told if tell.wakes and tell.view not in {"nudge", "still"}]
    assert rung == [(Person("sue"), "late")]


def repainted(effects: tuple[Effect, ...], *names: str) -> list[Tell]:
    return [one for one in effects if isinstance(one, Tell) and one.view in names and not one.fresh]


def test_what_was_late_is_told_to_be_over_where_it_stands() -> None:
    day = begun(3, ladder=("sue",))
    day.do(Acknowledged(day.at, "sue"))
    late = [tell for tell in day.wait(20) if tell.view == "late"]
    nudges = [tell for _, tell in day.tells if tell.view == "nudge"]
    assert late
    assert nudges
    assert repainted(day.answer("apology", draft="I am sorry."), "late", "nudge") == []
    follows = day.do(Skipped(day.at, "ann", "apology", "by phone"))
    painted = {(one.to, one.slot) for one in repainted(follows, "late", "nudge")}
    assert painted == {(one.to, one.slot) for one in (*late, *nudges)}
    assert day.now.asks == ()
    assert repainted(day.do(Noted(day.at, "ann", "on it")), "late", "nudge") == []


def test_a_late_step_that_nobody_has_says_who_takes_it() -> None:
    day = begun(ladder=("sue",))
    day.do(HelpAsked(day.at, "ann"))
    assert [tell.to for tell in day.wait(11) if tell.view == "late"] == [Person("sue")]
    follows = day.do(Acknowledged(day.at, "sue"))
    assert [one.to for one in repainted(follows, "late")] == [Person("sue")]


def test_a_reminder_that_is_put_off_has_nothing_to_press_until_it_comes_again() -> None:
    day = begun()
    (nudge,) = [tell for tell in day.wait(6) if tell.view == "nudge"]
    args = nudge.args
    follows = day.do(Snoozed(day.at, "ann", args["step"], args["timer"], day.at + 15 * MINUTE, args["mark"]))
    assert [one.slot for one in repainted(follows, "nudge")] == [nudge.slot]
    (again,) = [tell for tell in day.wait(16) if tell.view == "nudge"]
    assert [one.slot for one in day.now.asks if one.view == "nudge"] == [again.slot]


def test_without_supervisors_the_admins_hear_of_a_late_step() -> None:
    day = begun(3, ladder=())
    assert [tell.to for tell in day.wait(60) if tell.view == "late"] == [Admins()]


def test_a_late_nudge_says_nothing() -> None:
    day = begun()
    day.wait(4)
    day.fill(all_of_it=True)
    assert day.now.step == "review"
    assert day.wait(5) == []


@pytest.mark.parametrize(
    ("ladder", "keys"),
    [((), ["help-nobody"]), (("sue",), ["help-exhausted"]), (("sue", "sam"), [])],
)
def test_asking_for_help_when_one_was_pinged_already(ladder: tuple[str, ...], keys: list[str]) -> None:
    day = begun(3, ladder=ladder)
    follows = day.do(HelpAsked(day.at, "ann", "he shouts"))
    assert day.refused == keys
    assert rings([one for one in follows if isinstance(one, Tell)]) == ([] if keys else ["sam"])


def test_help_asked_again_goes_to_whoever_has_it() -> None:
    day = begun(3)
    day.do(Acknowledged(day.at, "sue"))
    follows = day.do(HelpAsked(day.at, "ann", "he wants the boss"))
    asked = [one for one in follows if isinstance(one, Tell) and one.view == "asked"]
    assert [(tell.to, tell.args["why"]) for tell in asked] == [(Person("sue"), "he wants the boss")]
    assert whys(day) == ["severe"]


def test_an_older_ladder_timer_says_nothing_once_the_next_was_pinged() -> None:
    day = begun(3)
    day.wait(1)
    day.fill(all_of_it=True)
    day.do(HelpAsked(day.at, "ann"))
    assert rings(day.wait(4.5)) == []
    assert rings(day.wait(1)) == ["sid"]


@pytest.mark.parametrize("step", ["apology", "review", "fix", "document"])
def test_after_the_end_no_timer_says_anything(step: str) -> None:
    day = begun(3).through(step)
    if step == "fix":
        day.fill()
    day.do(Dropped(day.at, "ann"))
    assert day.waiting
    assert day.wait(30 * 24 * 60) == []


# Promises


def fixing(due: float = 60, back: float = 24 * 60) -> Day:
    day = begun().through("fix")
    day.fill(due=due, back=back)
    return day


def reminders(day: Day, minutes: float, timer: str) -> int:
    return sum(tell.args.get("timer") == timer for tell in day.wait(minutes) if tell.view == "nudge")


def test_a_promise_reminds_before_it_falls_due() -> None:
    day = fixing(due=60)
    assert reminders(day, 49.9, "due") == 0
    assert reminders(day, 0.2, "due") == 1
    assert reminders(day, 24 * 60, "due") == 0


def test_a_promise_nearer_than_its_reminder_reminds_at_once() -> None:
    day = fixing(due=3)
    assert reminders(day, 0, "due") == 1


def test_a_changed_promise_silences_the_old_reminder() -> None:
    day = fixing(due=60)
    day.answer("fix", due=day.at + 120 * MINUTE)
    assert reminders(day, 109.9, "due") == 0
    assert reminders(day, 0.2, "due") == 1


def test_a_promise_that_is_corrected_without_being_changed_reminds_once() -> None:
    day = fixing(due=60)
    values = {key: day.now.answers[key] for key in ("remedy", "owner", "due", "check_back")}
    day.answer("fix", **{**values, "remedy": "A new one, by courier"})
    assert reminders(day, 59, "due") == 1
    assert rings(day.wait(12)) == ["sue"]
    assert whys(day) == ["late"]


def test_a_promise_changed_there_and_back_reminds_once() -> None:
    day = fixing(due=60)
    first = day.now.answers["due"]
    day.answer("fix", due=day.at + 120 * MINUTE)
    day.answer("fix", due=first)
    assert reminders(day, 24 * 60, "due") == 1


def test_a_kept_promise_says_nothing() -> None:
    day = fixing(due=60)
    day.answer("fix", fixed_at=day.at)
    assert views(day.wait(120)) == []


def test_a_broken_promise_calls_a_supervisor() -> None:
    day = fixing(due=60)
    day.wait(69)
    assert rings([tell for _, tell in day.tells]) == []
    assert rings(day.wait(2)) == ["sue"]


def test_checking_back_is_reminded_and_then_escalated() -> None:
    day = fixing(due=10, back=120)
    day.answer("fix", fixed_at=day.at)
    assert reminders(day, 104.9, "check") == 0
    assert reminders(day, 0.2, "check") == 1
    assert rings(day.wait(74)) == []
    assert rings(day.wait(2)) == ["sue"]


def test_a_skipped_step_keeps_its_promises() -> None:
    day = fixing(due=60)
    day.do(Skipped(day.at, "ann", "fix", "others do it"))
    assert day.now.step == "document"
    assert reminders(day, 55, "due") == 1


# Progress notes


def test_progress_is_asked_for_after_twenty_silent_minutes() -> None:
    day = fixing(due=300)
    assert reminders(day, 19.9, "progress") == 0
    assert reminders(day, 0.2, "progress") == 1
    assert reminders(day, 20, "progress") == 1


def test_a_note_starts_the_twenty_minutes_again() -> None:
    day = fixing(due=300)
    day.wait(15)
    day.do(Noted(day.at, "ann", "half way"))
    assert reminders(day, 19.9, "progress") == 0
    assert reminders(day, 0.2, "progress") == 1


def test_progress_is_asked_for_nine_times_at_most() -> None:
    day = fixing(due=5000, back=9000)
    assert reminders(day, 4000, "progress") == 9


def test_what_is_fixed_needs_no_progress() -> None:
    day = fixing(due=300)
    day.answer("fix", fixed_at=day.at)
    assert reminders(day, 200, "progress") == 0


# The end


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"family": "people", "cause": "x", "prevention": "y"}, "closed"),
        ({"family": "people", "cause": "x", "none_because": "y"}, "closed"),
        ({"family": "people", "cause": "x"}, "open"),
        ({"cause": "x", "prevention": "y"}, "open"),
        ({"family": "people", "prevention": "y"}, "open"),
        ({"family": "people", "cause": "x", "factors": "z", "lesson": "z", "departments": "z"}, "open"),
    ],
)
def test_closing_needs_cause_and_action_or_none_because(values: dict[str, Value | None], status: str) -> None:
    day = begun().through("document")
    day.answer("document", lacked="care", wellbeing="fine", support="none", **values)
    assert day.now.status == status


def test_closing_posts_the_record_and_paints_every_card_for_the_last_time() -> None:
    day = begun(3)
    day.do(HelpAsked(day.at, "ann"))
    day.through("document")
    follows = [one for one in day.fill(all_of_it=True) if isinstance(one, Tell)]
    assert [(tell.to, tell.view, tell.fresh) for tell in follows] == [
        (Person("ann"), "card", False),
        (Person("sue"), "ping", False),
        (Person("sam"), "ping", False),
        (Team("front"), "record", True),
    ]
    assert day.now.closed_at == day.at


def test_a_step_is_skipped_for_a_reason() -> None:
    day = begun()
    day.do(Skipped(day.at, "ann", "apology", "the customer hung up"))
    assert day.now.step == "review"
    assert day.now.skipped == {"apology": "the customer hung up"}
    assert "apology" not in day.now.done


def test_a_hand_over_moves_the_card() -> None:
    day = begun()
    follows = [one for one in day.do(HandedOver(day.at, "ann", "bo")) if isinstance(one, Tell)]
    assert [(tell.to, tell.view, tell.fresh) for tell in follows] == [
        (Person("ann"), "card", False),
        (Person("bo"), "card", True),
        (Person("bo"), "handed", True),
    ]
    assert day.now.agents_before == ("ann",)
    assert [tell.to for tell in day.wait(6) if tell.view == "nudge"] == [Person("bo")]


def test_nobody_is_pinged_about_a_recovery_that_was_handed_to_him() -> None:
    day = begun()
    day.do(HandedOver(day.at, "ann", "sue"))
    assert rings(day.wait(12)) == ["sam"]


# What is typed instead of pressed


def test_a_typed_message_answers_what_is_missing() -> None:
    day = begun()
    event = written("I am sorry about Friday.", press("", ""), day.now, BOOK)
    assert event == Answered(START, "ann", "apology", {"draft": "I am sorry about Friday."})


def test_a_typed_message_does_not_press_a_button() -> None:
    day = begun()
    day.fill()
    with pytest.raises(Rejected) as no:
        written("sent", press("", ""), day.now, BOOK)
    assert no.value.key == "use-button"


@pytest.mark.parametrize(("status", "key"), [("closed", "late-closed"), ("dropped", "late-dropped")])
def test_a_message_typed_into_what_is_over_is_too_late(status: str, key: str) -> None:
    day = begun()
    if status == "closed":
        day.through("document").fill(all_of_it=True)
    else:
        day.do(Dropped(day.at, "ann"))
    assert day.now.status == status
    day.do(written("one more thing", press("", ""), day.now, BOOK))
    assert day.refused == [key]


@pytest.mark.parametrize(
    ("verb", "event"),
    [
        ("accept", Accepted(START, "ann")),
        ("decline", Dropped(START, "ann")),
        ("drop", Dropped(START, "ann")),
        ("take", Acknowledged(START, "ann")),
        ("help", HelpAsked(START, "ann")),
    ],
)
def test_a_press_means(verb: str, event: Event) -> None:
    assert meant(press(verb, "apology"), begun().now, BOOK) == event


@pytest.mark.parametrize(("verb", "name"), [("note", "note"), ("skip", "reason"), ("handover", "to")])
@pytest.mark.parametrize("value", [None, "", "  \n"])
def test_a_press_that_needs_a_word_says_so_beside_the_field(verb: str, name: str, value: str | None) -> None:
    inputs = {} if value is None else {name: value}
    with pytest.raises(Rejected) as no:
        meant(press(verb, "apology", **inputs), begun().now, BOOK)
    assert (no.value.key, no.value.fields) == ("form", {name: "no-field-required"})


@pytest.mark.parametrize("verb", ["", "draft", "nonsense", "fixed_at", "__class__"])
def test_a_made_up_press_is_refused(verb: str) -> None:
    with pytest.raises(Rejected) as no:
        meant(press(verb, "apology"), begun().now, BOOK)
    assert no.value.key == "unknown-step"


def test_every_mistake_in_a_form_is_told_at_once() -> None:
    day = begun().through("fix")
    with pytest.raises(Rejected) as no:
        meant(press("answer", "fix", remedy="", due="soon", amount="a lot", compensation="gold"), day.now, BOOK)
    assert no.value.key == "form"
    assert no.value.fields == {
        "remedy": "no-field-required",
        "owner": "no-field-required",
        "due": "no-field-time",
        "check_back": "no-field-required",
        "amount": "no-field-money",
        "compensation": "no-field-option",
    }


# Small print


def test_a_timer_of_another_playbook_says_nothing() -> None:
    day = begun()
    for timer, step in (("nonsense", "apology"), ("nudge", "nonsense"), (LADDER, "apology")):
        assert advance(day.now, Elapsed(START, timer, step, mark=START.isoformat()), BOOK) is None


def test_a_journal_begins_with_an_escalation() -> None:
    with pytest.raises(TypeError):
        replay([Accepted(START, "ann")], BOOK)


def test_a_recovery_keeps_the_playbook_it_started_under(library: Library) -> None:
    text = library.playbooks["recovery"].source.replace('after = "5m"', 'after = "7m"')
    day = Day.of(escalated(), parse("old", text))
    assert views(day.wait(6)) == []
    assert views(day.wait(2)) == ["nudge"]


def test_the_agent_of_a_corrected_form_is_still_asked_politely() -> None:
    day = begun().through("document")
    day.now = replace(day.now, agent="bo")
    assert not day.do(Answered(day.at, "ann", "document", {"cause": "x"}))
    assert day.refused == ["not-yours"]


# One outage


@pytest.mark.parametrize("offered", [True, False])
@pytest.mark.parametrize(("kind", "looks"), [("outage", 1), ("angry", 0), ("none", 0)])
def test_only_who_reports_an_outage_is_compared_with_others(kind: str, looks: int, *, offered: bool) -> None:
    begun = start(replace(escalated(offered=offered), kind=kind), BOOK)
    wakes = [one for one in begun.effects if isinstance(one, Wake) and one.timer == OUTAGE]
    assert len(wakes) == looks
    assert all(one.at == START and one.pierces for one in wakes)


def test_a_word_on_the_outage_reaches_whoever_has_the_customer_now() -> None:
    day = Day.of(escalated())
    day.do(HandedOver(day.at, "ann", "bo"))
    told = day.do(Informed(day.at, "o1", 2))
    assert [(tell.to, tell.view, tell.slot) for tell in told if isinstance(tell, Tell) and tell.fresh] == [
        (Person("bo"), "outage-word", "outage/2")
    ]
    assert day.now.touched_at == START, "it is nothing that anybody did for this customer"


# What was lost


def test_where_nobody_is_there_to_ask_what_is_urgent_is_told_at_its_end() -> None:
    away = Policy((Level(("sue",)),), owner="boss", absences=(Absence("sue", START.date(), START.date()),))
    for offered in (False, True):
        day = Day.of(replace(escalated(3, offered=offered), policy=away))
        assert [tell.to for _, tell in day.tells if tell.view == "unanswered"] == [Person("boss")]
        said = day.do(Acknowledged(day.at, "boss"))
        assert [tell.fresh for tell in said if isinstance(tell, Tell) and tell.view == "unanswered"] == [False]
    assert "unanswered" not in views([tell for _, tell in Day.of(escalated(3)).tells])


def test_where_nobody_is_there_to_ask_a_second_failure_is_told_though_it_cannot_be_more_severe() -> None:
    day = Day.of(escalated(3, ladder=()))
    assert "unanswered" in views(day.do(Recurred(day.at, "customer", "r7")))


def waiting_for(amount: int) -> Day:
    policy = replace(plain(LADDER_OF_THREE), limits=(Limit("agent", "SEK", Decimal(300)),))
    day = Day.of(replace(escalated(), policy=policy)).through("fix")
    day.fill()
    day.answer("fix", amount=Money(Decimal(amount), "SEK"))
    assert day.now.approval
    assert day.now.approval.decision == "asked"
    return day


def test_correcting_something_else_leaves_the_question_for_an_amount_alone() -> None:
    day = waiting_for(1000)
    asked, day.at = day.now.approval, day.at + MINUTE
    day.answer("fix", remedy="a new one", amount=Money(Decimal(1000), "SEK"))  # as it stands in the form
    assert day.now.approval == asked
    assert "amount" not in day.now.answers
    assert day.now.answers["remedy"] == "a new one"
    day.answer("fix", amount=None)
    assert day.now.approval is None


def test_what_was_refused_is_remembered_when_something_else_is_corrected() -> None:
    day = waiting_for(1000)
    day.do(Denied(day.at, "sue", "no"))
    refused = day.now.approval
    day.answer("fix", remedy="a new one", amount=None)
    assert day.now.approval == refused


@pytest.mark.parametrize("how", ["dropped", "closed"])
def test_a_question_lapses_when_the_recovery_ends_and_its_card_says_so(how: str) -> None:
    day = waiting_for(1000)
    if how == "closed":
        day.through("document")
    last = day.fill(all_of_it=True) if how == "closed" else day.do(Dropped(day.at, "ann", "a mistake"))
    assert day.now.status == how
    assert day.now.approval
    assert day.now.approval.decision == "expired"
    assert [tell.to for tell in last if isinstance(tell, Tell) and tell.view == "approval"] == [Person("sue")]
    assert "decided" not in views(last)


def test_a_reminder_of_a_step_that_is_done_cannot_be_put_off() -> None:
    day = Day.of(escalated()).through("review")
    day.do(Snoozed(day.at, "ann", "apology", "nudge", day.at + 15 * MINUTE))
    assert day.refused == ["late-step"]


def test_what_was_thought_to_be_fixed_and_is_not_reminds_again() -> None:
    day = Day.of(escalated()).through("fix")
    day.fill(due=30)
    day.answer("fix", fixed_at=day.at)
    assert day.wait(60) == []
    day.answer("fix", fixed_at=None)
    told = day.wait(19)
    assert whys(day)[0] == "late"  # the promise is overdue
    assert [tell.args["timer"] for tell in told if tell.view == "nudge"] == ["due"]
    assert [tell.args["timer"] for tell in day.wait(2) if tell.view == "nudge"] == ["progress"]


def test_whoever_took_over_and_hands_it_on_is_asked_whether_it_goes_on() -> None:
    day = Day.of(escalated(3))
    day.do(TookOver(day.at, "sue"))
    assert "still" not in views(day.wait(60))
    day.do(HandedOver(day.at, "sue", "bo"))
    assert [tell.to for tell in day.wait(60) if tell.view == "still" and tell.fresh] == [Person("sue")]
