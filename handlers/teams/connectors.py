"""The way out to Teams: one client a service URL, its retries, and its errors as ours."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import requests
from azure.core.exceptions import AzureError
from botbuilder.integration.aiohttp import ConfigurationBotFrameworkAuthentication
from botbuilder.schema import ErrorResponseException
from botframework.connector.aio import ConnectorClient
from botframework.connector.auth import AuthenticationConfiguration, ConnectorFactory, UserTokenClient
from msrest.exceptions import ClientException
from msrest.universal_http.requests import ClientRetryPolicy
from urllib3.exceptions import NewConnectionError

from bot.errors import Reason, TryLater, Undeliverable, Unknown
from bot.settings import TeamsSettings
from handlers.teams.cloud import Cloud, warm

SECONDS = 15  # for one call; longer means nobody knows. Shorter than the worker's lease
TRIES = 3
FIRST_WAIT, LONGEST_WAIT = 0.5, 5.0  # seconds; what takes longer is the worker's to wait for
_PASSING = frozenset({412, 429, 502, 504})  # Microsoft: try again, with more time between
_FORBIDDEN: dict[str, Reason] = {
    "BotNotInConversationRoster": "not_in_channel",
    "ConversationBlockedByUser": "gone",
    "MessageWritesBlocked": "gone",
    "BotDisabledByAdmin": "revoked",
}
_T = TypeVar("_T")

# botbuilder makes two clients a turn, and each looks 999 times through this list: most of its time went there.
ClientRetryPolicy.safe_codes = frozenset(ClientRetryPolicy.safe_codes)  # type: ignore[assignment]


class Authentication(ConfigurationBotFrameworkAuthentication):
    """botbuilder's own checks of a token, without the client for sign-in that it would make for every turn."""

    async def create_user_token_client(self, _claims_identity: Any) -> UserTokenClient | None:
        return None


class Connectors(ConnectorFactory):
    """Clients for the hosts that are trusted, kept; nothing is asked of anybody before a call."""

    def __init__(self, settings: TeamsSettings, cloud: Cloud) -> None:
        """Raise ValueError where a secret is missing."""
        self.app_id, self.trusted = settings.app_id, cloud.trusted
        factory = cloud.credentials(settings.app_id, settings.password, settings.tenant)
        self.authentication = Authentication(
            None, credentials_factory=factory, auth_configuration=AuthenticationConfiguration()
        )
        identity = type("Us", (), {"get_claim_value": lambda _self, _name: settings.app_id})()
        self._factory = self.authentication.create_connector_factory(identity)
        self._clients: dict[str, ConnectorClient] = {}

    async def create(self, service_url: str, _audience: str = "") -> ConnectorClient:
        """Raise Undeliverable for a host that Teams does not answer at: our token would go there."""
        if not self.trusted(service_url):
            raise Undeliverable("refused", f"{service_url} is not one of Teams' hosts")
        if service_url not in self._clients:
            made = await self._factory.create(service_url, self.authentication.get_originating_audience())
            self._clients[service_url] = made
        return self._clients[service_url]

    async def ask(self, service_url: str, call: Callable[[Any], Awaitable[_T]]) -> _T:
        """The answer to a call on a service's conversations. Raise TryLater, Undeliverable or Unknown."""
        client = await self.create(service_url)
        await _token(client.config.credentials)
        for attempt in range(TRIES):
            try:
                return await _asked(call(client.conversations))
            except TryLater as later:
                if attempt + 1 == TRIES or later.seconds > LONGEST_WAIT:
                    raise
                await asyncio.sleep(max(later.seconds, _jittered(FIRST_WAIT * 2**attempt)))
        raise AssertionError("the last try returned or raised")


async def _token(credentials: Any) -> None:
    """Before the call, so that nothing was sent yet when this fails."""
    try:
        await asyncio.wait_for(warm(credentials), SECONDS)
    except PermissionError as error:
        raise Undeliverable("revoked", str(error)[:200]) from error
    except (requests.RequestException, OSError, ValueError) as error:
        raise TryLater(_jittered(LONGEST_WAIT)) from error


async def _asked(call: Awaitable[_T]) -> _T:
    try:
        return await call
    except ErrorResponseException as error:
        raise _ours(error) from error
    except (ClientException, AzureError, requests.RequestException, ValueError, OSError) as error:
        if _never_left(error):
            raise TryLater(_jittered(LONGEST_WAIT)) from error
        raise Unknown(repr(error)[:200]) from error


def _ours(error: Any) -> TryLater | Undeliverable | Unknown:
    status = error.response.status_code
    said = getattr(getattr(error, "error", None), "error", None)
    code = str(getattr(said, "code", None) or "")
    text = f"{status} {code} {getattr(said, 'message', None) or ''}".strip()[:200]
    if status in _PASSING:
        return TryLater(_seconds(error.response))
    if status >= 500:  # noqa: PLR2004 - Teams' own fault; it may have been carried out
        return Unknown(text)
    if status == 401:  # noqa: PLR2004
        return Undeliverable("revoked", text)
    if status == 403:  # noqa: PLR2004
        return Undeliverable(_FORBIDDEN.get(code, "refused"), text)
    return Undeliverable("gone" if status in {404, 410} else "refused", text)


def _seconds(response: Any) -> float:
    """What Teams asks for, else a moment."""
    try:
        return max(0.0, float(response.headers.get("Retry-After", "")))
    except ValueError:
        return 0.0


def _never_left(error: BaseException) -> bool:
    """Nobody was there: the connection itself was refused, so nothing was delivered."""
    inner: Any = error
    while inner is not None:
        if isinstance(getattr(inner, "reason", None), NewConnectionError) or isinstance(inner, NewConnectionError):
            return True
        first = inner.args[0] if getattr(inner, "args", ()) and isinstance(inner.args[0], BaseException) else None
        inner = getattr(inner, "inner_exception", None) or first or inner.__cause__
    return False


def _jittered(seconds: float) -> float:
    return seconds * (1 + secrets.randbelow(1000) / 1000)
