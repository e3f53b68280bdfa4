"""Slack, one workspace, by signed HTTP events or Socket Mode."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import ClientSession, ClientTimeout, web
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import Problem, SettingsError
from bot.ports import Platform
from bot.service import Service
from bot.settings import SlackSettings
from handlers.slack.door import PATH, Door
from handlers.slack.listen import listen
from handlers.slack.send import PACE, SECONDS, SlackDirectory, SlackMessenger

if TYPE_CHECKING:
    from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler


@dataclass(slots=True)
class Slack:
    """The connection to one workspace: made before the service, opened with it."""

    settings: SlackSettings
    session: ClientSession
    client: AsyncWebClient
    workspace: str
    bot_user: str
    _socket: AsyncSocketModeHandler | None = None

    @classmethod
    async def connect(cls, settings: SlackSettings) -> Slack:
        """Ask Slack who we are. Raise SettingsError when it does not know the token or cannot be reached."""
        session = ClientSession(timeout=ClientTimeout(total=SECONDS))
        client = AsyncWebClient(settings.bot_token, base_url=settings.api_url, session=session, retry_handlers=[])
        try:
            me = await client.auth_test()
        except Exception as error:
            await session.close()
            said = getattr(getattr(error, "response", None), "data", None) or repr(error)
            url = f"an answer from {settings.api_url}auth.test"
            raise SettingsError((Problem("environment", "SLACK_BOT_TOKEN", str(said), url),)) from error
        return cls(settings, session, client, f"slack:{me['team_id']}", me["user_id"])

    @property
    def platform(self) -> Platform:
        return Platform(SlackMessenger(self.client), SlackDirectory(self.client), PACE)

    async def open(self, service: Service, site: web.Application) -> None:
        """Listen: in Socket Mode when there is an app token, and at the HTTP door when there is a secret."""
        app = AsyncApp(
            logger=_quiet(),
            client=self.client,
            authorize=self._known(),
            signing_secret=self.settings.signing_secret or None,
            process_before_response=True,
        )
        listener = listen(app, service, self.workspace, self.bot_user)
        if self.settings.signing_secret:
            door = Door(app, listener, self.settings.signing_secret)
            site.router.add_post(PATH, door.enter)
        if self.settings.socket_mode:
            from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler  # noqa: PLC0415 - only here

            web_client = AsyncWebClient(self.settings.app_token, base_url=self.settings.api_url)
            self._socket = AsyncSocketModeHandler(app, self.settings.app_token, web_client=web_client)
            await self._socket.connect_async()  # type: ignore[no-untyped-call]

    def _known(self) -> Callable[[], Awaitable[AuthorizeResult]]:
        """Who we are was asked once, at the start; Bolt would ask again for every first request that waits."""
        token, team = self.settings.bot_token, self.workspace.partition(":")[2]
        result = AuthorizeResult(enterprise_id=None, team_id=team, bot_token=token, bot_user_id=self.bot_user)

        async def authorize() -> AuthorizeResult:
            return result

        return authorize

    async def deafen(self) -> None:
        """No new events over the socket; what was heard can still be answered."""
        if self._socket:
            await self._socket.close_async()  # type: ignore[no-untyped-call]
            self._socket = None

    async def close(self) -> None:
        await self.deafen()
        await self.session.close()


def _quiet() -> logging.Logger:
    """Bolt's errors only: its warnings quote whole requests, with what customers said in them."""
    logger = logging.getLogger("amends.slack")
    logger.setLevel(logging.ERROR)
    return logger
