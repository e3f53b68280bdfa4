"""The desk: the third chat platform, a page on this machine that needs no account.

Wiring, in this order (People needs the platforms before the service exists):

    desk = Desk(path)                                # its own file, next to the database
    platforms = {"desk": desk.platform}
    people = People(store, desk.clock, organisation(), words, platforms)
    service = Service(store, desk.clock, people, library)
    worker = Worker(store, desk.clock, service, platforms)
    desk.open(service, site, worker.poke)            # adds its routes to the aiohttp application
    …
    desk.close()                                     # after the site is closed

Everything runs on `desk.clock`, which the page moves forward. The desk's file belongs to the database beside it:
whoever deletes one deletes both.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from aiohttp import web

from bot.clock import MovableClock
from bot.ports import Platform
from bot.service import Service
from handlers.desk.listen import Listener
from handlers.desk.room import WORKSPACE, Room, organisation
from handlers.desk.send import DeskDirectory, DeskMessenger
from handlers.desk.window import Window

__all__ = ["WORKSPACE", "Desk", "organisation"]


class Desk:
    """The local platform: made before the service, opened with it."""

    def __init__(self, path: Path) -> None:
        self.room = Room(path)

    @property
    def clock(self) -> MovableClock:
        return self.room.clock

    @property
    def platform(self) -> Platform:
        return Platform(DeskMessenger(self.room), DeskDirectory())

    def open(self, service: Service, site: web.Application, poke: Callable[[], None]) -> None:
        """Serve the page at `/` and its doors under `/desk/`."""
        listener, window = Listener(self.room, service, poke), Window(self.room, service)
        if self.room.lang in service.library.words.languages:
            listener.speak(self.room.lang)
        site.router.add_routes([*listener.routes(), *window.routes()])
        site.on_shutdown.append(window.close)

    def close(self) -> None:
        self.room.close()
