"""One recovery at every moment that somebody sees, for golden cards: same people, same words, same clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from bot.cards import Card
from bot.core import outage
from bot.core.changing import replay
from bot.core.events import (
    Acknowledged,
    Allowed,
    Answered,
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
    Prevented,
    Recurred,
    Reopened,
    Skipped,
    TookOver,
)
from bot.core.limits import Limit
from bot.core.morning import Morning, morning
from bot.core.playbook import Playbook
from bot.core.policy import Level, Policy, plain
from bot.core.recovery import Recovery
from bot.library import Library
from bot.texts import Voice
from bot.views import Scene, show
from bot.views.coach import reviewed
from bot.views.scene import Case

T = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)  # 14:00 in Stockholm
NAMES = {"ann": "Ann Öberg", "bo": "Bo <@U999>", "sue": "سعاد", "omar": "Omar"}
SAID = "Customer Nilsson is furious: third time the router fails <!channel> *now* & he wants out"
HOSTILE = "<!channel> <@U0SUE> </b><script>alert(1)</script> *bold* [a](http://x.y) \u202eright to left\u202c " * 40


LADDER = plain(("sue", "omar"))
LIMITS = (
    Limit("agent", "SEK", Decimal(500)),
    Limit("agent", "EUR", Decimal(50)),
    Limit("supervisor", "SEK", Decimal(5000)),
)
WITH_LIMITS = replace(LADDER, limits=LIMITS)
IN_CHANNEL = Policy((Level(channel="C7"), *LADDER.levels))


def _m(minutes: int) -> datetime:
    return T + timedelta(minutes=minutes)


def _began(
    *,
    offered: bool = False,
    severity: int = 2,
    said: str = SAID,
    playbook: str = "recovery",
    kind: str = "angry",
    policy: Policy = LADDER,
) -> Escalated:
    return Escalated(
        at=T,
        by="ann",
        workspace="test:1",
        id="r1",
        playbook=playbook,
        playbook_version=2,
        team="support",
        channel="support",
        said=said,
        lang="en",
        link="",
        severity=severity,
        kind=kind,
        reasons=("anger", "repeat-contact"),
        offered=offered,
        policy=policy,
    )


def _answer(minutes: int, step: str, **values: Any) -> Answered:
    return Answered(_m(minutes), "ann", step, values)


APOLOGY = (
    _answer(2, "apology", draft="We failed you three times, and I am sorry."),
    _answer(3, "apology", sent_at=_m(3)),
)
REVIEW = (_answer(9, "review", happened="It drops every evening", wanted="A router that works", first_time="again"),)
FIX = _answer(
    15,
    "fix",
    remedy="A new router by courier",
    owner="bo",
    due=_m(120),
    check_back=_m(1500),
    compensation="money",
    amount=Money(Decimal("250.50"), "SEK"),
)
COSTLY = _answer(
    15,
    "fix",
    remedy="The month back",
    owner="bo",
    due=_m(120),
    check_back=_m(1500),
    compensation="money",
    amount=Money(Decimal(1500), "SEK"),
)
LESS = Allowed(_m(20), "sue", Money(Decimal(1000), "SEK"))
NOTE = Noted(_m(30), "ann", "The courier has it")
FIXED = _answer(110, "fix", fixed_at=_m(110))
RATED = _answer(1500, "fix", rating="4")
WRITTEN = _answer(
    1510,
    "document",
    family="product",
    cause="Old firmware",
    departments="Network, warehouse",
    prevention="Update the batch",
    lacked="product",
    lesson="Ask for the serial number first",
    wellbeing="shaken",
    support="talk",
)
SKIPPED = Skipped(_m(1), "ann", "apology", "He hung up")
CONTROLLED = (_answer(2, "control", control_at=_m(2)),)
SOLVING = (
    _answer(3, "acknowledge", draft="I see why you need Sunday delivery.", sent_at=_m(3)),
    _answer(9, "refocus", happened="No delivery on Sunday", wanted="Sunday, for a birthday"),
)
TO_FIX: tuple[Event, ...] = (*APOLOGY, *REVIEW)
TO_END: tuple[Event, ...] = (*TO_FIX, FIX, NOTE, FIXED, RATED, WRITTEN)

WEAK = "Sorry if you felt bad about it <!channel>, but we are busy. Please calm down, we will get back to you soon."
GOOD = (
    "We charged your card twice on Monday. That is our mistake, and I am sorry it left you short before the weekend. "
    "I have sent the 480 kr back just now, and I will message you on Thursday at 12:00 to check."
)

# view name → (view, reader, events, args)
MOMENTS: Mapping[str, tuple[str, str, tuple[Event, ...], Mapping[str, str]]] = {
    "offer": ("offer", "ann", (_began(offered=True),), {}),
    "offer_dropped": ("offer", "ann", (_began(offered=True), Dropped(_m(1), "ann")), {}),
    "apology": ("card", "ann", (_began(),), {}),
    "apology_written": ("card", "ann", (_began(), APOLOGY[0]), {}),
    "review_severe": ("card", "ann", (_began(severity=3), *APOLOGY, Acknowledged(_m(5), "sue")), {}),
    "fix": ("card", "ann", (_began(), *TO_FIX), {}),
    "fix_promised": ("card", "ann", (_began(), *TO_FIX, FIX, NOTE), {}),
    "fix_done": ("card", "ann", (_began(), *TO_FIX, FIX, NOTE, FIXED), {}),
    "document": ("card", "ann", (_began(), *TO_FIX, FIX, NOTE, FIXED, RATED), {}),
    "closed": ("card", "ann", (_began(), *TO_END), {}),
    "handed_over": ("card", "ann", (_began(), HandedOver(_m(4), "ann", "bo")), {}),
    "handed_to": ("card", "bo", (_began(), *APOLOGY, HandedOver(_m(4), "ann", "bo")), {}),
    "hostile": ("card", "ann", (_began(said=HOSTILE), *TO_FIX, _answer(15, "fix", remedy=HOSTILE)), {}),
    "nudge": (
        "nudge",
        "ann",
        (_began(), *TO_FIX, FIX),
        {"step": "fix", "timer": "progress", "mark": _m(9).isoformat()},
    ),
    "nudge_over": ("nudge", "ann", (_began(), *TO_FIX), {"step": "apology", "timer": "nudge", "mark": T.isoformat()}),
    "late_over": ("late", "sue", (_began(), *TO_FIX), {"step": "apology"}),
    "prevention_late_done": ("prevention-late", "sue", (_began(), *TO_END, Prevented(_m(2000), "ann")), {}),
    "carp_angry": ("card", "ann", (_began(playbook="carp"),), {}),
    "carp_outage": ("card", "ann", (_began(playbook="carp", kind="outage"), *CONTROLLED), {}),
    "carp_refused": ("card", "ann", (_began(playbook="carp", kind="refused_request"), *CONTROLLED, *SOLVING), {}),
    "taken": ("taken", "ann", (_began(),), {"who": "sue"}),
    "ping_severe": ("ping", "sue", (_began(severity=3, offered=True),), {}),
    "ping_asked": ("ping", "sue", (_began(), *TO_FIX, FIX, NOTE, HelpAsked(_m(31), "ann", "May I give 500?")), {}),
    "ping_taken": ("ping", "sue", (_began(severity=3), *APOLOGY, Acknowledged(_m(5), "sue")), {}),
    "ping_skipped": ("ping", "sue", (_began(severity=3), Skipped(_m(5), "ann", "apology", "He hung up")), {}),
    "ping_again": ("ping", "sue", (_began(), *TO_FIX, Recurred(_m(12), "customer", "r0")), {"call": "1"}),
    "ping_passed": ("ping", "omar", (_began(severity=3), PassedOn(_m(2), "sue", "omar")), {"call": "2"}),
    "ping_asked_now": ("ping", "sue", (_began(severity=3), PassedOn(_m(2), "sue", "omar")), {}),
    "ping_channel": ("ping", "", (_began(severity=3, policy=IN_CHANNEL),), {"call": "1"}),
    "ping_reopened": (
        "ping",
        "sue",
        (_began(severity=3), *TO_END, Reopened(_m(1600), "ann", "The new router drops the line too <!channel>")),
        {"call": "2"},
    ),
    "ping_asked_before": (
        "ping",
        "omar",
        (
            _began(severity=3),
            HelpAsked(_m(1), "ann", "May I give 500?"),
            *TO_END,
            Reopened(_m(1600), "ann", "It drops again"),
        ),
        {"call": "2"},
    ),
    "ping_channel_asked": ("ping", "", (_began(policy=IN_CHANNEL), HelpAsked(_m(5), "ann", "May I?")), {"call": "1"}),
    "unanswered_channel": ("unanswered", "", (_began(severity=3),), {}),
    "unanswered_mine": (
        "unanswered",
        "boss",
        (_began(severity=3, policy=replace(LADDER, owner="boss")), Acknowledged(_m(25), "boss")),
        {},
    ),
    "ping_channel_taken": (
        "ping",
        "",
        (_began(severity=3, policy=IN_CHANNEL), Acknowledged(_m(5), "omar")),
        {"call": "1"},
    ),
    "ping_stalled": (
        "ping",
        "omar",
        (
            _began(severity=3),
            PassedOn(_m(2), "sue", "bo"),
            Acknowledged(_m(3), "bo"),
            *(Elapsed(_m(after), "idle", "apology") for after in (40, 60)),
        ),
        {"call": "3"},
    ),
    "ping_older": (
        "ping",
        "sue",
        (_began(severity=3), PassedOn(_m(2), "sue", "omar"), PassedOn(_m(4), "omar", "sue")),
        {"call": "1"},
    ),
    "ping_own": ("ping", "sue", (_began(severity=3), TookOver(_m(5), "sue")), {}),
    "ping_dropped": ("ping", "sue", (_began(severity=3), Dropped(_m(5), "ann")), {}),
    "ping_closed": ("ping", "sue", (_began(severity=3), *TO_END), {}),
    "still": ("still", "sue", (_began(severity=3), Acknowledged(_m(5), "sue"), Elapsed(_m(40), "idle", "apology")), {}),
    "still_going": ("still", "sue", (_began(severity=3), Acknowledged(_m(5), "sue")), {}),
    "recurs": ("recurs", "sue", (_began(), *TO_END, Recurred(_m(1511), "cause", "r0")), {"of": "r0"}),
    "advised": ("advised", "ann", (_began(),), {"who": "sue", "text": "Offer the refund <!channel> today"}),
    "taken_over": ("taken-over", "ann", (_began(severity=3), TookOver(_m(5), "sue")), {"who": "sue"}),
    "snoozed": ("snoozed", "ann", (_began(),), {"at": _m(55).isoformat()}),
    "help_later": ("help-coming", "ann", (_began(),), {"who": "sue", "at": _m(1000).isoformat()}),
    "help_later_channel": ("help-coming", "ann", (_began(),), {"who": "", "at": _m(1000).isoformat()}),
    "storm": ("storm", "sue", (_began(),), {}),
    "storm_unanswered": ("storm", "sue", (_began(),), {"view": "unanswered"}),
    "storm_late_over": ("storm", "sue", (_began(),), {"view": "late"}),
    "fix_limits": ("card", "ann", (_began(policy=WITH_LIMITS), *TO_FIX), {}),
    "fix_asking": ("card", "ann", (_began(policy=WITH_LIMITS), *TO_FIX, COSTLY), {}),
    "approval": ("approval", "sue", (_began(policy=WITH_LIMITS), *TO_FIX, COSTLY), {}),
    "approval_less": ("approval", "sue", (_began(policy=WITH_LIMITS), *TO_FIX, COSTLY, LESS), {}),
    "approval_refused": (
        "approval",
        "omar",
        (_began(policy=WITH_LIMITS), *TO_FIX, COSTLY, Denied(_m(20), "sue", "A new one")),
        {},
    ),
    "approval_expired": (
        "approval",
        "sue",
        (_began(policy=WITH_LIMITS), *TO_FIX, COSTLY, *(Elapsed(_m(30), "approval", "fix") for _ in range(2))),
        {},
    ),
    "decided_less": ("decided", "ann", (_began(policy=WITH_LIMITS), *TO_FIX, COSTLY, LESS), {}),
    "decided_no": (
        "decided",
        "ann",
        (_began(policy=WITH_LIMITS), *TO_FIX, COSTLY, Denied(_m(20), "sue", "A new one")),
        {},
    ),
    "record_allowed": ("record", "", (_began(policy=WITH_LIMITS), *TO_FIX, COSTLY, LESS, FIXED, RATED, WRITTEN), {}),
    "prevention": ("prevention", "ann", (_began(), *TO_END), {}),
    "prevention_done": ("prevention", "ann", (_began(), *TO_END, Prevented(_m(2000), "ann")), {}),
    "prevention_late": ("prevention-late", "sue", (_began(), *TO_END), {}),
    "record_prevented": ("record", "", (_began(), *TO_END, Prevented(_m(2000), "ann")), {}),
    "late": ("late", "sue", (_began(severity=3), Acknowledged(_m(5), "sue")), {"step": "apology"}),
    "late_nobody": ("late", "sue", (_began(),), {"step": "apology"}),
    "support": ("support", "sue", (_began(), *TO_END), {}),
    "unanswered": ("unanswered", "omar", (_began(severity=3),), {}),
    "unanswered_taken": ("unanswered", "omar", (_began(severity=3), Acknowledged(_m(25), "sue")), {}),
    "undelivered": (
        "undelivered",
        "omar",
        (),
        {"reason": "not_in_channel", "where": "C01REC", "said": "not_in_channel"},
    ),
    "fault": ("fault", "omar", (), {"kind": "late", "who": "sue", "command": "amends proof r1", "at": T.isoformat()}),
    "record": ("record", "", (_began(), *TO_END), {}),
    "digest": ("digest", "sue", (), {}),
    "digest_nothing": ("digest", "sue", (), {}),
    "muted": ("muted", "sue", (), {"until": _m(90).isoformat()}),
    "mute_over": ("mute-over", "sue", (_began(),), {"since": T.isoformat(), "until": _m(40).isoformat()}),
    "mute_over_nothing": ("mute-over", "sue", (), {"since": T.isoformat(), "until": _m(40).isoformat()}),
    "home_supervisor": ("home", "sue", (), {}),
    "home_muted": ("home", "sue", (), {}),
    "outage": ("outage", "sue", (), {}),
    "outage_open": ("outage", "sue", (), {}),
    "outage_due": ("outage", "sue", (), {"due": "1"}),
    "outage_over": ("outage", "omar", (), {}),
    "outage_declined": ("outage", "omar", (), {}),
    "outage_word": ("outage-word", "ann", (_began(), Informed(_m(9), "o1", 1)), {"word": "1"}),
    "outage_word_last": ("outage-word", "ann", (_began(), Informed(_m(9), "o1", 2)), {"word": "2"}),
    "outage_word_old": ("outage-word", "ann", (_began(), Informed(_m(9), "o1", 2)), {"word": "1"}),
    "outage_card": ("card", "ann", (_began(kind="outage"), *TO_FIX, Informed(_m(9), "o1", 1)), {}),
    "outage_ping": ("ping", "sue", (_began(severity=3), Informed(_m(9), "o1", 1)), {}),
    "outage_record": ("record", "", (_began(), *TO_END, Informed(_m(9), "o1", 2)), {}),
    "advice": ("advice", "ann", (), {"topic": "discount", "phase": "apologise"}),
    "advice_offered": ("advice", "ann", (_began(offered=True),), {"topic": "angry", "phase": "apologise"}),
    "advice_fix": ("advice", "ann", (_began(), *TO_FIX), {"topic": "angry", "phase": "fix", "similar": "r1"}),
    "advice_nothing": ("advice", "ann", (), {"topic": "", "phase": "apologise"}),
    "missed": ("missed", "ann", (), {}),
    "review": ("review", "ann", (), {"draft": WEAK}),
    "review_case": ("review", "ann", (_began(), _answer(2, "apology", draft=WEAK), *REVIEW, FIX), {}),
    "review_good": ("review", "ann", (), {"draft": GOOD}),
    "review_code": ("review", "ann", (), {"draft": "Traceback (most recent call last):"}),
    "no": ("no", "ann", (), {"key": "late-taken", "who": "sue"}),
    "help": ("help", "ann", (), {}),
    "list": ("list", "ann", (_began(), *TO_FIX), {}),
    "home": ("home", "ann", (_began(), *TO_FIX), {}),
}


WORD = outage.Word(
    "Card payments <!channel> do not go through",
    _m(-28),
    "Cash works; no money is taken twice",
    _m(90),
    "Sue, shift lead",
)
OFFERED = outage.Offered(_m(5), "test:1", "o1", "support", _m(-28), LADDER, ("sue",), "", 1)
DECLARED = outage.Declared(_m(8), "sue", WORD)
ENDED = outage.Ended(_m(36), "omar", replace(WORD, what="Card payments work again", safe="", next_at=None))
OUTAGES: Mapping[str, tuple[outage.Event, ...]] = {
    "outage": (OFFERED,),
    "outage_declined": (OFFERED, outage.Declined(_m(8), "sue")),
    "outage_over": (OFFERED, DECLARED, ENDED),
    "outage_word_last": (OFFERED, DECLARED, ENDED),
    "outage_word_old": (OFFERED, DECLARED, ENDED),
    "outage_record": (OFFERED, DECLARED, ENDED),
}


def _morning(library: Library) -> Morning:
    """A day and an hour after it began: something of everything."""
    book = library.playbooks["recovery"]
    late = replace(FIX, values={**FIX.values, "due": _m(24 * 60)})
    today = replace(FIX, values={**FIX.values, "due": _m(27 * 60)})
    some = [
        replay((_began(severity=3, said="He calls the newspaper <!channel>"), Acknowledged(_m(5), "sue")), book),
        replay((_began(), *TO_FIX, late), book),
        replay((_began(said="لم تصل الطلبية"), *TO_FIX, today), book),
        replay((_began(severity=1, said="Fel färg på skorna"), *TO_FIX), book),
        replay((_began(), *TO_FIX, FIX, FIXED, replace(RATED, at=_m(111)), replace(WRITTEN, at=_m(112))), book),
    ]
    some[-1] = replace(
        some[-1], answers={**some[-1].answers, "prevention_due": _m(26 * 60), "prevention_owner": "omar"}
    )
    return morning(some, _m(25 * 60), "Europe/Stockholm")


def card(moment: str, lang: str, library: Library, platform: str = "slack") -> Card:
    """What the reader sees at that moment, in that language, an hour after the end."""
    view, reader, events, args = MOMENTS[moment]
    began = events[0] if events else None
    book = library.playbooks[began.playbook if isinstance(began, Escalated) else "recovery"]
    recovery: Recovery | None = replay(events, book) if events else None
    case = Case(recovery, book) if recovery else None
    scene = Scene(
        voice=Voice(library.words, lang, "Europe/Stockholm", _m(40)).of(book.id),
        reader=reader,
        case_=case,
        names=NAMES,
        args=args,
        mine=(case,) if case and view in {"home", "list"} else (),
        languages=library.words.languages,
        methods=library.methods(lang),
        platform=platform,
    )
    if view == "review":
        scene = reviewed(scene, library.ears, library.eyes)
    if args.get("similar"):
        ended = Case(replay((_began(), *TO_END), library.playbooks["recovery"]), library.playbooks["recovery"])
        scene = replace(scene, similar=(ended,))
    if view == "storm":
        scene = replace(scene, case_=None, crowd=_crowd(book))
    if moment == "digest":
        voice = replace(scene.voice, now=_m(25 * 60))
        scene = replace(scene, voice=voice, morning=_morning(library))
    if moment.startswith("home_"):
        scene = replace(scene, supervises=True, muted_until=_m(90) if moment == "home_muted" else None)
    if moment == "mute_over" and case:
        others = (Acknowledged(_m(5), "omar"), Dropped(_m(6), "ann"))
        crowd = (case, *(Case(replay((_began(said="She waits again"), one), book), book) for one in others))
        scene = replace(scene, crowd=crowd)
    if moment.startswith("outage"):
        parent = outage.replay(OUTAGES.get(moment, (OFFERED, DECLARED)))
        alike = tuple(
            replay((_began(said=said),), book) for said in ("Internet is down", "لا يعمل الدفع", "Allt ligger nere")
        )
        scene = replace(scene, outage=parent, alike=alike)
    return show(view, scene)


def _crowd(book: Playbook) -> tuple[Case, ...]:
    """Six who need the same supervisor: one urgent, one hostile, and three that are no longer waiting."""
    told: tuple[tuple[Event, ...], ...] = (
        (_began(), HelpAsked(_m(1), "ann")),
        (_began(said=HOSTILE), HelpAsked(_m(2), "ann")),
        (_began(severity=3),),
        (_began(severity=3), Acknowledged(_m(5), "omar")),
        (_began(severity=3), Dropped(_m(6), "ann")),
        (_began(), HelpAsked(_m(3), "ann"), *TO_END),
    )
    found = [replay(events, book) for events in told]
    return tuple(Case(replace(one, id=f"r{number}"), book) for number, one in enumerate(found, 1))
