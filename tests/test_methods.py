"""Methods: what every playbook that ships must have, how one is chosen and changed, and the employee's own recovery."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from bot.authoring import LONGEST
from bot.core.changing import replay
from bot.core.effects import Person, Tell
from bot.core.engine import advance, start
from bot.core.events import Answered, Escalated, HandedOver, Noted, Switched
from bot.core.playbook import Phase
from bot.core.policy import plain
from bot.core.recovery import Recovery, untouched
from bot.errors import Rejected, SettingsError
from bot.library import Library, missing_words
from bot.paper import PRIVATE, Player
from bot.people import Organisation
from bot.rehearsal import CAST, organisation
from bot.settings import from_env
from bot.store.codec import event, event_data
from bot.store.export import recoveries, write_csv
from bot.store.schema import FIELDS
from bot.store.sqlite import SqliteStore
from tests import scenes

METHODS = ("recovery", "carp", "aware", "learn", "last")
LANGS = ("ar", "en", "sv")
KINDS = ("angry", "discount", "refused-request", "outage")
UPSET = "the customer is furious, her parcel never came and she wants her money back"


def test_nothing_is_missing_in_any_language(library: Library) -> None:
    assert [str(problem) for problem in missing_words(library)] == []


@pytest.mark.parametrize("name", METHODS)
def test_every_method_gives_a_record_that_compares(name: str, library: Library) -> None:
    book = library.playbooks[name]
    ids = {one.id for step in book.steps for one in step.fields}
    required = {one.id for step in book.steps for one in step.fields if one.required}
    assert {step.phase for step in book.steps} >= set(get_args(Phase)) - {"review"}
    assert {"sent_at", "happened", "wanted", "fixed_at", "rating"} <= required, "the customer's recovery"
    assert {"family", "cause", "lacked", "prevention", "none_because"} <= required, "the process's"
    assert {"wellbeing", "support"} <= required, "the employee's"
    assert not book.steps[-1].skippable
    private = {one.id for step in book.steps for one in step.fields if one.private}
    assert {"draft", "wellbeing", "support"} <= private
    assert ids - set(FIELDS) <= {"wellbeing", "support", "control_at"}, "columns of their own, to be compared"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", METHODS)
def test_words_fit_on_a_phone(name: str, lang: str, library: Library) -> None:
    words = library.words.of(name)
    for step in library.playbooks[name].steps:
        assert len(words.say(lang, f"{step.id}-title")) <= LONGEST["title"]
        assert len(words.say(lang, f"{step.id}-body")) <= 130
        for slot in ("say", "never"):
            lines = words.say(lang, f"{step.id}-{slot}").splitlines()
            assert 1 <= len(lines) <= 3
            assert all(len(line) <= 170 for line in lines), lines
    assert len(words.say(lang, f"method-{name}")) <= LONGEST["method"]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", KINDS)
def test_carp_has_skeletons_for_each_kind_of_customer(kind: str, lang: str, library: Library) -> None:
    words = library.words.of("carp")
    for step in ("control", "acknowledge", "refocus", "solve"):
        said = words.say(lang, f"{step}-say-{kind}")
        assert "[" in said, f"{step}-say-{kind} has no slot for a fact"
        assert len(said.splitlines()) <= 3, "never a finished paragraph"
    for step in ("control", "acknowledge", "solve"):
        assert words.has(lang, f"{step}-never-{kind}")
    assert words.say(lang, f"solve-say-{kind}") != words.say(lang, "solve-say")


def test_two_playbooks_say_the_same_key_differently(library: Library) -> None:
    assert library.words.of("learn").say("en", "listen-body") == library.words.of("last").say("en", "listen-body")
    assert library.words.of("carp").say("en", "solve-say") != library.words.of("last").say("en", "solve-say")
    assert library.words.of("carp").say("sv", "solve-remedy.hint") == library.words.say("sv", "fix-remedy.hint")
    assert library.words.of("carp").say("ar", "document-title") == library.words.say("ar", "document-title")
    assert not library.words.has("en", "refocus-title"), "a method's own words are nobody else's"


# How a method is chosen

Plays = Callable[..., Player]


@pytest.fixture
def plays(store: SqliteStore, library: Library) -> Plays:
    def of(**team: object) -> Player:
        cast = organisation()
        first = replace(cast.teams[0], **team)  # type: ignore[arg-type]
        return Player(store, library, Organisation((first,), cast.admins), CAST)

    return of


async def _method(store: SqliteStore, who: str = "ann") -> str:
    (now,) = await store.open_for("paper:1", who)
    return now.playbook


async def test_the_team_chooses(plays: Plays, store: SqliteStore) -> None:
    player = plays(playbook="aware")
    await player.command("ann", f"start {UPSET}")
    assert await _method(store) == "aware"


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("customer is furious, the router failed a third time", "carp"),
        ("the whole service is down since 11:30, customers are furious", "last"),
        ("hello", "learn"),
    ],
)
async def test_the_kind_of_customer_chooses(text: str, method: str, plays: Plays, store: SqliteStore) -> None:
    player = plays(playbook="learn", playbooks={"angry": "carp", "outage": "last"})
    await player.command("ann", f"start {text}")
    assert await _method(store) == method


@pytest.mark.parametrize("word", ["carp:", "CARP:", "carp :"])
async def test_the_agent_chooses(word: str, plays: Plays, store: SqliteStore) -> None:
    player = plays(playbook="learn", playbooks={"angry": "aware"})
    await player.command("ann", f"start {word} {UPSET}")
    (now,) = await store.open_for("paper:1", "ann")
    assert (now.playbook, now.step, now.said) == ("carp", "control", UPSET)


def test_settings_know_methods_and_customers(tmp_path: Path, library: Library) -> None:
    env = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
    head = 'admins = ["U1"]\n[team.a]\nrecoveries = "C1"\nsupervisors = ["U2"]\n'
    file = tmp_path / "amends.toml"
    file.write_text(head + 'playbook = "aware"\n[team.a.playbooks]\nangry = "carp"\n', "utf-8")
    team = from_env(env, file, library.words.languages, library.playbooks).organisation.teams[0]
    assert [team.method(kind) for kind in ("angry", "outage", "none")] == ["carp", "aware", "aware"]
    file.write_text(head + '[team.a.playbooks]\nangry = "crap"\nfurious = "carp"\noutage = 1\n', "utf-8")
    with pytest.raises(SettingsError) as error:
        from_env(env, file, library.words.languages, library.playbooks)
    assert [problem.key for problem in error.value.problems] == [
        "team.a.playbooks.furious",
        "team.a.playbooks.angry",
        "team.a.playbooks.outage",
    ]


# Another method


def _began(book: str = "recovery") -> Escalated:
    return replace(scenes._began(playbook=book), policy=plain(("sue", "omar")))


def _switched(minutes: int = 1, by: str = "ann", to: str = "carp") -> Switched:
    return Switched(scenes._m(minutes), by, to, 2)


def test_another_method_begins_at_its_first_step_and_keeps_everything_else(library: Library) -> None:
    books = library.playbooks
    was = start(_began(), books["recovery"]).recovery
    outcome = advance(was, _switched(), books["carp"])
    assert outcome is not None
    now = outcome.recovery
    same = {"playbook", "playbook_version", "step", "stepped_at", "touched_at", "version"}
    assert {name: getattr(now, name) for name in Recovery.__slots__ if name not in same} == {
        name: getattr(was, name) for name in Recovery.__slots__ if name not in same
    }
    assert (now.playbook, now.step, now.stepped_at) == ("carp", "control", scenes._m(1))
    assert replay([_began(), _switched()], books["recovery"], books["carp"]) == now
    assert [effect.timer for effect in outcome.effects if not isinstance(effect, Tell)] == ["nudge"]


def test_a_switch_survives_the_journal() -> None:
    kept = event_data(_switched(), "at", "by")
    assert event("Switched", scenes._m(1).isoformat(), "ann", kept) == _switched()


@pytest.mark.parametrize(
    "first",
    [
        Answered(scenes._m(1), "ann", "apology", {"draft": "x"}),
        Noted(scenes._m(1), "ann", "x"),
        scenes.SKIPPED,
    ],
)
def test_what_is_written_down_keeps_the_method(first: object, library: Library) -> None:
    now = replay([_began(), first], library.playbooks["recovery"])  # type: ignore[list-item]
    assert not untouched(now)
    with pytest.raises(Rejected, match="late-method"):
        advance(now, _switched(2), library.playbooks["carp"])


def test_only_the_agent_switches_and_not_to_the_same(library: Library) -> None:
    now = replay([_began()], library.playbooks["recovery"])
    with pytest.raises(Rejected, match="not-yours"):
        advance(now, _switched(by="sue"), library.playbooks["carp"])
    with pytest.raises(Rejected, match="late-method"):
        advance(now, _switched(to="recovery"), library.playbooks["recovery"])
    handed = replay([_began(), HandedOver(scenes._m(1), "ann", "bo")], library.playbooks["recovery"])
    assert advance(handed, _switched(2, by="bo"), library.playbooks["carp"]) is not None


async def test_a_method_that_does_not_exist_is_refused(plays: Plays, store: SqliteStore) -> None:
    player = plays()
    await player.command("ann", f"start {UPSET}")
    while await player.worker.once():
        pass
    assert set(await player.press("ann", "recovery/apology/switch", {"method": "magic"})) == {"method"}
    assert await _method(store) == "recovery"


# The employee's own recovery


def _closed(library: Library, **last: str) -> tuple[Recovery, list[Tell]]:
    written = replace(scenes.WRITTEN, values={**scenes.WRITTEN.values, **last})
    now = replay([_began(), *scenes.TO_END[:-1]], library.playbooks["recovery"])
    outcome = advance(now, written, library.playbooks["recovery"])
    assert outcome is not None
    return outcome.recovery, [one for one in outcome.effects if isinstance(one, Tell)]


@pytest.mark.parametrize(("support", "told"), [("none", []), ("break", [Person("sue")]), ("debrief", [Person("sue")])])
def test_one_supervisor_hears_that_support_is_wanted(support: str, told: list[Person], library: Library) -> None:
    now, tells = _closed(library, support=support)
    assert now.status == "closed"
    assert [tell.to for tell in tells if tell.view == "support"] == told
    assert all("support" not in tell.args and "wellbeing" not in tell.args for tell in tells)


@pytest.mark.parametrize("lang", LANGS)
def test_nobody_reads_how_the_agent_is(lang: str, library: Library) -> None:
    words = library.words
    private = [words.say(lang, f"document-wellbeing.{one}") for one in ("shaken", "abused")]
    private += [words.say(lang, f"document-{one}") for one in ("wellbeing", "support")]
    private += [words.say(lang, f"document-support.{one}") for one in ("break", "talk", "debrief")]
    for moment in ("record", "support", "closed", "ping_taken"):
        text = str(scenes.card(moment, lang, library))
        assert not [one for one in private if one in text], moment


async def test_it_is_in_no_export(plays: Plays, store: SqliteStore, tmp_path: Path) -> None:
    player = plays()
    await player.command("ann", f"start last: {UPSET}")
    (now,) = await store.open_for("paper:1", "ann")
    for step in ("listen", "apologise", "solve"):
        source = player._source("ann", PRIVATE)
        await player.service.pressed(source, f"last/{step}/skip", now.id, {"reason": "test"})
    answers = {"family": "process", "cause": "c", "lacked": "care", "none_because": "n"}
    private = {"wellbeing": "abused", "support": "debrief"}
    await player.service.pressed(player._source("ann", PRIVATE), "last/thank/answer", now.id, answers | private)
    out = io.StringIO()
    write_csv(recoveries(tmp_path / "amends.db"), out)
    (row,) = csv.DictReader(io.StringIO(out.getvalue()))
    assert (row["status"], row["lacked"]) == ("closed", "care")
    assert not {"wellbeing", "support"} & set(row)
    assert "abused" not in out.getvalue()
    assert "debrief" not in out.getvalue()


def test_a_step_without_a_form_coaches_until_it_is_pressed(library: Library) -> None:
    card = scenes.card("carp_angry", "en", library)
    said = "\n".join(line for node in card.nodes for line in getattr(node, "lines", ()))
    assert library.words.of("carp").say("en", "control-say-angry").splitlines()[0] in said
    assert card.presses[0].look == "primary"
