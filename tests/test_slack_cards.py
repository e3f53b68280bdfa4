"""Golden cards: what Slack gets for every moment in every language. `make golden` writes them anew; review the diff."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from bot.cards import Form, plain
from bot.library import Library
from handlers.slack import render
from tests import blockkit, scenes

GOLDEN = Path(__file__).parent / "golden" / "slack"
LANGS = ("ar", "en", "sv")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("moment", scenes.MOMENTS)
def test_card_is_as_reviewed_and_within_slacks_limits(moment: str, lang: str, library: Library) -> None:
    card = scenes.card(moment, lang, library)
    surface = "home" if moment == "home" else "message"
    payload = render.home(card) if surface == "home" else render.message(card)
    assert blockkit.mistakes(surface, payload) == []
    _compare(GOLDEN / f"{moment}.{lang}.json", payload)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("moment", scenes.MOMENTS)
def test_every_form_opens_within_slacks_limits(moment: str, lang: str, library: Library) -> None:
    card = scenes.card(moment, lang, library)
    for form in (press for press in card.presses if isinstance(press, Form)):
        view = render.modal(form, lang, {"channel": "C01GEN", "private": True, "reply_to": "https://x.y/" + "z" * 200})
        assert blockkit.mistakes("modal", view) == []
        assert len(json.dumps(view)) < 250_000
        assert view["title"]["text"] == form.title, "a title that was cut is a title that nobody reads"


def test_what_a_customer_wrote_stands_as_he_wrote_it(library: Library) -> None:
    payload = render.message(scenes.card("hostile", "en", library))
    shown = "\n".join(blockkit.texts(payload["blocks"]))
    assert "<!channel> <@U0SUE> </b><script>" in shown, "in rich text nothing is read as markup, so nothing is escaped"
    assert "<" not in payload["text"], "the fallback is read as markup, so it is escaped"
    kinds = {block["type"] for block in payload["blocks"]}
    assert "section" not in kinds, "a section's mrkdwn would turn <!channel> into a call to everybody"


def test_who_takes_over_does_not_see_what_his_colleague_drafted(library: Library) -> None:
    card = scenes.card("handed_to", "en", library)
    values = [one.value for press in card.presses if isinstance(press, Form) for one in press.inputs]
    assert not [value for value in values if "We failed you" in value]
    assert "We failed you" not in plain(card)


def test_arabic_lines_run_from_right_to_left_and_a_quote_as_it_was_written(library: Library) -> None:
    for block in render.message(scenes.card("fix_promised", "ar", library))["blocks"]:
        lines = [line for text in blockkit.texts(block) for line in text.split("\n") if line]
        if block["type"] == "header" or "quote" not in json.dumps(block):
            ours = [line for line in lines if not line.startswith(("\u2066", "\u2067", "\u2068"))]
            assert block["type"] == "actions" or all(line.startswith("\u200f\u2067") for line in ours), block
        else:
            assert lines[0].startswith("Customer Nilsson"), block


def _compare(path: Path, payload: render.Json) -> None:
    text = json.dumps(payload, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if os.environ.get("AMENDS_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text, f"{path.name}: differs; `make golden` writes it anew, then review the diff"
