"""Asked mid-conversation: which words fit, what went well before, what is kept of it (nothing), and what is masked."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.asking import Asking, only_a_wish
from bot.cards import Card, Form, Lines, Text, plain
from bot.core.changing import replay
from bot.core.effects import Person
from bot.core.events import Answered, Value
from bot.core.hearing import hear
from bot.core.learning import proposal
from bot.core.reading import unreadable
from bot.core.recovery import Recovery
from bot.errors import Rejected, Repeated
from bot.library import Library
from bot.ports import Change
from bot.service import Source
from bot.store.sqlite import SqliteStore
from bot.texts import Voice
from bot.views import coach, forms
from bot.views.scene import Case, Scene
from tests.fakes_clock import FakeClock
from tests.test_engine import BOOK, escalated
from tests.test_worker import Shop

W = "desk:T1"
ASKED = Path(__file__).parent / "data" / "asked.tsv"
CARD = "4111 1111 1111 1111"
DRAFT = "I am sorry if it felt late, but we were busy. Call me on 070-123 45 67."


@pytest.fixture
def shop(store: SqliteStore, clock: FakeClock, library: Library) -> Shop:
    return Shop.of(store, clock, library)


def source(number: int = 1, **more: str) -> Source:
    return Source(W, "ann", f"test/{number}", **more)  # type: ignore[arg-type]


async def ended(store: SqliteStore, key: str, said: str, rating: str, **answers: Value) -> Recovery:
    """A closed recovery, put where the store keeps them."""
    event = replace(escalated(), id=key, workspace=W, said=said, kind="angry")
    known: Mapping[str, Value] = {"happened": said, "remedy": "A new one by courier", "rating": rating, **answers}
    now = replace(replay([event], BOOK), status="closed", step=None, answers=known)
    await store.commit(Change(W, recovery=now, event=event))
    return now


# Which words fit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("she wants a discount of 30 % or she leaves", "discount"),
        ("kunden skriker, vad säger jag?", "angry"),
        ("العميل يهدد بالشكوى إلى حماية المستهلك", "legal"),
        ("customer is furious, his invoice is wrong again", "again"),
        ("she wants a discount because the router is broken again", "again"),
        ("charged twice, she goes to the consumer agency", "legal"),
        ("her lips are swelling and she shouts that she will sue us", "safety"),
        ("he called me stupid and wants my manager", "abuse"),
        ("card swallowed by the machine, he is furious", "angry"),
        ("kunden vill prata med min chef", "manager"),
        ("the website is down and they cannot pay", "outage"),
        ("lunch at twelve?", ""),
        ("وين أحط الإجازة بالنظام", ""),
    ],
)
def test_the_gravest_thing_chooses_the_words(text: str, expected: str, store: SqliteStore, library: Library) -> None:
    assert Asking(store, library).about(text, hear(text, library.ears)) == expected


@pytest.mark.parametrize("lang", ["en", "ar", "sv"])
def test_what_agents_ask_gets_the_words_that_fit(lang: str, store: SqliteStore, library: Library) -> None:
    asking = Asking(store, library)
    wrong: dict[str, str] = {}
    for line in ASKED.read_text("utf-8").splitlines():
        if line.startswith(f"{lang}\t"):
            _, kinds, text = line.split("\t")
            found = asking.about(text, hear(text, library.ears)) or "-"
            wrong |= {} if found in kinds.split("/") else {text: found}
    assert wrong == {}


def test_every_topic_has_its_words_in_every_language(library: Library) -> None:
    heard = {"safety", "legal", "manager", "outage", "discount", "refused", "leave", "waiting", "angry", "failure"}
    asked = {lang: set(ears.assumed.signals.groups) for lang, ears in library.asked.items()}
    assert asked["en"] == asked["ar"] == asked["sv"]
    for lang in library.words.languages:
        for name in sorted(heard | asked[lang]):
            assert library.words.has(lang, f"coach-{name}")
            first = "" if library.words.has(lang, f"coach-{name}-say") else "-apologise"
            phases = ("-apologise", "-review", "-fix") if name in {"angry", "failure"} else (first,)
            for phase in phases:
                say = library.words.say(lang, f"coach-{name}{phase}-say").splitlines()
                assert len(say) == 3, f"{lang} {name}{phase}"
                assert len(library.words.say(lang, f"coach-{name}{phase}-never").splitlines()) == 1


async def asked(shop: Shop, text: str) -> Card:
    await shop.service.coaching.asked(source(), text)
    await shop.worker.once()
    return shop.sent[-1].card


@pytest.mark.parametrize(
    "text",
    [
        "a guest's lips are swelling after the soup",
        "he threatens to hit me",
        "caller says she wants to die",
        "customer called me an idiot",
        "she sees another customer's data",
        "he goes to the ombudsman",
        "we fixed it and it is broken again",
    ],
)
async def test_where_it_is_grave_a_supervisor_is_the_first_thing_to_press(text: str, shop: Shop) -> None:
    card = await asked(shop, text)
    assert card.tone == "urgent"
    assert isinstance(card.nodes[0], Text)
    assert (card.presses[0].action, card.presses[0].look) == (forms.HELP, "primary")
    assert [one.look for one in card.presses].count("primary") == 1
    stands_there = card.presses[0]
    assert isinstance(stands_there, Form)
    assert stands_there.inputs[0].value  # there is no time to write
    opened = await shop.service.form(source(), forms.HELP, stands_there.value)  # where a form opens apart from its card
    assert opened.inputs == stands_there.inputs


@pytest.mark.parametrize("lang", ["en", "ar", "sv"])
@pytest.mark.parametrize("topic", ["legal", "crisis", "danger", "safety", "abuse", "leak", "again"])
async def test_what_stands_there_already_is_understood(topic: str, lang: str, shop: Shop, library: Library) -> None:
    """One press: the recovery is about the same, and its supervisor sees how urgent it is and why."""
    why = library.words.say(lang, f"coach-{topic}-why")
    assert Asking(shop.store, library).topic(why, hear(why, library.ears)) == topic
    await shop.service.pressed(source(), forms.HELP, topic, {"said": why})
    mine = (await shop.store.open_for(W, "ann"))[0]
    assert (mine.said, mine.lang, len(mine.calls)) == (why, lang, 1)
    assert mine.severity == 3 or topic in {"abuse", "again"}
    assert topic in mine.reasons or topic in {"abuse", "again"}


async def test_what_an_agent_begins_is_as_urgent_as_it_is(shop: Shop) -> None:
    """He sounds calm, and the ear knows upset customers only."""
    for number, said in enumerate(("caller says she is standing on a bridge", "customer asks about the printer")):
        await shop.service.started(source(number), said)
    found = [(one.severity, one.reasons[:1]) for one in await shop.store.open_for(W, "ann")]
    assert found[0] == (3, ("crisis",))
    assert found[1][0] < 3


async def test_where_nothing_fits_it_says_so_and_offers_what_helps_with_anybody(shop: Shop) -> None:
    card = await asked(shop, "where is the toner")
    assert card.title == shop.service.library.words.say("en", "coach-nothing")
    assert next(len(node.lines) for node in card.nodes if isinstance(node, Lines)) == 3
    assert forms.HELP in [one.action for one in card.presses]


async def test_what_is_not_grave_begins_a_recovery_first(shop: Shop) -> None:
    card = await asked(shop, "he wants a discount")
    assert (card.tone, card.presses[0].look) == ("calm", "primary")
    assert card.presses[0].action != forms.HELP


async def test_an_apology_is_not_said_again_while_it_is_fixed(shop: Shop, library: Library) -> None:
    """With a recovery open a question without a kind of its own gets the words of the step, filled with its facts."""
    at = shop.clock.now()
    begun = replace(escalated(), workspace=W, said="his parcel is late", reasons=("waiting",), kind="other")
    known: Mapping[str, Value] = {"remedy": "New parcel by courier", "due": at}
    now = replace(replay([begun], BOOK), step="fix", answers=known)
    args = {"topic": "waiting", "phase": "fix"}
    voice = Voice(library.words, "en", "Europe/Stockholm", at)
    text = plain(coach.advice(Scene(voice, "ann", Case(now, BOOK), args=args)))
    assert "That is our mistake" not in text
    assert "[action: New parcel by courier], done by 14:00" in text


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("customer wants a discount, a competitor is cheaper", True),
        ("customer wants a discount because the router is broken again", False),
        ("customer is furious", False),
    ],
)
def test_a_discount_alone_is_a_wish_and_with_a_failure_it_is_not(text: str, wish: bool, library: Library) -> None:
    assert only_a_wish(hear(text, library.ears)) is wish


@pytest.mark.parametrize(
    "text",
    [
        "what do I say?",
        "How do I reply to that",
        "she is yelling, what should I write to her?",
        "vad svarar jag på det?",
        "ماذا أقول له الآن؟",
        "وش أقول للعميل",
    ],
)
def test_a_question_to_us_is_told_from_an_answer(text: str, store: SqliteStore, library: Library) -> None:
    asking = Asking(store, library)
    assert asking.is_question(text)
    assert not asking.is_draft(text)


@pytest.mark.parametrize(
    "text",
    [
        "I am sorry about your order. It was our mistake.",
        "Jag ber om ursäkt för att din beställning blev fel.",
        "نعتذر عن تأخر طلبك، وسنرسله اليوم قبل الساعة الثالثة",
    ],
)
def test_a_text_to_the_customer_is_a_draft(text: str, store: SqliteStore, library: Library) -> None:
    assert Asking(store, library).is_draft(text)


@pytest.mark.parametrize(
    "text",
    [
        "The customer says sorry is not enough, she wants her money back from you",
        "unfortunately he is angry",
        "It drops every evening at eight",
        "A router that works, by Friday",
        "kunden vill ha pengarna tillbaka",
        "العميل يريد استرداد المبلغ",
    ],
)
def test_what_is_told_of_the_customer_is_neither(text: str, store: SqliteStore, library: Library) -> None:
    asking = Asking(store, library)
    assert not asking.is_draft(text)
    assert not asking.is_question(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        (" \n\u200f ", "wordless"),
        ("😡😡👍", "wordless"),
        ("12:00 – 14:00", "wordless"),
        ("x" * 40_000, "long"),
        ('Traceback (most recent call last):\n  File "a.py", line 3\nValueError: no', "code"),
        ("for (int i = 0; i < n; i++) { a[i] = b[i]; }", "code"),
        ("    at com.example.Order.pay(Order.java:12)\n    at com.example.Main.run(Main.java:4)", "code"),
        ("Nous sommes désolés pour le retard de votre commande", "language"),
        ("Мы приносим извинения за задержку", "language"),
        ("お詫び申し上げます", "language"),
        ("Sorry. Refund by 14:00.", ""),
        ("Vi ber om ursäkt för förseningen av din order", ""),
        ("آسفين على التأخير، المندوب عندك الساعة خمس", ""),
        ("Your order 12 (A/B) is late, that is our mistake & I am sorry", ""),
    ],
)
def test_a_draft_that_cannot_be_read_is_named(text: str, why: str, library: Library) -> None:
    assert unreadable(text, library.ears) == why


# What went well before


async def test_past_recoveries_that_ended_well_are_found_by_their_words(shop: Shop) -> None:
    await ended(shop.store, "good", "The espresso machine leaks on the kitchen floor", "5")
    await ended(shop.store, "poor", "The espresso machine leaks again", "2")
    await ended(shop.store, "other", "The invoice has the wrong address", "5")
    await shop.service.coaching.asked(source(), "angry customer: his espresso machine leaks, what do I say?")
    await shop.worker.once()
    text = plain(shop.sent[-1].card)
    assert "A new one by courier" in text
    assert text.count("of 5") == 1


async def test_at_most_two_and_never_anybodys_name(shop: Shop) -> None:
    for number in range(4):
        remedy = "Ann and Sue drove over with a new one"
        await ended(shop.store, f"r{number}", "The espresso machine leaks", "4", remedy=remedy)
    await shop.service.coaching.asked(source(), "angry customer, the espresso machine leaks")
    await shop.worker.once()
    text = plain(shop.sent[-1].card)
    assert text.count("drove over with a new one") == 2
    assert "Ann" not in text


@pytest.mark.parametrize(
    ("remedy", "customer", "shown"),
    [
        ("New parcel to Anna, ANNA rang", "Anna Svensson", "New parcel to …, … rang"),
        ("Ring K-1717 first", "K-1717", "Ring … first"),
        ("Refund for Mrs Khan and a month", "", "Refund for Mrs … and a month"),
        ("Bad fru Öberg om ursäkt", "", "Bad fru … om ursäkt"),
        ("أعدنا المبلغ لسارة", "سارة", "أعدنا المبلغ ل…"),
        ("اعتذرنا من السيدة منى", "", "اعتذرنا من السيدة …"),
        ("A new lamp in the room", "the lady in room 12 by the lift", "A new lamp in the room"),
    ],
)
async def test_a_customer_is_not_named_to_others(shop: Shop, remedy: str, customer: str, shown: str) -> None:
    await ended(shop.store, "r1", "The espresso machine leaks", "4", remedy=remedy, customer=customer)
    await shop.service.coaching.asked(source(), "angry customer, the espresso machine leaks")
    await shop.worker.once()
    assert shown in plain(shop.sent[-1].card)


async def test_nothing_is_seen_across_workspaces_and_operators_are_words(store: SqliteStore) -> None:
    await ended(store, "good", "The espresso machine leaks", "5")
    assert [one.id for one in await store.similar(W, ["espre"], 5)] == ["good"]
    assert not await store.similar("desk:T2", ["espre"], 5)
    assert not await store.similar(W, ['" OR 1', "NEAR(", "*", "a AND"], 5)
    assert not await store.similar(W, [], 5)


# What is kept of it


def everything(store: SqliteStore) -> str:
    """Every value in every table, as text."""
    connection = sqlite3.connect(store.path)
    names = [row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")]
    kept = [row for name in names for row in connection.execute(f'select * from "{name}"')]  # noqa: S608
    connection.close()
    return json.dumps(kept, ensure_ascii=False, default=str)


async def test_a_question_is_never_stored(shop: Shop) -> None:
    await shop.service.coaching.asked(source(), "customer Quillfeather is furious, what do I say?")
    assert "Quillfeather" not in everything(shop.store)


async def test_a_draft_leaves_the_store_with_its_review(shop: Shop) -> None:
    await shop.service.coaching.drafted(source(), DRAFT)
    assert "it felt late" in everything(shop.store), "it waits to be sent"
    assert "070-123" not in everything(shop.store), "masked before it is stored"
    await shop.worker.once()
    assert "it felt late" in plain(shop.sent[-1].card)
    assert "it felt late" not in everything(shop.store)


async def test_a_draft_in_a_recovery_is_reviewed_without_a_copy(shop: Shop) -> None:
    await shop.service.started(source(), "customer is angry")
    mine = (await shop.store.open_for(W, "ann"))[0]
    await shop.service.pressed(source(2), "recovery/apology/answer", mine.id, {"draft": DRAFT})
    reviews = [job.effect for job in await shop.waiting() if getattr(job.effect, "view", "") == "review"]
    assert [getattr(one, "args", None) for one in reviews] == [{}]
    assert [getattr(one, "to", None) for one in reviews] == [Person("ann")]


async def test_a_form_saved_without_a_new_draft_reviews_nothing(shop: Shop) -> None:
    await shop.service.started(source(), "customer is angry")
    mine = (await shop.store.open_for(W, "ann"))[0]
    for number in (2, 3):
        await shop.service.pressed(source(number), "recovery/apology/correct", mine.id, {"draft": DRAFT})
    views = [getattr(job.effect, "view", "") for job in await shop.waiting()]
    assert views.count("review") == 1


async def test_what_is_sent_twice_has_one_effect(shop: Shop) -> None:
    await shop.service.coaching.asked(source(), "customer is angry")
    with pytest.raises(Repeated):
        await shop.service.coaching.asked(source(), "customer is angry")
    await shop.service.pressed(source(2), forms.MISSED, "-", {"said": "not amused"})
    with pytest.raises(Repeated):
        await shop.service.pressed(source(2), forms.MISSED, "-", {"said": "not amused"})


async def test_help_with_nothing_open_begins_one_and_pings_once(shop: Shop) -> None:
    for _ in range(2):
        try:
            await shop.service.pressed(source(), forms.HELP, "-", {"said": "he wants 500 back"})
        except Repeated:
            continue
    mine = await shop.store.open_for(W, "ann")
    assert [(len(one.calls), one.said) for one in mine] == [(1, "he wants 500 back")]


async def test_a_hurried_second_press_begins_nothing_more(shop: Shop, library: Library) -> None:
    why = library.words.say("en", "coach-crisis-why")
    for number in (1, 2):
        await shop.service.pressed(source(number), forms.HELP, "crisis", {"said": why})
    assert [len(one.calls) for one in await shop.store.open_for(W, "ann")] == [1]
    shop.clock.forward(timedelta(hours=1))
    await shop.service.pressed(source(3), forms.HELP, "crisis", {"said": why})  # another customer
    assert len(await shop.store.open_for(W, "ann")) == 2


# What nobody may keep


async def test_private_numbers_are_masked_wherever_they_are_typed(shop: Shop) -> None:
    await shop.service.started(source(), f"angry customer, card {CARD}")
    mine = (await shop.store.open_for(W, "ann"))[0]
    await shop.service.wrote(source(5), "We wrote to +46 70 123 45 67 about SE4550000000058398257466", mine.id)
    await shop.service.pressed(source(2), "recovery/apology/correct", mine.id, {"draft": f"We charged {CARD} twice."})
    await shop.service.pressed(source(3), "recovery/apology/note", mine.id, {"note": f"told a@b.se about {CARD}"})
    await shop.service.pressed(source(4), "recovery/apology/help", mine.id, {"why": f"may I refund {CARD}?"})
    await shop.service.pressed(
        source(6), "recovery/apology/skip", mine.id, {"reason": f"her id is 811218-9876, {CARD}"}
    )
    kept = everything(shop.store)
    for private in (CARD, "a@b.se", "+46", "SE45", "811218"):
        assert private not in kept
    assert "[card number]" in kept


async def test_an_answer_that_is_nothing_else_is_told_why(shop: Shop, library: Library) -> None:
    event = Answered(shop.clock.now(), "ann", "review", {"customer": "070-123 45 67"})
    with pytest.raises(Rejected) as no:
        shop.service.privacy.event(event, library.playbooks["recovery"], "sv")
    assert no.value.fields == {"customer": "no-field-private"}


async def test_the_organisation_chooses_what_is_masked(shop: Shop) -> None:
    shop.service.people.organisation = replace(shop.service.people.organisation, masks=frozenset({"card"}))
    assert shop.service.privacy.text(f"{CARD} a@b.se") == "[card number] a@b.se"


# What the ear can learn


def test_a_proposal_names_only_what_would_change(library: Library) -> None:
    false = ["customer says the angry birds demo was great", "angry birds night with customers on friday"]
    lines = list(proposal(library.ears, [], false))
    assert lines[0].startswith("# en false=2")
    assert all(line[:1] in "#-+@" for line in lines)
    assert list(proposal(library.ears, [], [])) == []
    heard = "the customer is furious and wants a manager now"
    assert [line for line in proposal(library.ears, [heard], []) if line[0] in "-+"] == [], "it was heard already"
