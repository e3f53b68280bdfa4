"""What an agent gets back when he asks: three things to say, or what is good and weak in his draft. His eyes only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.cards import Card, Input, Lines, Node, Text, cut
from bot.core.drafting import Eyes, Finding
from bot.core.drafting import review as look
from bot.core.events import Money
from bot.core.hearing import Ears
from bot.core.reading import unreadable
from bot.views.forms import help_form
from bot.views.home import start_form
from bot.views.scene import Case, Scene

SUGGESTIONS, NEVERS = 3, 1
MOST_FINDINGS = 4  # in one review; the rest waits until these are mended
QUOTE, DID = 160, 200
LONG_NAME = 4  # words of a name; more is a description
FACTS = ("happened", "wanted", "happened_at", "remedy", "due")  # of the case, to put in the slots
SLOTTED, SLOT = ("happened", "wanted", "remedy"), 60  # facts in words, each under the slots it belongs in


def advice(scene: Scene) -> Card:
    """At most one card: what to say, what never, and what went well before."""
    topic = scene.args.get("topic", "")
    if not topic:
        anyway = Lines(scene.say("coach-anyway"), scene.voice.lines("coach-anyway-say"), "say")
        nodes = (scene.quiet("coach-nothing-body"), anyway, *_past(scene), *_ways_on(scene))
        return Card(scene.say("coach-nothing"), scene.voice.lang, nodes)
    key = f"coach-{topic}"
    first = scene.say(f"{key}-first") if scene.voice.has(f"{key}-first") else ""
    words = _words(scene, key)
    say = tuple(_filled(scene, line) for line in scene.voice.lines(f"{words}-say"))
    nodes = (
        *((Text(first, "strong"),) if first else ()),
        Lines(scene.say("coach-say"), say[:SUGGESTIONS], "say"),
        Lines(scene.say("never"), scene.voice.lines(f"{words}-never")[:NEVERS], "never"),
        *_past(scene),
        *_ways_on(scene, grave=bool(first)),
    )
    return Card(scene.say(key), scene.voice.lang, nodes, "urgent" if first else "calm")


def _words(scene: Scene, key: str) -> str:
    """Where the words for this kind of customer stand: its own for the phase, its own, else the phase's."""
    phase = scene.args.get("phase", "")
    keys = (f"{key}-{phase}", key, f"coach-{phase}", f"coach-failure-{phase}")
    return next((one for one in keys if scene.voice.has(f"{one}-say")), key)


def review(scene: Scene) -> Card:
    """First what is good, then each weak place: the words, why, and how it could be said with the facts of the case."""
    if scene.review is None:
        return Card(scene.say(f"no-draft-{scene.unreadable or 'empty'}"), scene.voice.lang)
    good = tuple(scene.say(f"review-has-{one}") for one in scene.review.components)
    weak = _weakest(scene.review.findings, len(scene.draft))
    title = "coach-review-good" if not weak else "coach-review-one" if len(weak) == 1 else "coach-review"
    nodes = (
        *((Lines(scene.say("coach-review-has"), good, "say"),) if good else ()),
        *_findings(scene, weak[:MOST_FINDINGS]),
        *((scene.quiet("coach-review-more", count=len(weak) - MOST_FINDINGS),) if len(weak) > MOST_FINDINGS else ()),
        *(scene.facts(*scene.known(*FACTS)) if weak and scene.case_ else ()),
        scene.quiet("coach-private"),
    )
    return Card(scene.say(title, count=len(weak)), scene.voice.lang, nodes)


def reviewed(scene: Scene, ears: Ears, eyes: Eyes) -> Scene:
    """Look at the draft that was pasted, else at the one in the recovery as it stands now."""
    answer = scene.recovery.answers.get("draft") if scene.case_ else None
    draft = scene.args.get("draft") or (answer if isinstance(answer, str) else "")
    if why := unreadable(draft, ears):
        return replace(scene, draft=draft, unreadable=why)
    return replace(scene, draft=draft, review=look(draft, eyes))


def missed_kept(scene: Scene) -> Card:
    return Card(scene.say("coach-missed-kept"), scene.voice.lang)


def _ways_on(scene: Scene, *, grave: bool = False) -> Iterator[Node]:
    """What can be done from here: take the offer that came with it, ask a supervisor, or begin. Where it is `grave`,
    the supervisor comes first.
    """
    if scene.case_ is None:
        begin, help_ = start_form(scene), help_form(scene)
        yield replace(help_, look="primary") if grave else begin
        yield replace(begin, look="plain") if grave else help_
    elif scene.recovery.status == "offered":
        yield replace(scene.press("accept", "offer-accept"), look="primary")
        yield scene.press("decline", "offer-decline")
    elif scene.recovery.status == "open" and scene.recovery.agent == scene.reader:
        why = Input("why", "text", scene.say("input-why"))
        yield replace(scene.form("help", (why,)), look="primary" if grave else "plain")


def _past(scene: Scene) -> Iterator[Node]:
    lines = tuple(filter(None, (_ended(scene, one) for one in scene.similar)))
    if lines:
        yield Lines(scene.say("coach-past"), lines)


def _ended(scene: Scene, past: Case) -> str:
    """What was done and how it ended, without anybody's name."""
    answers = past.recovery.answers
    did = _nameless(str(answers.get("remedy", "")), scene, str(answers.get("customer", "")))
    amount = answers.get("amount")
    if isinstance(amount, Money):
        did = scene.say("coach-past-money", did=did, amount=scene.voice.money(amount))
    rating = str(answers.get("rating", ""))
    return scene.say("coach-past-line", did=cut(did, DID), rating=rating) if did else ""


def _nameless(text: str, scene: Scene, customer: str) -> str:
    """Colleagues and the customer stay out of it: whoever we know by name becomes a sign, and so does a name behind
    "Mrs". A customer who is described in a sentence has words that are no name.
    """
    told = [one for one in customer.split() if len(customer.split()) <= LONG_NAME and not one.islower()]
    names = {part for name in scene.names.values() for part in (name, *name.split())}
    names |= {customer.strip(), *told, *(one.upper() for one in told)}
    for name in sorted(filter(lambda one: len(one) > 1, names), key=len, reverse=True):
        text = re.sub(rf"(?<!\w)([ولبفك]{{0,2}}){re.escape(name)}(?!\w)", r"\1…", text)
    titles = "|".join(map(re.escape, _titles(scene)))
    return re.sub(rf"(?<!\w)([ولبفك]?(?i:{titles})\.?\s+)(?:(?=[^a-zà-ÿ])[^\W\d_][\w'’-]+ ?)+(?<! )", r"\1…", text)


def _titles(scene: Scene) -> Iterator[str]:
    """In every language: a customer's name stands in his."""
    words = scene.voice.words
    yield from (line.strip() for lang in words.languages for line in words.say(lang, "coach-titles").splitlines())


def _weakest(findings: tuple[Finding, ...], whole: int) -> list[Finding]:
    """One of each kind, in the order of the text; what is about the whole draft comes last."""
    first: dict[str, Finding] = {}
    for one in findings:
        first.setdefault(one.code, one)
    return sorted(first.values(), key=lambda one: (one.end - one.start >= whole, one.start))


def _findings(scene: Scene, weak: list[Finding]) -> Iterator[Node]:
    """The words once, then why and how else; what is about the whole draft quotes nothing."""
    quoted = ""
    for one in weak:
        key = f"review-{one.code.replace('_', '-')}"
        words = scene.draft[one.start : one.end].strip()
        if words and words != quoted and one.end - one.start < len(scene.draft):
            yield Text(cut(words, QUOTE), "quote")
        quoted = words
        yield Lines(scene.say(key), (_better(scene, key),), "say")


def _better(scene: Scene, key: str) -> str:
    return _filled(scene, scene.say(f"{key}.better"))


def _filled(scene: Scene, words: str) -> str:
    """A promised time stands in it already; a [slot] whose fact is known shows it, to be put in the agent's own words;
    the others are his to fill.
    """
    answers = scene.recovery.answers if scene.case_ else {}
    if isinstance(due := answers.get("due"), datetime):
        words = words.replace(scene.say("coach-slot-time"), scene.voice.time(due))
    for one in SLOTTED:
        fact = answers.get(one)
        for slot in scene.voice.lines(f"coach-slots-{one}") if isinstance(fact, str) and fact.strip() else ():
            shown = scene.say("coach-slot-fact", fact=cut(" ".join(str(fact).split()), SLOT))
            words = words.replace(f"[{slot}]", f"[{slot}: {shown}]")
    return words
