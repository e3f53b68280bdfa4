"""The worker: everything stored is sent, once, in order; what cannot be sent waits and somebody hears of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.core.effects import Aside, Effect, Home, Person, Team, Tell, Wake
from bot.core.engine import start
from bot.core.events import Answered, Dropped, HelpAsked
from bot.core.hearing import Heard
from bot.core.hours import Quiet
from bot.core.recovery import Recovery
from bot.errors import NotSent, Reason, Rejected, TryLater, Undeliverable, Unknown, Vanished
from bot.faults import MENDABLE, PATIENCE
from bot.library import Library
from bot.pace import Pace
from bot.people import Organisation, People, TeamSettings
from bot.ports import Address, Change, Job, Order, Post
from bot.service import Service, Source
from bot.store.sqlite import SqliteStore
from bot.worker import LEASE, Worker
from tests.fakes_clock import START, FakeClock
from tests.fakes_messenger import FakeDirectory, FakeMessenger, not_in_channel, platform
from tests.test_engine import BOOK, escalated

W = "desk:T1"
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
DAY = timedelta(days=1)


@dataclass
class Shop:
    """The real store, service and worker, and a messenger that does as it is told."""

    store: SqliteStore
    clock: FakeClock
    messenger: FakeMessenger
    directory: FakeDirectory
    service: Service
    worker: Worker

    @classmethod
    def of(cls, store: SqliteStore, clock: FakeClock, library: Library, quiet: Quiet | None = None) -> Shop:
        messenger, directory = FakeMessenger(), FakeDirectory()
        platforms = {"desk": platform(messenger, directory)}
        team = TeamSettings("front", "C9", ("sue", "sam"), quiet=quiet)
        people = People(store, clock, Organisation((team,), ("root", "toor")), library.words, platforms)
        service = Service(store, clock, people, library)
        return cls(store, clock, messenger, directory, service, Worker(store, clock, service, platforms))

    async def begin(self, severity: int = 2, *tells: Effect) -> Recovery:
        event = escalated(severity)
        begun = start(event, BOOK)
        orders = tuple(Order(self.clock.now(), tell) for tell in tells)
        await self.store.commit(Change(W, "", begun.recovery, 0, event, orders))
        return begun.recovery

    async def order(self, *effects: Effect, about: str = "r1") -> None:
        orders = tuple(Order(self.clock.now(), effect) for effect in effects)
        await self.store.commit(Change(W, orders=orders, about=about))

    async def pass_(self, by: timedelta) -> None:
        """Let time pass and do what falls due on the way, as it falls due."""
        until = self.clock.now() + by
        while (due := await self.worker.next_due()) and due <= until:
            self.clock.at = max(due, self.clock.at)
            await self.worker.once()
        self.clock.at = until

    async def waiting(self) -> Sequence[Job]:
        far = self.clock.now() + 1000 * DAY
        return await self.store.lease(far, far, 1000)

    def refuse(self, place: str, *errors: Exception) -> None:
        self.messenger.refuse(place, *errors)

    @property
    def sent(self) -> list[Post]:
        return self.messenger.sent


@pytest.fixture
def shop(store: SqliteStore, clock: FakeClock, library: Library) -> Shop:
    return Shop.of(store, clock, library)


CARD = Tell(Person("ann"), "card", "card")
NUDGE = Tell(Person("ann"), "nudge", "n1", {"step": "apology", "timer": "nudge"}, under="card")
TAKEN = Tell(Person("ann"), "taken", "taken/2", {"who": "sue"}, under="card")
PING = Tell(Person("sue"), "ping", "ping", wakes=True)
RECORD = Tell(Team("front"), "record", "record")
HELP = Tell(Person("ann"), "help", "help/1")


@pytest.mark.parametrize("to", ["somebody with a long name", "x" * 200])
async def test_nobody_made_up_is_handed_anything(shop: Shop, to: str) -> None:
    await shop.begin(2)
    for verb, who in (("handover", "ann"), ("pass", "sue")):
        with pytest.raises(Rejected) as no:
            await shop.service.pressed(Source(W, who, verb), f"recovery/apology/{verb}", "r1", {"to": to})
        assert no.value.fields == {"to": "no-field-option"}


# What is due goes out


async def test_what_is_due_is_sent_once(shop: Shop) -> None:
    await shop.begin(2, CARD, PING)
    assert await shop.worker.once() == 2
    assert await shop.worker.once() == 0
    assert sorted(post.to.person for post in shop.sent) == ["ann", "sue"]
    assert {post.key for post in shop.sent} == {"job-1", "job-2"}
    assert await shop.store.next_due() is None


@pytest.mark.parametrize(
    ("effect", "address"),
    [
        (replace(HELP, to=Person("ann")), Address("private", person="ann")),
        (replace(HELP, to=Aside("ann", "C1", "way back")), Address("aside", "ann", "C1", "way back")),
        (Tell(Home("ann"), "home", "home"), Address("home", person="ann")),
        (RECORD, Address("channel", channel="C9")),
    ],
)
async def test_where_it_goes(shop: Shop, effect: Effect, address: Address) -> None:
    await shop.begin(2, effect)
    await shop.worker.once()
    assert [post.to for post in shop.sent] == [address]


async def test_the_message_in_a_slot_is_replaced_and_answered_in_its_thread(shop: Shop) -> None:
    await shop.begin(2, CARD, NUDGE)
    await shop.worker.once()
    await shop.order(replace(CARD, fresh=False), TAKEN)
    await shop.worker.once()
    first, nudge, taken, second = shop.sent  # what only changes a message goes last
    assert (first.ref, first.thread, nudge.ref, nudge.thread) == ("", "", "", "m1")
    assert (second.ref, taken.ref, taken.thread) == ("m1", "", "m1")
    assert await shop.store.about(W, "m1") == "r1"


async def test_there_is_nothing_to_replace_where_nothing_was_sent(shop: Shop) -> None:
    await shop.begin(2, replace(PING, fresh=False, wakes=False))
    await shop.worker.once()
    assert (shop.sent, await shop.store.next_due()) == ([], None)


async def test_messages_to_one_receiver_keep_their_order(shop: Shop) -> None:
    await shop.begin(2, CARD, *(replace(TAKEN, slot=f"taken/{n}", args={"who": f"w{n}"}) for n in range(20)))
    await shop.worker.once()
    assert [post.key for post in shop.sent] == [f"job-{n}" for n in range(1, 22)]


# Try later


async def test_try_later_waits_as_told(shop: Shop) -> None:
    shop.refuse("ann", TryLater(30))
    await shop.begin(2, CARD)
    await shop.pass_(29.9 * SECOND)
    assert shop.sent == []
    await shop.pass_(0.1 * SECOND)
    assert len(shop.sent) == 1
    assert shop.messenger.asked == []  # a clear no: it is not there


@pytest.mark.parametrize("error", [TryLater(30), Unknown("timed out")])
async def test_who_waits_keeps_his_place(shop: Shop, error: NotSent) -> None:
    shop.refuse("ann", error)
    await shop.begin(2, CARD, NUDGE, PING)
    await shop.worker.once()
    assert [post.to.person for post in shop.sent] == ["sue"]
    await shop.order(TAKEN)
    await shop.worker.once()
    assert [post.to.person for post in shop.sent] == ["sue"]
    await shop.pass_(60 * SECOND)
    card, nudge, taken = shop.sent[1:]
    assert [card.key, nudge.key, taken.key] == ["job-1", "job-2", "job-4"]
    assert (nudge.thread, taken.thread) == ("m2", "m2")


async def test_one_card_is_shown_although_two_were_due_when_the_first_timed_out(shop: Shop) -> None:
    shop.refuse("ann", Unknown("timed out"))
    shop.messenger.arrives = True
    await shop.begin(2, CARD)
    await shop.worker.once()
    await shop.order(CARD)
    await shop.pass_(60 * SECOND)
    assert list(shop.messenger.there) == ["m1"]


async def test_a_message_that_never_gets_through_does_not_hold_the_others_for_ever(shop: Shop) -> None:
    await shop.begin(2, CARD)
    shop.refuse("ann", *(Unknown("500") for _ in range(8)))
    await shop.order(NUDGE)
    await shop.pass_(5 * 60 * SECOND)
    assert "job-2" in {post.key for post in shop.sent}


# A clear no


async def test_a_post_the_channel_refuses_waits_until_the_bot_is_invited(shop: Shop) -> None:
    shop.refuse("C9", *(not_in_channel() for _ in range(100)))
    await shop.begin(2, RECORD)
    await shop.pass_(6 * 60 * 60 * SECOND)
    assert shop.messenger.to("C9") == []
    title = "I cannot post in \u2068C9\u2069: invite me there and I will post it by myself."
    assert shop.messenger.to("root") == shop.messenger.to("toor") == [title]
    shop.messenger.fails.clear()
    await shop.service.mended(W, "not_in_channel")
    await shop.worker.once()
    assert len(shop.messenger.to("C9")) == 1
    assert await shop.store.next_due() is None


async def test_of_a_message_that_nobody_answers_the_admins_hear_once(shop: Shop) -> None:
    shop.refuse("ann", *(Unknown("500") for _ in range(1000)))
    await shop.begin(2, HELP)
    await shop.pass_(DAY - MENDABLE)
    assert len(shop.messenger.to("root")) == len(shop.messenger.to("toor")) == 1
    assert await shop.store.next_due() is not None, "tries go on"


async def test_of_many_refused_posts_an_admin_hears_once_a_day(shop: Shop) -> None:
    shop.refuse("C9", *(not_in_channel() for _ in range(1000)))
    await shop.begin(2, *(replace(RECORD, slot=f"record/{n}") for n in range(2)))
    await shop.pass_(DAY - MENDABLE)
    assert len(shop.messenger.to("root")) == 1
    await shop.pass_(2 * MENDABLE)
    assert len(shop.messenger.to("root")) == 2
    assert [post.ref for post in shop.sent if post.to.person == "root"] == ["", ""]  # an old message rings nobody
    assert len(await shop.waiting()) == 2


async def test_advice_that_nobody_asked_for_comes_anew_after_a_while(shop: Shop) -> None:
    heard = Heard("en", 0.9, escalation=True, severity=2, kind="discount", reasons=("discount",))
    for number in range(4):
        source = Source(W, "ann", f"e{number}", channel="C1", private=False)
        await shop.service.heard(source, "she wants 30 % off", heard)
        await shop.pass_(8 * 60 * SECOND)
    assert [post.ref for post in shop.sent] == ["", ""]


@pytest.mark.parametrize("reason", ["not_in_channel", "revoked", "archived", "gone", "refused"])
async def test_every_reason_has_its_words(shop: Shop, reason: Reason) -> None:
    shop.refuse("C9", Undeliverable(reason, "no"))
    await shop.begin(2, RECORD)
    await shop.pass_(SECOND)
    (title,) = shop.messenger.to("root")
    assert title != f"undelivered-{reason}"
    assert "undelivered" not in title


async def test_an_admin_who_cannot_be_reached_causes_no_flood(shop: Shop) -> None:
    shop.refuse("C9", *(not_in_channel() for _ in range(200)))
    shop.refuse("root", *(Undeliverable("gone", "no such user") for _ in range(200)))
    await shop.begin(2, RECORD)
    await shop.pass_(6 * 60 * 60 * SECOND)
    assert len(shop.messenger.to("toor")) == 1
    assert len(await shop.waiting()) == 2


async def test_an_aside_that_is_refused_is_said_in_private(shop: Shop) -> None:
    shop.refuse("C1", not_in_channel())
    await shop.begin(2, replace(HELP, to=Aside("ann", "C1")))
    await shop.pass_(SECOND)
    assert [post.to for post in shop.sent] == [Address("private", person="ann")]
    assert shop.messenger.to("root") == []
    assert await shop.store.next_due() is None


# A ping that cannot be delivered


async def helped(shop: Shop, key: str = "r1") -> str:
    """Ann asks for help: sue is pinged, and sam after ten minutes."""
    await shop.begin(2)
    await shop.service._changes.make(
        Source(W, "ann", "e1"), key, lambda _now, _book: HelpAsked(shop.clock.now(), "ann")
    )
    return key


@pytest.mark.parametrize("reason", ["gone", "not_in_channel", "archived", "refused"])
async def test_a_ping_to_somebody_who_cannot_be_reached_goes_to_the_next_at_once(shop: Shop, reason: Reason) -> None:
    shop.refuse("sue", *[Undeliverable(reason, "no")] * 100)
    await helped(shop)
    await shop.pass_(SECOND)
    assert shop.messenger.to("sue") == []
    assert len(shop.messenger.to("sam")) == 1
    assert len(shop.messenger.to("root")) == 1
    await shop.pass_(9 * 60 * SECOND)
    assert len(shop.messenger.to("sam")) == 1, "the timer of the ping that failed is no longer news"


async def test_somebody_who_is_gone_is_not_tried_again_and_the_reason_is_kept(shop: Shop) -> None:
    shop.refuse("sue", Undeliverable("gone", "user_disabled"))
    await helped(shop)
    await shop.pass_(60 * 60 * SECOND)
    assert shop.messenger.fails["sue"] == []
    rows = await shop.store._read("select error, sent_ref from jobs where receiver = 'person sue' and rank = 0")
    assert [tuple(row) for row in rows] == [("gone: user_disabled", "")]


async def test_when_nobody_on_the_ladder_can_be_reached_the_admins_hear_at_once(shop: Shop) -> None:
    shop.refuse("sue", *[Undeliverable("gone", "no")] * 9)
    shop.refuse("sam", *[Undeliverable("refused", "no")] * 9)
    await helped(shop)
    await shop.pass_(SECOND)
    assert sum("nobody" in title.lower() or "answered" in title.lower() for title in shop.messenger.to("root")) == 1


async def test_while_somebody_else_may_hear_the_same_call_the_ladder_waits(shop: Shop) -> None:
    shop.refuse("sue", Undeliverable("gone", "no"))
    await helped(shop)
    (row,) = await shop.store._read("select version from jobs where rank = 0")
    other = replace(PING, to=Person("kim"), slot="ping", args=await ping_args(shop))
    await shop.order(other)
    await shop.store._write("update jobs set version = :version where receiver = 'person kim'", version=row["version"])
    await shop.pass_(9 * 60 * SECOND)
    assert len(shop.messenger.to("kim")) == 1
    assert shop.messenger.to("sam") == []


async def ping_args(shop: Shop) -> dict[str, str]:
    (job,) = [job for job in await shop.waiting() if isinstance(job.effect, Tell) and job.effect.view == "ping"]
    await shop.store.put_back((job,))
    assert isinstance(job.effect, Tell)
    return dict(job.effect.args)


async def test_a_token_that_was_revoked_wakes_nobody_else_and_everything_goes_when_it_is_mended(shop: Shop) -> None:
    for place in ("sue", "sam", "root", "toor", "ann"):
        shop.refuse(place, *[Undeliverable("revoked", "token_revoked")] * 3)
    await helped(shop)
    await shop.order(CARD)
    await shop.pass_(5 * 60 * SECOND)
    assert (shop.sent, set(shop.worker.silent)) == ([], {W})
    assert shop.messenger.fails["sam"] != [], "nobody else is asked: he could not be reached either"
    shop.messenger.fails.clear()
    await shop.pass_(15 * 60 * SECOND)
    assert {post.to.person for post in shop.sent} >= {"sue", "ann", "root"}
    assert not shop.worker.silent


async def test_the_first_that_goes_again_takes_everything_along_that_waited(shop: Shop) -> None:
    for place in ("sue", "ann"):
        shop.refuse(place, *[Unknown("503")] * 1000)
    await helped(shop)
    await shop.order(CARD)
    await shop.pass_(60 * 60 * SECOND)
    assert W in shop.worker.silent
    shop.messenger.fails.clear()
    before = shop.clock.now()
    await shop.pass_(61 * SECOND)
    assert {post.to.person for post in shop.sent} >= {"sue", "ann"}, (before, shop.sent)


async def test_a_ping_is_tried_every_minute_while_the_platform_is_silent(shop: Shop) -> None:
    shop.refuse("sue", *[Unknown("503")] * 1000)
    await helped(shop)
    await shop.pass_(60 * 60 * SECOND)
    shop.messenger.fails.clear()
    await shop.pass_(60 * SECOND)
    assert len(shop.messenger.to("sue")) == 1


async def test_a_ping_that_fails_for_a_reason_of_ours_goes_to_the_next_after_three_tries(shop: Shop) -> None:
    shop.refuse("sue", *[RuntimeError("a surprise")] * 100)
    await helped(shop)
    await shop.pass_(30 * SECOND)
    assert len(shop.messenger.to("sam")) == 1
    assert len(shop.messenger.to("root")) == 1


async def test_a_platform_that_is_no_longer_connected_is_waited_for(shop: Shop) -> None:
    await shop.begin(2, CARD)
    bare = Worker(shop.store, shop.clock, shop.service, {})
    for _ in range(20):
        await bare.once()
        shop.clock.forward(MENDABLE)
    await shop.worker.once()
    assert len(shop.messenger.to("ann")) == 1


# Nobody knows whether it arrived


async def test_a_message_that_arrived_although_the_answer_was_lost_is_not_sent_twice(shop: Shop) -> None:
    shop.refuse("ann", Unknown("timed out"))
    shop.messenger.arrives = True
    await shop.begin(2, CARD)
    await shop.pass_(60 * SECOND)
    assert (shop.messenger.asked, shop.sent) == (["job-1"], [])
    assert list(shop.messenger.there) == ["m1"]
    await shop.order(replace(CARD, fresh=False))
    await shop.worker.once()
    assert [post.ref for post in shop.sent] == ["m1"]  # its reference was found and kept


async def test_a_message_that_did_not_arrive_is_sent_after_asking(shop: Shop) -> None:
    shop.refuse("ann", Unknown("timed out"))
    await shop.begin(2, CARD)
    await shop.pass_(60 * SECOND)
    assert (shop.messenger.asked, len(shop.sent)) == (["job-1"], 1)


@pytest.mark.parametrize("error", [TryLater(5), Unknown("again"), not_in_channel(), RuntimeError("a surprise")])
async def test_while_nobody_can_be_asked_nothing_is_sent(shop: Shop, error: Exception) -> None:
    shop.refuse("ann", Unknown("timed out"))
    shop.messenger.arrives = True
    shop.messenger.finds = [error]
    await shop.begin(2, CARD)
    await shop.pass_(DAY)
    assert shop.messenger.asked == ["job-1", "job-1"]
    assert [post for post in shop.sent if post.to.person == "ann"] == []


async def test_an_update_is_simply_sent_again(shop: Shop) -> None:
    await shop.begin(2, CARD)
    await shop.worker.once()
    shop.refuse("ann", Unknown("timed out"))
    await shop.order(CARD)
    await shop.pass_(60 * SECOND)
    assert shop.messenger.asked == []
    assert [post.ref for post in shop.sent] == ["", "m1"]


async def test_what_was_in_hand_when_the_process_died_is_looked_for_first(shop: Shop) -> None:
    await shop.begin(2, CARD)
    (job,) = await shop.store.lease(shop.clock.now(), shop.clock.now() + LEASE, 1)
    card = await shop.service.stage.card(W, CARD, "r1")
    await shop.messenger.send(Post(f"job-{job.id}", Address("private", "ann"), card))
    # here it died; another one starts
    await shop.pass_(LEASE - SECOND)
    assert len(shop.sent) == 1
    await shop.pass_(SECOND)
    assert (shop.messenger.asked, len(shop.sent)) == (["job-1"], 1)
    assert await shop.store.next_due() is None


async def test_one_look_at_a_chat_tells_of_all_that_was_in_hand_there(shop: Shop) -> None:
    first, second = replace(CARD, slot="one"), replace(CARD, slot="two")
    await shop.begin(2, first)
    shop.clock.forward(MINUTE)
    await shop.order(second, replace(CARD, slot="answer", under="one"))
    taken = await shop.store.lease(shop.clock.now(), shop.clock.now() + LEASE, 9)
    # here it died; another one starts
    await shop.pass_(LEASE)
    looks = [((post.key, *post.also), post.since) for post in shop.messenger.looked]
    beside, later = (("job-1", "job-2"), START), START + MINUTE
    assert looks == [beside, (("job-3",), later)], "what answers a message is not beside it"
    assert len(shop.sent) == len(taken) == 3


# Surprises


async def test_a_surprise_is_kept_on_the_job_and_tried_again(shop: Shop) -> None:
    shop.refuse("ann", RuntimeError("a surprise"), KeyError("another"))
    await shop.begin(2, CARD, PING)
    await shop.worker.once()
    assert [post.to.person for post in shop.sent] == ["sue"]
    await shop.pass_(SECOND * 6)
    assert [post.to.person for post in shop.sent] == ["sue", "ann"]


async def test_a_surprise_behind_a_message_that_arrived_does_not_send_it_twice(shop: Shop) -> None:
    shop.refuse("ann", RuntimeError("after it was there"))
    shop.messenger.arrives = True
    await shop.begin(2, CARD)
    await shop.pass_(60 * SECOND)
    assert list(shop.messenger.there) == ["m1"]


async def test_what_fails_again_and_again_is_handed_to_the_admins_with_its_text(shop: Shop) -> None:
    shop.refuse("ann", *(RuntimeError("a surprise") for _ in range(PATIENCE)))
    await shop.begin(2, CARD)
    await shop.pass_(DAY)
    assert shop.messenger.fails["ann"] == []
    assert shop.messenger.to("ann") == []
    (post,) = [post for post in shop.sent if post.to.person == "root"]
    assert any("RuntimeError: a surprise" in str(node) for node in post.card.nodes)
    assert await shop.store.next_due() is None


async def test_a_timer_of_a_recovery_that_is_gone_is_given_up_and_told(shop: Shop) -> None:
    await shop.order(Wake(shop.clock.now(), "nudge", "apology"), about="gone")
    await shop.pass_(DAY)
    assert len(shop.messenger.to("root")) == 1
    assert await shop.store.next_due() is None


# Timers


async def test_a_timer_reaches_the_recovery(shop: Shop) -> None:
    await shop.begin(2, Wake(START, "nudge", "apology", mark=START.isoformat()))
    await shop.pass_(SECOND)
    assert [post.card.title for post in shop.sent] == [
        "Still waiting for your apology. Two sentences are enough: what happened, and that it is ours."
    ]


async def test_a_timer_twice_is_once(shop: Shop) -> None:
    wake = Wake(START, "nudge", "apology", mark=START.isoformat())
    await shop.begin(2, wake)
    (job,) = await shop.store.lease(shop.clock.now(), shop.clock.now() + LEASE, 1)
    await shop.service.elapsed(job, wake)
    # here it died, before the job was finished
    await shop.pass_(2 * LEASE)
    assert len(shop.sent) == 1
    assert len(await shop.store.journal(W, "r1")) == 2


# What waited is asked once more whether it is still true


async def test_a_ping_held_over_night_rings_nobody_when_it_is_over(
    store: SqliteStore, clock: FakeClock, library: Library
) -> None:
    night = Quiet(time(22), time(7), "UTC")
    shop = Shop.of(store, clock, library, night)
    clock.at = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
    heard = Heard("en", 0.9, escalation=True, severity=2, kind="angry", reasons=())
    await shop.service.heard(Source(W, "ann", "e1", "C1", private=False), "he shouts", heard)
    (key,) = {job.recovery for job in await store.lease(clock.now(), clock.now(), 9)}
    for seen, verb in (("e2", "accept"), ("e3", "help"), ("e4", "drop")):
        await shop.service.pressed(Source(W, "ann", seen), f"recovery/apology/{verb}", key)
    await shop.pass_(DAY)
    assert shop.messenger.to("sue") == []
    assert shop.messenger.to("ann") != []


@pytest.mark.parametrize(
    ("tell", "event"),
    [
        (PING, Dropped(START, "ann")),
        (NUDGE, Dropped(START, "ann")),
        (replace(NUDGE, wakes=True), Answered(START, "ann", "apology", {"draft": "x", "sent_at": START})),
        (Tell(Person("sue"), "asked", "asked/3", {"why": "x"}, wakes=True), Dropped(START, "ann")),
    ],
)
async def test_what_was_true_once_rings_nobody(shop: Shop, tell: Tell, event: Dropped | Answered) -> None:
    await shop.begin(2, replace(tell, wakes=True))
    await shop.service._changes.make(Source(W, "ann", "e1"), "r1", lambda _now, _book: event)
    await shop.worker.once()
    assert tell.slot not in {post.card.title for post in shop.sent}
    assert not [post for post in shop.sent if post.key == "job-1"]


async def test_what_still_holds_rings(shop: Shop) -> None:
    await shop.begin(2, PING, replace(NUDGE, wakes=True))
    await shop.service._changes.make(Source(W, "ann", "e1"), "r1", lambda _now, _book: HelpAsked(START, "ann"))
    await shop.worker.once()
    assert {"job-1", "job-2"} <= {post.key for post in shop.sent}


# Running


async def eventually(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 - what is waited for sets no event
            await asyncio.sleep(0.01)


async def test_it_runs_until_it_is_stopped_and_wakes_when_poked(shop: Shop) -> None:
    running = asyncio.create_task(shop.worker.run())
    await asyncio.sleep(0.05)
    await shop.begin(2, CARD)
    shop.worker.poke()
    await eventually(lambda: bool(shop.sent))
    shop.worker.stop()
    async with asyncio.timeout(5):
        await running


async def test_what_comes_in_one_after_the_other_is_taken_in_hand_together(shop: Shop) -> None:
    looked: list[int] = []

    class Counted(SqliteStore):
        async def lease(
            self, now: datetime, until: datetime, limit: int, without: Collection[str] = ()
        ) -> Sequence[Job]:
            found = await super().lease(now, until, limit, without)
            looked.append(len(found))
            return found

    shop.store.__class__ = Counted
    running = asyncio.create_task(shop.worker.run())
    await shop.begin(2, CARD)
    for number in range(20):
        await shop.order(replace(CARD, to=Person(f"a{number}")))
        shop.worker.poke()
        await asyncio.sleep(0.005)
    await eventually(lambda: len(shop.sent) == 21)
    shop.worker.stop()
    await running
    assert len([found for found in looked if found]) <= 12, looked


class Slow(FakeMessenger):
    """Takes its time over every message."""

    async def send(self, post: Post) -> str:
        await asyncio.sleep(0.1)
        return await super().send(post)


async def test_what_is_in_hand_when_it_is_stopped_is_finished(shop: Shop) -> None:
    slow = Slow()
    worker = Worker(shop.store, shop.clock, shop.service, {"desk": platform(slow)})
    await shop.begin(2, CARD, PING)
    running = asyncio.create_task(worker.run())
    await asyncio.sleep(0.05)
    worker.stop()
    async with asyncio.timeout(5):
        await running
    assert len(slow.sent) == 2
    assert await shop.store.next_due() is None


class Faulty(SqliteStore):
    """A database whose next `stumbles` words to the worker fail."""

    stumbles = 0

    async def lease(self, now: datetime, until: datetime, limit: int, without: Collection[str] = ()) -> Sequence[Job]:
        self._stumble()
        return await super().lease(now, until, limit, without)

    async def finish(
        self,
        job: Job,
        at: datetime,
        ref: str = "",
        error: str = "",
        orders: Sequence[Order] = (),
        also: Sequence[Job] = (),
    ) -> None:
        self._stumble()
        await super().finish(job, at, ref, error, orders, also)

    async def put_off(
        self, job: Job, due: datetime, error: str, orders: Sequence[Order] = (), *, unsure: bool = False
    ) -> None:
        self._stumble()
        await super().put_off(job, due, error, orders, unsure=unsure)

    def _stumble(self) -> None:
        if self.stumbles:
            self.stumbles -= 1
            raise OSError("the disk is full")


async def test_a_database_that_fails_for_a_while_stops_nothing_and_sends_nothing_twice(
    tmp_path: Path, clock: FakeClock, library: Library
) -> None:
    store = Faulty(tmp_path / "faulty.db")
    shop = Shop.of(store, clock, library)
    await shop.begin(2, CARD)
    running = asyncio.create_task(shop.worker.run())
    await eventually(lambda: bool(shop.sent))
    store.stumbles = 2
    await shop.order(CARD, PING)
    shop.worker.poke()
    await eventually(lambda: not store.stumbles)
    clock.forward(LEASE)
    shop.worker.poke()
    await eventually(lambda: len(shop.messenger.there) > 1 and len(shop.sent) > 2)
    shop.worker.stop()
    await running
    assert len([ref for ref in shop.messenger.there.values() if ref.to.person == "sue"]) == 1
    store.close()


# No faster than a place takes it


def paced(shop: Shop, most: int = 1, seconds: float = 1) -> Shop:
    """The same shop, its platform now with a pace."""
    own = replace(platform(shop.messenger, shop.directory), pace=Pace(most, seconds * SECOND))
    return replace(shop, worker=Worker(shop.store, shop.clock, shop.service, {"desk": own}))


def takens(count: int) -> list[Tell]:
    return [replace(TAKEN, slot=f"taken/{n}", args={"who": f"w{n}"}) for n in range(count)]


async def test_a_place_gets_no_more_than_it_takes_and_nobody_else_waits_for_it(shop: Shop) -> None:
    shop = paced(shop)
    await shop.begin(2, *takens(5), PING)
    while await shop.worker.once():
        pass
    assert sorted(post.to.person for post in shop.sent) == ["ann", "sue"]
    for second in range(2, 6):
        await shop.pass_(SECOND)
        assert len(shop.messenger.to("ann")) == second
    assert [post.key for post in shop.sent if post.to.person == "ann"] == [f"job-{n}" for n in range(1, 6)]
    assert await shop.store.next_due() is None


async def test_what_waits_for_its_slot_is_leased_to_nobody_and_counts_no_try(shop: Shop) -> None:
    shop = paced(shop)
    await shop.begin(2, *takens(3))
    await shop.worker.once()
    rows = await shop.store._read("select leased_until, attempts, unsure from jobs where done_at is null")
    assert [tuple(row) for row in rows] == [(None, 0, 0), (None, 0, 0)]


async def test_waiting_for_a_slot_asks_the_database_nothing(shop: Shop) -> None:
    shop = paced(shop, seconds=60)
    await shop.begin(2, *takens(3))
    while await shop.worker.once():
        pass
    assert await shop.worker.once() == 0
    assert await shop.worker.next_due() == shop.clock.now() + 60 * SECOND


async def test_two_receivers_in_one_channel_share_its_pace(shop: Shop) -> None:
    shop = paced(shop)
    asides = [Tell(Aside(one, "C1"), "help", f"help/{one}") for one in ("ann", "sue", "sam")]
    await shop.begin(2, *asides)
    for gone in (1, 2, 3):
        while await shop.worker.once():
            pass
        assert len(shop.sent) == gone
        await shop.pass_(SECOND)
    assert {post.to.person for post in shop.sent} == {"ann", "sue", "sam"}


async def test_an_answer_to_a_press_waits_for_no_slot(shop: Shop) -> None:
    shop = paced(shop)
    answers = [Tell(Aside("ann", "C1", f"https://hooks.example/{n}"), "help", f"help/{n}") for n in range(5)]
    await shop.begin(2, *answers)
    await shop.worker.once()
    assert len(shop.sent) == 5


async def test_a_ping_goes_before_cards_that_only_change(shop: Shop) -> None:
    shop = paced(shop)
    await shop.begin(2, RECORD, replace(PING, slot="asked/1", view="asked", args={"why": "x"}))
    await shop.pass_(10 * SECOND)
    shop.sent.clear()
    repaint = replace(PING, slot="asked/1", view="asked", args={"why": "y"}, fresh=False, wakes=False)
    await shop.order(repaint, replace(repaint, args={"why": "z"}), PING)
    await shop.worker.once()
    assert [post.ref for post in shop.sent] == [""]
    await shop.pass_(3 * SECOND)
    assert [bool(post.ref) for post in shop.sent] == [False, True, True]


async def test_a_card_that_changed_five_times_is_painted_once(shop: Shop) -> None:
    await shop.begin(2, CARD)
    await shop.worker.once()
    shop.sent.clear()
    await shop.order(*[CARD] * 4, replace(CARD, fresh=False))
    await shop.worker.once()
    assert [post.ref for post in shop.sent] == ["m1"]
    assert await shop.store.next_due() is None


async def test_a_message_that_was_deleted_is_said_again_but_not_painted_again(shop: Shop) -> None:
    await shop.begin(2, CARD)
    await shop.worker.once()
    shop.refuse("ann", Vanished("message_not_found"))
    await shop.order(replace(CARD, fresh=False))
    await shop.worker.once()
    assert len(shop.sent) == 1
    shop.refuse("ann", Vanished("message_not_found"))
    await shop.order(CARD)
    await shop.worker.once()
    assert [post.ref for post in shop.sent] == ["", ""]
    assert await shop.store.next_due() is None


async def test_one_platform_that_hangs_holds_up_nobody_else(shop: Shop) -> None:
    hung = asyncio.Event()

    class Hangs(FakeMessenger):
        async def send(self, post: Post) -> str:
            if post.to.person == "ann":
                await hung.wait()
            return await super().send(post)

    messenger = Hangs()
    worker = Worker(shop.store, shop.clock, shop.service, {"desk": platform(messenger)})
    await shop.begin(2, CARD)
    running = asyncio.create_task(worker.run())
    await asyncio.sleep(0.05)
    await shop.order(PING, TAKEN)
    worker.poke()
    await eventually(lambda: messenger.to("sue") != [])
    assert messenger.to("ann") == []
    hung.set()
    await eventually(lambda: len(messenger.to("ann")) == 2)
    worker.stop()
    await running


# The clock jumps


async def test_after_the_clock_was_set_back_what_was_due_goes_and_nobody_is_held(shop: Shop) -> None:
    shop.refuse("ann", TryLater(30))
    timer = Wake(START + 10 * 60 * SECOND, "ladder", "apology", 1)
    await shop.begin(2, CARD, TAKEN)
    await shop.store.commit(Change(W, orders=(Order(timer.at, timer),), about="r1"))
    await shop.worker.once()
    await shop.order(PING)  # ordered, and then an administrator sets the clock
    shop.clock.forward(-timedelta(hours=1))
    await shop.worker.once()
    assert sorted(post.key for post in shop.sent) == ["job-1", "job-2", "job-4"]
    due = await shop.store.next_due()
    assert due == timer.at - timedelta(hours=1), "ten minutes are ten minutes"


async def test_what_was_ordered_just_before_the_clock_was_set_back_goes_too(shop: Shop) -> None:
    await settle(shop)
    shop.clock.forward(3 * SECOND)
    await shop.begin(3, PING)
    shop.clock.at -= timedelta(hours=2)
    await settle(shop)
    assert shop.messenger.to("sue")


async def test_a_promise_keeps_its_hour_when_the_clock_is_set_back(shop: Shop) -> None:
    promise = Wake(START + DAY, "due", "fix", mark="x", pierces=True)
    await shop.begin(2)
    await shop.store.commit(Change(W, orders=(Order(promise.at, promise),), about="r1"))
    shop.clock.forward(-timedelta(hours=1))
    await shop.worker.once()
    assert await shop.store.next_due() == promise.at


# A storm: many pings for one supervisor in a short time


async def calls(shop: Shop, *keys: str, severity: int = 2, agent: str = "ann") -> None:
    """So many agents ask for help at once; sue is pinged for each."""
    for key in keys:
        event = replace(escalated(severity), id=key, by=agent, at=shop.clock.now())
        begun = start(event, BOOK)
        orders = tuple(Order(shop.clock.now(), one) for one in begun.effects if is_ping(one))
        await shop.store.commit(Change(W, "", begun.recovery, 0, event, orders))
        if severity < 3:
            asked = HelpAsked(shop.clock.now(), agent, key)
            await shop.service._changes.make(Source(W, agent, f"help/{key}"), key, lambda _now, _book, a=asked: a)  # type: ignore[misc]


def is_ping(effect: Effect) -> bool:
    return isinstance(effect, Tell) and effect.view == "ping"


def takes(post: Post) -> list[str]:
    return [press.value for press in post.card.pressable if press.action.endswith("/take")]


def told_sue(shop: Shop) -> list[list[str]]:
    return [takes(post) for post in shop.sent if post.to.person == "sue" and not post.ref]


async def settle(shop: Shop) -> None:
    while await shop.worker.once():
        pass


async def test_what_nobody_answered_is_told_to_its_owner_in_one_message(shop: Shop) -> None:
    await calls(shop, "r1", "r2", "r3", "r4")
    await shop.pass_(timedelta(minutes=35))
    (post,) = [one for one in shop.sent if one.to.person == "root" and not one.ref]
    assert len(post.card.rows) == 4
    assert takes(post) == [], "an admin who is on no ladder has nothing to press"
    await shop.service.pressed(Source(W, "sue", "take"), "recovery/apology/take", "r2")
    await settle(shop)
    (again,) = [one.card for one in shop.sent[-8:] if one.to.person == "root" and one.ref]
    assert ["has it since" in row.detail for row in again.rows].count(True) == 1


async def test_steps_that_are_late_are_told_to_whoever_has_them_in_one_message(shop: Shop) -> None:
    keys = ("r1", "r2", "r3", "r4")
    await calls(shop, *keys)
    for key in keys:
        event = replace(escalated(), id=key)
        for wake in start(event, BOOK).effects:
            if isinstance(wake, Wake):
                await shop.store.commit(Change(W, orders=(Order(wake.at, wake),), about=key))
        await shop.service.pressed(Source(W, "sue", f"take {key}"), "recovery/apology/take", key)
    await settle(shop)
    shop.sent.clear()
    await shop.pass_(timedelta(minutes=11))
    told = [one for one in shop.sent if one.to.person == "sue" and not one.ref]
    assert [len(one.card.rows) for one in told] == [4]
    await shop.service.pressed(Source(W, "ann", "skip"), "recovery/apology/skip", "r1", {"reason": "by phone"})
    await settle(shop)
    over = shop.service.library.words.say("en", "late-over")
    (again,) = [one.card for one in shop.sent if one.to.person == "sue" and one.ref and len(one.card.rows) == 4][-1:]
    assert [row.detail == over for row in again.rows].count(True) == 1


async def test_three_pings_are_three_messages_and_four_are_one(shop: Shop) -> None:
    await calls(shop, "r1", "r2", "r3")
    await settle(shop)
    assert sorted(told_sue(shop)) == [["r1"], ["r2"], ["r3"]]
    shop.sent.clear()
    shop.clock.forward(DAY)
    await calls(shop, "r4", "r5", "r6", "r7")
    await settle(shop)
    assert told_sue(shop) == [["r4", "r5", "r6", "r7"]]
    (post,) = [post for post in shop.sent if post.to.person == "sue" and not post.ref]
    assert "4" in post.card.title
    assert len(post.also) == 3


async def test_more_than_ten_are_told_in_messages_of_ten(shop: Shop) -> None:
    await calls(shop, *(f"r{n:02}" for n in range(24)))
    await settle(shop)
    assert [len(one) for one in told_sue(shop)] == [10, 10, 4]
    assert len({key for one in told_sue(shop) for key in one}) == 24


async def test_whoever_was_pinged_often_is_pinged_for_several_at_once(shop: Shop) -> None:
    await calls(shop, *(f"a{n}" for n in range(5)))
    await settle(shop)
    shop.sent.clear()
    shop.clock.at += SECOND
    for n in range(4):
        await calls(shop, f"b{n}")
        await shop.pass_(20 * SECOND)
    assert told_sue(shop) == []
    await shop.pass_(timedelta(minutes=2))
    assert told_sue(shop) == [["b0", "b1", "b2", "b3"]]


async def test_what_was_gathered_once_is_not_gathered_again(shop: Shop) -> None:
    await calls(shop, *(f"a{n}" for n in range(9)))
    await settle(shop)
    shop.sent.clear()
    await calls(shop, "b1")
    await shop.pass_(timedelta(minutes=2))
    assert told_sue(shop) == [["b1"]]


async def test_what_is_urgent_waits_for_nobody_and_is_named_first(shop: Shop) -> None:
    await calls(shop, *(f"a{n}" for n in range(5)))
    await settle(shop)
    shop.sent.clear()
    await calls(shop, "b1", "b2", "b3")
    await calls(shop, "urgent", severity=3)
    await settle(shop)
    assert told_sue(shop) == [["urgent", "b1", "b2", "b3"]]
    await calls(shop, "soon", severity=3)
    await settle(shop)
    assert told_sue(shop)[1:] == [["soon"]]


async def test_the_calm_comes_back_after_ten_minutes(shop: Shop) -> None:
    await calls(shop, *(f"a{n}" for n in range(5)))
    await settle(shop)
    for n in range(5):
        await shop.service.pressed(Source(W, "sue", f"take/{n}"), "recovery/apology/take", f"a{n}")
    await shop.pass_(timedelta(minutes=10, seconds=1))
    shop.sent.clear()
    await calls(shop, "b1")
    await settle(shop)
    assert told_sue(shop) == [["b1"]]


async def test_a_press_in_a_bundle_paints_the_bundle_and_brings_the_whole_story(shop: Shop) -> None:
    await calls(shop, "r1", "r2", "r3", "r4")
    await settle(shop)
    (ref,) = {ref for ref, post in shop.messenger.there.items() if post.to.person == "sue"}
    shop.sent.clear()
    await shop.service.pressed(Source(W, "sue", "take"), "recovery/apology/take", "r2")
    await shop.service.pressed(Source(W, "ann", "drop"), "recovery/apology/drop", "r4")
    await settle(shop)
    assert takes(shop.messenger.there[ref]) == ["r1", "r3"]
    rows = [row.detail for row in shop.messenger.there[ref].card.rows]
    assert any("Sue" in row for row in rows)
    assert [post.ref for post in shop.sent if post.to.person == "sue"].count(ref) == 1, "two changes, painted once"
    (story,) = [post for post in shop.sent if post.to.person == "sue" and post.ref != ref]
    assert any(press.action.endswith("/advise") for press in story.card.presses)
    assert await shop.store.about(W, ref) == ""


async def test_a_bundle_that_arrived_before_the_crash_is_found_by_each_of_its_keys(shop: Shop) -> None:
    await calls(shop, "r1", "r2", "r3", "r4")
    shop.refuse("sue", Unknown("timed out"))
    shop.messenger.arrives = True
    await settle(shop)
    await shop.pass_(timedelta(minutes=5))
    assert len([post for post in shop.messenger.there.values() if post.to.person == "sue"]) == 1
    assert told_sue(shop) == []
    rows = await shop.store._read("select distinct ref from messages where receiver = 'person sue' and slot = 'ping'")
    assert len(rows) == 1


async def test_a_bundle_that_died_with_the_process_is_found_or_sent_whole(shop: Shop) -> None:
    await calls(shop, "r1", "r2", "r3", "r4", "r5")
    in_hand = await shop.store.lease(shop.clock.now(), shop.clock.now() + LEASE, 50)
    shop.clock.forward(LEASE)  # here it died; another one starts
    await settle(shop)
    assert told_sue(shop) == [["r1", "r2", "r3", "r4", "r5"]]
    pings = {f"job-{job.id}" for job in in_hand if isinstance(job.effect, Tell) and job.effect.wakes}
    assert len(pings.intersection(shop.messenger.asked)) == 1, "the chat is read once for all of them"


async def test_only_who_still_waits_stands_in_a_bundle(shop: Shop) -> None:
    await calls(shop, "r1", "r2", "r3", "r4", "r5")
    await shop.service.pressed(Source(W, "ann", "drop"), "recovery/apology/drop", "r3")
    await settle(shop)
    assert told_sue(shop) == [["r1", "r2", "r4", "r5"]]


# The end


class Stuck(FakeMessenger):
    """Never answers."""

    async def send(self, post: Post) -> str:
        await asyncio.Event().wait()
        return await super().send(post)


async def test_the_end_waits_for_a_platform_no_longer_than_it_may(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.worker.DRAIN", timedelta(milliseconds=50))
    worker = Worker(shop.store, shop.clock, shop.service, {"desk": platform(Stuck())})
    await shop.begin(2, CARD, TAKEN)
    running = asyncio.create_task(worker.run())
    await asyncio.sleep(0.05)
    worker.stop()
    async with asyncio.timeout(2):
        await running
    rows = await shop.store._read("select leased_until is null as free from jobs order by id")
    assert [row["free"] for row in rows] == [0, 0], "still leased, so that the next start asks for it first"


async def test_at_the_end_the_rest_of_a_lane_goes_back_untried(shop: Shop) -> None:
    hand = asyncio.Event()

    class Waits(FakeMessenger):
        async def send(self, post: Post) -> str:
            await hand.wait()
            return await super().send(post)

    messenger = Waits()
    worker = Worker(shop.store, shop.clock, shop.service, {"desk": platform(messenger)})
    await shop.begin(2, *takens(5))
    running = asyncio.create_task(worker.run())
    await asyncio.sleep(0.05)
    worker.stop()
    hand.set()
    async with asyncio.timeout(5):
        await running
    assert len(messenger.sent) == 1
    rows = await shop.store._read("select attempts, unsure from jobs where done_at is null and leased_until is null")
    assert [tuple(row) for row in rows] == [(0, 0)] * 4


class Forgetful(SqliteStore):
    """A database that fails whenever something is to be kept as done, while `locked`."""

    locked = False

    async def finish(
        self,
        job: Job,
        at: datetime,
        ref: str = "",
        error: str = "",
        orders: Sequence[Order] = (),
        also: Sequence[Job] = (),
    ) -> None:
        if self.locked:
            raise OSError("database is locked")
        await super().finish(job, at, ref, error, orders, also)


async def test_a_bundle_that_went_while_the_database_was_locked_is_not_sent_again(
    tmp_path: Path, clock: FakeClock, library: Library
) -> None:
    store = Forgetful(tmp_path / "locked.db")
    shop = Shop.of(store, clock, library)
    await calls(shop, "r1", "r2", "r3", "r4")
    store.locked = True
    await settle(shop)
    store.locked = False
    await shop.pass_(timedelta(minutes=5))
    assert told_sue(shop) == [["r1", "r2", "r3", "r4"]]
    assert await shop.store.next_due() is not None
    store.close()
