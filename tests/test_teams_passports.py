"""A token that was found good is not checked again, and that opens the door to nothing else."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from botbuilder.schema import Activity

from bot.library import Library
from handlers.teams.connectors import Connectors
from handlers.teams.keys import AGAIN, Keys
from handlers.teams.passports import HOUR, MOST, Passports
from tests.fakes_teams import SETTINGS, FakeTeams, Signer
from tests.teams_stage import Stage, staged


class Office:
    """Passports on real checks, with clocks that a test moves; `asked` counts what went the long way."""

    def __init__(self, fake: FakeTeams) -> None:
        self.fake, self.now, self.asked = fake, time.time(), 0
        self.keys = Keys(f"{fake.url}keys/metadata", seconds=lambda: self.now)
        self.keys.install()
        real = Connectors(SETTINGS, fake.cloud).authentication
        self._check = real.authenticate_request
        real.authenticate_request = self._counted
        self.passports = Passports(real, self.keys, seconds=lambda: self.now)

    async def _counted(self, activity: Activity, header: str) -> Any:
        self.asked += 1
        return await self._check(activity, header)

    async def shows(self, token: str, url: str = "", channel: str = "msteams") -> None:
        activity = Activity(service_url=url or self.fake.url, channel_id=channel)
        await self.passports.checked(activity, f"Bearer {token}")


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    async with FakeTeams().open() as fake:
        made = Office(fake)
        await made.shows(fake.signer.token(fake.url, jti="the first fetches the keys"))
        made.asked = 0
        yield made


async def test_a_token_is_checked_once(office: Office) -> None:
    token = office.fake.signer.token(office.fake.url)
    for _ in range(3):
        await office.shows(token)
    assert office.asked == 1


async def test_what_comes_out_is_the_same_both_ways(office: Office) -> None:
    header = f"Bearer {office.fake.signer.token(office.fake.url)}"
    activity = Activity(service_url=office.fake.url, channel_id="msteams")
    first, second = [await office.passports.checked(activity, header) for _ in range(2)]
    assert second.claims_identity.claims == first.claims_identity.claims
    assert (second.audience, second.caller_id) == (first.audience, first.caller_id)


async def test_a_remembered_token_is_no_good_for_another_host_or_channel(office: Office) -> None:
    token = office.fake.signer.token(office.fake.url)
    await office.shows(token)
    for url, channel in (("https://attacker.example/", "msteams"), ("", "webchat")):
        with pytest.raises(Exception, match=r"service_url|endorsement"):
            await office.shows(token, url, channel)
    await office.shows(token)
    assert office.asked == 3


async def test_a_forged_token_beside_a_remembered_one_is_refused(office: Office) -> None:
    good = office.fake.signer.token(office.fake.url)
    await office.shows(good)
    head, claims, signature = good.split(".")
    other = office.fake.signer.token(office.fake.url, jti="other").split(".")
    forged = (f"{head}.{other[1]}.{signature}", f"{head}.{claims}.{other[2]}", f"{head}.{claims}.", f"{good} {good}")
    for token in forged:
        with pytest.raises(Exception, match=r"[Ss]ignature|padding|No valid identity|no token"):
            await office.shows(token)
    for header in (good, f"bearer {good}", f"Basic {good}"):
        with pytest.raises(PermissionError):
            await office.passports.checked(Activity(service_url=office.fake.url, channel_id="msteams"), header)


@pytest.mark.parametrize(("lives", "kept"), [(600.0, 600.0), (10 * HOUR, HOUR)])
async def test_it_is_remembered_until_it_ends_and_for_an_hour_at_most(
    office: Office, lives: float, kept: float
) -> None:
    began = office.now
    token = office.fake.signer.token(office.fake.url, exp=int(began + lives))
    for after, asked in ((0.0, 1), (kept - 2, 1), (kept + 1, 2)):
        office.now = began + after
        await office.shows(token)
        assert office.asked == asked


async def test_one_that_has_ended_is_not_remembered_and_is_refused_when_the_leeway_ends(office: Office) -> None:
    token = office.fake.signer.token(office.fake.url, exp=int(time.time()) - 298)
    await office.shows(token)
    await asyncio.sleep(3.1)
    with pytest.raises(Exception, match="expired"):
        await office.shows(token)


async def test_one_that_never_ends_is_not_remembered(office: Office) -> None:
    token = office.fake.signer.token(office.fake.url, exp=None)
    for _ in range(2):
        await office.shows(token)
    assert office.asked == 2


async def test_when_the_keys_change_everything_is_checked_again(office: Office) -> None:
    old = office.fake.signer.token(office.fake.url)
    await office.shows(old)
    office.fake.keys = [Signer("two")]
    await office.shows(old)  # nobody has heard of it yet
    office.now += AGAIN
    await office.shows(office.fake.keys[0].token(office.fake.url))
    with pytest.raises(PermissionError, match="unknown key one"):
        await office.shows(old)


async def test_no_more_are_remembered_than_there_is_room_for(office: Office) -> None:
    token = office.fake.signer.token(office.fake.url)
    await office.shows(token)
    (seen,) = [one for _, one in list(office.passports._seen.items())[-1:]]
    office.passports._seen |= {str(number).encode(): seen for number in range(MOST)}
    await office.shows(office.fake.signer.token(office.fake.url, jti="one more"))
    assert len(office.passports._seen) == 1


@pytest.fixture
async def stage(tmp_path: Path, library: Library) -> AsyncIterator[Stage]:
    async with FakeTeams().open() as fake, staged(tmp_path, library, fake) as stage:
        yield stage


async def test_at_the_door_a_remembered_token_changes_no_status(stage: Stage) -> None:
    fake = stage.teams
    body = {**fake.person("ann"), "type": "message", "text": "help"}
    token = fake.signer.token(fake.url)
    others: dict[int, dict[str, Any]] = {
        401: {"serviceUrl": "https://attacker.example/"},
        403: {"conversation": {"id": "a:1", "tenantId": "t2"}, "channelData": {"tenant": {"id": "t2"}}},
        400: {"serviceUrl": None},
    }
    for _ in range(2):
        assert (await fake.send(body, token)).status == 201
        assert (await fake.send({**body, "channelId": "webchat"}, token)).status == 401
        for status, changes in others.items():
            assert (await fake.send({**body, **changes}, token)).status == status
    theirs = "https://attacker.example/"
    for _ in range(2):  # a token that is good in itself, for a host that is not Teams'
        assert (await fake.send({**body, "serviceUrl": theirs}, fake.signer.token(theirs))).status == 403
