"""A stream of signed Slack events: ordinary channel talk, and every fiftieth message an escalation, each in a
channel of its own: the same person is not offered help twice in one channel."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import random
import time
from collections.abc import Iterator

SECRET = "bench-signing-secret"
EVERY = 50  # one message in fifty is an escalation: 2 %
TALK = (
    "Good morning everybody, who has the late shift today? I can swap with somebody if that helps.",
    "The new boxes are in the back, next to the printer. Please take the old ones with you when you pass.",
    "Order {n} is packed and goes out with the two o'clock van.",
    "Can someone please check the stock of the blue one in size {n}? The page says three, I count four.",
    "Lunch at half past twelve? The place on the corner has soup on Tuesdays, and it is quick.",
    "I have written down how the new till works, the link is in the topic of this channel. Tell me what is missing.",
    "Customer {n} would like to know when we open on Saturday. I said ten, as always.",
    "Thanks, that worked! I had the wrong form open all the time.",
    "The meeting moves to room {n}, same time. Please bring the numbers of last week, I will bring the coffee.",
    "Has anybody seen the long cable? It was on the shelf yesterday, and now it is not there any more.",
    "God morgon! Leveransen till butik {n} kommer i eftermiddag, jag tar emot den.",
    "Kan någon hjälpa mig med schemat för nästa vecka? Jag får inte ihop onsdagen.",
    "صباح الخير، هل وصلت شحنة اليوم إلى الفرع رقم {n}؟ شكرًا لكم جميعًا.",
)
ANGRY = (
    "Customer {n} is furious: third time the parcel is late and nobody called back, wants the money back now",
    "She is shouting at me on the phone, the router has failed again and she waited for {n} minutes, unacceptable",
    "Guest in room {n} is very angry, no hot water for two days, demands a refund and wants to talk to the manager",
    "Kunden {n} är rasande, tredje gången det är fel på leveransen och hon kräver pengarna tillbaka nu",
)


PEOPLE = tuple(f"UTALK{number:03}" for number in range(200))


def everybody() -> list[bytes]:
    """One escalation by each: from then on they are known, as on any day but the first."""
    run = f"{time.time_ns():x}"
    angry = zip(PEOPLE, itertools.cycle(ANGRY), strict=False)
    bodies = [
        _event(f"Ev{run}{user}", user, f"C{run[-6:].upper()}{user}", text.replace("{n}", "7"), number)
        for number, (user, text) in enumerate(angry)
    ]
    return [request("/slack/events", body, signed(body)) for body in bodies]


def stream(count: int, channels: int = 8) -> tuple[list[bytes], int]:
    """So many requests, signed now, and how many of them are escalations."""
    chance = random.Random(7)  # noqa: S311 - the same stream every time
    run = f"{time.time_ns():x}"
    talk, angry = itertools.cycle(TALK), itertools.cycle(ANGRY)
    made = []
    for number in range(count):
        upset = number % EVERY == EVERY - 1
        text = next(angry if upset else talk).replace("{n}", str(number))
        user = chance.choice(PEOPLE)
        channel = f"C{run[-6:].upper()}{number:06}" if upset else f"C{chance.randrange(channels):06}"
        body = _event(f"Ev{run}{number}", user, channel, text, number)
        made.append(request("/slack/events", body, signed(body)))
    return made, count // EVERY


def request(path: str, body: bytes, headers: dict[str, str]) -> bytes:
    lines = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/json"]
    lines += [f"Content-Length: {len(body)}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


def signed(body: bytes) -> dict[str, str]:
    stamp = str(int(time.time()))
    code = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={code}"}


def _event(key: str, user: str, channel: str, text: str, number: int) -> bytes:
    """As Slack sends it, with the parts that nobody here reads."""
    stamp = f"{int(time.time())}.{number:06}"
    words = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    event = {
        "user": user,
        "type": "message",
        "ts": stamp,
        "client_msg_id": f"{number:08}-0000-4000-8000-000000000000",
        "text": text,
        "team": "T01BENCH",
        "blocks": [{"type": "rich_text", "block_id": "b1", "elements": [words]}],
        "channel": channel,
        "event_ts": stamp,
        "channel_type": "channel",
    }
    bot = {"enterprise_id": None, "team_id": "T01BENCH", "user_id": "U0BOT", "is_bot": True}
    whole = {
        "token": "verification-token",
        "team_id": "T01BENCH",
        "context_team_id": "T01BENCH",
        "api_app_id": "A01APP",
        "event": event,
        "type": "event_callback",
        "event_id": key,
        "event_time": int(time.time()),
        "authorizations": [{**bot, "is_enterprise_install": False}],
        "is_ext_shared_channel": False,
        "event_context": f"4-{key}",
    }
    return json.dumps(whole).encode()


def two_hundred() -> Iterator[str]:
    """Messages of 200 characters, ordinary and angry."""
    for lines in (TALK, ANGRY):
        for number, _ in enumerate(lines):
            text = " ".join((*lines[number:], *lines[:number])).replace("{n}", str(number + 10))
            yield text[:200]
