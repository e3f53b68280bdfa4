"""What people write, without what nobody may keep: masked before anything is stored."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import fields, replace
from functools import partial

from bot.core.events import Answered, Event, Value
from bot.core.masking import KINDS, masked
from bot.core.playbook import Playbook
from bot.errors import Rejected
from bot.texts import FALLBACK, Words

_WRITTEN = frozenset({"said", "reason", "text", "why", "note"})  # what people write, on whatever event
_FREE = frozenset({"text", "long"})  # kinds of fields that hold words


class Privacy:
    """Masks in the language of the text. `kinds` is asked each time: settings may change."""

    def __init__(self, words: Words, kinds: Callable[[], Collection[str]]) -> None:
        self._words, self._kinds = words, kinds

    def text(self, text: str, lang: str = FALLBACK) -> str:
        return masked(text, self._kinds(), partial(self._sign, lang))

    def event(self, event: Event, playbook: Playbook, lang: str) -> Event:
        """The same event, masked. Raises Rejected when an answer was nothing else."""
        if isinstance(event, Answered):
            return replace(event, values=self._values(event, playbook, lang))
        written = {one.name: getattr(event, one.name) for one in fields(event) if one.name in _WRITTEN}
        after = {name: self.text(text, lang) for name, text in written.items()}
        return replace(event, **after)  # type: ignore[arg-type]

    def _values(self, event: Answered, playbook: Playbook, lang: str) -> Mapping[str, Value | None]:
        step = playbook.step(event.step)
        free = {one.id for one in step.fields if one.kind in _FREE} if step else set()
        after = {
            name: self.text(value, lang) if name in free and isinstance(value, str) else value
            for name, value in event.values.items()
        }
        signs = {self._sign(lang, kind) for kind in KINDS}
        if nothing_else := {name: "no-field-private" for name, value in after.items() if value in signs}:
            raise Rejected("form", nothing_else)
        return after

    def _sign(self, lang: str, kind: str) -> str:
        return self._words.say(lang if lang in self._words.languages else FALLBACK, f"mask-{kind}")
