"""The app package: three files, the right sizes, and what Microsoft's schema of 1.22 allows."""

from __future__ import annotations

import io
import json
import os
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from handlers.teams import icons
from handlers.teams.invokes import COMMANDS
from handlers.teams.manifest import manifest, package
from tests.fakes_teams import APP_ID

SCHEMA = Path(__file__).parent / "e2e/node_modules/@microsoft/app-manifest/build/json-schemas/teams/v1.22"


def test_the_package_holds_three_files_and_is_the_same_each_time() -> None:
    made = package(APP_ID)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.namelist() == ["manifest.json", "color.png", "outline.png"]
        read: dict[str, Any] = json.loads(archive.read("manifest.json"))
    assert read["manifestVersion"] == "1.22"
    assert read["bots"][0]["scopes"] == ["personal", "team", "groupChat"]
    assert [one["id"] for one in read["composeExtensions"][0]["commands"]] == list(COMMANDS)
    assert json.dumps(read).count(APP_ID) == 5  # app, bot, extension, and twice for what it may read
    assert package(APP_ID) == made


def test_it_can_do_without_reading_along() -> None:
    assert "authorization" not in manifest(APP_ID, listens=False)
    assert "authorization" in manifest(APP_ID)


@pytest.mark.parametrize("listens", [True, False])
def test_microsofts_schema_allows_it(listens: bool) -> None:
    if not SCHEMA.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail("tests/e2e/node_modules is missing: npm ci --prefix tests/e2e")
        pytest.skip("SKIPPED: tests/e2e/node_modules is missing; npm ci --prefix tests/e2e brings it")
    path = SCHEMA / "MicrosoftTeams.schema.json"
    made = manifest(APP_ID, "https://recovery.example", listens=listens)
    assert [error.message for error in Draft4Validator(json.loads(path.read_text("utf-8"))).iter_errors(made)] == []


@pytest.mark.parametrize(("png", "side", "corner"), [(icons.colour(), 192, 255), (icons.outline(), 32, 0)])
def test_icons_have_the_size_and_the_ground_that_teams_wants(png: bytes, side: int, corner: int) -> None:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", png[16:24]) == (side, side)
    start = png.index(b"IDAT") + 4
    length = struct.unpack(">I", png[start - 8 : start - 4])[0]
    rows = zlib.decompress(png[start : start + length])
    assert len(rows) == side * (4 * side + 1)
    assert rows[4] == corner  # how solid the first pixel is
