"""The ear: what counts as an escalation, what does not, and what it may never do."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import language
from bot.core.hearing import MOST_REASONS, THRESHOLD, Ears, alarm, hear, parse_signals
from bot.core.signals import KINDS
from bot.errors import PlaybookError
from tests.measure_hearing import auc, ears

EARS = ears()

UPSET = [
    ("customer is furious, third time the router fails, wants to cancel", "en", 3, "angry"),
    ("Mrs Khan is very upset, we lost her parcel and nobody called her back", "en", 2, "other"),
    ("the guest threatens to call his lawyer about the double charge", "en", 3, "angry"),
    ("she wants 30 % off or she leaves", "en", 2, "discount"),
    ("kunden är rasande, tredje gången routern går sönder, vill säga upp avtalet", "sv", 3, "angry"),
    ("kunden skriker, vad säger jag?", "sv", 2, "angry"),
    ("gästen hotar med ARN om hon inte får pengarna tillbaka", "sv", 3, "angry"),
    ("العميل غاضب جدا، للمرة الثالثة يتعطل الراوتر ويريد إلغاء الاشتراك", "ar", 3, "angry"),
    ("العميل يهدد بالشكوى إلى حماية المستهلك", "ar", 3, "angry"),
    ("الزبونة زعلانة ومستنية فلوسها من أسبوعين", "ar", 2, "angry"),
]
ORDINARY = [
    ("customer is happy now, the refund went through and the ticket is closed", "en"),
    ("training on angry customers moved to Thursday", "en"),
    ("the build is broken again", "en"),
    ("lunch at one?", "en"),
    ("kunden är nöjd nu, ärendet är avslutat", "sv"),
    ("Klagomålen har minskat med tolv procent", "sv"),
    ("vem har nyckeln till förrådet", "sv"),
    ("تم حل المشكلة والعميل راض الآن", "ar"),
    ("تدريب التعامل مع العملاء الغاضبين انتقل إلى الخميس", "ar"),
    ("صباح الخير جميعا", "ar"),
]
WORDS = sorted({word for text, *_ in UPSET + ORDINARY for word in text.split()} | {"THE WORST EVER", "!!", "5"})
TINY = """
quiet = 2.0
common = ["the and"]
[signals.customer]
weight = 1.0
reason = false
phrases = ["customer*"]
[signals.anger]
weight = 4.0
alone = 1.0
severity = 2
kind = "angry"
phrases = ["angry", "lost ... temper", "speak to manager/boss", "scream*"]
"""


def tiny(toml: str = TINY, tsv: str = "") -> Ears:
    return Ears.of([parse_signals("en", "en.toml", toml, tsv)])


@pytest.mark.parametrize(("text", "lang", "severity", "kind"), UPSET)
def test_an_upset_customer_is_heard(text: str, lang: str, severity: int, kind: str) -> None:
    heard = hear(text, EARS)
    assert heard.escalation
    assert (heard.lang, heard.severity, heard.kind) == (lang, severity, kind)
    assert 0 < len(heard.reasons) <= MOST_REASONS


@pytest.mark.parametrize(("text", "lang"), ORDINARY)
def test_ordinary_talk_is_left_alone(text: str, lang: str) -> None:
    heard = hear(text, EARS)
    assert (heard.lang, heard.escalation, heard.severity) == (lang, False, 0)


@pytest.mark.parametrize(
    "text", ["", " ", "?", "😀", "\u200f", "12 34", "```x = 1```", "<@U123>", "https://example.org/angry"]
)
def test_nothing_to_hear_is_no_escalation(text: str) -> None:
    assert not hear(text, EARS).escalation


def test_a_calm_wish_has_a_kind_and_is_no_escalation() -> None:
    heard = hear("hej, kunden undrar om ni har studentrabatt", EARS)
    assert (heard.escalation, heard.kind) == (False, "discount")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("customer wants 20 % off, we said no, now she is furious", "refused_request"),
        ("customer wants 20 % off, we said no, now he goes to the newspaper", "angry"),
        ("customer is in tears, the parcel with the ashes is lost", "other"),
        ("kunden gråter, budet har tappat bort paketet", "other"),
        ("العميلة تبكي، ضاعت شحنتها", "other"),
        ("customer screams that half of the street has no internet", "outage"),
        ("customer is unhappy, the replacement is broken too and nobody called back", "other"),
        ("customer is unhappy and shouts", "angry"),
        ("she has quietly filed her complaint with the ombudsman", "other"),
    ],
)
def test_the_kind_is_what_it_is_about_unless_temper_outweighs_it(text: str, kind: str) -> None:
    heard = hear(text, EARS)
    assert (heard.escalation, heard.kind) == (True, kind)


def test_addresses_are_not_words() -> None:
    assert language.words("<@U1> @angry_bird see https://angry.example and mail rude@example.org") == [
        "see",
        "and",
        "mail",
    ]


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("Don't! It's 5 o'clock", ["don't", "it's", "5", "o'clock"]),
        ("'quoted' rock'n'roll dogs' d'5", ["quoted", "rock'n", "roll", "dogs", "d", "5"]),
        ("what?! no... 30% off?", ["what", "?!", "no", "30", "%", "off"]),
        ("Åsa\xa0fick inte paketet½ – igen", ["åsa", "fick", "inte", "paketet½", "igen"]),
        ("ÄNTLIGEN: varför_då?", ["äntligen", "varför_då"]),
    ],
)
def test_western_talk_is_cut_into_words(text: str, heard: list[str]) -> None:
    assert language.words(text) == heard


@given(st.text(alphabet="ab5å_ß'!?%., ½\x85\xa0\x1c’é-", max_size=20) | st.text(max_size=40))
def test_the_quick_cut_is_the_searched_one(text: str) -> None:
    western = text.lower()
    for word in (language._ASCII_WORD, language._WORD) if western.isascii() else (language._WORD,):
        assert language._western(western, word) == word.findall(western)


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("الشكوى", "شكوي"),
        ("والعميل", "عميل"),
        ("إعــادة", "اعاده"),
        ("غاضِبَة", "غاضبه"),
        ("للعميل", "عميل"),
        ("مسؤول", "مسوول"),
    ],
)
def test_arabic_has_one_spelling(written: str, heard: str) -> None:
    assert language.words(written) == [heard]


def test_an_english_word_in_arabic_chat_is_heard() -> None:
    assert "anger" in hear("العميل furious جدا من الخدمة اليوم", EARS).reasons


def test_only_the_beginning_is_read() -> None:
    far = "the deck is in the folder, see you at lunch " * (language.LONGEST // 45 + 1) + "customer is furious"
    assert not hear(far, EARS).escalation


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("customer is angry", True),
        ("customer is angryish", False),
        ("customer screamed", True),
        ("customer lost his bad temper", True),
        ("customer lost one two three four temper", False),
        ("customer will speak to boss", True),
        ("customer will speak to her boss", False),
    ],
)
def test_phrases_match_as_written(text: str, met: bool) -> None:
    assert ("anger" in hear(text, tiny()).reasons) is met


def test_without_a_customer_a_phrase_weighs_less() -> None:
    assert hear("customer is angry", tiny()).escalation
    assert not hear("somebody is angry", tiny()).escalation


def test_the_threshold_is_inside() -> None:
    exact = TINY.replace("quiet = 2.0", "quiet = 5.0")
    assert hear("customer angry", tiny(exact)).score == THRESHOLD
    assert hear("customer angry", tiny(exact)).escalation
    assert not hear("customer angry", tiny(exact.replace("5.0", "5.01"))).escalation


def test_learned_words_are_named_wording() -> None:
    heard = hear("dreadful business", tiny(tsv="# credit\ndreadful\t3.0\ndreadful business\t2.0\n"))
    assert (heard.escalation, heard.reasons) == (True, ("wording",))


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("quiet = 2.0", "", "quiet"),
        ("quiet = 2.0", "quiet = true", "quiet"),
        ("quiet = 2.0", "quiet = ", "the file"),
        ("severity = 2", "severity = 4", "signals.anger.severity"),
        ('kind = "angry"', 'kind = "cross"', "signals.anger.kind"),
        ("alone = 1.0", "alnoe = 1.0", "signals.anger"),
        ('"angry"', '""', "signals.anger.kind"),
        ('"scream*"', '"sc*"', "signals.anger.phrases"),
        ('"scream*"', '"... scream"', "signals.anger.phrases"),
        ('"scream*"', '"a b/"', "signals.anger.phrases"),
        ('"scream*"', "7", "signals.anger.phrases"),
    ],
)
def test_a_mistake_in_the_signals_is_named(old: str, new: str, named: str) -> None:
    with pytest.raises(PlaybookError, match=f"en.toml: {named}: found .*, expected "):
        tiny(TINY.replace(old, new, 1))


def test_a_mistake_in_the_learned_words_is_named() -> None:
    with pytest.raises(PlaybookError, match=r"en\.toml: line 2 of the learned weights"):
        tiny(tsv="good\t1.0\nbad\n")


def test_auc_counts_a_draw_as_half() -> None:
    assert auc([0.5], [0.5]) == 0.5
    assert auc([0.9, 0.2], [0.1, 0.3]) == 0.75
    assert auc([], [0.1]) is None


@given(st.text(max_size=300))
def test_no_text_is_too_strange(text: str) -> None:
    heard = hear(text, EARS)
    assert heard.lang in {"en", "ar", "sv"}
    assert 0 <= heard.score <= 1
    assert heard.escalation == (heard.score >= THRESHOLD) == (heard.severity > 0)
    assert heard.kind in KINDS
    assert len(heard.reasons) <= MOST_REASONS


@given(
    st.sampled_from([text for text, *_ in UPSET + ORDINARY]),
    st.sampled_from(["“{}”", "«{}»", "> {}", "({})", "*{}*", "{} <@U024BE7LH>"]),
)
def test_marks_around_a_message_change_nothing(text: str, around: str) -> None:
    assert hear(around.format(text), EARS) == hear(text, EARS)


@given(
    st.sampled_from([text for text, *_ in UPSET]),
    st.sampled_from(["thanks, solved, customer happy now", "تم الحل والعميل راض الآن", "löst, kunden är nöjd nu"]),
)
def test_good_news_makes_it_quieter(text: str, news: str) -> None:
    lang = hear(text, EARS).lang
    if hear(news, EARS).lang == lang:
        assert hear(f"{text}. {news}", EARS).score < hear(text, EARS).score


@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join) | st.sampled_from([text for text, *_ in UPSET]))
def test_the_short_way_of_the_door_says_what_hearing_says(text: str) -> None:
    heard = hear(text, EARS)
    assert alarm(text, EARS) == (heard if heard.escalation else None)


@given(st.text(max_size=200))
def test_hearing_twice_is_hearing_once(text: str) -> None:
    assert hear(text, EARS) == hear(text, EARS)


@pytest.mark.parametrize("said", ["@" * 1000, "a@" * 1000, "x" * 990 + "@" + "y" * 990])
def test_no_message_holds_up_everybody_else(said: str) -> None:
    hear(said, EARS)  # what is parsed once is parsed
    begun = time.process_time()
    hear(said, EARS)
    assert time.process_time() - begun < 0.2
