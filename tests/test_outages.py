"""One outage: offered once, declared by one, told to all; what is refused, what lapses, what a restart repeats."""

from __future__ import annotations

import asyncio
import csv
import io
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards import plain
from bot.core import outage
from bot.core.events import CLOCK
from bot.core.outage import Outage, Verb, Word
from bot.core.policy import plain as ladder
from bot.errors import Conflict, Rejected, Repeated
from bot.library import Library
from bot.ports import Change, Parent
from bot.service import Source
from bot.store import export
from bot.store.sqlite import SqliteStore
from tests.dialog import plain as unmarked
from tests.fakes_clock import START, FakeClock
from tests.test_engine import MINUTE
from tests.test_worker import Shop

W = "desk:T1"
DOWN = "The internet is down, nobody can pay"
SAID = {"what": "Card payments fail", "since": "13:00", "safe": "Cash works", "next": "14:00", "signed": ""}


@pytest.fixture
def shop(store: SqliteStore, clock: FakeClock, library: Library) -> Shop:
    return Shop.of(store, clock, library)


async def report(shop: Shop, *agents: str, text: str = DOWN) -> None:
    for number, agent in enumerate(agents):
        source = Source(W, agent, f"said/{agent}/{number}/{shop.clock.now()}")
        await shop.service.started(source, text)
    await settle(shop)


async def settle(shop: Shop) -> None:
    while await shop.worker.once():
        pass


async def press(shop: Shop, who: str, verb: str, key: str = "", *, seen: str = "", **inputs: str) -> None:
    key = key or (await the_outage(shop)).id
    given = {**(SAID if verb in {"declare", "update"} else {}), **inputs}
    source = Source(W, who, seen or f"press/{who}/{verb}/{shop.clock.now()}")
    await shop.service.pressed(source, f"outage/-/{verb}", key, given)


async def the_outage(shop: Shop) -> Outage:
    found = await shop.store.last_outage(W, "front")
    assert found
    return found


def titles(shop: Shop, who: str) -> list[str]:
    return [unmarked(title) for title in shop.messenger.to(who)]


def offers(shop: Shop, who: str) -> list[str]:
    return [title for title in titles(shop, who) if "the service is down" in title]


async def test_two_are_not_many_three_are(shop: Shop) -> None:
    await report(shop, "ann", "bo")
    assert await shop.store.last_outage(W, "front") is None
    await report(shop, "cy")
    assert "3 customers" in unmarked(shop.sent[-1].card.title)
    assert offers(shop, "sue")
    assert not offers(shop, "sam")


async def test_far_apart_they_are_not_one(shop: Shop) -> None:
    await report(shop, "ann", "bo")
    shop.clock.forward(timedelta(minutes=61))
    await report(shop, "cy")
    assert await shop.store.last_outage(W, "front") is None


async def test_what_was_dropped_or_is_of_another_kind_does_not_count(shop: Shop) -> None:
    await report(shop, "ann", "bo")
    mine = await shop.store.open_for(W, "bo")
    await shop.service.pressed(Source(W, "bo", "drop"), "recovery/apology/drop", mine[0].id, {})
    await report(shop, "cy")
    await report(shop, "di", text="She is furious and shouts at me")
    assert await shop.store.last_outage(W, "front") is None


async def test_many_at_the_same_moment_are_one_offer(shop: Shop) -> None:
    reports = (shop.service.started(Source(W, f"a{n}", f"said/{n}"), DOWN) for n in range(12))
    await asyncio.gather(*reports)
    await settle(shop)
    assert [post.ref for post in shop.sent if "the service is down" in post.card.title].count("") == 1
    assert "12 customers" in offers(shop, "sue")[-1]


async def test_an_offer_that_nobody_answers_goes_up_and_lapses(shop: Shop) -> None:
    await report(shop, "ann", "bo", "cy")
    await shop.pass_(timedelta(minutes=11))
    assert offers(shop, "sam")
    await shop.pass_(timedelta(minutes=60))
    now = await the_outage(shop)
    assert (now.status, now.closed_by) == ("declined", CLOCK)
    with pytest.raises(Rejected, match="late-outage-lapsed"):
        await press(shop, "sue", "declare")


async def test_after_a_no_it_takes_as_many_new_ones(shop: Shop) -> None:
    await report(shop, "ann", "bo", "cy")
    shop.clock.forward(MINUTE)
    await press(shop, "sue", "decline")
    first = await the_outage(shop)
    shop.clock.forward(MINUTE)
    await report(shop, "di", "ed")
    assert await the_outage(shop) == first
    await report(shop, "fi")
    assert (await the_outage(shop)).id != first.id
    with pytest.raises(Rejected, match="late-outage-declined"):
        await press(shop, "sam", "declare", first.id)


async def test_one_winner_and_the_other_hears_who(shop: Shop) -> None:
    await report(shop, "ann", "bo", "cy")
    tries = (press(shop, "sue", "declare"), press(shop, "sam", "declare"))
    answers = await asyncio.gather(*tries, return_exceptions=True)
    lost = [one for one in answers if isinstance(one, Rejected)]
    assert [one.key for one in lost] == ["late-outage-declared"]
    assert len([one for one in answers if one is None]) == 1
    assert lost[0].args_for_words["who"] == (await the_outage(shop)).by


async def test_twice_pressed_is_once(shop: Shop) -> None:
    await report(shop, "ann", "bo", "cy")
    await press(shop, "sue", "declare", seen="p1")
    with pytest.raises((Repeated, Rejected)):
        await press(shop, "sue", "declare", seen="p1")
    await settle(shop)
    assert (await the_outage(shop)).words == 1
    assert shop.messenger.to("ann").count("One outage: this is what every customer hears") == 1


async def test_who_may_not_is_told_no_and_the_journal_keeps_it(shop: Shop) -> None:
    await report(shop, "ann", "bo", "cy")
    with pytest.raises(Rejected, match="not-supervisor"):
        await press(shop, "ann", "declare")
    with pytest.raises(Rejected, match="not-supervisor"):
        await shop.service.form(Source(W, "ann", "x"), "outage/-/declare", (await the_outage(shop)).id)
    kept = rows(shop, "select actor, type from outage_journal where type = 'Refused'")
    assert kept == [("ann", "Refused")]
    assert (await the_outage(shop)).status == "offered"


def rows(shop: Shop, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(shop.store.path)) as connection:
        return connection.execute(sql).fetchall()


async def test_every_agent_is_told_each_word_once_and_a_newcomer_the_last(shop: Shop) -> None:
    await report(shop, "ann", "bo", "cy")
    await press(shop, "sue", "declare")
    await settle(shop)
    shop.clock.forward(MINUTE)
    await press(shop, "sue", "update", what="The bank has found it")
    await settle(shop)
    await report(shop, "di")
    new = "News on the outage: this is what every customer hears now"
    assert [shop.messenger.to(who).count(new) for who in ("ann", "bo", "cy", "di")] == [1, 1, 1, 1]
    assert "4 recoveries" in titles(shop, "sue")[-1]
    (mine,) = await shop.store.open_for(W, "di")
    entries = await shop.store.journal(W, mine.id)
    assert [type(entry.event).__name__ for entry in entries] == ["Escalated", "Informed"]


async def test_the_words_are_masked_and_signed_by_whoever_pressed(shop: Shop) -> None:
    await report(shop, "ann", "bo", "cy")
    await press(shop, "sue", "declare", what="Call 070-123 45 67 if it burns")
    word = (await the_outage(shop)).word
    assert word
    assert "070" not in word.what
    assert word.signed == "Sue"


async def test_a_signature_is_masked_too_and_no_longer_than_a_name(shop: Shop) -> None:
    await report(shop, "ann", "bo", "cy")
    await press(shop, "sue", "declare", signed="Sue, 070-123 45 67, " + "x" * 4000)
    word = (await the_outage(shop)).word
    assert word
    assert "070" not in word.signed
    assert len(word.signed) <= 100


@pytest.mark.parametrize(
    ("inputs", "wrong"),
    [
        ({"next": "13:00"}, {"next": "no-field-future"}),
        ({"since": "2027-01-01 10:00"}, {"since": "no-field-past"}),
        ({"what": " ", "safe": ""}, {"what": "no-field-required", "safe": "no-field-required"}),
        ({"since": "soon", "next": ""}, {"since": "no-field-time", "next": "no-field-required"}),
        ({"what": "x" * 5000}, {"what": "no-field-long"}),
    ],
)
async def test_everything_wrong_in_the_form_is_told_at_once(
    shop: Shop, inputs: dict[str, str], wrong: dict[str, str]
) -> None:
    await report(shop, "ann", "bo", "cy")
    with pytest.raises(Rejected) as no:
        await press(shop, "sue", "declare", **inputs)
    assert no.value.fields == wrong
    assert (await the_outage(shop)).version == 1


async def test_the_promised_word_is_asked_for_until_it_comes(shop: Shop) -> None:
    await report(shop, "ann", "bo", "cy")
    await press(shop, "sue", "declare")
    await settle(shop)
    await shop.pass_(timedelta(minutes=54))
    assert not any("is due" in plain(post.card) for post in shop.sent)
    await shop.pass_(timedelta(minutes=2))
    assert "is due" in plain(shop.sent[-1].card)
    assert shop.sent[-1].to.person == "sue"
    await press(shop, "sue", "update", next="16:00")
    told = len(shop.sent)
    await shop.pass_(timedelta(minutes=40))
    assert not any("is due" in plain(post.card) for post in shop.sent[told:])


async def test_an_ended_outage_takes_nobody_in_and_its_parent_is_in_the_export(shop: Shop) -> None:
    await report(shop, "ann", "bo", "cy")
    await press(shop, "sue", "declare")
    await settle(shop)
    shop.clock.forward(MINUTE)
    await press(shop, "sam", "end", what="All works again")
    await settle(shop)
    assert "The outage is over: this is what every customer hears" in shop.messenger.to("ann")
    shop.clock.forward(MINUTE)
    await report(shop, "di")
    assert not (await shop.store.open_for(W, "di"))[0].outage
    out = io.StringIO()
    export.write_csv(export.recoveries(shop.store.path), out)
    found = {row["agent"]: row["outage_what"] for row in csv.DictReader(io.StringIO(out.getvalue()))}
    assert found == {"ann": "Card payments fail", "bo": "Card payments fail", "cy": "Card payments fail", "di": ""}


async def test_without_supervisors_the_admins_are_asked_and_may_answer(
    store: SqliteStore, clock: FakeClock, library: Library
) -> None:
    shop = Shop.of(store, clock, library)
    organisation = shop.service.people.organisation
    team = replace(organisation.teams[0], ladder=())
    shop.service.people.organisation = replace(organisation, teams=(team,))
    await report(shop, "ann", "bo", "cy")
    assert offers(shop, "root")
    await press(shop, "root", "declare")
    assert (await the_outage(shop)).status == "open"


# Its journal


WORD = Word("Card payments fail", START, "Cash works", START + 60 * MINUTE, "Sue")
OFFERED = outage.Offered(START, W, "o1", "front", START, ladder(("sue", "sam")), ("sue",), "", 1)
EVENTS: dict[str, outage.Event] = {
    "pass": outage.Passed(START, ("sam",), "C1", 2),
    "declare": outage.Declared(START, "sue", WORD),
    "update": outage.Updated(START, "sam", replace(WORD, what="Found, خبر")),
    "end": outage.Ended(START, "sam", replace(WORD, next_at=None)),
    "decline": outage.Declined(START, "sue"),
    "refuse": outage.Refused(START, "ann", "end"),
}


@given(st.lists(st.tuples(st.sampled_from(sorted(EVENTS)), st.sampled_from(("sue", "sam", "ann"))), max_size=12))
def test_what_is_over_stays_over_and_only_its_own_may_change_it(acts: list[tuple[str, str]]) -> None:
    now = outage.replay((OFFERED,))
    journal: list[outage.Event] = [OFFERED]
    for name, who in acts:
        event = EVENTS[name] if name in {"pass", "refuse"} else replace(EVENTS[name], by=who)
        verbs: dict[str, Verb] = {"declare": "declare", "update": "update", "end": "end", "decline": "decline"}
        if name in verbs:
            try:
                outage.refuse(now, who, verbs[name])
            except Rejected:
                continue
            assert now.live
            assert outage.may_answer(now, who)
        before, now = now, outage.apply(now, event)
        journal.append(event)
        assert now.version == len(journal)
        assert now.words >= before.words
    assert outage.replay(journal) == now


async def test_the_journal_comes_back_as_it_was(store: SqliteStore) -> None:
    now = outage.replay((OFFERED,))
    await store.commit(Change(W, parent=Parent(now, 0, OFFERED)))
    for name in ("pass", "declare", "refuse", "update", "end"):
        then = outage.apply(now, EVENTS[name])
        await store.commit(Change(W, parent=Parent(then, now.version, EVENTS[name])))
        now = then
        assert await store.outage(W, "o1") == now
    with pytest.raises(Conflict):
        await store.commit(Change(W, parent=Parent(now, 3, EVENTS["end"])))
    assert await store.outage("desk:T2", "o1") is None


async def test_a_team_has_one_at_a_time(store: SqliteStore) -> None:
    now = outage.replay((OFFERED,))
    await store.commit(Change(W, parent=Parent(now, 0, OFFERED)))
    for other, fine in (("front", False), ("back", True)):
        event = replace(OFFERED, id="o2", team=other)
        change = Change(W, parent=Parent(outage.replay((event,)), 0, event))
        if fine:
            await store.commit(change)
        else:
            with pytest.raises(Conflict):
                await store.commit(change)
