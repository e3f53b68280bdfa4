"""Playbooks: what parse() accepts, and how every mistake is named. Then what the playbook that ships must have."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.guards import GUARDS
from bot.core.playbook import VERBS, Field, Playbook, Step, Timer, parse
from bot.core.recovery import missing
from bot.errors import PlaybookError
from bot.library import Library, load, word_keys
from bot.store.sqlite import SqliteStore

GOOD = """
id = "small"
version = 3

[[step]]
id = "first"
phase = "apologise"
notes = true

[[step.field]]
id = "said"
kind = "long"
required = true

[[step.field]]
id = "due"
kind = "time"
required = true
later = true
stamp = true

[[step.field]]
id = "why"
kind = "choice"
options = ["one", "two"]

[[step.timer]]
id = "nudge"
after = "5m"
every = true
limit = 3
when = "unfixed"

[[step.timer]]
id = "soon"
before = "due"
lead = "1h"

[[step.timer]]
id = "past"
past = "due"
after = "2d"
to = "supervisor"

[[step]]
id = "last"
phase = "document"
skippable = false

[[step.field]]
id = "cause"
group = "why_not"
required = true

[[step.field]]
id = "none"
group = "why_not"
required = true
"""


def test_a_playbook_is_read_in_order() -> None:
    book = parse("small.toml", GOOD)
    first, last = book.steps
    assert (book.id, book.version, book.source) == ("small", 3, GOOD)
    assert (first.phase, first.notes, first.skippable) == ("apologise", True, True)
    assert (last.phase, last.notes, last.skippable) == ("document", False, False)
    assert first.fields == (
        Field("said", "long", required=True),
        Field("due", "time", required=True, later=True, stamp=True),
        Field("why", "choice", options=("one", "two")),
    )
    assert first.timers == (
        Timer("nudge", "agent", timedelta(minutes=5), every=True, limit=3, when="unfixed"),
        Timer("soon", "agent", timedelta(hours=-1), promise="due"),
        Timer("past", "supervisor", timedelta(days=2), promise="due"),
    )


def test_two_playbooks_are_the_same_when_their_steps_are() -> None:
    assert parse("a", GOOD) == parse("b", "# a comment\n" + GOOD)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('id = "small"\n', "id =\n", "small.toml: not TOML: "),
        ('id = "small"\n', "", "small.toml: id: found nothing, expected a short lower-case word like 'apology'"),
        ('id = "small"\n', 'id = "Small"\n', "small.toml: id: found 'Small', expected a short lower-case word"),
        ('id = "small"\n', 'id = "has space"\n', "small.toml: id: found 'has space', expected a short lower-case"),
        ('id = "small"\n', f'id = "{"a" * 31}"\n', "expected a short lower-case word"),
        ('id = "small"\n', "id = 7\n", "small.toml: id: found 7, expected a short lower-case word"),
        ("version = 3", "", "small.toml: version: found nothing, expected a whole number from 1"),
        ("version = 3", "version = 0", "small.toml: version: found 0, expected a whole number from 1"),
        ("version = 3", 'version = "3"', "small.toml: version: found '3', expected a whole number from 1"),
        ("version = 3", "version = true", "small.toml: version: found True, expected a whole number from 1"),
        ("version = 3", "version = 3\nauthor = 1", "small.toml: author: found an unknown key, expected id, version"),
        ('phase = "apologise"\n', "", "small.toml: step first: phase: found nothing, expected one of apologise, rev"),
        ('"apologise"', '"apologize"', "small.toml: step first: phase: found 'apologize', expected one of apologise"),
        ('"apologise"', "[]", "small.toml: step first: phase: found [], expected a word"),
        ("notes = true", 'notes = "yes"', "small.toml: step first: notes: found 'yes', expected true or false"),
        ("notes = true", "note = true", "small.toml: step first: note: found an unknown key, expected id, phase"),
        ('id = "last"', 'id = "first"', "small.toml: step first: found twice, expected every id once"),
        ('kind = "long"', 'kind = "essay"', "small.toml: step first: field said: kind: found 'essay', expected one of"),
        ('id = "said"', 'id = "due"', "small.toml: field due: found twice, expected every id once"),
        ('id = "cause"', 'id = "said"', "small.toml: field said: found twice, expected every id once"),
        ('id = "said"', 'id = "answer"', "field answer: id: found 'answer', expected a word that is not a button's"),
        ('id = "said"', 'label = "x"', "small.toml: step first: field 1: id: found nothing, expected a short"),
        (
            'kind = "long"',
            'kind = "long"\nstamp = true',
            "field said: stamp: found True, expected kind = 'time' beside",
        ),
        ('kind = "long"', 'kind = "long"\noptions = ["a"]', "field said: options: found ['a'], expected options for a"),
        ('options = ["one", "two"]', "", "field why: options: found nothing, expected options for a choice"),
        ('options = ["one", "two"]', "options = []", "field why: options: found [], expected options for a choice"),
        ('options = ["one", "two"]', "options = [1]", "field why: options: found [1], expected a list of short lower"),
        ('options = ["one", "two"]', 'options = ["A b"]', "field why: options: found ['A b'], expected a list of"),
        ('"long"', '"long"\nhint = "x"', "small.toml: step first: field said: hint: found an unknown key, expected id"),
        ('after = "5m"', 'after = "5 minutes"', "timer nudge: after: found '5 minutes', expected a number above 0 and"),
        ('after = "5m"', 'after = "0m"', "timer nudge: after: found '0m', expected a number above 0 and m, h or d"),
        ('after = "5m"', 'after = "-5m"', "timer nudge: after: found '-5m', expected a number above 0 and m, h or d"),
        ('after = "5m"', "after = 5", "timer nudge: after: found 5, expected a duration like '10m'"),
        ('after = "5m"', 'after = "99999999999d"', "timer nudge: after: found '99999999999d', expected a number above"),
        ('after = "5m"\n', "", "timer nudge: after: found nothing, expected a number above 0 and m, h or d"),
        ("limit = 3", "limit = 0", "timer nudge: limit: found 0, expected a whole number from 1"),
        (
            'when = "unfixed"',
            'when = "raining"',
            "timer nudge: when: found 'raining', expected one of unfixed, unrated",
        ),
        ('when = "unfixed"', "when = []", "timer nudge: when: found [], expected a word"),
        ('before = "due"', 'before = "said"', "step first: timer soon: found 'said', expected a field of kind 'time'"),
        ('before = "due"', 'before = "sad"', "step first: timer soon: found 'sad', expected a field of kind 'time'"),
        ('before = "due"', 'before = "due"\npast = "due"', "timer soon: past: found 'due', expected one of: after;"),
        ('lead = "1h"', 'lead = "1h"\nafter = "1h"', "timer soon: before: found 'due', expected one of: after;"),
        ('lead = "1h"', "", "timer soon: lead: found nothing, expected a number above 0 and m, h or d"),
        (
            'lead = "1h"',
            'lead = "1h"\nevery = true',
            "timer soon: every: found True, expected every only for the agent",
        ),
        ('to = "supervisor"', 'to = "boss"', "timer past: to: found 'boss', expected one of agent, supervisor"),
        ('"unfixed"', '"unfixed"\nto = "supervisor"', "timer nudge: every: found True, expected every only for the"),
        ('id = "soon"', 'id = "nudge"', "small.toml: step first: timer nudge: found twice, expected every id once"),
    ],
)
def test_a_mistake_is_named(old: str, new: str, says: str) -> None:
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    with pytest.raises(PlaybookError) as error:
        parse("small.toml", text)
    assert says in str(error.value)
    assert str(error.value).startswith("small.toml: ")


def test_phases_come_in_their_order() -> None:
    text = GOOD.replace("apologise", "fix").replace("document", "review")
    with pytest.raises(PlaybookError, match=r"step: found phases out of order, expected apologise, review, fix, doc"):
        parse("small.toml", text)


def test_two_steps_may_share_a_phase() -> None:
    assert [step.phase for step in parse("x", GOOD.replace("document", "apologise")).steps] == ["apologise"] * 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "x.toml: step: found nothing, expected at least one [[step]]"),
        ('id = "a"\nversion = 1\nstep = 1', "x.toml: step: found 1, expected tables [[step]]"),
        ('[[step]]\nid = "a"\nphase = "fix"', "x.toml: step a: field: found nothing, expected at least one [[field]]"),
    ],
)
def test_a_playbook_needs_steps_and_a_step_needs_fields(text: str, says: str) -> None:
    with pytest.raises(PlaybookError) as error:
        parse("x.toml", text)
    assert says in str(error.value)


KEYS = "id version step phase field timer skippable notes kind required later stamp group options to after before when"
values = st.sampled_from(["1", '"x"', "true", "[]", "{}", "[[]]", "1.5", "2026-01-01", '"5m"', '"time"', "[{}]"])


@given(st.sampled_from(KEYS.split()), values, st.integers(0, 12))
def test_whatever_stands_there_the_answer_is_a_playbook_or_its_mistake(key: str, value: str, place: int) -> None:
    lines = GOOD.splitlines()
    spots = [number for number, line in enumerate(lines) if line.startswith(f"{key} = ")] or [2]
    lines[spots[place % len(spots)]] = f"{key} = {value}"
    said = "x.toml: "
    try:
        assert isinstance(parse("x.toml", "\n".join(lines)), Playbook)
    except PlaybookError as error:
        said = str(error)
    assert said.startswith("x.toml: ")


# Guards and what is missing


@pytest.mark.parametrize(
    ("guard", "answers", "says"),
    [
        ("unfixed", {}, True),
        ("unfixed", {"fixed_at": 1}, False),
        ("unrated", {}, True),
        ("unrated", {"rating": "1"}, False),
    ],
)
def test_guards(guard: str, answers: dict[str, object], *, says: bool) -> None:
    assert GUARDS[guard](answers) is says


@pytest.mark.parametrize(
    ("step", "answers", "at_once", "in_all"),
    [
        (0, {}, ("said",), ("said", "due")),
        (0, {"said": "x"}, (), ("due",)),
        (0, {"said": "x", "due": "x"}, (), ()),
        (0, {"why": "one"}, ("said",), ("said", "due")),
        (1, {}, ("cause",), ("cause",)),
        (1, {"none": "x"}, (), ()),
        (1, {"cause": "x"}, (), ()),
    ],
)
def test_what_a_step_still_needs(
    step: int, answers: dict[str, str], at_once: tuple[str, ...], in_all: tuple[str, ...]
) -> None:
    one = parse("small", GOOD).steps[step]
    assert missing(one, answers, now=True) == at_once
    assert missing(one, answers) == in_all


# The library


def test_places_and_neighbours() -> None:
    book = parse("small", GOOD)
    assert [book.place(name) for name in ("first", "last", "x", None)] == [0, 1, -1, -1]
    assert isinstance(following := book.after("first"), Step)
    assert following.id == "last"
    assert book.after("last") is None
    assert (found := book.step_of("cause")) is not None
    assert found.id == "last"
    assert book.step_of("nothing") is None


def test_every_word_key_of_a_playbook() -> None:
    assert set(word_keys(parse("small", GOOD))) == {
        "method-small",
        *(f"{step}-{slot}" for step in ("first", "last") for slot in ("title", "body", "say", "never", "open")),
        *("first-said", "first-due", "first-due.press", "first-why", "first-why.one", "first-why.two"),
        *("first-timer-nudge", "first-timer-soon", "first-timer-past"),
        *("last-cause", "last-none"),
    }


def test_the_playbook_that_ships(library: Library) -> None:
    book = library.playbooks["recovery"]
    assert [step.phase for step in book.steps] == ["apologise", "review", "fix", "document"]
    assert not book.steps[-1].skippable
    assert not VERBS & {one.id for step in book.steps for one in step.fields}


def shipped(root: Path, **playbooks: str) -> Path:
    for folder in ("common", "signals", *playbooks):
        (root / folder).mkdir()
    (root / "common" / "en.ftl").write_text("cancel = Cancel\n", "utf-8")
    for name, text in playbooks.items():
        (root / name / "playbook.toml").write_text(text, "utf-8")
    return root


def test_a_playbook_lives_in_the_folder_of_its_name(tmp_path: Path) -> None:
    with pytest.raises(PlaybookError, match=r"playbooks/other/playbook.toml: id: found 'small', expected the folder"):
        load(shipped(tmp_path, other=GOOD))


def test_a_mistake_on_disk_is_named_with_its_file(tmp_path: Path) -> None:
    with pytest.raises(PlaybookError, match=r"playbooks/small/playbook.toml: version: found 0"):
        load(shipped(tmp_path, small=GOOD.replace("version = 3", "version = 0")))


def test_without_common_words_there_is_no_library(tmp_path: Path) -> None:
    with pytest.raises(PlaybookError, match=r"playbooks/common/en.ftl: found nothing, expected"):
        load(tmp_path)


async def test_a_recovery_goes_on_as_it_began(library: Library, store: SqliteStore) -> None:
    await store.keep_playbook("recovery", 0, GOOD)
    old = await library.at("recovery", 0, store)
    assert [step.id for step in old.steps] == ["first", "last"]
    now = library.playbooks["recovery"]
    assert await library.at("recovery", now.version, store) is now
    with pytest.raises(PlaybookError, match="version 7 is neither on disk nor in the database"):
        await library.at("recovery", 7, store)


async def test_a_playbook_changed_without_a_new_version_is_refused(library: Library, store: SqliteStore) -> None:
    await library.keep(store)
    await library.keep(store)
    text = library.playbooks["recovery"].source.replace('after = "5m"', 'after = "6m"')
    changed = Library({"recovery": parse("recovery", text)}, library.words, library.ears)
    with pytest.raises(PlaybookError, match=r"found 2 with other steps than .* expected version = 3"):
        await changed.keep(store)
