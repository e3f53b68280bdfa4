"""The app package that an admin uploads to Teams: the manifest and two icons in one zip."""

from __future__ import annotations

import io
import json
import zipfile
from importlib.resources import files
from typing import Any, cast

from handlers.teams import icons

SITE = "https://amends.example"  # stands for the organisation's own pages until it names them
_WHEN = (2026, 1, 1, 0, 0, 0)  # the same package each time


def package(app_id: str, site: str = "", *, listens: bool = True) -> bytes:
    """A zip of three files. `site`: the https address whose pages tell who runs this, and under which terms.

    `listens=False` leaves out the wish to read along in channels: the bot then hears mentions alone.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        text = json.dumps(manifest(app_id, site, listens=listens), indent=2, ensure_ascii=False)
        contents = {"manifest.json": text.encode(), "color.png": icons.colour(), "outline.png": icons.outline()}
        for name, data in contents.items():
            archive.writestr(zipfile.ZipInfo(name, _WHEN), data)
    return made.getvalue()


def manifest(app_id: str, site: str = "", *, listens: bool = True) -> dict[str, Any]:
    """Version 1.22. The app has the bot's own id."""
    made = cast("dict[str, Any]", json.loads((files("handlers.teams") / "manifest.json").read_text("utf-8")))
    site = (site or SITE).rstrip("/")
    made["id"] = made["webApplicationInfo"]["id"] = app_id
    made["bots"][0]["botId"] = made["composeExtensions"][0]["botId"] = app_id
    made["webApplicationInfo"]["resource"] = f"api://{app_id}"
    made["developer"] |= {"websiteUrl": site, "privacyUrl": f"{site}/privacy", "termsOfUseUrl": f"{site}/terms"}
    if not listens:
        del made["authorization"], made["webApplicationInfo"]
    return made
