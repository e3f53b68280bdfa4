"""A card, described once. Handlers turn it into Block Kit, an Adaptive Card or HTML; plain() is its fallback.

Every string in a card is plain text: there is no markup, so whatever a customer wrote is shown as written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Look = Literal["plain", "strong", "muted", "quote"]
Tone = Literal["calm", "urgent", "done"]
InputKind = Literal["text", "long", "time", "choice", "many", "money", "person"]
CUT = "…"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of one or two lines."""

    text: str
    look: Look = "plain"


@dataclass(frozen=True, slots=True)
class Lines:
    """A few short lines under a label: what to say, what never to say."""

    label: str
    lines: tuple[str, ...]
    sign: Literal["say", "never", "item"] = "item"


@dataclass(frozen=True, slots=True)
class Facts:
    """Label and value, one a line."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to fill in. `value` stands there already: ISO 8601 for a time, ids joined by a space for many."""

    id: str
    kind: InputKind
    label: str
    hint: str = ""
    value: str = ""
    options: tuple[tuple[str, str], ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """One press. `action` is playbook/step/verb, `value` the recovery."""

    action: str
    label: str
    value: str
    look: Literal["plain", "primary", "more"] = "plain"


@dataclass(frozen=True, slots=True)
class Form:
    """Inputs and the button that sends them. `label` opens it where a form needs room of its own."""

    action: str
    label: str
    value: str
    title: str
    submit: str
    cancel: str
    inputs: tuple[Input, ...]
    look: Literal["plain", "primary", "more"] = "plain"


@dataclass(frozen=True, slots=True)
class Row:
    """One of several: a line, what belongs to it in small, and its one press."""

    text: str
    detail: str = ""
    press: Button | None = None


Node = Text | Lines | Facts | Row | Button | Form


@dataclass(frozen=True, slots=True)
class Card:
    """What one person sees, in his language, read from top to bottom."""

    title: str
    lang: str
    nodes: tuple[Node, ...] = ()
    tone: Tone = "calm"

    @property
    def presses(self) -> tuple[Button | Form, ...]:
        return tuple(node for node in self.nodes if isinstance(node, Button | Form))

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(node for node in self.nodes if isinstance(node, Row))

    @property
    def pressable(self) -> tuple[Button | Form, ...]:
        """Everything that can be pressed, wherever it stands."""
        return (*(row.press for row in self.rows if row.press), *self.presses)

    def form(self, action: str) -> Form | None:
        return next((node for node in self.nodes if isinstance(node, Form) and node.action == action), None)


def plain(card: Card) -> str:
    """The card as text: for notifications, screen readers and clients that cannot draw it."""
    lines = [card.title]
    for node in card.nodes:
        match node:
            case Text():
                lines.append(node.text)
            case Lines():
                lines += [node.label, *(f"• {line}" for line in node.lines)]
            case Facts():
                lines += [f"{label}: {value}" for label, value in node.pairs]
            case Row():
                lines += [f"• {node.text}", node.detail]
            case Button() | Form():
                pass
    return "\n".join(line for line in lines if line)


def cut(text: str, longest: int) -> str:
    """At most `longest` characters, with a sign where something was left out."""
    text = text.strip()
    return text if len(text) <= longest else text[: longest - 1].rstrip() + CUT
