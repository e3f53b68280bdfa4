"""Tokens that were found good a moment ago. Teams puts the same one to everything it sends for an hour.

Decision: a token's signature, issuer, audience and key are facts about the token, so they are checked once; that was
half of the door's time. What is remembered can only shorten a yes: it is kept under a digest of the whole header, no
longer than the token itself or an hour, and not past a change of Microsoft's keys. What depends on the request is
looked at each time, and whatever does not fit goes the long way, which refuses it.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jwt
from botbuilder.schema import Activity
from botframework.connector.auth import AuthenticateRequestResult
from botframework.connector.auth.channel_validation import ChannelValidation

from handlers.teams.cloud import CHANNEL, ISSUER
from handlers.teams.connectors import Authentication
from handlers.teams.keys import Keys

MOST = 1000  # tokens remembered; Teams has a handful in use
HOUR = 60 * 60.0  # seconds after which even a token that lives longer is checked again


@dataclass(frozen=True, slots=True)
class _Seen:
    """What botbuilder said of a token, and until when that holds."""

    until: float
    claims: Any
    audience: str
    caller: str


class Passports:
    """Who may enter, asked of botbuilder once a token."""

    def __init__(self, authentication: Authentication, keys: Keys, seconds: Callable[[], float] = time.time) -> None:
        self._authentication, self._keys, self._seconds = authentication, keys, seconds
        self._seen: dict[bytes, _Seen] = {}
        self._fetches = 0

    async def checked(self, activity: Activity, header: str) -> AuthenticateRequestResult:
        """Signed by Microsoft for us, not expired, and for the service URL that the activity names. Else raise."""
        digest = hashlib.sha256(header.encode(errors="surrogateescape")).digest()
        if seen := self._known(digest, activity):
            return _passport(seen)
        if _issuer(header) != ISSUER:  # botbuilder would go and ask elsewhere whether to believe another one
            raise PermissionError("no token of the channel")
        found = await self._authentication.authenticate_request(activity, header)
        if self._fetches == self._keys.fetches:  # else the keys were changed meanwhile, perhaps because of this one
            self._remember(digest, found)
        return found

    def _known(self, digest: bytes, activity: Activity) -> _Seen | None:
        """`None`: it must be checked, for nothing is known of it, or not of a request like this."""
        if self._fetches != self._keys.fetches:
            self._seen.clear()
            self._fetches = self._keys.fetches
        seen = self._seen.get(digest)
        if seen is None or self._seconds() >= seen.until or activity.channel_id != CHANNEL:
            return None
        fits = seen.claims.get_claim_value(ChannelValidation.SERVICE_URL_CLAIM) == activity.service_url
        return seen if fits else None

    def _remember(self, digest: bytes, found: AuthenticateRequestResult) -> None:
        """Only what ends is remembered."""
        if len(self._seen) >= MOST:
            self._seen.clear()
        if ends := found.claims_identity.claims.get("exp"):
            until = min(float(ends), self._seconds() + HOUR)
            self._seen[digest] = _Seen(until, found.claims_identity, found.audience, found.caller_id)


def _passport(seen: _Seen) -> AuthenticateRequestResult:
    made = AuthenticateRequestResult()
    made.claims_identity, made.audience, made.caller_id = seen.claims, seen.audience, seen.caller
    return made


def _issuer(header: str) -> str:
    """Whom the token says it is from; empty when it is no token."""
    scheme, _, token = header.partition(" ")
    if scheme != "Bearer":
        return ""
    try:
        return str(jwt.decode(token, options={"verify_signature": False}).get("iss"))
    except (jwt.PyJWTError, ValueError):
        return ""
