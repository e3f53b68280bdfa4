"""The eye: cases for every code and trap in three languages, and laws that hold for any text."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.drafting import CODES, COMPONENTS, Eyes, parse_patterns, review
from bot.core.drafting_text import fold
from bot.core.drafting_ways import Text
from bot.errors import PlaybookError
from tests.measure_drafts import PLAYBOOKS, load_eyes, measure, rows

EYES = load_eyes()
OWN = Path(__file__).parent / "data" / "eye"
LANGS = ("ar", "en", "sv")
SORRY = {"en": "I am sorry if you felt ", "sv": "Vi beklagar om du kände ", "ar": "نعتذر إن كنت شعرت "}

any_text = st.text(max_size=300)
any_draft = st.lists(
    st.sampled_from(
        [word for row in rows(OWN) for word in row["text"].split()] + ["\n", "“", "”", "«", "»", '"', ">", "'", "…"],
    ),
    max_size=40,
).map(" ".join)
langs = st.sampled_from(LANGS)


def codes(text: str, lang: str | None = None) -> set[str]:
    return {finding.code for finding in review(text, EYES, lang).findings}


@pytest.mark.parametrize("row", rows(OWN), ids=lambda row: row["id"])
def test_case(row: dict[str, Any]) -> None:
    assert sorted(codes(row["text"], row["lang"])) == row["codes"]


@pytest.mark.parametrize("lang", LANGS)
def test_every_code_has_a_case(lang: str) -> None:
    seen = {code for row in rows(OWN) if row["lang"] == lang for code in row["codes"]}
    assert seen == set(CODES)


@pytest.mark.parametrize("lang", LANGS)
def test_every_language_knows_every_name(lang: str) -> None:
    patterns = EYES.of(lang)
    assert patterns is not None
    assert {rule.name for rule in patterns.rules} >= {*CODES, *COMPONENTS}


@pytest.mark.parametrize("lang", LANGS)
def test_every_way_compiles(lang: str) -> None:
    patterns = EYES.of(lang)
    assert patterns is not None
    assert all(way.regex for way in patterns.every_way())


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_not_alive_is_not_found(lang: str) -> None:
    patterns = EYES.of(lang)
    assert patterns is not None
    for row in rows(OWN):
        text = fold(row["text"]).text
        resting = set(patterns.every_way()) - patterns.alive(text)
        assert not [way.source for way in resting if way.regex.search(text)]


@pytest.mark.parametrize("lang", LANGS)
def test_looking_at_word_starts_finds_the_same(lang: str) -> None:
    patterns = EYES.of(lang)
    assert patterns is not None
    for row in rows(OWN)[::5]:
        text = fold(row["text"]).text
        for way in patterns.alive(text):
            found = [match.span() for match in way.regex.finditer(text)]
            assert way.places(Text(text, patterns.glued)) == found
            assert way.holds(Text(text, patterns.glued)) == bool(found)


@pytest.mark.parametrize("lang", LANGS)
def test_every_name_has_its_words(lang: str) -> None:
    parsed = FluentParser().parse((PLAYBOOKS / f"{lang}.ftl").read_text("utf-8"))
    words = {entry.id.name: entry for entry in parsed.body if isinstance(entry, Message)}
    weak = {f"review-{code}".replace("_", "-") for code in CODES}
    assert set(words) == weak | {f"review-has-{name}" for name in COMPONENTS}
    assert {key for key, entry in words.items() if [each.id.name for each in entry.attributes] == ["better"]} == weak


@pytest.mark.parametrize(
    ("text", "code", "span"),
    [
        ("Hi 👋🏽 Ann. Please calm down.", "command_calm", "calm down"),
        ("Hej! Lugna\u00a0ner dig.", "command_calm", "Lugna\u00a0ner"),
        ("Fo\u0308rla\u030at, fo\u0308rla\u030at!", "over_sorry", "Fo\u0308rla\u030at"),
        ("سيدي، اهْدَأْ مِن فَضْلِك", "command_calm", "اهْدَأ"),
        ("Sooooorry, soooorry", "over_sorry", "Sooooorry"),
    ],
)
def test_span_counts_code_points_of_the_original(text: str, code: str, span: str) -> None:
    found = next(finding for finding in review(text, EYES).findings if finding.code == code)
    assert text[found.start : found.end].startswith(span)


@pytest.mark.parametrize("code", ["no_specifics", "no_next_step", "no_apology"])
def test_what_is_absent_spans_the_whole_draft(code: str) -> None:
    text = "We value your feedback."
    assert [(f.start, f.end) for f in review(text, EYES, "en").findings if f.code == code] == [(0, len(text))]


@pytest.mark.parametrize(
    "text", ["", "   \n", "👍🏽 😀", "12:30", "???", "“Calm down, you should have read the terms.”"]
)
def test_nothing_to_judge_gives_nothing(text: str) -> None:
    seen = review(text, EYES, "en")
    assert (seen.findings, seen.components) == ((), ())


@pytest.mark.parametrize(
    ("opening", "closing"),
    [('"', '"'), ("“", "”"), ("”", "”"), ("«", "»"), ("'", "'"), ("‘", "’"), ("„", "“"), ("> ", "\n")],
)
@pytest.mark.parametrize("lang", LANGS)
def test_quoted_words_are_not_judged(lang: str, opening: str, closing: str) -> None:
    good = {"en": "We lost your bag. ", "sv": "Vi tappade din väska. ", "ar": "أضعنا حقيبتك. "}[lang]
    quoted = f"{good}\n{opening}{SORRY[lang]}{closing}"
    assert not {"conditional", "feelings_not_act"} & codes(quoted, lang)
    assert "conditional" in codes(good + SORRY[lang] + "was", lang) or lang != "en"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("We are sorry about the delay", "en"),
        ("Vi ber om ursäkt för förseningen", "sv"),
        ("نعتذر عن التأخير", "ar"),
        ("ok", "en"),
    ],
)
def test_language_is_heard(text: str, lang: str) -> None:
    assert review(text, EYES).lang == lang


def test_unknown_language_gives_nothing() -> None:
    assert review("Es tut uns leid", EYES, "de").findings == ()
    assert review("Es tut uns leid", Eyes(())).lang == ""


@pytest.mark.parametrize(
    ("spelled", "lang"),
    [
        ("نعتذر عن التأخير، ولكننا مشغولون", "ar"),
        ("نعتذر عن التاخير ولاكن احنا مشغولين بس الموسم زحمة", "ar"),
        ("نـعـتـذر عن التأخيـر، لكن الضغط كبير", "ar"),
        ("SORRY ABOUT THE WAIT BUT WE ARE BUSY", "en"),
        ("sorry about the wait... but were busy", "en"),
        ("ursäkta väntan men vi har fullt", "sv"),
    ],
)
def test_spelling_does_not_matter(spelled: str, lang: str) -> None:
    assert "but_excuse" in codes(spelled, lang)


def test_long_drafts_are_read_quickly() -> None:
    for text in ("a" * 40_000, "sorry " * 6_000, "نعتذر " * 6_000, "'" * 40_000, "“" * 40_000, ". " * 20_000):
        assert review(text, EYES, "en").lang == "en"


@settings(max_examples=150, deadline=None)
@given(text=any_text | any_draft, lang=langs | st.none())
def test_law_spans_lie_within_the_draft(text: str, lang: str | None) -> None:
    seen = review(text, EYES, lang)
    assert all(0 <= finding.start < finding.end <= len(text) for finding in seen.findings)
    assert all(finding.code in CODES for finding in seen.findings)
    assert list(seen.findings) == sorted(seen.findings, key=lambda each: (each.start, each.end, each.code))


@settings(max_examples=150, deadline=None)
@given(text=any_draft, lang=langs)
def test_law_quoted_text_gives_nothing(text: str, lang: str) -> None:
    quoted = "“" + re.sub(r"[“”„«»\"]", "", text) + "”"
    assert review(quoted, EYES, lang).findings == ()


@settings(max_examples=150, deadline=None)
@given(text=any_draft, lang=langs)
def test_law_no_finding_begins_or_ends_in_a_quote(text: str, lang: str) -> None:
    hidden = {place for place, sign in zip(fold(text).at, fold(text).text, strict=True) if sign == "\x1f"}
    for finding in review(text, EYES, lang).findings:
        assert (finding.start, finding.end) == (0, len(text)) or not {finding.start, finding.end - 1} & hidden


@settings(max_examples=100, deadline=None)
@given(text=any_text)
def test_law_folding_keeps_places(text: str) -> None:
    folded = fold(text)
    assert len(folded.at) == len(folded.text)
    assert list(folded.at) == sorted(folded.at)


@pytest.mark.parametrize(
    ("toml", "named"),
    [
        ("lang = ", "the file"),
        ('lang = "sv"', "lang: found 'sv'"),
        ('lang = "en"\nwordz = 1', "wordz"),
        ('lang = "en"\n[words]\na = 1', "words.a: found 1"),
        ('lang = "en"\n[words]\na = "{b}"', "{b}"),
        ('lang = "en"\nwords = 1', "words: found 1"),
        ('lang = "en"\n[code]\nconditional = 1', "code.conditional"),
        ('lang = "en"\n[[code.rude]]\nfind = "x"', "code.rude"),
        ('lang = "en"\n[[code.conditional]]\nfind = "a("', "as many ( as )"),
        ('lang = "en"\n[[code.conditional]]\nfind = "a)"', "as many ( as )"),
        ('lang = "en"\n[[code.conditional]]\nfind = "a|"', "a word on both sides of |"),
        ('lang = "en"\n[[code.conditional]]\nfind = "(?<=a b)c"', "a pattern"),
        ('lang = "en"\n[[code.over_sorry]]\nwith_any = ["regret"]', "code.over_sorry.with_any: found 'regret'"),
        ('lang = "en"\n[[code.conditional]]\nfind = "[a"', "as many [ as ]"),
        ('lang = "en"\n[[code.conditional]]\nfind = "a (?b)"', "something before ?"),
        ('lang = "en"\n[[code.conditional]]\nfind = 3', "code.conditional.find: found 3"),
        ('lang = "en"\n[[code.conditional]]\nfinds = "a"', "code.conditional.finds"),
        ('lang = "en"\n[[code.conditional]]\nwithout = ["regret"]', "code.conditional.without: found 'regret'"),
        ('lang = "en"\n[[code.over_sorry]]\nat_least = 0', "at_least: found 0"),
    ],
)
def test_a_mistake_in_a_file_is_named(toml: str, named: str) -> None:
    with pytest.raises(PlaybookError) as caught:
        parse_patterns("en", "en.toml", toml)
    assert str(caught.value).startswith("en.toml: ")
    assert named in str(caught.value)


def test_a_new_language_is_a_file() -> None:
    toml = 'lang = "de"\ntells = "es tut uns"\n[[code.command_calm]]\nfind = "beruhig* <1> sich"'
    eyes = Eyes((*EYES.languages, parse_patterns("de", "de.toml", toml)))
    assert [each.code for each in review("Es tut uns leid, beruhigen Sie sich", eyes).findings] == ["command_calm"]


def test_what_crosses_a_comma_does_not_hide_what_stays_within() -> None:
    toml = 'lang = "en"\n[[code.minimise]]\nclause = true\nfind = """\nonly <3> thing\ntiny thing\n"""'
    eyes = Eyes((parse_patterns("en", "en.toml", toml),))
    assert [each.code for each in review("Fridays only, a tiny thing", eyes).findings] == ["minimise"]


def test_the_measure_counts(tmp_path: Path) -> None:
    row = '{"id": "1", "text": "Please calm down", "lang": "en", "codes": ["command_calm"], "components": []}\n'
    (tmp_path / "drafts_x.jsonl").write_text(row, "utf-8")
    figures = measure(tmp_path)["en"]
    assert figures.codes.figures("command_calm") == (1.0, 1.0, 1.0)
    assert figures.codes.false["no_apology"] == 1
    assert "command_calm" in figures.table("en")


@pytest.mark.parametrize(
    "said", ["I am sorry " + "'" * 28, "vi beklagar " + "-" * 2000, "I am sorry " + "' " * 60, "@" * 1000]
)
def test_no_line_of_signs_holds_up_everybody_else(said: str) -> None:
    begun = time.process_time()
    review(said, EYES)
    assert time.process_time() - begun < 1
