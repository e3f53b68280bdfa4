"""Block Kit's rules as Slack states them: slack_sdk's own models, and the limits those models do not know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

Json = dict[str, Any]
SURFACES = {"message": 50, "modal": 100, "home": 100}
LONGEST = {
    "header": 150,
    "section": 3000,
    "button": 75,
    "label": 2000,
    "hint": 2000,
    "title": 24,
    "submit": 24,
    "close": 24,
}
TOTAL = 13_000  # characters over all blocks of a message; more is refused with msg_blocks_too_long
MESSAGE_ONLY = {"rich_text", "section", "actions", "context", "divider", "header", "image", "input"}


def mistakes(surface: str, payload: Json) -> list[str]:
    """What Slack would refuse in this message or view; empty for a good one."""
    return [*_models(surface, payload), *_limits(surface, payload), *_ids(payload)]


def texts(node: object) -> Iterator[str]:
    """Every text that a person reads in it, in order."""
    match node:
        case {"text": str(text)}:
            yield text
        case dict():
            for key, inner in node.items():
                if key not in {"value", "action_id", "block_id", "private_metadata"}:
                    yield from texts(inner)
        case list():
            for inner in node:
                yield from texts(inner)
        case _:
            return


def elements(node: object, kind: str = "") -> Iterator[Json]:
    """Every element with an action id, or those of one type."""
    if isinstance(node, dict):
        if "action_id" in node and kind in {"", node.get("type")}:
            yield node
        for inner in node.values():
            yield from elements(inner, kind)
    elif isinstance(node, list):
        for inner in node:
            yield from elements(inner, kind)


def _models(surface: str, payload: Json) -> Iterator[str]:
    try:
        if surface == "message":
            for block in payload["blocks"]:
                parsed = Block.parse(block)
                if parsed is None:
                    yield f"unknown block {block.get('type')}"
                else:
                    parsed.to_dict()
        else:
            View(**payload).to_dict()
    except SlackObjectFormationError as error:
        yield str(error)


def _limits(surface: str, payload: Json) -> Iterator[str]:
    blocks = payload["blocks"]
    if not blocks or len(blocks) > SURFACES[surface]:
        yield f"{len(blocks)} blocks, expected 1 to {SURFACES[surface]}"
    if surface == "message" and sum(map(len, texts(blocks))) > TOTAL:
        yield "msg_blocks_too_long"
    for key in ("title", "submit", "close"):
        if len((payload.get(key) or {}).get("text", "")) > LONGEST[key]:
            yield f"{key} too long"
    for block in blocks:
        yield from _block_limits(surface, block)


def _block_limits(surface: str, block: Json) -> Iterator[str]:
    kind = block["type"]
    if kind == "header" and len(block["text"]["text"]) > LONGEST["header"]:
        yield "header too long"
    if kind == "actions" and not 1 <= len(block["elements"]) <= 25:
        yield "actions: 1 to 25 elements"
    if kind == "input" and surface == "message":
        yield "an input stands in a modal"
    for one in elements(block):
        if one["type"] == "button" and len(one["text"]["text"]) > LONGEST["button"]:
            yield f"button too long: {one['text']['text']}"
        if one["type"] == "overflow" and not 1 <= len(one["options"]) <= 5:
            yield "overflow: 1 to 5 options"
        for option in one.get("options") or ():
            if len(option["text"]["text"]) > 75 or len(option["value"]) > 150:
                yield f"option too long: {option}"
    if any(not text for text in texts(block)):
        yield f"{kind}: empty text"


def _ids(payload: Json) -> Iterator[str]:
    blocks = [block["block_id"] for block in payload["blocks"] if "block_id" in block]
    if len(set(blocks)) < len(blocks):
        yield "duplicate block_id"
    for block in payload["blocks"]:
        ids = [one["action_id"] for one in elements(block)]
        if len(set(ids)) < len(ids):
            yield f"duplicate action_id in one block: {ids}"
