"""The app manifest that an admin pastes at Slack: Socket Mode, or HTTP at a public URL."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, cast

from handlers.slack.door import PATH


def manifest(url: str = "") -> dict[str, Any]:
    """With a `url` (https, without a path) events come there; without one, over Socket Mode."""
    text = (files("handlers.slack") / "manifest.json").read_text("utf-8")
    made = cast("dict[str, Any]", json.loads(text))
    if url:
        there = url.rstrip("/") + PATH
        made["settings"]["socket_mode_enabled"] = False
        made["settings"]["event_subscriptions"]["request_url"] = there
        made["settings"]["interactivity"]["request_url"] = there
        for command in made["features"]["slash_commands"]:
            command["url"] = there
    return made
