"""Where Microsoft is: its keys, its hosts, and the access tokens it gives. Tests bring their own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from botframework.connector.auth import PasswordServiceClientCredentialFactory

METADATA = "https://login.botframework.com/v1/.well-known/openidconfiguration"
ISSUER = "https://api.botframework.com"
CHANNEL = "msteams"
_HOST, _DOMAIN = "smba.trafficmanager.net", ".botframework.com"


def ours(url: str) -> bool:
    """Is this one of the hosts that Teams answers at? Our token goes nowhere else."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    known = host == _HOST or host.endswith(_DOMAIN)
    return parts.scheme == "https" and known and port in {None, 443} and "@" not in parts.netloc


class Credentials(PasswordServiceClientCredentialFactory):
    """One credential, and so one token cache, where botbuilder makes one a turn and asks for a token each time."""

    def __init__(self, app_id: str, password: str, tenant: str) -> None:
        """Raise ValueError where something is missing: without a secret the door stays shut."""
        if not (app_id and password and tenant):
            raise ValueError("TEAMS_APP_ID, TEAMS_APP_PASSWORD, TEAMS_TENANT_ID: found nothing, expected all three")
        super().__init__(app_id, password, tenant)
        self._made: dict[tuple[str, str], Any] = {}

    async def create_credentials(
        self, app_id: str, oauth_scope: str, login_endpoint: str, validate_authority: bool
    ) -> Any:
        """Made once; nothing is asked of Microsoft here, so a turn does not wait."""
        key = (app_id, oauth_scope)
        if key not in self._made:
            made = super().create_credentials(app_id, oauth_scope, login_endpoint, validate_authority)
            self._made[key] = await made
        return self._made[key]


async def warm(credentials: Any) -> None:
    """Fetch the token off the event loop, if the one at hand is no longer good."""
    await asyncio.to_thread(credentials.get_access_token)


@dataclass(frozen=True, slots=True)
class Cloud:
    """The outside as Teams has it. There is no setting for it: only a test builds another one."""

    metadata: str = METADATA
    trusted: Callable[[str], bool] = ours
    credentials: Callable[[str, str, str], Credentials] = Credentials
