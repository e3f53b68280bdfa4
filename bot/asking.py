"""Asked mid-conversation: which words fit, which past recoveries are alike, and what is wrong with a draft.

Everything here becomes a Tell. A question is never stored; a draft only until its review is sent.
"""

from __future__ import annotations

from bot.core import language
from bot.core.effects import Tell, To
from bot.core.hearing import Ears, Heard, hear
from bot.core.policy import HIGHEST
from bot.core.reading import Tells, is_draft, is_question, unreadable
from bot.core.recovery import Recovery
from bot.errors import Rejected
from bot.library import Library
from bot.ports import Store
from bot.views.scene import Case

FAILURES = frozenset(
    {"broken", "failed-again", "money-lost", "no-answer", "outage", "repeat-contact", "rude-staff", "safety", "waiting"}
)
MOST_SIMILAR = 2
_LOOKED_THROUGH = 20  # of the recoveries that share any word, so many are compared
_ALIKE = 2  # words in common; one will do for the same kind of customer
_STEM, _SHORT = 5, 3  # letters by which words are compared; shorter ones say little
# What a message is about: by what was heard, the gravest first, then by the kind of customer.
_BY_REASON: tuple[tuple[str, frozenset[str]], ...] = (
    ("safety", frozenset({"safety"})),
    ("legal", frozenset({"legal", "regulator", "media"})),
    ("manager", frozenset({"wants-manager"})),
)
_BY_KIND = {"outage": "outage", "discount": "discount", "refused_request": "refused"}
_BY_FEELING: tuple[tuple[str, frozenset[str]], ...] = (
    ("outage", frozenset({"outage"})),
    ("discount", frozenset({"discount"})),
    ("refused", frozenset({"refused"})),
    ("leave", frozenset({"threat-to-leave"})),
    ("angry", frozenset({"anger", "capitals", "upset", "hurt", "rude-staff"})),
    ("waiting", frozenset({"waiting", "no-answer"})),
    ("failure", FAILURES | {"complaint", "urgent", "vulnerable"}),
)


class Asking:
    """Answers an agent in the ten seconds in which it matters."""

    def __init__(self, store: Store, library: Library) -> None:
        self._store, self._library = store, library
        words = library.words
        lines = (
            [line for lang in words.languages for line in words.say(lang, f"coach-{name}").splitlines()]
            for name in ("asks", "yours", "theirs")
        )
        self._tells = Tells.of(*lines)

    def is_question(self, text: str) -> bool:
        return is_question(text, self._tells)

    def is_draft(self, text: str) -> bool:
        return is_draft(text, self._tells, self._library.eyes)

    async def advice(self, workspace: str, to: To, slot: str, text: str, case: Case | None = None) -> Tell:
        """Three things to say, one not to, and what went well before: chosen now, put into words for the reader."""
        heard = hear(text, self._library.ears)
        about = topic(heard) or (_topic_of(case.recovery) if case else "")
        alike = await self._similar(workspace, text, heard, case)
        args = {
            "topic": about,
            "phase": case.step.phase if case and case.step else "apologise",
            "similar": " ".join(alike),
        }
        return Tell(to, "advice", slot, args)

    def review(self, to: To, slot: str, draft: str) -> Tell:
        """Raise Rejected when it cannot be read as a draft; nothing is stored then."""
        if why := unreadable(draft, self._library.ears):
            raise Rejected(f"draft-{why}")
        return Tell(to, "review", slot, {"draft": draft}, forget=True)

    async def _similar(self, workspace: str, text: str, heard: Heard, case: Case | None) -> list[str]:
        said = f"{text} {case.recovery.said}" if case else text
        stems = telling(said, heard.lang, self._library.ears)
        kind = case.recovery.kind if case and heard.kind == "none" else heard.kind
        found = await self._store.similar(workspace, sorted(stems), _LOOKED_THROUGH)
        mine = case.recovery.id if case else ""
        return [one.id for one in found if one.id != mine and _alike(one, stems, kind)][:MOST_SIMILAR]


def only_a_wish(heard: Heard) -> bool:
    """A discount is asked for and nothing has failed: advice, not a recovery."""
    return heard.kind == "discount" and heard.severity < HIGHEST and FAILURES.isdisjoint(heard.reasons)


def topic(heard: Heard) -> str:
    """What the words of advice are filed under; empty when nothing fits."""
    by_reason = next((name for name, reasons in _BY_REASON if not reasons.isdisjoint(heard.reasons)), "")
    if by_reason or heard.kind in _BY_KIND:
        return by_reason or _BY_KIND[heard.kind]
    by_feeling = next((name for name, reasons in _BY_FEELING if not reasons.isdisjoint(heard.reasons)), "")
    return by_feeling or ("angry" if heard.kind == "angry" else "failure" if heard.escalation else "")


def telling(text: str, lang: str, ears: Ears) -> frozenset[str]:
    """The beginnings of the words that say what it is about; Arabic ones with and without their article."""
    common = ears.by_lang[lang].signals.common if lang in ears.by_lang else frozenset()
    words = {word for word in language.words(text) if len(word) > _SHORT and word[0].isalpha()}
    stems = {word[:_STEM] for word in words - common}
    return frozenset(stems | {f"ال{stem}" for stem in stems if "\u0600" < stem < "\u0700"})


def _alike(one: Recovery, stems: frozenset[str], kind: str) -> bool:
    told = " ".join(str(part) for part in (one.said, one.answers.get("happened", ""), one.answers.get("wanted", "")))
    words = {word[:_STEM] for word in language.words(told)}
    return len(words & stems) >= (1 if one.kind == kind else _ALIKE)


def _topic_of(recovery: Recovery) -> str:
    heard = Heard(recovery.lang, 1.0, True, recovery.severity, recovery.kind, recovery.reasons)
    return topic(heard)
