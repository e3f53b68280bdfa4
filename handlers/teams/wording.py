"""What somebody wrote, freed of Teams' markup: mentions, quotations, entities; and where he wrote it."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import quote

from botbuilder.schema import Activity

_AT = re.compile(r"</?at\b[^<>]*>", re.IGNORECASE)
_QUOTE = re.compile(r"<blockquote\b[^>]*schema\.skype\.com/Reply[^>]*>.*?</blockquote>", re.DOTALL | re.IGNORECASE)
_QUOTED = re.compile(r'itemid="(\d+)"', re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/p|/div|/li)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]+>")
Json = dict[str, Any]


def mentions(activity: Activity, bot: str) -> bool:
    """Is it meant for us?"""
    return bool(_mentions(activity, bot))


def spoken(activity: Activity, bot: str) -> str:
    """A message in a channel, without the mention that brought it to us; other mentions become names."""
    text = str(activity.text or "")
    for mention in _mentions(activity, bot):
        text = text.replace(mention, "", 1)
    return _words(text)


def written(activity: Activity) -> tuple[str, str]:
    """A private message, and the id of the message that it quotes, if any: Teams has no threads in a chat."""
    for one in activity.attachments:
        if one.content_type == "text/html" and isinstance(one.content, str) and (found := _QUOTE.search(one.content)):
            quoted = _QUOTED.search(found[0])
            return plain(_QUOTE.sub("", one.content)), quoted[1] if quoted else ""
    return _words(str(activity.text or "")), ""


def plain(markup: str) -> str:
    """HTML as text."""
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", markup))).replace("\xa0", " ").strip()


def channel(activity: Activity) -> str:
    """The channel, or the group chat; a thread belongs to its channel."""
    data = activity.channel_data
    inner = data.get("channel") if isinstance(data, dict) else None
    named = inner.get("id") if isinstance(inner, dict) else None
    return str(named or activity.conversation.id).partition(";")[0]


def link(activity: Activity) -> str:
    """A link that opens the message in the client, made without asking Teams."""
    here, message = quote(channel(activity), safe=""), quote(str(activity.id or ""), safe="")
    return f"https://teams.microsoft.com/l/message/{here}/{message}" if activity.id else ""


def _mentions(activity: Activity, bot: str) -> list[str]:
    """How the text writes every mention of us."""
    found = []
    for entity in activity.entities:
        more = entity.additional_properties
        mentioned = more.get("mentioned")
        if entity.type == "mention" and isinstance(mentioned, dict) and mentioned.get("id") == bot:
            found.append(str(more.get("text") or "<at>"))
    return found


def _words(text: str) -> str:
    return html.unescape(_AT.sub("", text)).replace("\xa0", " ").strip()
