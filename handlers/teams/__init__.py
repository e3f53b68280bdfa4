"""Microsoft Teams: one bot registration in one tenant. All of botbuilder stays in this folder.

Wiring, as Slack's, in this order:

    teams = Teams.connect(settings.teams)            # a TeamsSettings; asks nobody, so it cannot fail on the network
    platforms = {"teams": teams.platform}            # workspaces are "teams:<tenant>"
    …                                                # store, people, service, worker
    teams.open(bot.service, bot.store, application)  # adds POST /api/messages; before it, sending waits (TryLater)
    …
    await teams.close()                              # after the site is closed
"""

from __future__ import annotations

from dataclasses import dataclass, field

from aiohttp import web

from bot.ports import Platform, Store
from bot.service import Service
from bot.settings import TeamsSettings
from handlers.teams.addresses import Addresses
from handlers.teams.cloud import Cloud
from handlers.teams.connectors import Connectors
from handlers.teams.directory import TeamsDirectory
from handlers.teams.door import PATH, Door
from handlers.teams.keys import Keys
from handlers.teams.listen import Listener
from handlers.teams.passports import Passports
from handlers.teams.send import PACE, TeamsMessenger
from handlers.teams.wardrobe import Wardrobe

__all__ = ["PATH", "Cloud", "Teams"]


@dataclass(slots=True)
class Teams:
    """The connection to one tenant: made before the service, opened with it."""

    settings: TeamsSettings
    cloud: Cloud
    platform: Platform
    _connectors: Connectors
    _addresses: Addresses
    _wardrobe: Wardrobe
    _directory: TeamsDirectory
    _keys: Keys = field(repr=False)

    @classmethod
    def connect(cls, settings: TeamsSettings, cloud: Cloud | None = None) -> Teams:
        """Raise ValueError without app id, secret or tenant: no secret, no door."""
        cloud = cloud or Cloud()
        connectors = Connectors(settings, cloud)
        workspace = f"teams:{settings.tenant}"
        addresses, wardrobe = Addresses(workspace), Wardrobe(workspace)
        directory = TeamsDirectory(connectors, addresses)
        platform = Platform(TeamsMessenger(connectors, addresses, wardrobe), directory, PACE)
        keys = Keys(cloud.metadata)
        return cls(settings, cloud, platform, connectors, addresses, wardrobe, directory, keys)

    @property
    def workspace(self) -> str:
        return self._addresses.workspace

    def open(self, service: Service, store: Store, site: web.Application) -> None:
        """Listen at POST /api/messages."""
        self._addresses.open(store)
        self._wardrobe.open(service.people)
        self._keys.install()
        ears = Listener(service, self._addresses, self._wardrobe, self.settings.app_id)
        passports = Passports(self._connectors.authentication, self._keys)
        door = Door(self._connectors, passports, self.settings.tenant, ears.turn)
        site.router.add_post(PATH, door.enter)

    async def close(self) -> None:
        await self._directory.close()
