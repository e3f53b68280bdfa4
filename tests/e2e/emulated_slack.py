"""A Slack workspace that nobody here wrote (npm local-slack), the bot beside it, and people who write and press."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import os
import platform
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientError, ClientSession, ClientWebSocketResponse

ROOT = Path(__file__).parents[2]
PROGRAM = Path(__file__).parent / "node_modules/local-slack-linux-x64/bin/local-slack"
SECRET = "emulated-signing-secret"
PATIENCE = 45.0  # seconds until something that should happen is given up
UNSEEN = (0x200F, 0x2066, 0x2067, 0x2068, 0x2069)  # direction marks
Json = dict[str, Any]


def needed() -> Path:
    """The emulator's program; without it the test is skipped loudly, and fails in CI."""
    if PROGRAM.is_file():
        return PROGRAM
    here = f"{platform.system()} {platform.machine()}"
    why = f"no Slack emulator in {PROGRAM.parents[1]} (it is for Linux x64, this is {here}): cd tests/e2e && npm ci"
    if os.environ.get("CI") == "true":
        pytest.fail(why)
    pytest.skip(why)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass(slots=True)
class Workspace:
    """What everybody in the workspace sees, kept up to date over the web client's own websocket."""

    url: str
    session: ClientSession
    wire: ClientWebSocketResponse
    messages: dict[str, dict[str, Json]] = field(default_factory=dict)
    views: list[Json] = field(default_factory=list)
    homes: dict[str, Json] = field(default_factory=dict)
    errors: Json = field(default_factory=dict)
    direct: dict[str, str] = field(default_factory=dict)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    # What people do

    async def writes(self, user: str, channel: str, text: str, thread: str = "") -> None:
        await self._control(
            "message", channel=channel, user=user, text=text, **({"thread_ts": thread} if thread else {})
        )

    async def commands(self, user: str, channel: str, text: str) -> None:
        await self._control("command", channel=channel, user=user, command="/amends", text=text)

    async def opens_home(self, user: str) -> None:
        await self._control("open-home", user=user)

    async def presses(self, user: str, message: Json, label: str) -> None:
        """A button, or a line of the menu behind "…", by what stands on it."""
        action = _action(message, label)
        await self._control("interact", channel=message["channel"], messageTs=message["ts"], user=user, action=action)

    async def submits(self, user: str, **values: Json) -> None:
        """The open modal with these fields (block id = its state); what else must be there is made up."""
        self.errors = {}
        needed = [one for one in self.views[-1]["blocks"] if not one["optional"] and one["block_id"] not in values]
        anyhow = {one["block_id"]: _something(one["element"], user) for one in needed}
        state = {block: {"v": value} for block, value in {**anyhow, **values}.items()}
        await self.wire.send_json({"t": "view_submit", "user": user, "values": state})

    # What people see

    async def modal(self) -> Json:
        await self.until(lambda: bool(self.views), "a modal opens")
        return self.views[-1]

    async def closed(self) -> None:
        await self.until(lambda: not self.views, "the modal closes")

    async def sees(self, channel: str, text: str, *, private_to: str = "", newest: bool = True) -> Json:
        """The message in a channel that contains this text; `private_to` for one that only he sees."""

        def found() -> list[Json]:
            here = self.messages.get(channel, {}).values()
            return [m for m in here if text in shown(m) and m.get("ephemeral_to", "") == private_to]

        await self.until(lambda: bool(found()), f"{channel} shows {text!r}")
        return found()[-1 if newest else 0]

    async def hears(self, user: str, text: str) -> Json:
        """The message in his direct conversation with the bot."""
        await self.until(lambda: user in self.direct, f"{user} is written to")
        return await self.sees(self.direct[user], text)

    async def until(self, true: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not true():
            self.news.clear()
            try:
                await asyncio.wait_for(self.news.wait(), max(0.0, deadline - time.monotonic()))
            except TimeoutError:
                raise AssertionError(f"waited in vain until {what}; seen:\n{self.all_text()}") from None

    def all_text(self) -> str:
        lines = [f"{c} {shown(m)!r}" for c, here in self.messages.items() for m in here.values()]
        return "\n".join([*lines, f"views: {[v['title']['text'] for v in self.views]}", f"errors: {self.errors}"])

    async def log(self) -> list[Json]:
        async with self.session.get(f"{self.url}/_control/log") as answer:
            return list((await answer.json())["log"])

    # How

    async def listen(self) -> None:
        async for frame in self.wire:
            self._learn(json.loads(frame.data))
            self.news.set()

    def _learn(self, told: Json) -> None:
        match told["t"]:
            case "init":
                for channel in told["state"]["channels"]:
                    self._channel(channel)
            case "channel":
                self._channel(told["channel"])
            case "message" | "message_update":
                message = told["message"]
                self.messages.setdefault(message["channel"], {})[message["ts"]] = message
            case "view":
                self.views = told["stack"]
            case "view_errors":
                self.errors = told["errors"]
            case "home":
                self.homes[told["user"]] = told["view"]

    def _channel(self, channel: Json) -> None:
        if channel.get("is_im"):
            self.direct[channel["members"][0]] = channel["id"]

    async def _control(self, verb: str, **said: Any) -> None:
        async with self.session.post(f"{self.url}/_control/{verb}", json=said) as answer:
            assert answer.status == 200, await answer.text()


def shown(message: Json) -> str:
    """Everything that can be read in a message or view, in order; without marks that no eye sees."""

    def texts(node: Any) -> list[str]:
        if isinstance(node, list):
            return [text for one in node for text in texts(one)]
        if not isinstance(node, dict):
            return []
        if node.get("type") == "rich_text_section":
            return ["".join(one.get("text", "") for one in node["elements"])]
        own = [node["text"]] if isinstance(node.get("text"), str) else []
        return own + [text for one in node.values() for text in texts(one)]

    return visible("\n".join(texts(message["blocks"]) if message.get("blocks") else [message.get("text", "")]))


def visible(text: str) -> str:
    return text.translate(dict.fromkeys(UNSEEN))


def labels(message: Json) -> list[str]:
    return [label for label, _ in _actions(message)]


def _actions(message: Json) -> list[tuple[str, Json]]:
    found: list[tuple[str, Json]] = []
    for block in message.get("blocks") or ():
        for one in block.get("elements") or () if block["type"] == "actions" else ():
            where = {"type": one["type"], "action_id": one["action_id"], "block_id": block.get("block_id", "b")}
            if one["type"] == "overflow":
                found += [(o["text"]["text"], {**where, "selected_option": o}) for o in one["options"]]
            else:
                found.append((one["text"]["text"], {**where, "text": one["text"], "value": one.get("value", "")}))
    return found


def _action(message: Json, label: str) -> Json:
    actions = dict(_actions(message))
    assert label in actions, f"no {label!r} among {list(actions)} in\n{shown(message)}"
    return actions[label]


def _something(element: Json, user: str) -> Json:
    """A state for an input that must have one."""
    kind = element["type"]
    match kind:
        case "static_select":
            return {"type": kind, "selected_option": element["options"][0]}
        case "multi_static_select":
            return {"type": kind, "selected_options": element["options"][:1]}
        case "users_select":
            return {"type": kind, "selected_user": user}
        case "datetimepicker":
            return {"type": kind, "selected_date_time": int(time.time()) + 3600}
        case _:
            return {"type": kind, "value": "As agreed"}


@asynccontextmanager
async def workspace(folder: Path, mode: str, bot_port: int) -> AsyncIterator[Workspace]:
    """A workspace whose app hears by `mode`: "socket", or "events" (signed HTTP)."""
    port, config = free_port(), folder / "workspace.json"
    config.write_text(json.dumps(_config(mode, bot_port)))
    said = (folder / "workspace.log").open("wb")
    program = [str(needed()), "--config", str(config), "--port", str(port), "--base-host", "127.0.0.1"]
    process = await asyncio.create_subprocess_exec(*program, cwd=folder, stdout=said, stderr=said)
    try:
        url = f"http://127.0.0.1:{port}"
        async with ClientSession() as session:
            await up(session, f"{url}/_control/state", process)
            async with session.ws_connect(f"{url}/ui", max_msg_size=0) as wire:
                one = Workspace(url, session, wire)
                listening = asyncio.create_task(one.listen())
                yield one
                listening.cancel()
                with suppress(asyncio.CancelledError):
                    await listening
    finally:
        process.terminate()
        await process.wait()
        said.close()


async def up(session: ClientSession, url: str, process: asyncio.subprocess.Process) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.returncode is None:
        with suppress(ClientError):
            async with session.get(url) as answer:
                if answer.status == 200:
                    return
        await asyncio.sleep(0.02)
    raise AssertionError(f"{url} does not answer; exit code {process.returncode}")


def _config(mode: str, bot_port: int) -> Json:
    app = {
        "appId": "A01APP",
        "botUserId": "U0BOT",
        "botName": "Amends",
        "botToken": "xoxb-emulated",
        "appToken": "xapp-emulated",
        "signingSecret": SECRET,
        "mode": mode,
        "requestUrl": f"http://127.0.0.1:{bot_port}/slack/events",
    }
    people = {"U01ANN": "Ann", "U02SUE": "Sue", "U03BO": "Bo", "U04KIM": "Kim"}
    zone = "Europe/Stockholm"
    users = [{"id": key, "name": name, "real_name": name, "tz": zone} for key, name in people.items()]
    everybody = [*people, "U0BOT"]
    channels = [{"id": "C01GEN", "name": "general", "members": everybody}]
    channels += [{"id": "C02REC", "name": "recoveries", "members": everybody}]
    space = {"name": "Recovery Co", "domain": "recovery-co", "teamId": "T01TEST"}
    return {"workspace": space, "app": app, "users": users, "channels": channels}


@dataclass(slots=True)
class Bot:
    """The real command line in a process of its own."""

    folder: Path
    env: dict[str, str]
    port: int
    process: asyncio.subprocess.Process | None = None

    async def start(self, session: ClientSession) -> None:
        log = (self.folder / "bot.log").open("ab")
        program = [sys.executable, str(ROOT / "app.py"), "serve", "--config", str(self.folder / "amends.toml")]
        self.process = await asyncio.create_subprocess_exec(
            *program, cwd=self.folder, env=self.env, stdout=log, stderr=log
        )
        log.close()
        try:
            await up(session, f"http://127.0.0.1:{self.port}/healthz", self.process)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.said()}") from None

    async def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Its exit code; it has ten seconds to finish."""
        if self.process is None:
            return 0
        if self.process.returncode is None:
            self.process.send_signal(number)
        code = await asyncio.wait_for(self.process.wait(), 10)
        self.process = None
        return code

    def said(self) -> str:
        return (self.folder / "bot.log").read_text("utf-8")

    async def deliver(
        self, session: ClientSession, payload: str, kind: str = "application/json", **headers: str
    ) -> int:
        """A signed request as Slack makes it; the status it is answered with."""
        head = {**signed(payload), "Content-Type": kind, **headers}
        url = f"http://127.0.0.1:{self.port}/slack/events"
        async with session.post(url, data=payload.encode(), headers=head) as answer:
            return answer.status


def signed(body: str, at: float | None = None, secret: str = SECRET) -> dict[str, str]:
    stamp = str(int(time.time() if at is None else at))
    code = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={code}"}
