"""The contract of the Store port, run on every database; then what only SQLite promises: a file others can read."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Coroutine, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from sqlite_utils import Database

from bot.core.changing import apply, replay
from bot.core.effects import Admins, Aside, Channel, Effect, Home, Person, Team, Tell, Wake
from bot.core.engine import advance, start
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
)
from bot.core.hours import Window
from bot.core.limits import Approval, Limit
from bot.core.policy import Absence, Level, Policy, Rota, Shift, plain
from bot.core.recovery import Recovery
from bot.errors import BusyFile, Conflict, Repeated, StoreError
from bot.ports import Change, Job, Order, Profile, Store
from bot.store import codec, jobs
from bot.store.questions import connect
from bot.store.schema import migrations
from bot.store.sqlite import SqliteStore
from tests.fakes_clock import START
from tests.test_engine import BOOK, Act, Day, acts, begins, escalated, play

W = "desk:T1"
MINUTE = timedelta(minutes=1)
SPRAWL = "Grüße 👩‍🦰 \u202eesrever\u202c ٢٥٠ ريال 'quoted' \"twice\" \\ <!channel> \x00 end"
ROOT = Path(__file__).parent.parent


def tell(person: str = "ann", slot: str = "card", *, fresh: bool = True) -> Tell:
    return Tell(Person(person), "card", slot, fresh=fresh)


def order(minutes: float = 0, effect: Effect | None = None) -> Order:
    return Order(START + minutes * MINUTE, effect or tell())


def begin(key: str = "r1", seen: str = "", orders: tuple[Order, ...] = (), workspace: str = W) -> Change:
    event = replace(escalated(), id=key, workspace=workspace)
    return Change(workspace, seen, start(event, BOOK).recovery, 0, event, orders)


def step(now: Recovery, event: Event, seen: str = "", orders: tuple[Order, ...] = ()) -> Change:
    return Change(now.workspace, seen, apply(now, event, BOOK), now.version, event, orders)


async def kept(store: Store, key: str = "r1") -> Recovery:
    found = await store.recovery(W, key)
    assert found is not None
    return found


async def due(store: Store, minutes: float = 0, lease: float = 1, limit: int = 100) -> list[int]:
    now = START + minutes * MINUTE
    return [job.id for job in await store.lease(now, now + lease * MINUTE, limit)]


EVENTS: tuple[Event, ...] = (
    Accepted(START, "ann"),
    Dropped(START, "ann", SPRAWL),
    Answered(START, "ann", "apology", {"draft": SPRAWL, "sent_at": None}),
    Answered(START, "ann", "fix", {"amount": Money(Decimal("1250.50"), "SAR"), "due": START, "many": ("a", "b")}),
    Answered(START, "ann", "x", {"number": 3, "yes": True, "none": None, "empty": "", "tuple": ()}),
    Skipped(START, "ann", "apology", SPRAWL),
    Noted(START + timedelta(microseconds=7), "ann", SPRAWL),
    HandedOver(START, "ann", "bo"),
    HelpAsked(START, "ann", SPRAWL),
    HelpAsked(START, "ann"),
    Acknowledged(START, "sue"),
    Advised(START, "sue", SPRAWL),
    TookOver(START, "sue"),
    PassedOn(START, "sue", "sam"),
    Snoozed(START, "ann", "fix", "due", START, START.isoformat()),
    Reopened(START, "ann", SPRAWL),
    Recurred(START, "customer", "r0"),
    Answered(START, "ann", "fix", {"amount": Money(Decimal(3), "SEK")}, spent=Decimal("12.50")),
    Allowed(START, "sue", Money(Decimal("1.50"), "SEK"), spent=Decimal(3)),
    Allowed(START, "sue"),
    Denied(START, "sue", SPRAWL),
    Prevented(START, "ann"),
    Postponed(START, "ann", START + MINUTE),
    Informed(START, "o1", 2),
    Barred(START, "eve", "Acknowledged", "not-supervisor"),
    Elapsed(START, "ladder", "", 2),
    Elapsed(START, "due", "fix", 1, START.isoformat()),
)
EFFECTS: tuple[Effect, ...] = (
    Tell(Person("ann"), "card", "card", {"who": SPRAWL}, under="card", fresh=False, wakes=True),
    Tell(Aside("ann", "C1", "https://hooks.example/1"), "offer", "offer"),
    Tell(Home("ann"), "home", "home"),
    Tell(Team("front"), "record", "record"),
    Tell(Channel("C1"), "ping", "ping/2", {"call": "2"}, wakes=True),
    Tell(Admins(), "unanswered", "unanswered/3"),
    Wake(START, "due", "fix", 3, "mark", pierces=True),
)


ROTA = Rota("floor", "Asia/Riyadh", (Shift(("sue", "omar"), (Window((0, 1), time(22), time(6)),)),))
POLICY = Policy(
    (Level(("sue",), wait=7 * MINUTE), Level(rota=ROTA), Level(channel="C1")),
    repeat=2,
    channel="C9",
    owner="boss",
    absences=(Absence("sue", date(2026, 12, 24), date(2027, 1, 6), "omar"),),
    zone="Asia/Riyadh",
    limits=(Limit("agent", "SEK", Decimal("200.50"), Decimal(500)), Limit("owner", "EUR", Decimal(0))),
)


SPENDING = (
    ("ann", "SEK", 0, Decimal(100)),
    ("ann", "SEK", 5, Decimal("250.50")),
    ("ann", "SEK", -1, Decimal(1000)),  # yesterday
    ("ann", "EUR", 5, Decimal(7)),
    ("sue", "SEK", 5, Decimal(3000)),
    ("ann", "SEK", 5, None),  # asked, not granted
)


class StoreContract:
    """What every store must do. A subclass gives it a fixture `store`."""

    async def test_what_was_committed_is_there(self, store: Store) -> None:
        await store.commit(begin(orders=(order(),)))
        change = begin()
        assert await kept(store) == change.recovery
        assert [entry.event for entry in await store.journal(W, "r1")] == [change.event]
        assert len(await due(store)) == 1

    async def test_the_policy_a_recovery_started_under_comes_back_whole(self, store: Store) -> None:
        change = begin()
        assert change.recovery
        await store.commit(replace(change, recovery=replace(change.recovery, policy=POLICY)))
        assert (await kept(store)).policy == POLICY

    async def test_what_somebody_decided_today_is_counted(self, store: Store) -> None:
        for number, (person, currency, minutes, granted) in enumerate(SPENDING):
            change = begin(f"r{number}", f"event {number}")
            assert change.recovery
            at = START + minutes * MINUTE
            approval = Approval(
                "alone", Decimal(9), currency, "ann", at, granted=granted, decided_by=person, decided_at=at
            )
            answers = {"amount": Money(granted, currency)} if granted else {}
            now = replace(change.recovery, approval=approval, answers=answers, touched_at=START + 99 * MINUTE)
            await store.commit(replace(change, recovery=now))
            assert (await kept(store, f"r{number}")).approval == approval
        assert await store.spent(W, "ann", "SEK", START, "r9") == Decimal("350.50")
        assert await store.spent(W, "ann", "SEK", START, "r0") == Decimal("250.50")
        assert await store.spent(W, "eve", "SEK", START, "r0") == 0

    @pytest.mark.parametrize(
        ("days", "theirs", "found"),
        [
            (1, {"customer": " k-17 "}, "r0"),
            (29, {"customer": "K-17"}, "r0"),
            (31, {"customer": "K-17"}, ""),
            (1, {"customer": "K-18"}, ""),
            (1, {"customer": "K 17"}, ""),
            (1, {"cause": "Old firmware", "family": "product"}, "r0"),
            (1, {"cause": "old FIRMWARE", "family": "product"}, "r0"),
            (1, {"cause": "Old firmware", "family": "people"}, ""),
            (1, {}, ""),
        ],
    )
    async def test_an_earlier_failure_is_found(
        self, store: Store, days: int, theirs: dict[str, str], found: str
    ) -> None:
        mine = {"customer": "K-17", "cause": "Old firmware", "family": "product"}
        for key, at, answers in (("r0", START - timedelta(days=days), theirs), ("r1", START, mine)):
            change = begin(key, f"event {key}")
            assert change.recovery
            await store.commit(replace(change, recovery=replace(change.recovery, opened_at=at, answers=answers)))
        since = START - timedelta(days=30)
        earlier = [await store.earlier(W, "r1", field, since) for field in ("customer", "cause")]
        assert "".join(dict.fromkeys(earlier)) == found
        assert await store.earlier(W, "r0", "customer", since) == ""

    @pytest.mark.parametrize(
        ("mine", "theirs"),
        [
            ("Örjan  Ek", "ÖRJAN EK"),
            ("أحمد علي", "احمد علي"),
            ("Åsa", "A\u030asa"),
            ("Nils.", "nils"),
            ("عميل ٤١٧", "عميل 417"),
        ],
    )
    async def test_a_customer_is_known_however_he_is_written(self, store: Store, mine: str, theirs: str) -> None:
        for key, name, days in (("r0", theirs, 1), ("r1", mine, 0)):
            change = begin(key, f"event {key}")
            assert change.recovery
            now = replace(change.recovery, opened_at=START - timedelta(days=days), answers={"customer": name})
            await store.commit(replace(change, recovery=now))
        assert await store.earlier(W, "r1", "customer", START - timedelta(days=30)) == "r0"

    async def test_there_is_nothing_where_nothing_was_kept(self, store: Store) -> None:
        assert await store.recovery(W, "r1") is None
        assert list(await store.journal(W, "r1")) == []
        assert await store.person(W, "ann") is None
        assert await store.address(W, "ann") is None
        assert await store.about(W, "m1") == ""
        assert await store.next_due() is None
        assert await store.playbook("recovery", 1) is None
        assert await due(store) == []

    async def test_a_repeat_has_no_effect(self, store: Store) -> None:
        await store.commit(begin("r1", "event 1", (order(),)))
        with pytest.raises(Repeated):
            await store.commit(begin("r2", "event 1", (order(),)))
        assert await store.recovery(W, "r2") is None
        assert len(await due(store)) == 1

    async def test_the_same_delivery_in_another_workspace_is_another(self, store: Store) -> None:
        await store.commit(begin("r1", "event 1"))
        await store.commit(begin("r1", "event 1", workspace="desk:T2"))
        assert await store.recovery(W, "r1") != await store.recovery("desk:T2", "r1")
        assert await store.recovery("desk:T2", "r1")

    async def test_a_conflict_leaves_nothing_behind(self, store: Store) -> None:
        await store.commit(begin())
        now = await kept(store)
        await store.commit(step(now, Noted(START, "ann", "first")))
        late = step(now, Noted(START, "ann", "second"), "event 2", (order(),))
        with pytest.raises(Conflict):
            await store.commit(late)
        assert [note.text for note in (await kept(store)).notes] == ["first"]
        assert len(await store.journal(W, "r1")) == 2
        assert await due(store) == []
        again = step(await kept(store), Noted(START, "ann", "second"), "event 2")
        await store.commit(again)  # the delivery that failed was not remembered as seen

    async def test_changing_what_is_not_there_is_a_conflict(self, store: Store) -> None:
        with pytest.raises(Conflict):
            await store.commit(step(start(escalated(), BOOK).recovery, Noted(START, "ann", "x")))

    async def test_many_commits_at_once_are_each_whole_or_not_at_all(self, store: Store) -> None:
        await store.commit(begin("r0", "event 0"))
        changes = [begin(f"r{n}", f"event {n if n % 5 else 0}", (order(), order())) for n in range(1, 401)]
        results = await asyncio.gather(*map(store.commit, changes), return_exceptions=True)
        for change, result in zip(changes, results, strict=True):
            assert change.recovery is not None
            there = await store.recovery(W, change.recovery.id)
            journal = await store.journal(W, change.recovery.id)
            if change.seen == "event 0":
                assert isinstance(result, Repeated)
                assert (there, len(journal)) == (None, 0)
            else:
                assert result is None
                assert (there, len(journal)) == (change.recovery, 1)
        assert len(await due(store, limit=1000)) == 2 * 320

    async def test_of_many_who_change_the_same_one_wins(self, store: Store) -> None:
        await store.commit(begin())
        now = await kept(store)
        changes = [step(now, Noted(START, "ann", str(n)), f"event {n}") for n in range(50)]
        results = await asyncio.gather(*map(store.commit, changes), return_exceptions=True)
        assert [type(one) for one in results if one is not None] == [Conflict] * 49
        assert len((await kept(store)).notes) == 1
        assert replay([entry.event for entry in await store.journal(W, "r1")], BOOK) == await kept(store)

    @pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
    async def test_an_event_comes_back_as_it_was(self, store: Store, event: Event) -> None:
        await store.commit(begin())
        await store.commit(replace(step(await kept(store), Noted(START, "ann", "x")), event=event))
        first, second = await store.journal(W, "r1")
        assert (first.version, first.event) == (1, escalated())
        assert (second.version, second.event) == (2, event)

    @pytest.mark.parametrize("effect", EFFECTS, ids=lambda effect: type(getattr(effect, "to", effect)).__name__)
    async def test_a_job_comes_back_as_it_was(self, store: Store, effect: Effect) -> None:
        await store.commit(begin(orders=(order(5, effect),)))
        (job,) = await store.lease(START + 5 * MINUTE, START + 6 * MINUTE, 10)
        assert (job.workspace, job.recovery, job.due) == (W, "r1", START + 5 * MINUTE)
        assert (job.effect, job.attempts, job.unsure) == (effect, 1, False)

    async def test_replaying_the_journal_gives_the_row(self, store: Store) -> None:
        day = Day.of(escalated(3))
        day.do(Acknowledged(day.at, "sue"))
        day.through("fix")
        day.fill()
        day.answer("fix", amount=Money(Decimal("12345678.95"), "SEK"), compensation="money")
        day.do(Noted(day.at, "ann", SPRAWL))
        day.do(HandedOver(day.at, "ann", "bo"))
        day.through("document").fill(all_of_it=True)
        now = replay(day.journal[:1], BOOK)
        await store.commit(Change(W, "", now, 0, day.journal[0]))
        for event in day.journal[1:]:
            await store.commit(step(await kept(store), event))
        assert await kept(store) == day.now
        assert replay([entry.event for entry in await store.journal(W, "r1")], BOOK) == day.now

    # Who reads what

    async def test_open_ones_oldest_first_and_only_his(self, store: Store) -> None:
        for place, key in enumerate(("r3", "r1", "r2")):
            change = begin(key)
            assert change.recovery is not None
            at = START - place * MINUTE
            await store.commit(replace(change, recovery=replace(change.recovery, opened_at=at)))
        closed = await kept(store, "r1")
        await store.commit(step(closed, Dropped(START, "ann")))
        assert [one.id for one in await store.open_for(W, "ann")] == ["r2", "r3"]
        assert list(await store.open_for(W, "bo")) == []
        assert list(await store.open_for("desk:T2", "ann")) == []

    async def test_what_an_agent_was_heard_to_say_in_a_channel(self, store: Store) -> None:
        for key, severity, minutes in (("r1", 3, -20), ("r2", 1, -10), ("r3", 2, -5)):
            change = begin(key)
            assert change.recovery is not None
            at = START + minutes * MINUTE
            row = replace(change.recovery, channel="C1", severity=severity, opened_at=at)
            await store.commit(replace(change, recovery=row))

        async def heard(minutes: int, channel: str = "C1", agent: str = "ann", workspace: str = W) -> list[int]:
            found = await store.heard_here(workspace, channel, agent, START - minutes * MINUTE)
            return [one.severity for one in found]

        assert [await heard(20), await heard(19), await heard(6), await heard(4)] == [[3, 1, 2], [1, 2], [2], []]
        assert [await heard(20, "C2"), await heard(20, agent="bo"), await heard(20, workspace="desk:T2")] == [
            [],
            [],
            [],
        ]

    async def test_people(self, store: Store) -> None:
        ann = Profile("ann", "آن Åse", "sv", "Europe/Stockholm", chosen=True)
        await store.keep_person(W, replace(ann, lang="en", chosen=False))
        await store.keep_person(W, ann)
        assert await store.person(W, "ann") == ann
        assert await store.person("desk:T2", "ann") is None

    async def test_addresses(self, store: Store) -> None:
        await store.keep_address(W, "ann", "old")
        await store.keep_address(W, "ann", '{"id": "19:å"}')
        assert await store.address(W, "ann") == '{"id": "19:å"}'
        assert await store.address("desk:T2", "ann") is None
        await store.drop_address(W, "ann")
        await store.drop_address(W, "ann")
        assert await store.address(W, "ann") is None

    async def test_a_playbook_is_kept_as_it_was_first(self, store: Store) -> None:
        await store.keep_playbook("recovery", 1, "one")
        await store.keep_playbook("recovery", 1, "two")
        await store.keep_playbook("recovery", 2, "three")
        assert [await store.playbook("recovery", n) for n in (1, 2, 3)] == ["one", "three", None]

    # Jobs

    async def test_jobs_fall_due_in_order_and_not_before(self, store: Store) -> None:
        await store.commit(begin(orders=(order(2), order(1), order(1), order(3))))
        assert await due(store, 0.9) == []
        assert await due(store, 2) == [2, 3, 1]

    async def test_a_lease_takes_no_more_than_asked_for_and_oldest_first(self, store: Store) -> None:
        await store.commit(begin(orders=tuple(order(-n) for n in range(5))))
        assert await due(store, limit=2) == [5, 4]
        assert await due(store, limit=2) == [3, 2]

    async def test_a_leased_job_is_not_leased_again_until_its_lease_runs_out(self, store: Store) -> None:
        await store.commit(begin(orders=(order(),)))
        assert await due(store, 0, lease=5) == [1]
        assert await due(store, 4.9) == []
        (job,) = await store.lease(START + 5 * MINUTE, START + 9 * MINUTE, 10)
        assert (job.attempts, job.unsure) == (2, True)
        (job,) = await store.lease(START + 9 * MINUTE, START + 10 * MINUTE, 10)
        assert (job.attempts, job.unsure) == (3, True)

    async def test_two_workers_never_lease_the_same_job(self, store: Store) -> None:
        await store.commit(begin(orders=tuple(order() for _ in range(60))))
        taken = await asyncio.gather(*(due(store, limit=7) for _ in range(12)))
        ids = [one for some in taken for one in some]
        assert sorted(ids) == sorted(set(ids)) == list(range(1, 61))

    async def test_finished_is_finished(self, store: Store) -> None:
        await store.commit(begin(orders=(order(),)))
        (job,) = await store.lease(START, START + MINUTE, 10)
        await store.finish(job, START, ref="m1", orders=(order(1, tell("bo")),))
        assert await due(store, 100) == [2]

    async def test_put_off_comes_again_and_is_told_to_somebody(self, store: Store) -> None:
        await store.commit(begin(orders=(order(),)))
        (job,) = await store.lease(START, START + MINUTE, 10)
        await store.put_off(job, START + 10 * MINUTE, "not_in_channel: no", (order(0, tell("root")),))
        assert await due(store, 9) == [2]
        _, again = await store.lease(START + 10 * MINUTE, START + 11 * MINUTE, 10)
        assert (again.id, again.attempts, again.unsure) == (1, 2, False)

    async def test_once_unsure_always_unsure(self, store: Store) -> None:
        await store.commit(begin(orders=(order(),)))
        (job,) = await store.lease(START, START + MINUTE, 10)
        await store.put_off(job, START + MINUTE, "unknown: no answer", unsure=True)
        (job,) = await store.lease(START + MINUTE, START + 2 * MINUTE, 10)
        assert job.unsure
        await store.put_off(job, START + 2 * MINUTE, "try again in 1 s")  # could not even ask
        (job,) = await store.lease(START + 2 * MINUTE, START + 3 * MINUTE, 10)
        assert job.unsure

    async def test_what_was_mended_is_due_now(self, store: Store) -> None:
        await store.commit(begin(orders=(order(), order(), order(), order(0.5))))
        one, two, three, _ = await store.lease(START + MINUTE, START + 2 * MINUTE, 4)
        await store.put_off(one, START + 60 * MINUTE, "not_in_channel: C1")
        await store.put_off(two, START + 60 * MINUTE, "archived: C2")
        await store.finish(three, START, error="not_in_channel: given up")
        assert await store.release("desk:T2", "not_in_channel", START) == 0
        assert await store.release(W, "not_in_channel", START + MINUTE) == 1
        assert await due(store, 1) == [1]

    async def test_the_next_thing_to_do(self, store: Store) -> None:
        await store.commit(begin(orders=(order(3), order(5))))
        assert await store.next_due() == START + 3 * MINUTE
        (job,) = await store.lease(START + 3 * MINUTE, START + 4 * MINUTE, 10)
        assert await store.next_due() == START + 4 * MINUTE  # when the lease runs out
        await store.finish(job, START + 3 * MINUTE)
        assert await store.next_due() == START + 5 * MINUTE

    async def test_what_only_changes_a_message_is_leased_last(self, store: Store) -> None:
        await store.commit(begin(orders=(order(0, tell(fresh=False)), order(1), order(2, Wake(START, "x", "y")))))
        assert await due(store, 3, limit=2) == [2, 3]
        assert await due(store, 3, limit=2) == [1]

    async def test_lanes_in_hand_are_left_alone(self, store: Store) -> None:
        wake = Wake(START, "nudge", "apology")
        await store.commit(begin(orders=(order(), order(1, tell("bo")), order(2, wake), order(3, tell(fresh=False)))))
        ann, bo, clock = f"{W} person ann", f"{W} person bo", f"{W} r1"
        assert await store.next_due() == START
        assert await store.next_due({ann}) == START + MINUTE
        assert await store.next_due({ann, bo, clock}) is None
        leased = await store.lease(START + 9 * MINUTE, START + 10 * MINUTE, 9, {ann, clock})
        assert [(job.id, job.lane) for job in leased] == [(2, bo)]
        assert await store.next_due({ann, clock}) == START + 10 * MINUTE  # when that lease runs out
        assert {job.lane for job in await store.lease(START + 9 * MINUTE, START + 10 * MINUTE, 9)} == {ann, clock}

    async def test_what_is_put_back_was_never_tried(self, store: Store) -> None:
        await store.commit(begin(orders=(order(), order())))
        one, two = await store.lease(START, START + MINUTE, 9)
        await store.put_back((one,))
        await store.put_back((two,), START + 5 * MINUTE, gathered=True)
        await store.put_back(())
        (again,) = await store.lease(START, START + 9 * MINUTE, 9)
        assert again == one
        (held,) = await store.lease(START + 5 * MINUTE, START + 6 * MINUTE, 1)
        assert (held.id, held.attempts, held.gathered, held.planned) == (2, 1, True, START)
        assert (held.due, held.unsure) == (START + 5 * MINUTE, False)

    async def test_what_one_message_told_is_done_together(self, store: Store) -> None:
        orders = [Order(START, replace(tell(slot="ping"), wakes=True)) for _ in range(2)]
        await store.commit(begin("r1", orders=(orders[0],)))
        await store.commit(begin("r2", orders=(orders[1],)))
        one, two = await store.lease(START, START + MINUTE, 9)
        await store.finish(one, START, ref="m1", also=(two,))
        assert await store.next_due() is None
        assert [await store.message(job, "ping") for job in (one, two)] == ["m1", "m1"]

    async def test_when_the_clock_goes_back_what_was_due_is_due_and_waits_are_as_long(self, store: Store) -> None:
        hour = timedelta(hours=1)
        ladder, promise = Wake(START, "ladder", "x"), Wake(START, "due", "fix", pierces=True)
        await store.commit(begin(orders=(order(), order(10, ladder), order(10, promise), order(10), order(10))))
        (sent,) = await store.lease(START, START + MINUTE, 1)
        await store.finish(sent, START, ref="m1")
        *_, put_off, _ = await store.lease(START + 10 * MINUTE, START + 11 * MINUTE, 9)
        await store.put_off(put_off, START + 40 * MINUTE, "try again in 30 s")
        await store.rewound(START + 5 * MINUTE, START + 5 * MINUTE - hour)
        rows = {job.id: job for job in await store.lease(START + 99 * MINUTE, START + 100 * MINUTE, 9)}
        assert rows[2].due == START + 10 * MINUTE - hour
        assert rows[3].due == rows[5].due == START + 10 * MINUTE
        assert rows[4].due == START + 5 * MINUTE - hour

    async def test_the_message_in_a_slot_and_what_it_is_about(self, store: Store) -> None:
        jobs = (order(0, tell()), order(1, tell(fresh=False)), order(1, tell("bo")), order(1, tell(slot="nudge")))
        await store.commit(begin(orders=jobs))
        (first,) = await store.lease(START, START + MINUTE, 1)
        assert await store.message(first, "card") == ""
        await store.finish(first, START, ref="m1")
        again, bo, nudge = await store.lease(START + MINUTE, START + 2 * MINUTE, 10)
        assert [await store.message(job, "card") for job in (again, bo, nudge)] == ["m1", "", "m1"]
        assert await store.message(again, "nudge") == ""
        await store.finish(again, START, ref="m2")
        assert await store.message(nudge, "card") == "m2"
        assert await store.about(W, "m2") == "r1"
        assert await store.about("desk:T2", "m2") == ""

    async def test_a_timer_has_no_message(self, store: Store) -> None:
        await store.commit(begin(orders=(order(0, Wake(START, "nudge", "apology")),)))
        (job,) = await store.lease(START, START + MINUTE, 1)
        assert await store.message(job, "nudge") == ""

    async def test_who_was_told_and_since_when(self, store: Store) -> None:
        await store.commit(Change(W, orders=(order(0, tell("root", "undelivered/refused/C1")),)))
        slot = "undelivered/refused/C1"
        assert await store.told(W, slot, START)
        assert not await store.told(W, slot, START + MINUTE)
        assert not await store.told(W, "undelivered/refused/C2", START)
        assert not await store.told("desk:T2", slot, START)

    async def test_orders_without_an_event_belong_to_the_recovery_named(self, store: Store) -> None:
        await store.commit(Change(W, "event 1", orders=(order(),), about="r9"))
        await store.commit(Change(W, "event 2", orders=(order(),)))
        assert [job.recovery for job in await store.lease(START, START + MINUTE, 10)] == ["r9", ""]

    async def test_half_a_character_is_kept_as_a_sign(self, store: Store) -> None:
        """JSON may carry half a surrogate pair; no database can write it."""
        event = replace(escalated(), said="broken \ud83d heart")
        await store.commit(Change(W, "", start(event, BOOK).recovery, 0, event))
        assert (await kept(store)).said == "broken ? heart"
        (entry,) = await store.journal(W, "r1")
        assert isinstance(entry.event, Escalated)
        assert entry.event.said == "broken ? heart"


class TestSqlite(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[SqliteStore]:
        kept = SqliteStore(tmp_path / "amends.db")
        yield kept
        kept.close()

    async def test_it_goes_on_where_it_was(self, tmp_path: Path) -> None:
        path = tmp_path / "deep" / "down" / "amends.db"
        first = SqliteStore(path)
        await first.commit(begin(orders=(order(),)))
        first.close()
        second = SqliteStore(path)
        assert await kept(second) == begin().recovery
        assert await due(second) == [1]
        second.close()


# Rows and JSON


@settings(max_examples=100, deadline=None)
@given(begins, acts)
def test_every_recovery_comes_back_from_its_row(event: Escalated, doings: list[Act]) -> None:
    day = Day.of(event)
    for act in doings:
        play(day, act)
    assert codec.recovery(codec.row(day.now)) == day.now


@pytest.mark.parametrize(
    "answers",
    [
        {"factors": ("night", "phone"), "departments": ("desk",)},  # a playbook where they are chosen from a list
        {"due": "as soon as it is there", "amount": "twenty"},  # or are plain text
        {"amount": Money(Decimal("0.10"), "SEK"), "rating": "5", "happened": "123", "lesson": "0012"},
        {"currency": "none"},
    ],
)
def test_a_playbook_may_give_a_known_field_another_kind(answers: dict[str, str]) -> None:
    now = replace(start(escalated(), BOOK).recovery, answers=answers)
    row = codec.row(now)
    assert all(value is None or isinstance(value, str | int | float) for value in row.values())
    assert codec.recovery(row) == now


def test_an_amount_comes_back_as_it_is_written() -> None:
    now = replace(start(escalated(), BOOK).recovery, answers={"amount": Money(Decimal("250.00"), "SEK")})
    assert str(codec.recovery(codec.row(now)).answers["amount"]) == str(now.answers["amount"])


def test_text_order_is_time_order() -> None:
    moments = [START, START + timedelta(microseconds=1), START.replace(microsecond=999999), START + MINUTE]
    assert sorted(map(codec.iso, moments)) == list(map(codec.iso, moments))
    assert codec.iso(datetime(2026, 11, 24, 15, tzinfo=UTC).astimezone()) == "2026-11-24T15:00:00.000000+00:00"


# One file, one process


def elsewhere(code: str, *args: object) -> subprocess.Popen[str]:
    """Another process that runs a few lines against a database."""
    command = [sys.executable, "-c", code, *map(str, args)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


OPEN = """
import sys
from pathlib import Path
from bot.errors import BusyFile
from bot.store.sqlite import SqliteStore
try:
    SqliteStore(Path(sys.argv[1])).close()
except BusyFile as error:
    print(error)
"""


def test_a_second_process_does_not_start(store: SqliteStore) -> None:
    said, _ = elsewhere(OPEN, store.path).communicate(timeout=20)
    assert said == f"{store.path}: another Amends has this database open; stop it first, or set AMENDS_DB\n"


def test_a_second_store_in_this_process_neither(store: SqliteStore) -> None:
    with pytest.raises(BusyFile):
        SqliteStore(store.path)


def test_a_process_that_ended_leaves_the_file_free(tmp_path: Path) -> None:
    SqliteStore(tmp_path / "amends.db").close()
    said, _ = elsewhere(OPEN, tmp_path / "amends.db").communicate(timeout=20)
    assert said == ""
    SqliteStore(tmp_path / "amends.db").close()


COMMITS = """
import asyncio, sys
from dataclasses import replace
from pathlib import Path
from bot.store.sqlite import SqliteStore
from tests.test_store import begin, order

async def one(store, key):
    await store.commit(begin(key, key, (order(), order())))
    print(key, flush=True)

async def main():
    store = SqliteStore(Path(sys.argv[1]))
    for batch in range(1000):
        await asyncio.gather(*(one(store, f"r{batch}-{n}") for n in range(20)))

asyncio.run(main())
"""


@pytest.mark.parametrize("lines", [1, 217])
async def test_killed_in_mid_commit_it_loses_nothing_that_was_acknowledged(tmp_path: Path, lines: int) -> None:
    path = tmp_path / "amends.db"
    child = elsewhere(COMMITS, path)
    assert child.stdout is not None
    told = [child.stdout.readline().strip() for _ in range(lines)]
    os.kill(child.pid, signal.SIGKILL)
    told += child.stdout.read().split("\n")[:-1]  # a line cut in two was not yet told
    child.communicate(timeout=20)  # not for what it said: it would miss what readline has in hand
    store = SqliteStore(path)
    try:
        for key in told:
            assert await store.recovery(W, key) is not None, key
        rows = Database(sqlite3.connect(path))
        assert rows.execute("pragma integrity_check").fetchone() == ("ok",)
        there = rows["recoveries"].count
        assert rows["journal"].count == there  # each whole or not at all
        assert rows["jobs"].count == 2 * there
        assert rows["seen"].count == there
        rows.conn.close()
    finally:
        store.close()


async def test_what_waits_at_the_end_is_written(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "amends.db")
    waiting = [asyncio.create_task(store.commit(begin(f"r{n}"))) for n in range(50)]
    await asyncio.sleep(0)
    store.close()
    await asyncio.gather(*waiting)
    again = SqliteStore(tmp_path / "amends.db")
    assert len(await again.open_for(W, "ann")) == 50
    again.close()


async def test_only_what_can_be_found_out_again_does_not_wait_for_the_disk(store: SqliteStore) -> None:
    def waits(connection: sqlite3.Connection) -> bool:
        return bool(connection.execute("pragma synchronous").fetchone()[0] == 2)  # full

    alone = [await store._writer.do(waits, light=light) for light in (True, False, True)]
    together = list(await asyncio.gather(store._writer.do(waits, light=True), store._writer.do(waits)))
    assert alone == [False, True, False]
    assert together == [True, True]
    await store.commit(begin(orders=(order(),)))
    assert store._writer._waits, "an escalation is safe from a power cut"
    (job,) = await store.lease(START, START + MINUTE, 9)
    await store.finish(job, START, ref="m1")
    assert not store._writer._waits, "that a message was sent, the platform can be asked"


async def test_whoever_comes_after_the_end_is_told(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "amends.db")
    await store.commit(begin("r1"))
    store.close()
    async with asyncio.timeout(5):
        with pytest.raises(StoreError, match="closed"):
            await store.commit(begin("r2"))


async def test_what_was_in_hand_when_a_process_ended_is_nobodys_and_unsure_at_the_next_start(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "amends.db")
    await store.commit(begin(orders=(order(), order(0, tell("bo")), order(5, tell("eve")))))
    await store.lease(START, START + 60 * MINUTE, 1)
    store.close()
    again = SqliteStore(tmp_path / "amends.db")
    found = await again.lease(START, START + MINUTE, 9)
    assert [(job.id, job.unsure) for job in found] == [(1, True), (2, False)]
    again.close()


async def test_what_was_read_a_moment_ago_is_read_again_once_it_changed(store: SqliteStore) -> None:
    await store.commit(begin())
    before = await kept(store)
    assert await kept(store) is before
    await store.commit(step(before, Noted(START, "ann", "news")))
    assert [note.text for note in (await kept(store)).notes] == ["news"]
    with pytest.raises(Conflict):
        await store.commit(step(before, Noted(START, "ann", "late")))
    assert [note.text for note in (await kept(store)).notes] == ["news"]


async def test_whoever_stops_waiting_harms_nobody(store: SqliteStore) -> None:
    waiting = asyncio.create_task(store.commit(begin("r1")))
    await asyncio.sleep(0)
    waiting.cancel()
    await store.commit(begin("r2"))
    assert await store.recovery(W, "r2") is not None


async def test_while_another_process_writes_everything_else_goes_on(store: SqliteStore) -> None:
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("begin immediate")
    waiting = asyncio.create_task(store.commit(begin("r1")))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    assert await store.recovery(W, "r1") is None
    other.execute("rollback")
    other.close()
    await waiting
    assert await store.recovery(W, "r1") is not None


# Others read the file: sqlite-utils, Datasette, a person


async def story(store: SqliteStore, key: str, said: str, happened: str, lesson: str) -> None:
    day = Day.of(replace(escalated(), id=key, said=said))
    day.through("review")
    day.at += 5 * MINUTE
    day.answer("review", happened=happened, wanted="A call")
    day.fill(due=30)
    day.at += 25 * MINUTE
    day.answer("fix", fixed_at=day.at, rating="4", amount=Money(Decimal(250), "SEK"))
    employee = {"wellbeing": "fine", "support": "none"}
    cause = {"family": "process", "cause": "No stock", "lacked": "time"}
    day.answer("document", **cause, **employee, prevention="Count on Fridays", lesson=lesson)
    assert day.now.status == "closed"
    now = replay(day.journal[:1], BOOK)
    await store.commit(Change(W, "", now, 0, day.journal[0]))
    for event in day.journal[1:]:
        now = apply(now, event, BOOK)
        await store.commit(Change(W, "", now, now.version - 1, event))


async def test_the_file_is_readable_and_searchable(store: SqliteStore) -> None:
    await store.keep_person(W, Profile("ann", "Ann Åberg"))
    await story(store, "r1", "تأخر الطلب أسبوعين", "العميل اتصل ثلاث مرات ولم يرد أحد", "نرد خلال ساعة")
    await story(store, "r2", "Leveransen är försenad igen", "Gräsklipparen kom trasig", "Ring före åtta")
    await store.commit(begin("r3", orders=(order(0, Tell(Person("sue"), "ping", "ping", wakes=True)),)))
    rows = Database(sqlite3.connect(f"{store.path.as_uri()}?mode=ro", uri=True))
    for words, found in (
        ("تأخر", ["r1"]),
        ("العميل", ["r1"]),
        ("ساعة", ["r1"]),
        ("försenad", ["r2"]),
        ("Gräsklipparen", ["r2"]),
        ("grasklipparen", ["r2"]),  # without the dots, as on a foreign keyboard
        ("åtta", ["r2"]),
        ("Fridays", ["r1", "r2"]),
        ("nobody", ["r3"]),
        ("nothing", []),
    ):
        assert sorted(row["id"] for row in rows.table("recoveries").search(words)) == found, words
    (first, _) = rows["completed_recoveries"].rows
    assert first["agent_name"] == "Ann Åberg"
    assert (first["minutes_to_fix"], first["minutes_to_close"]) == (30, 30)
    assert (first["amount"], first["currency"], first["rating"]) == (250, "SEK", 4)
    assert [row["id"] for row in rows["open_recoveries"].rows] == ["r3"]
    assert [row["receiver"] for row in rows["pings"].rows] == ["person sue"]
    rows.conn.close()


async def test_a_corrected_word_is_found_and_the_old_one_is_not(store: SqliteStore) -> None:
    await store.commit(begin())
    now = await kept(store)
    outcome = advance(now, Skipped(START, "ann", "apology", "x"), BOOK)
    assert outcome is not None
    await store.commit(Change(W, "", outcome.recovery, 1, Skipped(START, "ann", "apology", "x")))
    for happened in ("wrong size", "wrong colour"):
        now = await kept(store)
        await store.commit(step(now, Answered(START, "ann", "review", {"happened": happened})))
    rows = Database(sqlite3.connect(store.path))
    assert [row["id"] for row in rows.table("recoveries").search("colour")] == ["r1"]
    assert list(rows.table("recoveries").search("size")) == []
    rows.conn.close()


def test_a_database_of_the_first_version_is_brought_up(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    old = Database(sqlite3.connect(path))
    migrations.apply(old, stop_before="m002_delivery")
    ping, repaint = tell("sue", "ping"), tell("sue", "ping", fresh=False)
    effects = (replace(ping, view="ping", wakes=True), Wake(START, "ladder", "apology"), repaint, tell())
    for effect in effects:
        old.table("jobs").insert(
            {
                "workspace": W,
                "recovery": "r1",
                "due": codec.iso(START),
                "type": type(effect).__name__,
                "receiver": "person sue" if isinstance(effect, Tell) else None,
                "slot": "ping",
                "data": codec.event_data(effect),
            }
        )
    assert "rank" not in old.table("jobs").columns_dict
    old.conn.close()
    for _ in range(2):
        SqliteStore(path).close()
    new = Database(sqlite3.connect(path))
    rows = list(new.query("select rank, planned = due as planned, gathered, version from jobs order by id"))
    assert [row["rank"] for row in rows] == [0, 1, 2, 1]
    assert {(row["planned"], row["gathered"], row["version"]) for row in rows} == {(1, 0, None)}
    assert [row["name"] for row in new["pings"].rows] == ["sue"]
    new.conn.close()


def test_the_next_job_is_found_by_an_index_alone(store: SqliteStore) -> None:
    rows = Database(sqlite3.connect(store.path))
    plan = " ".join(row["detail"] for row in rows.query(f"explain query plan {jobs.NEXT}", {"without": "[]"}))
    assert "jobs_first" in plan
    assert not re.search(r"SCAN jobs(?! USING INDEX)|TEMP B-TREE", plan)
    named = {"without": "[]", "now": "", "until": "", "limit": 1}
    plan = " ".join(row["detail"] for row in rows.query(f"explain query plan {jobs.LEASE}", named))
    assert "jobs_first" in plan
    assert "jobs_repaints" in plan
    assert not re.search(r"SCAN jobs(?! USING INDEX)|TEMP B-TREE", plan)
    rows.conn.close()


async def test_nothing_walks_through_all_that_was_ever_sent(store: SqliteStore) -> None:
    said: set[str] = set()
    for connection in (store._reading, store._searching, store._writer._connection):
        connection.set_trace_callback(said.add)
    await store.commit(begin(orders=(order(effect=Tell(Person("sue"), "ping", "ping", wakes=True)),)))
    (job,) = await store.lease(START, START, 1)
    await store.put_off(job, START, "muted: until then")
    await store.put_back([job])
    await store.rewound(START, START - MINUTE)
    await store.release(W, "muted", START)
    for question in _asking(store, job):  # one after the other: tracing bears no two threads
        await question
    await store.finish(job, START, "ref", also=[job])
    plans = connect(store.path)
    kept = [one for one in said if re.match(r"\s*(select|update|insert|delete) ", one)]  # the rest is the search's own
    for sql in kept:
        plan = [row[3] for row in plans.execute(f"explain query plan {sql}")]
        assert not [
            one for one in plan if re.match(r"SCAN (jobs|recoveries|journal|messages|seen)\b(?!.*INDEX)", one)
        ], sql
    assert len(kept) > 20
    plans.close()


def _asking(store: SqliteStore, job: Job) -> Iterator[Coroutine[None, None, object]]:
    """Every question there is."""
    yield from (store.recovery(W, "r1"), store.open_for(W, "ann"), store.heard_here(W, "C1", "ann", START))
    yield from (store.similar(W, ["late"], 2), store.spent(W, "ann", "SEK", START, "r1"), store.journal(W, "r1"))
    yield from (store.earlier(W, "r1", field, START) for field in ("customer", "cause"))
    yield from (store.outage(W, "o1"), store.last_outage(W, "front"), store.alike(W, "front", "outage", START))
    yield from (store.digested(W, ["front"], START, START), store.pinged(W, "sue", START, START))
    yield from (store.mute(W, "sue"), store.mutes(W, START), store.person(W, "ann"), store.address(W, "ann"))
    yield from (store.sharing(W, "ref"), store.message(job, "ping"), store.told(W, "ping", START))
    yield from (store.rung(job, START), store.others_may_hear(job, ["gone"]), store.next_due(), store.overdue(START))


def test_the_schema_is_brought_up_once(tmp_path: Path) -> None:
    for _ in range(2):
        SqliteStore(tmp_path / "amends.db").close()
    rows = Database(sqlite3.connect(tmp_path / "amends.db"))
    assert rows.journal_mode == "wal"
    assert {"recoveries", "journal", "jobs", "seen", "people", "messages", "addresses", "playbooks"} <= set(
        rows.table_names()
    )
    rows.conn.close()


def test_a_policy_from_before_there_were_levels_is_read() -> None:
    old = '{"$Policy":{"ladder":["sue","omar"],"wait":{"$seconds":600.0}}}'
    assert codec.loads(old) == plain(("sue", "omar"))


async def test_a_recovery_from_before_there_were_levels_is_read(store: SqliteStore) -> None:
    await store.commit(begin())
    rest = (
        '{"policy":{"$Policy":{"ladder":["sue","omar"],"wait":{"$seconds":600.0}}},"done":{},"skipped":{},"notes":[],'
        '"agents_before":[],"calls":["severe","unanswered"],"reminded":[]}'
    )
    await store._write("update recoveries set rest = :rest", rest=rest)
    now = await kept(store)
    assert [(call.why, call.people) for call in now.calls] == [("severe", ("sue",)), ("unanswered", ("omar",))]
    assert (now.turn, now.policy.next(now.turn, START, "ann")) == (2, None)
