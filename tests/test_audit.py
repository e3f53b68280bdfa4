"""Every ping can be proven, and what is late, given up or forgotten is told: by command, to the admins, at a URL."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.auditor import Auditor
from bot.core.engine import start
from bot.errors import StoreError, Undeliverable, Unknown
from bot.library import Library
from bot.ports import Change, Fault
from bot.service import Source
from bot.store import audit, proof
from bot.store.sqlite import SqliteStore
from handlers.web import site
from tests.fakes_clock import START, FakeClock
from tests.test_cli import amends
from tests.test_engine import BOOK, escalated
from tests.test_worker import DAY, SECOND, Shop, W, helped, settle

MINUTE = 60 * SECOND


@pytest.fixture
def shop(store: SqliteStore, clock: FakeClock, library: Library) -> Shop:
    return Shop.of(store, clock, library)


async def kinds(shop: Shop) -> list[tuple[str, str]]:
    return [(one.kind, one.receiver) for one in await shop.store.faults(shop.clock.now())]


async def write(shop: Shop, sql: str) -> None:
    await shop.store._write(sql)


async def test_where_everything_went_nothing_is_wrong(shop: Shop) -> None:
    await helped(shop)
    assert await kinds(shop) == []
    await settle(shop)
    for _ in range(60):
        assert await kinds(shop) == []
        await shop.pass_(MINUTE)
    assert await shop.store.overdue(shop.clock.now()) is None


async def test_a_ping_that_did_not_go_is_late_after_three_minutes_however_often_it_is_put_off(shop: Shop) -> None:
    shop.refuse("sue", *[Unknown("503")] * 999)
    await helped(shop)
    await shop.pass_(3 * MINUTE)
    assert await kinds(shop) == []
    await shop.pass_(SECOND)
    assert await kinds(shop) == [("late", "person sue")]
    assert await shop.store.overdue(shop.clock.now()) == START


async def test_a_timer_that_nobody_looked_at_is_late(shop: Shop) -> None:
    await helped(shop)
    await settle(shop)
    shop.clock.forward(14 * MINUTE)
    assert await kinds(shop) == [("late", "timer ladder")]


async def test_a_ping_that_was_given_up_is_told_for_a_day_or_until_somebody_else_was_asked(shop: Shop) -> None:
    shop.refuse("sue", Undeliverable("gone", "user_disabled"))
    await helped(shop)
    await settle(shop)
    assert await kinds(shop) == [("given-up", "person sue")]
    await shop.pass_(DAY + MINUTE)
    assert await kinds(shop) == []


async def test_what_is_no_longer_true_was_not_given_up(shop: Shop) -> None:
    await helped(shop)
    await shop.service.pressed(Source(W, "ann", "drop"), "recovery/apology/drop", "r1")
    await settle(shop)
    assert await kinds(shop) == []


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("delete from jobs where slot = 'ladder'", ["forgotten"]),
        ("update jobs set done_at = due, error = 'KeyError: x' where slot = 'ladder'", ["given-up", "forgotten"]),
        ("update jobs set done_at = due, error = '' where slot = 'ladder'", []),  # the engine saw it: the ladder ended
    ],
)
async def test_a_ladder_without_answer_or_timer_is_forgotten(shop: Shop, sql: str, found: list[str]) -> None:
    await helped(shop)
    await settle(shop)
    await write(shop, sql)
    shop.clock.forward(11 * MINUTE)
    assert [kind for kind, _ in await kinds(shop)] == found
    await shop.service.pressed(Source(W, "sue", "take"), "recovery/apology/take", "r1")
    assert "forgotten" not in {kind for kind, _ in await kinds(shop)}


@pytest.mark.parametrize("sql", [audit._LATE, audit._GIVEN_UP, audit._FORGOTTEN, audit._OVERDUE])
async def test_the_audit_never_walks_through_everything_that_was_ever_sent(shop: Shop, sql: str) -> None:
    named = {"late": "", "soon": "", "remembered": ""}
    plan = [row[3] for row in await shop.store._read(f"explain query plan {sql}", **named)]
    assert not [one for one in plan if one.startswith("SCAN") and "INDEX" not in one]


# The bot looks after itself


async def test_the_admins_hear_of_a_fault_once_a_day(shop: Shop) -> None:
    auditor = Auditor(shop.store, shop.clock, shop.service)
    await helped(shop)
    await settle(shop)
    await write(shop, "delete from jobs where slot = 'ladder'")
    for _ in range(3):
        assert len(await auditor.once()) == 1
        await settle(shop)
        shop.clock.forward(MINUTE)
    titles = shop.messenger.to("root")
    assert len(titles) == len(shop.messenger.to("toor")) == 1
    assert "Ann" in titles[0]
    shop.clock.forward(DAY)
    await auditor.once()
    await settle(shop)
    assert len(shop.messenger.to("root")) == 2
    assert not any(post.ref for post in shop.sent if post.to.person == "root")  # an old message rings nobody


async def test_of_three_hundred_late_pings_an_admin_hears_once(shop: Shop) -> None:
    auditor = Auditor(shop.store, shop.clock, shop.service)
    faults = [Fault("late", W, f"r{n}", "person sue", START, "x") for n in range(300)]
    faults += [Fault("given-up", W, f"r{n}", "person sue", START, "x") for n in range(300)]

    class Bad(SqliteStore):
        async def faults(self, now: object) -> list[Fault]:  # noqa: ARG002
            return faults

    shop.store.__class__ = Bad
    await auditor.once()
    await settle(shop)
    assert len(shop.messenger.to("root")) == 5


async def test_an_audit_that_fails_does_not_end_it(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.auditor.EVERY", timedelta(milliseconds=10))
    auditor = Auditor(shop.store, shop.clock, shop.service)
    (shop.store.path).rename(shop.store.path.with_suffix(".away"))
    running = asyncio.create_task(auditor.run())
    await asyncio.sleep(0.1)
    assert not running.done()
    auditor.stop()
    async with asyncio.timeout(5):
        await running


# Watched from outside


async def beat(shop: Shop, ailing: Callable[[], list[str]]) -> tuple[int, list[str]]:
    async with TestClient(TestServer(site(shop.store, shop.clock, ailing))) as client:
        response = await client.get("/heartbeat")
        body = await response.json()
        assert set(body) == {"ok", "wrong"}
        assert body["ok"] is (response.status == 200)
        return response.status, body["wrong"]


async def test_the_heart_beats_while_every_ping_goes(shop: Shop) -> None:
    await helped(shop)
    await settle(shop)
    assert await beat(shop, shop.worker.ailing) == (200, [])


async def test_the_heartbeat_says_what_is_wrong_and_nothing_of_customers(shop: Shop) -> None:
    status, wrong = await beat(shop, shop.worker.ailing)
    assert (status, wrong) == (503, ["the worker does not loop"])
    shop.refuse("sue", *[Unknown("503")] * 99)
    await helped(shop)
    await shop.pass_(4 * MINUTE)
    status, wrong = await beat(shop, shop.worker.ailing)
    assert (status, wrong) == (503, ["desk: unknown", "a ping is overdue since 2026-11-24T13:00:00+00:00"])


async def test_the_heartbeat_tells_of_a_token_that_was_revoked(shop: Shop) -> None:
    for place in ("sue", "root", "toor"):
        shop.refuse(place, *[Undeliverable("revoked", "token_revoked")] * 9)
    await helped(shop)
    await settle(shop)
    assert await beat(shop, shop.worker.ailing) == (503, ["desk: revoked"])


async def test_the_heartbeat_tells_of_a_database_that_does_not_answer(shop: Shop) -> None:
    async def broken(_now: object) -> None:
        raise OSError("disk")

    shop.store.overdue = broken  # type: ignore[method-assign,assignment]
    assert await beat(shop, list) == (503, ["the database does not answer: OSError"])


# Proof


async def test_the_proof_of_a_recovery_names_every_ping_its_rule_and_its_end(shop: Shop) -> None:
    shop.refuse("sue", Undeliverable("gone", "user_disabled"))
    await helped(shop)
    await shop.pass_(MINUTE)
    await shop.service.pressed(Source(W, "sam", "take"), "recovery/apology/take", "r1")
    found = proof.proof(shop.store.path, "r1")
    first, second = found["pings"]
    assert (first["receiver"], first["rule"], first["call"], first["turn"]) == ("person sue", "asked", 1, 1)
    assert (first["delivered"], first["error"], first["attempts"]) == (False, "gone: user_disabled", 1)
    assert (second["receiver"], second["rule"], second["call"], second["turn"]) == ("person sam", "unanswered", 2, 2)
    assert (second["delivered"], bool(second["ref"]), second["seconds_late"]) == (True, True, 0)
    assert found["acknowledged_by"] == "Sam"
    lines = "\n".join(proof.told(found))
    assert "gone: user_disabled" in lines
    assert "acknowledged by Sam" in lines
    assert json.loads(proof.as_json(found)) == found


async def test_the_proof_says_who_is_asked_next_and_what_waits(shop: Shop) -> None:
    await helped(shop)
    lines = "\n".join(proof.told(proof.proof(shop.store.path, "r1")))
    assert "not sent yet: waits" in lines
    assert "the next is asked at 2026-11-24T13:10" in lines
    event = replace(escalated(), id="r2")
    await shop.store.commit(Change(W, "", start(event, BOOK).recovery, 0, event))
    assert "nobody was pinged" in "\n".join(proof.told(proof.proof(shop.store.path, "r2")))


@pytest.mark.parametrize("read", [lambda path: proof.proof(path, "r1"), lambda path: audit.found(path, START)])
def test_a_file_of_somebody_else_is_named(read: Callable[[Path], object], tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="found no file"):
        read(tmp_path / "none.db")
    (tmp_path / "text.db").write_text("not a database at all, but long enough to look like a file of something" * 9)
    with pytest.raises(StoreError, match="expected a database"):
        read(tmp_path / "text.db")


async def test_by_command(shop: Shop, tmp_path: Path) -> None:
    await helped(shop)
    await settle(shop)
    db = str(shop.store.path)
    said = await asyncio.to_thread(amends, tmp_path, "proof", "r1", "--db", db, "--json")
    assert (said.returncode, json.loads(said.stdout)["recovery"]) == (0, "r1")
    said = await asyncio.to_thread(amends, tmp_path, "proof", "r9", "--db", db)
    assert (said.returncode, "found no recovery r9" in said.stderr) == (1, True)
    shown = await asyncio.to_thread(amends, tmp_path, "audit", "--db", db, "--json")
    faults = json.loads(shown.stdout)["faults"]  # these pings are years away or long ago, as the machine's clock goes
    assert shown.returncode == (1 if faults else 0)
    await write(shop, "delete from jobs where slot = 'ladder'")
    shown = await asyncio.to_thread(amends, tmp_path, "audit", "--db", db)
    assert (shown.returncode, "r1: forgotten" in shown.stdout) == (1, True)
    await write(shop, "update recoveries set acknowledged_by = 'sue'")
    shown = await asyncio.to_thread(amends, tmp_path, "audit", "--db", db)
    assert (shown.returncode, shown.stdout) == (0, "All is well.\n")
