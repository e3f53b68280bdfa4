"""Who may enter: tokens of every kind at the real door, with the real checks, against a key server of our own."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import jwt
import pytest

from bot.library import Library
from bot.settings import TeamsSettings
from handlers.teams import Teams
from handlers.teams.cloud import METADATA, Cloud, ours
from handlers.teams.keys import AGAIN, DAY, Keys, NoKeysError
from tests.fakes_teams import APP_ID, SETTINGS, TENANT, FakeTeams, Signer
from tests.teams_stage import Stage, staged

Json = dict[str, Any]
Forge = Callable[[FakeTeams], str]
ATTACKER = "https://attacker.example/"


@pytest.fixture
async def stage(tmp_path: Path, library: Library) -> AsyncIterator[Stage]:
    async with FakeTeams().open() as fake, staged(tmp_path, library, fake) as stage:
        yield stage


def _none_alg(fake: FakeTeams) -> str:
    parts = [{"alg": "none", "kid": "one"}, jwt.decode(_good(fake), options={"verify_signature": False})]
    coded = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts]
    return ".".join([*coded, ""])


def _good(fake: FakeTeams, **claims: Any) -> str:
    return fake.signer.token(fake.url, **claims)


def _hs256(fake: FakeTeams) -> str:
    """Signed with our public key as if it were a shared secret."""
    payload = jwt.decode(_good(fake), options={"verify_signature": False})
    return jwt.encode(payload, "x" * 32, "HS256", {"kid": "one"})


FORGED: dict[str, tuple[Forge, int]] = {
    "valid": (_good, 201),
    "no header": (lambda _: "", 401),
    "garbage": (lambda _: "garbage", 401),
    "three dots": (lambda _: "a.b.c", 401),
    "wrong key": (lambda fake: Signer("one").token(fake.url), 401),
    "unknown kid": (lambda fake: Signer("other").token(fake.url), 401),
    "no kid": (lambda fake: fake.signer.token(fake.url, {"kid": None}), 401),
    "alg none": (_none_alg, 401),
    "HS256": (_hs256, 401),
    "expired an hour ago": (lambda fake: _good(fake, exp=int(time.time()) - 3600), 401),
    "expired four minutes ago, within the leeway": (lambda fake: _good(fake, exp=int(time.time()) - 240), 201),
    "not yet good": (lambda fake: _good(fake, nbf=int(time.time()) + 3600), 401),
    "for another bot": (lambda fake: _good(fake, aud="22222222-0000-0000-0000-000000000000"), 401),
    "no audience": (lambda fake: _good(fake, aud=None), 401),
    "another issuer": (lambda fake: _good(fake, iss="https://evil.example"), 401),
    "no issuer": (lambda fake: _good(fake, iss=None), 401),
    "our own outbound token, replayed": (
        lambda fake: _good(
            fake, iss="https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/", appid=APP_ID, ver="1.0"
        ),
        401,
    ),
    "service URL of the body not in the token": (lambda fake: _good(fake, serviceurl=ATTACKER), 401),
    "no service URL in the token": (lambda fake: _good(fake, serviceurl=None), 401),
    "never expires": (lambda fake: _good(fake, exp=None), 403),
}


@pytest.mark.parametrize(("forge", "status"), FORGED.values(), ids=FORGED)
async def test_a_token_gets_its_status_and_a_bad_one_has_no_effect(stage: Stage, forge: Forge, status: int) -> None:
    fake = stage.teams
    body = {**fake.person("ann"), "type": "message", "text": "start she is furious"}
    response = await fake.send(body, forge(fake))
    assert response.status == status
    begun = await stage.store.open_for(f"teams:{TENANT}", "ann")
    assert len(begun) == (1 if status == 201 else 0)
    assert fake.calls == []


async def test_a_key_that_may_not_speak_for_teams_is_no_key(stage: Stage) -> None:
    stage.teams.keys = [stage.teams.signer, Signer("webchat", ("webchat",)), bare := Signer("bare", ())]
    for signer in stage.teams.keys[1:]:
        token = signer.token(stage.teams.url)
        assert (
            await stage.teams.send({**stage.teams.person("ann"), "type": "message", "text": "x"}, token)
        ).status == 401
    assert bare.jwk["endorsements"] == []


BODIES: dict[str, tuple[Json, int]] = {
    "no service URL": ({"serviceUrl": None}, 400),
    "no channel": ({"channelId": None}, 400),
    "no type": ({"type": None}, 400),
    "no conversation": ({"conversation": None}, 400),
    "conversation without an id": ({"conversation": {"tenantId": TENANT}}, 400),
    "nobody": ({"from": None}, 400),
    "conversation is a list": ({"conversation": [1]}, 400),
    "text is an object": ({"text": {"a": 1}}, 400),
    "id is an object": ({"id": {"a": 1}}, 400),
    "another channel": ({"channelId": "webchat"}, 401),
    "another tenant": ({"channelData": {"tenant": {"id": "t2"}}, "conversation": {"id": "a:1", "tenantId": "t2"}}, 403),
    "two tenants": ({"channelData": {"tenant": {"id": "t2"}}}, 403),
    "no tenant": ({"channelData": {}, "conversation": {"id": "a:1"}}, 403),
}


@pytest.mark.parametrize(("changes", "status"), BODIES.values(), ids=BODIES)
async def test_a_good_token_with_a_bad_body(stage: Stage, changes: Json, status: int) -> None:
    body = {**stage.teams.person("ann"), "type": "message", "text": "start she is furious", **changes}
    response = await stage.teams.send({key: value for key, value in body.items() if value is not None})
    assert response.status == status
    assert not await stage.store.open_for(f"teams:{TENANT}", "ann")


async def test_token_and_body_that_agree_on_the_attackers_host_are_refused(stage: Stage) -> None:
    body = {**stage.teams.person("ann", serviceUrl=ATTACKER), "type": "message", "text": "start x"}
    assert (await stage.teams.send(body, stage.teams.signer.token(ATTACKER))).status == 403
    assert not await stage.store.open_for(f"teams:{TENANT}", "ann")


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"null", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"{}", "text/plain", 415),
        (b"a=b", "application/x-www-form-urlencoded", 415),
        (b'{"type": "' + b"x" * 300_000 + b'"}', "application/json", 413),
    ],
)
async def test_what_is_no_activity_is_refused_before_anything_else(
    stage: Stage, body: bytes, kind: str, status: int
) -> None:
    assert (await stage.teams.post(body, "no token", kind)).status == status


async def test_keys_change_and_the_door_hears_of_it(stage: Stage) -> None:
    fake = stage.teams
    body = {**fake.person("ann"), "type": "message", "text": "help"}
    assert (await fake.send(body)).status == 201
    fake.keys = [Signer("two")]
    fake.signer = fake.keys[0]
    assert (await fake.send(body)).status == 401  # asked less than five minutes ago
    keys = Keys(f"{fake.url}keys/metadata", seconds=lambda: now)
    now = 1000.0
    assert (await keys.get("two")).endorsements == ("msteams",)
    fake.keys = [Signer("three")]
    for wait, found in ((1.0, False), (AGAIN, True)):
        now += wait
        if found:
            assert await keys.get("three")
        else:
            with pytest.raises(PermissionError):
                await keys.get("three")


async def test_keys_are_asked_for_once_and_again_after_a_day() -> None:
    async with FakeTeams().open() as fake:
        now = 0.0
        keys = Keys(f"{fake.url}keys/metadata", seconds=lambda: now)
        for _ in range(3):
            await keys.get("one")
        assert fake.fetches == 1
        now += DAY
        await keys.get("one")
        assert fake.fetches == 2


async def test_without_keys_the_door_asks_to_come_again(stage: Stage) -> None:
    stage.teams.keys = []
    body = {**stage.teams.person("ann"), "type": "message", "text": "start x"}
    assert (await stage.teams.send(body)).status == 503
    with pytest.raises(NoKeysError):
        await Keys("http://127.0.0.1:9/nobody").get("one")


@pytest.mark.parametrize("lacks", ["app_id", "password", "tenant"])
def test_no_secret_no_door(lacks: str) -> None:
    values = {"app_id": SETTINGS.app_id, "password": SETTINGS.password, "tenant": SETTINGS.tenant, lacks: ""}
    with pytest.raises(ValueError, match="TEAMS_APP_ID"):
        Teams.connect(TeamsSettings(**values))


@pytest.mark.parametrize(
    ("url", "trusted"),
    [
        ("https://smba.trafficmanager.net/emea/", True),
        ("https://smba.trafficmanager.net:443/teams/", True),
        ("https://europe.api.botframework.com/", True),
        ("http://smba.trafficmanager.net/emea/", False),
        ("https://smba.trafficmanager.net.evil.example/", False),
        ("https://evil.example/smba.trafficmanager.net", False),
        ("https://smba.trafficmanager.net@evil.example/", False),
        ("https://botframework.com.evil.example/", False),
        ("https://evilbotframework.com/", False),
        ("https://smba.trafficmanager.net:8443/", False),
        ("https://[::1", False),
        ("https://127.0.0.1/", False),
        ("", False),
    ],
)
def test_hosts_that_our_token_may_go_to(url: str, trusted: bool) -> None:
    assert ours(url) is trusted


def test_the_outside_is_microsofts_unless_a_test_brings_another() -> None:
    assert Cloud().metadata == METADATA
    assert Cloud().trusted is ours
