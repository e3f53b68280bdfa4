"""Who may enter the desk: this machine's own browser, and no page but ours may press a button in it."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

LARGEST = 1024 * 1024  # bytes; 40,000 characters of any script, however they are written down
OURS = "X-Amends-Desk"  # a header that no foreign page can set without being asked first
NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
SAFE_METHODS = frozenset({"GET", "HEAD"})
SAFE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def guarded(handler: Handler) -> Handler:
    """403 for whoever comes from outside; 413 and 400 are answered before the handler is asked."""

    async def enter(request: web.Request) -> web.StreamResponse:
        if not (_from_here(request) and _to_us(request) and (request.method in SAFE_METHODS or _our_page(request))):
            return web.Response(status=403, headers=SAFE_HEADERS)
        if (request.content_length or 0) > LARGEST:
            return web.Response(status=413, headers=SAFE_HEADERS)
        return await handler(request)

    return enter


async def read(request: web.Request) -> dict[str, object]:
    """The JSON object that was sent. Raises 400 for anything else, 413 for too much."""
    try:
        body = json.loads(await request.read())
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(headers=SAFE_HEADERS)
    return body


def word(body: dict[str, object], name: str) -> str:
    """A text in the body, without what no database or page can hold; empty when it is not there."""
    value = body.get(name, "")
    if not isinstance(value, str):
        raise web.HTTPBadRequest(headers=SAFE_HEADERS)
    return clean(value)


def clean(text: str) -> str:
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _from_here(request: web.Request) -> bool:
    """The connection comes from this machine, whatever the headers say."""
    peer = _end(request, "peername")
    return peer is not None and ipaddress.ip_address(peer[0].partition("%")[0]).is_loopback


def _to_us(request: web.Request) -> bool:
    """The browser meant this machine and this port: a name that was pointed here is refused."""
    host, port = _host(f"//{request.headers.get('Host', '')}")
    here = _end(request, "sockname")
    return here is not None and host in NAMES and port == here[1]


def _our_page(request: web.Request) -> bool:
    """Sent by our own page; or by a program, which says so, as no foreign page can."""
    came = request.headers.get("Origin") or request.headers.get("Referer")
    if came is None:
        return OURS in request.headers
    return urlsplit(came).scheme == "http" and _host(came) == _host(f"//{request.headers.get('Host', '')}")


def _end(request: web.Request, which: str) -> tuple[str, int] | None:
    found = request.transport.get_extra_info(which) if request.transport else None
    return (found[0], found[1]) if found else None


def _host(url: str) -> tuple[str, int]:
    """Name and port; nothing of the kind for what is no address."""
    try:
        parts = urlsplit(url)
        found = (parts.hostname or "", parts.port or 80)
    except ValueError:
        found = ("", 0)
    return found
