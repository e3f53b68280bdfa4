"""The platforms as people use them, for dialogs: real handlers, service, store and worker; only the far end is ours."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.clock import MovableClock
from bot.library import Library
from bot.people import Organisation, People
from bot.ports import Platform
from bot.presses import parted
from bot.service import Service
from bot.settings import SlackSettings
from bot.store.sqlite import SqliteStore
from bot.worker import Worker
from handlers.desk import Desk
from handlers.slack import Slack
from handlers.slack.render import unrowed
from handlers.web import served
from tests import blockkit
from tests.dialog import LANGS, organisation
from tests.fakes import SECRET, TOKEN, FakeSlack

Json = dict[str, Any]
SLACK_IDS = {
    "ann": "U0ANN",
    "bo": "U0BO",
    "sue": "U0SUE",
    "omar": "U0OMAR",
    "support": "C01GEN",
    "open": "C01OPEN",
    "off": "C01OFF",
    "recoveries": "C01REC",
}
LOCALES = {"en": "en-GB", "sv": "sv-SE", "ar": "ar-SA"}


@dataclass(slots=True)
class SlackDriver:
    """Slack: signed events to the real door, a Web API of our own at a port."""

    slack: FakeSlack
    clock: MovableClock
    worker: Worker
    library: Library
    store: SqliteStore
    service: Service
    last: dict[str, tuple[str, str, str, str]] = field(default_factory=dict)

    @property
    def platform(self) -> str:
        return "slack"

    async def say(self, who: str, text: str, place: str, *, again: bool) -> None:
        user = SLACK_IDS[who]
        for _ in range(2 if again else 1):
            event_id = f"Ev-{who}-{text}" if again else ""
            text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")  # as Slack sends it
            if place == "private":
                card = self._newest(user)
                thread = card.get("thread_ts") or card["ts"] if card else ""
                await self.slack.say(user, text, f"D{user}", thread, event_id=event_id)
            else:
                await self.slack.say(user, text, SLACK_IDS[place], event_id=event_id)

    async def press(self, who: str, action: str, inputs: Mapping[str, str] | None) -> Mapping[str, str]:
        user = SLACK_IDS[who]
        message, element, option = self._find(user, action)
        pressed = await self.slack.press(user, element, message, option)
        assert pressed["status"] == 200
        if pressed["view"] is None:
            return {}  # a button, or a form that is refused: what he hears tells
        blocks = {block["block_id"]: block["element"] for block in pressed["view"]["blocks"]}
        given = inputs or {}
        assert set(given) <= set(blocks), f"{action}: the form has {sorted(blocks)}"
        values = {name: _filled(element, given.get(name)) for name, element in blocks.items()}
        answer = await self.slack.submit(user, pressed["view"], values)
        assert answer["status"] == 200
        return dict(answer.get("errors") or {})

    async def command(self, who: str, text: str) -> None:
        assert (await self.slack.command(SLACK_IDS[who], text)).status == 200

    async def open_home(self, who: str) -> None:
        event = {"type": "app_home_opened", "user": SLACK_IDS[who], "channel": f"D{SLACK_IDS[who]}", "tab": "home"}
        await self.slack.event(event)

    def sees(self, who: str) -> Sequence[str]:
        home = self.slack.homes.get(SLACK_IDS.get(who, ""))
        texts = ["\n".join(blockkit.texts(m["blocks"])) for m in self._visible(who)]
        return [*texts, *(["\n".join(blockkit.texts(home["blocks"]))] if home else [])]

    async def refresh(self) -> None:
        """Nothing to fetch: the fake holds what was posted."""

    def _visible(self, who: str) -> list[Json]:
        user = SLACK_IDS[who]
        channel = user if user.startswith("C") else f"D{user}"
        return [
            m for m in self.slack.messages if (m["channel"] == channel and "only" not in m) or m.get("only") == user
        ]

    def _newest(self, user: str) -> Json:
        mine = [m for m in self.slack.messages if m["channel"] == f"D{user}" and "thread_ts" not in m]
        return mine[-1] if mine else {}

    def _find(self, user: str, action: str) -> tuple[Json, Json, Json | None]:
        """The newest message with this press, or App Home: the button, or the menu and its line."""
        who = next(name for name, one in SLACK_IDS.items() if one == user)
        for message in [*reversed(self._visible(who)), *filter(None, [self.slack.homes.get(user)])]:
            for element in blockkit.elements(message["blocks"]):
                if parted(unrowed(element["action_id"]).removeprefix("form:"))[0] == action:
                    if "ts" not in message:  # App Home is no message of a channel
                        return {}, element, None
                    self.last[action] = (message["channel"], message["ts"], element["action_id"], element["value"])
                    return message, element, None
                for option in element.get("options") or ():
                    name, _, value = option["value"].partition(" ")
                    if parted(name.removeprefix("form:"))[0] != action:
                        continue
                    if "ts" not in message:
                        return {}, element, option
                    self.last[action] = (message["channel"], message["ts"], name, value)
                    return message, element, option
        if action in self.last:  # a late press: the card has changed under the finger
            channel, ts, name, value = self.last[action]
            return {"channel": channel, "ts": ts}, {"type": "button", "action_id": name, "value": value}, None
        raise AssertionError(f"{who} sees no {action}")


@dataclass(slots=True)
class DeskDriver:
    """The desk, through the requests its page makes."""

    client: TestClient[web.Request, web.Application]
    clock: MovableClock
    worker: Worker
    library: Library
    store: SqliteStore
    service: Service
    seen: dict[str, list[Json]] = field(default_factory=dict)
    last: dict[str, Json] = field(default_factory=dict)

    @property
    def platform(self) -> str:
        return "desk"

    async def say(self, who: str, text: str, place: str, *, again: bool) -> None:
        thread = next((m["id"] for m in reversed(self.seen[who]) if m["place"] == "private" and not m["thread"]), "")
        body = {"person": who, "place": place, "text": text, "thread": thread if place == "private" else ""}
        for _ in range(2 if again else 1):
            assert await self.post("say", {**body, **({"seen": f"twice-{text}"} if again else {})}) == {}

    async def press(self, who: str, action: str, inputs: Mapping[str, str] | None) -> Mapping[str, str]:
        for message in reversed(self.seen[who]):
            for press in message["presses"]:
                if parted(press["action"])[0] == action:
                    self.last[action] = {**{one: press[one] for one in ("action", "value")}, "place": message["place"]}
        assert action in self.last, f"{who} sees no {action}"
        body = {"person": who, **self.last[action]}
        answer = await self.post("press", {**body, **({"inputs": dict(inputs)} if inputs else {})})
        return dict(answer.get("fields") or {})

    async def command(self, who: str, text: str) -> None:
        await self.post("say", {"person": who, "place": "support", "text": f"/amends {text}"})

    async def open_home(self, who: str) -> None:
        await self.post("show", {"person": who, "view": "home"})

    def sees(self, who: str) -> Sequence[str]:
        mine = (m for m in self.seen[who] if m["by"] == "amends" and (who == "recoveries") == (m["place"] == who))
        return ["\n".join([m["text"], *(press["label"] for press in m["presses"])]) for m in mine]

    async def refresh(self) -> None:
        for who in LANGS:
            response = await self.client.get("/desk/messages", params={"person": who}, headers={"X-Amends-Desk": "1"})
            self.seen[who] = await response.json()
        self.seen["recoveries"] = self.seen["ann"]

    async def post(self, door: str, body: Json) -> Json:
        response = await self.client.post(f"/desk/{door}", json=body, headers={"X-Amends-Desk": "1"})
        assert response.status in {200, 422}, f"{door}: {response.status} {await response.text()}"
        answer: Json = await response.json()
        return answer


@asynccontextmanager
async def slack_driver(path: Path, library: Library) -> AsyncIterator[SlackDriver]:
    fake = FakeSlack()
    for name, lang in LANGS.items():
        shown = {"display_name": name.title(), "real_name": name.title()}
        fake.users[SLACK_IDS[name]] = {"profile": shown, "locale": LOCALES[lang], "tz": "Europe/Stockholm"}
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(fake.open())
        slack = await Slack.connect(SlackSettings(TOKEN, SECRET, "", fake.url))
        stack.push_async_callback(slack.close)
        clock = MovableClock()
        parts = await _wired(path, library, clock, organisation(SLACK_IDS), {"slack": unpaced(slack.platform)})
        stack.callback(parts["store"].close)
        application = web.Application()
        await slack.open(parts["service"], application)
        port = await stack.enter_async_context(served(application, "127.0.0.1", 0))
        fake.door = f"http://127.0.0.1:{port}/slack/events"
        yield SlackDriver(slack=fake, clock=clock, **parts)


@asynccontextmanager
async def desk_driver(path: Path, library: Library) -> AsyncIterator[DeskDriver]:
    async with AsyncExitStack() as stack:
        desk = Desk(path / "desk.db")
        stack.callback(desk.close)
        parts = await _wired(path, library, desk.clock, organisation(), {"desk": desk.platform})
        stack.callback(parts["store"].close)
        application = web.Application()
        desk.open(parts["service"], application, lambda: None)
        client = await stack.enter_async_context(TestClient(TestServer(application)))
        driver = DeskDriver(client=client, clock=desk.clock, **parts)
        for name, lang in LANGS.items():
            await driver.post("language", {"person": name, "lang": lang})
        while await driver.worker.once():
            pass
        yield driver


async def _wired(
    path: Path, library: Library, clock: MovableClock, cast: Organisation, platforms: Mapping[str, Platform]
) -> dict[str, Any]:
    store = SqliteStore(path / "amends.db")
    await library.keep(store)
    service = Service(store, clock, People(store, clock, cast, library.words, platforms), library)
    return {"store": store, "library": library, "service": service, "worker": Worker(store, clock, service, platforms)}


def unpaced(platform: Platform) -> Platform:
    """As fast as a test can read."""
    return replace(platform, pace=None)


def _filled(element: Json, given: str | None) -> Json:
    """What Slack sends back for an element: what was given, else what stood in it."""
    kind = element["type"]
    match kind:
        case "datetimepicker":
            at = int(datetime.fromisoformat(given).timestamp()) if given else element.get("initial_date_time")
            return {"type": kind, "selected_date_time": at}
        case "static_select":
            chosen = next((o for o in element["options"] if o["value"] == given), None) if given else None
            assert chosen or not given, f"no option {given}"
            return {"type": kind, "selected_option": chosen or element.get("initial_option")}
        case "users_select":
            return {"type": kind, "selected_user": SLACK_IDS.get(given or "", given) or element.get("initial_user")}
        case _:
            return {"type": kind, "value": given if given is not None else element.get("initial_value")}
