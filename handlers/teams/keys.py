"""Microsoft's public keys, fetched off the event loop, and fetched again when a token names a new one."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout
from botframework.connector.auth.channel_validation import ChannelValidation
from botframework.connector.auth.jwt_token_extractor import JwtTokenExtractor
from jwt.algorithms import RSAAlgorithm
from jwt.exceptions import PyJWTError

from handlers.teams.cloud import CHANNEL

DAY = 24 * 60 * 60.0  # seconds that keys are good for
AGAIN = 5 * 60.0  # seconds between two fetches for a key that nobody knows
SECONDS = 5  # for one fetch
log = structlog.get_logger()


class NoKeysError(Exception):
    """Microsoft's keys cannot be had now: nobody's token can be checked."""


@dataclass(frozen=True, slots=True)
class Key:
    """What botbuilder asks of a key."""

    public_key: Any
    endorsements: tuple[str, ...]


class Keys:
    """In place of botbuilder's own cache, which is deaf for a day when keys are changed, and blocks the loop."""

    def __init__(self, url: str, seconds: Callable[[], float] = time.monotonic) -> None:
        self._url, self._seconds = url, seconds
        self._keys: dict[str, Key] = {}
        self._fetched = self._tried = float("-inf")
        self.fetches = 0  # how often they came anew: what was found out with the ones before may no longer hold
        self._lock = asyncio.Lock()

    def install(self) -> None:
        """From now on botbuilder looks here."""
        ChannelValidation.open_id_metadata_endpoint = self._url
        JwtTokenExtractor.metadataCache[self._url] = self

    async def get(self, key_id: str | None) -> Key:
        """Raise PermissionError for a key that Microsoft does not have or does not let speak for Teams."""
        async with self._lock:
            if self._old(key_id):
                await self._fetch()
        if not self._keys:
            raise NoKeysError(self._url)
        if key_id not in self._keys:
            raise PermissionError(f"unknown key {key_id}")
        return self._keys[key_id]

    def _old(self, key_id: str | None) -> bool:
        now = self._seconds()
        if not self._keys:
            return now >= self._tried + 1  # Microsoft was not there a moment ago: do not knock with every request
        return now >= self._tried + AGAIN and (now >= self._fetched + DAY or key_id not in self._keys)

    async def _fetch(self) -> None:
        self._tried = self._seconds()
        try:
            async with ClientSession(timeout=ClientTimeout(total=SECONDS)) as session:
                metadata = await _json(session, self._url)
                keys = await _json(session, str(metadata["jwks_uri"]))
            self._keys = dict(_keys(keys["keys"]))
            self._fetched = self._tried
            self.fetches += 1
        except (ClientError, TimeoutError, ValueError, KeyError, TypeError, AttributeError, PyJWTError) as error:
            log.warning("teams.keys_not_fetched", error=repr(error))


async def _json(session: ClientSession, url: str) -> Any:
    async with session.get(url) as response:
        response.raise_for_status()
        return await response.json(content_type=None)


def _keys(found: list[dict[str, Any]]) -> list[tuple[str, Key]]:
    """Those that may speak for Teams."""
    fit = [one for one in found if one.get("kty") == "RSA" and CHANNEL in one.get("endorsements", ())]
    return [(one["kid"], Key(RSAAlgorithm.from_jwk(json.dumps(one)), tuple(one["endorsements"]))) for one in fit]
