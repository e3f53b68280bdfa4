"""Asked mid-conversation: which words fit, which past recoveries are alike, and what is wrong with a draft.

Everything here becomes a Tell. A question is never stored; a draft only until its review is sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.core import language
from bot.core.effects import Tell, To
from bot.core.hearing import MOST_REASONS, Ears, Heard, evidence, hear
from bot.core.policy import HIGHEST
from bot.core.reading import Tells, is_draft, is_question, unreadable
from bot.core.recovery import Recovery
from bot.core.signals import Group
from bot.core.situations import NONE
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
AHEAD = frozenset({"legal", "manager", "discount"})  # what the ear knows better than any learned word
VAGUE = frozenset({"", "failure"})
SURE = 0.5  # a chance: likelier than not
LEAST = 0.05  # of the ear's score: below it one word that may mean a kind is no kind
GRAVE = 2  # the weight of what goes before the law, the press and a manager
# What a message is about by what was heard, where its own words (playbooks/coach/*.toml) do not say it.
_FIRST: tuple[tuple[str, frozenset[str]], ...] = (
    ("legal", frozenset({"legal", "regulator", "media"})),
    ("manager", frozenset({"wants-manager"})),
)
_THEN: tuple[tuple[str, frozenset[str]], ...] = (
    ("safety", frozenset({"safety"})),
    ("again", frozenset({"failed-again"})),
    ("outage", frozenset({"outage"})),
    ("refused", frozenset({"refused"})),
    ("leave", frozenset({"threat-to-leave"})),
    ("distress", frozenset({"hurt"})),
    ("angry", frozenset({"anger", "capitals", "rude-staff"})),
    ("waiting", frozenset({"waiting", "no-answer"})),
    ("angry", frozenset({"upset"})),
    ("failure", FAILURES | {"complaint", "urgent", "vulnerable"}),
)
_BY_KIND = {"outage": "outage", "refused_request": "refused", "angry": "angry"}


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
        about = self.about(text, heard, case)
        alike = await self._similar(workspace, text, heard, case)
        args = {
            "topic": about,
            "phase": case.step.phase if case and case.step else "apologise",
            "similar": " ".join(alike),
        }
        return Tell(to, "advice", slot, args)

    def topic(self, text: str, heard: Heard) -> str:
        """What the words of advice are filed under; empty when nothing fits."""
        return topic(heard, self._told(text, heard.lang))

    def about(self, text: str, heard: Heard, case: Case | None = None) -> str:
        """The same for whoever surely asks: learned words tell it where no phrase does. What the ear heard, or what his
        recovery is about, gives way only where they are sure.
        """
        said, known = self.topic(text, heard), self._library.situations.get(heard.lang)
        known_for_sure = said in AHEAD or self._told(text, heard.lang)
        likely, chance = known.likely(text) if known and not known_for_sure else (NONE, 0.0)
        if likely != NONE and (chance >= SURE or (said in VAGUE and case is None)):
            return likely
        return said or (self._topic_of(case.recovery) if case else "")

    def weighed(self, text: str, heard: Heard) -> Heard:
        """As it was heard, and as grave as the coach knows it to be: who speaks of a bridge need not sound upset."""
        told = self._told(text, heard.lang)
        grave = {group.name: group.severity for group in told if group.severity}
        law = HIGHEST if topic(heard, told) == "legal" else 0
        reasons = tuple(dict.fromkeys((*grave, *heard.reasons)))[:MOST_REASONS]
        return replace(heard, severity=max(heard.severity, law, *grave.values()), reasons=reasons)

    def review(self, to: To, slot: str, draft: str) -> Tell:
        """Raise Rejected when it cannot be read as a draft; nothing is stored then."""
        if why := unreadable(draft, self._library.ears):
            raise Rejected(f"draft-{why}")
        return Tell(to, "review", slot, {"draft": draft}, forget=True)

    def _topic_of(self, now: Recovery) -> str:
        heard = Heard(now.lang, 1.0, True, now.severity, now.kind, now.reasons)
        return self.topic(now.said, heard)

    def _told(self, text: str, lang: str) -> list[Group]:
        """The kinds of customer whose own words are in it, the gravest first."""
        if lang not in self._library.asked:
            return []
        ears = self._library.asked[lang]
        met, known = evidence(text, ears).groups, list(ears.assumed.signals.groups)
        return sorted(met, key=lambda group: (-group.weight, known.index(group.name)))

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


def topic(heard: Heard, told: Sequence[Group] = ()) -> str:
    """What is grave comes first, then the law and the press; its own words say more than what was heard."""
    if told and told[0].weight >= GRAVE:
        return told[0].name
    reasons = frozenset(heard.reasons) if heard.score >= LEAST else frozenset()
    if first := _of(_FIRST, reasons):
        return first
    if only_a_wish(heard):
        return "discount"
    if told:
        return told[0].name
    return _of(_THEN, reasons) or _BY_KIND.get(heard.kind, "failure" if heard.escalation else "")


def _of(table: Iterable[tuple[str, frozenset[str]]], reasons: frozenset[str]) -> str:
    return next((name for name, heard in table if not heard.isdisjoint(reasons)), "")


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
