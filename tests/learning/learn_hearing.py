"""Make the learned words of the ear again: `python -m tests.learning.learn_hearing FOLDER [LANG …]`.

Reads our own sentences here (written_, customers_ and alike_LANG.txt), tests/data/hearing_dev_LANG.jsonl, and from
FOLDER only rows of the sources in LEARN, whose licences allow it; every other row is for measuring. What a word means
that no message has is guessed from words_LANG.tsv, and how a customer's own words sound to a small language model is
believed in part (opinions_LANG.tsv; see learn_words.py). Writes playbooks/signals/LANG.tsv, and in LANG.toml `quiet`
and the weights of the groups, no further from what they were than `_within` lets them; the phrases stay as people
wrote them. Then prints figures on messages that were left out while learning (five parts, each judged by the other
four; the guesses and the groups have seen them all). Needs scikit-learn, which the project itself does not.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from bot.core import hearing, language
from bot.core.signals import Signals
from tests.measure_hearing import LANGUAGES, LEARN, NICK, SIGNALS, auc, ears

try:
    from scipy.sparse import vstack
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression
except ImportError:
    sys.exit("Learning needs scikit-learn, which Amends itself does not: pip install scikit-learn")

HERE = Path(__file__).parent
MESSAGES = HERE.parent / "data"
TALK = ("irc_", "home_assistant_tests", "lingua_testdata")  # nobody complains there: false alarms are counted on it
MESSAGE, WRITTEN, CUSTOMERS, ALIKE, WORD = "message", "written", "customers", "alike", "word"
COUNTS = {MESSAGE: 6.0, WRITTEN: 1.0, CUSTOMERS: 0.5, ALIKE: 0.2, WORD: 1.0}
PARTS, MOST_WEIGHT = 5, 9.0
ASKED = (CUSTOMERS, ALIKE)  # what a model knows of agents' messages and of work chat is worth less than their labels
BELIEVED = 0.5  # so much of what one of these is taken for is the model's opinion of it
LEAST_WEIGHT = 1.0  # a message divides it by four or more; words that say less are half of all, and nothing is lost
SCALE, PHRASES_SCALE, GROUP_SCALE = 6.0, 10.0, 2.0  # how freely words, the sum of all phrases, a group may be weighed
LOUD, LEAST_LEFT, MOST_MORE = 1.0, 0.5, 1.5  # a group keeps so much of its weight, and gains no more than that
ALARMS = {"en": 0.009, "ar": 0.08, "sv": 0.05}  # only English talk is work chat; the rest is news, full of wars
PHRASES, GUESS, GROUP = "*", "**", "@"  # what is weighed beside words
NEARLY = 0.02
KINDS = (True, False)
SHOWN: dict[str, str | tuple[str, ...]] = {
    "messages": MESSAGE,
    "written": WRITTEN,
    "customers": CUSTOMERS,
    "alike": ALIKE,
    "described": "tweetsumm",
    "talk": TALK,
}
CREDIT = {
    "en": "described_en (TweetSumm annotations, CC0 1.0), IRC logs of MediaWiki,\n# Rust, Stripe and Ubuntu meetings "
    "(CC BY 4.0), BANKING77 (CC BY 4.0),\n# Bitext customer support (CDLA-Sharing-1.0), ",
    "ar": "ArBanking77 (CC BY-SA 4.0; this file is shared under the same licence), "
    "Home Assistant intents (CC BY 4.0),\n# ",
    "sv": "Home Assistant intents (CC BY 4.0), ",
}


class Said(NamedTuple):
    """One message to learn from; of a group all are left out together."""

    source: str
    text: str
    upset: bool
    counts: float
    group: str


@dataclass(frozen=True, slots=True)
class Row:
    """One message to learn from, as it is heard."""

    source: str
    upset: bool
    sounds: float  # how upset it is taken for, 0-1
    counts: float
    part: int
    terms: dict[str, float]
    phrases: float
    groups: frozenset[str]
    guess: float


@dataclass(frozen=True, slots=True)
class Learned:
    weights: dict[str, float]
    quiet: float

    def loudness(self, row: Row) -> float:
        return row.phrases + sum(self.weights.get(term, 0.0) * much for term, much in row.terms.items()) - self.quiet


def guesses(lang: str) -> dict[str, float]:
    """How each of the usual words sounds to somebody who knows it from elsewhere."""
    lines = (HERE / f"words_{lang}.tsv").read_text("utf-8").splitlines()
    return {word: float(value) for word, _, value in (line.partition("\t") for line in lines if line[0] != "#")}


def opinions(lang: str) -> dict[str, float]:
    """How upset the messages of ASKED sound to a small language model, 0-1, by `key`."""
    lines = (HERE / f"opinions_{lang}.tsv").read_text("utf-8").splitlines()
    return {key: float(value) for key, _, value in (line.partition("\t") for line in lines if line[0] != "#")}


def key(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]


def gather(lang: str, folder: Path, guessed: Mapping[str, float]) -> Iterator[Row]:
    listening, believed = ears().by_lang[lang], opinions(lang)
    seen: set[str] = set()
    for said in texts(lang, folder):
        if said.text not in seen:
            seen.add(said.text)
            yield _row(said, listening, guessed, believed.get(key(said.text), float(said.upset)))


def texts(lang: str, folder: Path) -> Iterator[Said]:
    for name in (WRITTEN, CUSTOMERS, ALIKE):
        yield from _our_own(name, lang)
    for row in _json(MESSAGES / f"hearing_dev_{lang}.jsonl"):
        yield Said(MESSAGE, row["text"], row["escalation"], COUNTS[MESSAGE], row["id"])
    for row in (row for file in sorted(folder.glob("*.jsonl")) for row in _json(file)):
        source, label = row.get("source", ""), row.get("label")
        if row.get("lang") == lang and source in LEARN and label is not None:
            upset = source.endswith("_problem") or label == 1
            yield Said(source, NICK.sub("", row["text"]), upset, LEARN[source], str(row.get("group") or row["id"]))


def _our_own(name: str, lang: str) -> Iterator[Said]:
    section = ""
    for line in (HERE / f"{name}_{lang}.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            source = WORD if section.endswith("words") else name
            for text in line.split() if source == WORD else [line]:
                yield Said(source, text, section.startswith("upset"), COUNTS[source], text)


def _json(file: Path) -> Iterator[dict[str, Any]]:
    yield from (json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip())


def part(group: str) -> int:
    return int(sha256(group.encode()).hexdigest(), 16) % PARTS


def _row(said: Said, ear: hearing._Ear, guessed: Mapping[str, float], opinion: float) -> Row:
    heard = language.words(said.text)
    distinct = set(heard)
    terms = distinct | {" ".join(pair) for pair in pairwise(heard)}
    much = 1 / math.sqrt(len(terms) or 1)
    weighed = dict.fromkeys(sorted(terms), much)
    met = hearing._met(hearing._read(said.text, heard, distinct, ear))
    counted = "weight" if hearing.CUSTOMER in met else "alone"
    return Row(
        said.source,
        said.upset,
        BELIEVED * opinion + (1 - BELIEVED) * said.upset,
        said.counts,
        part(said.group),
        weighed,
        round(sum(hearing._strengths(met, 0.0).values()), 6),
        frozenset(f"{GROUP}{name}.{counted}" for name in met),
        much * sum(guessed.get(word, 0.0) for word in distinct),
    )


def learn(rows: list[Row], guessed: Mapping[str, float]) -> Learned:
    """Weigh words beside the phrases; all is divided by what the phrases came to, so that theirs stay as written."""
    met = Counter(term for row in rows for term in row.terms)
    found, quiet = _weighed(rows, met, groups=False)
    guess = found.pop(GUESS)
    weights = {term: weight + guess * guessed.get(term, 0.0) for term, weight in found.items()}
    weights |= {word: guess * value for word, value in guessed.items() if word not in weights}
    kept = {term: max(-MOST_WEIGHT, min(MOST_WEIGHT, weight)) for term, weight in weights.items()}
    return Learned({term: round(weight, 2) for term, weight in kept.items() if abs(weight) >= LEAST_WEIGHT}, quiet)


def regrouped(rows: list[Row], signals: Signals) -> tuple[list[Row], dict[str, float]]:
    """Weigh the groups anew beside the words: the rows as they then sound, and what is to be written."""
    found, _ = _weighed(rows, Counter(term for row in rows for term in row.terms), groups=True)
    moved: dict[str, float] = {}
    for key in sorted(key for key in found if key.startswith(GROUP)):
        name, _, side = key.removeprefix(GROUP).rpartition(".")
        if group := signals.groups.get(name):
            was = group.weight if side == "weight" else group.alone
            moved[key] = _within(was, was + found[key]) - was
    louder = [replace(row, phrases=row.phrases + sum(moved.get(key, 0.0) for key in row.groups)) for row in rows]
    return louder, moved


def _within(was: float, now: float) -> float:
    """What speaks for an escalation goes on to do so, however often it is learned, and can be given as a reason."""
    least = max(abs(was) * LEAST_LEFT, min(abs(was), LOUD))
    most = max(abs(was), LOUD) + MOST_MORE if abs(was) < LOUD + MOST_MORE else abs(was)
    return round(math.copysign(max(least, min(most, now * math.copysign(1, was))), was), 1)


def _weighed(rows: list[Row], met: Counter[str], *, groups: bool) -> tuple[dict[str, float], float]:
    own = {term for row in rows if row.source in COUNTS for term in row.terms if " " not in term}
    known = {term for term, often in met.items() if often > 1 or term in own}
    scales = {PHRASES: PHRASES_SCALE, GUESS: 1.0}
    told = [
        {PHRASES: row.phrases * PHRASES_SCALE, GUESS: row.guess}
        | (dict.fromkeys(row.groups, GROUP_SCALE) if groups else {})
        | {term: much * SCALE for term, much in row.terms.items() if term in known}
        for row in rows
    ]
    columns = DictVectorizer()
    once = columns.fit_transform(told)
    taken = [row.counts * row.sounds for row in rows] + [row.counts * (1 - row.sounds) for row in rows]
    model = LogisticRegression(max_iter=1000, tol=1e-3)
    model.fit(vstack([once, once]), [True] * len(rows) + [False] * len(rows), sample_weight=taken)
    found = dict(zip(columns.get_feature_names_out(), model.coef_[0].tolist(), strict=True))
    one = found.pop(PHRASES) * PHRASES_SCALE
    scaled = {
        term: weight * (GROUP_SCALE if term.startswith(GROUP) else scales.get(term, SCALE)) / one
        for term, weight in found.items()
    }
    return scaled, -float(model.intercept_[0]) / one


def left_out(rows: list[Row], guessed: Mapping[str, float]) -> list[float]:
    """How loud each message is to an ear that never heard it."""
    ear = [learn([row for row in rows if row.part != part], guessed) for part in range(PARTS)]
    return [ear[row.part].loudness(row) for row in rows]


def threshold(rows: list[Row], loud: list[float], alarms: float) -> float:
    """Few enough alarms in ordinary talk; and the most sensitive of those that are nearly best on agents' messages."""
    talk = sorted((one for row, one in zip(rows, loud, strict=True) if row.source.startswith(TALK)), reverse=True)
    calm = talk[int(len(talk) * alarms)]
    said = [(row.upset, one) for row, one in zip(rows, loud, strict=True) if row.source == MESSAGE]
    choice = {least: f1(said, least) for least in [calm, *(one for _, one in said if one > calm)]}
    return min(least for least, right in choice.items() if right >= max(choice.values()) - NEARLY) - 1e-6


def f1(said: Iterable[tuple[bool, float]], least: float) -> float:
    judged = [(upset, one >= least) for upset, one in said]
    hits = sum(upset and heard for upset, heard in judged)
    return 2 * hits / (sum(upset for upset, _ in judged) + sum(heard for _, heard in judged))


def show(lang: str, rows: list[Row], loud: list[float], least: float) -> list[list[str]]:
    told = list(zip(rows, loud, strict=True))
    lines = []
    for name, sources in SHOWN.items():
        yes, no = ([one for row, one in told if row.source.startswith(sources) and row.upset is kind] for kind in KINDS)
        if no:
            area = auc(yes, no)
            right = f1([*((True, one) for one in yes), *((False, one) for one in no)], least) if yes else None
            recall = sum(one >= least for one in yes) / len(yes) if yes else None
            figures = ["" if one is None else f"{one:.3f}" for one in (right, area, recall)]
            alarms = 1000 * sum(one >= least for one in no) / len(no)
            lines.append([f"{name}_{lang}", str(len(yes) + len(no)), *figures, f"{alarms:.1f}"])
    return lines


def write(lang: str, learned: Learned, least: float, moved: Mapping[str, float]) -> None:
    head = (
        "# How much a word or two neighbours speak for (+) or against (-) an escalation.\n"
        f"# Made by tests/learning/learn_hearing.py from sentences written for this project and {CREDIT[lang]}"
        "Wortschatz Leipzig sentences\n"
        "# by way of Lingua (CC BY), and the word lists of wordfreq (CC BY-SA 4.0, under which this file is shared).\n"
    )
    body = "".join(f"{term}\t{weight:.2f}\n" for term, weight in sorted(learned.weights.items()))
    (SIGNALS / f"{lang}.tsv").write_text(head + body, "utf-8")
    toml = SIGNALS / f"{lang}.toml"
    quiet = f"quiet = {learned.quiet + least:.2f}"
    text = re.sub(r"^quiet = .*$", quiet, toml.read_text("utf-8"), flags=re.MULTILINE)
    signals = ears().by_lang[lang].signals
    for name, group in signals.groups.items():
        weight, alone = (moved.get(f"{GROUP}{name}.{side}", 0.0) for side in ("weight", "alone"))
        lines = rf"\g<1>weight = {group.weight + weight:.1f}\nalone = {group.alone + alone:.1f}\n"
        table = rf"^(\[signals\.{re.escape(name)}\]\n)weight = .*\n(?:alone = .*\n)?"
        text = re.sub(table, lines, text, flags=re.MULTILINE)
    toml.write_text(text, "utf-8")


def main(folder: Path, langs: Iterable[str]) -> None:
    table = Table("left out", "rows", "F1", "AUC", "recall", "alarms/1000")
    for lang in langs:
        guessed = guesses(lang)
        rows, moved = regrouped(list(gather(lang, folder, guessed)), ears().by_lang[lang].signals)
        loud = left_out(rows, guessed)
        least = threshold(rows, loud, ALARMS[lang])
        for line in show(lang, rows, loud, least):
            table.add_row(*line)
        write(lang, learn(rows, guessed), least, moved)
    Console(width=120).print(table)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2:] or LANGUAGES)
