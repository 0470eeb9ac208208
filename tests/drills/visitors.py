"""People who answer and read while a drill breaks things: a steady stream of requests."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import threading
from collections.abc import Iterator

from events.models import Invitation

from . import world
from .guests import Guest, Load, form_token

PAGES = ("/", "/en/", "/events/", "/partnerships/", "/readyz")
WRONG_LINK = f"/i/{'A' * 22}.{'A' * 22}/"
LOGIN = "/account/login/"
PACE = 0.4


class Visitors(threading.Thread):
    """Every 0.4 seconds somebody comes; ``stop`` waits for those on their way."""

    def __init__(self, load: Load, guests: list[Invitation]) -> None:
        super().__init__(name="visitors", daemon=True)
        self.load = load
        self.answered = 0
        self._links = iter([world.link_path(guest) for guest in guests])
        self._closed = threading.Event()

    def stop(self) -> None:
        self._closed.set()
        self.join(timeout=150)

    def run(self) -> None:
        asyncio.run(self._stream())

    async def _stream(self) -> None:
        visits = itertools.cycle((self._answer, self._read, self._answer, self._stray, self._read))
        pages = itertools.cycle(PAGES)
        under_way = set()
        for visit in visits:
            if self._closed.is_set():
                break
            under_way.add(asyncio.ensure_future(visit(next(pages))))
            await asyncio.sleep(PACE)
        await asyncio.gather(*under_way)

    async def _answer(self, page: str) -> None:
        link = next(self._links, None)
        if link is None:
            await self._read(page)
            return
        guest = Guest(self.load, link)
        await guest.open()
        reply = await guest.answer()
        self.answered += reply.status == 302

    async def _read(self, page: str) -> None:
        self.load.expect(await self.load.request("GET", page), 200)

    async def _stray(self, page: str) -> None:
        """A wrong link and a wrong password: both are counted in the cache."""
        self.load.expect(await self.load.request("GET", WRONG_LINK), 404, 429)
        shown = self.load.expect(await self.load.request("GET", LOGIN), 200)
        form = {
            "csrfmiddlewaretoken": form_token(shown.body),
            "login": "niemand@stadt.example",
            "password": "falsch",
        }
        tried = await self.load.request("POST", LOGIN, cookies=shown.cookies, form=form)
        self.load.expect(tried, 200, 429)


@contextlib.contextmanager
def watched(load: Load) -> Iterator[None]:
    """Ask the health page every second meanwhile."""
    over = threading.Event()

    async def ask() -> None:
        load.expect(await load.request("GET", "/healthz"), 200)

    def watch() -> None:
        while not over.wait(1):
            asyncio.run(ask())

    thread = threading.Thread(target=watch, name="watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=150)
