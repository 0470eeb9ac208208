"""People with a browser: many at a time over real HTTP, cookies and CSRF included."""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

AT_A_TIME = 500
PATIENCE = 120.0
_FIELD = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Reply:
    """One answer of the web server; status 0 when there was none."""

    status: int
    headers: dict[str, str]
    cookies: dict[str, str]
    body: str
    seconds: float
    asked: str = ""


@dataclass
class Load:
    """How many requests were made at once, what they took, which went wrong."""

    port: int
    at_a_time: int = AT_A_TIME
    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")

    def __post_init__(self) -> None:
        self._door = asyncio.Semaphore(self.at_a_time)

    async def request(
        self,
        method: str,
        path: str,
        *,
        cookies: dict[str, str] | None = None,
        form: Mapping[str, str | list[str]] | None = None,
        agent: str = "Mozilla/5.0",
    ) -> Reply:
        """One request on a connection of its own; the wait for a turn does not count."""
        async with self._door:
            began = time.perf_counter()
            try:
                raw = await asyncio.wait_for(
                    self._exchange(_bytes(self.port, method, path, cookies, form, agent)), PATIENCE
                )
            except (TimeoutError, OSError) as error:
                self.wrong.append(f"{error!r} to {method} {_kind_of(path)}")
                return Reply(0, {}, {}, "", PATIENCE)
        seconds = time.perf_counter() - began
        self.seconds.append(seconds)
        self.slowest = max(self.slowest, (seconds, f"{method} {_kind_of(path)}"))
        return _parse(raw, seconds, f"{method} {_kind_of(path)}")

    async def _exchange(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(request)
            return await reader.read()
        finally:
            writer.close()

    def expect(self, reply: Reply, *statuses: int) -> Reply:
        if reply.status not in statuses and reply.status != 0:
            self.wrong.append(f"{reply.status} to {reply.asked}")
        return reply

    async def warm_up(self) -> None:
        """Let every process of the web server load what it loads at its first requests."""
        for _ in range(3):
            await asyncio.gather(*(self.request("GET", "/events/") for _ in range(8)))

    def complaints(self) -> str:
        """What went wrong, the most frequent first."""
        return ", ".join(f"{count} × {what}" for what, count in Counter(self.wrong).most_common(4))


@dataclass
class Guest:
    """Somebody with a personal link, in the state their browser is in."""

    load: Load
    link: str
    cookies: dict[str, str] = field(default_factory=dict)
    page: str = ""
    token: str = ""

    async def open(self) -> None:
        """Follow the link, keep the cookies, read the page."""
        first = self.load.expect(await self.load.request("GET", self.link), 302)
        self.cookies |= first.cookies
        self.page = first.headers.get("location", "")
        shown = self.load.expect(
            await self.load.request("GET", self.page, cookies=self.cookies), 200
        )
        self.cookies |= shown.cookies
        self.token = form_token(shown.body)

    async def answer(self, choice: str = "room") -> Reply:
        form = {"csrfmiddlewaretoken": self.token, "choice": choice, "consented": "on"}
        reply = await self.load.request(
            "POST", f"{self.page}answer/", cookies=self.cookies, form=form
        )
        return self.load.expect(reply, 302)


def signed_in(user: Any) -> dict[str, str]:
    """The cookies of a browser in which this person is signed in."""
    browser = Client()
    browser.force_login(user)
    key = settings.SESSION_COOKIE_NAME
    return {key: browser.cookies[key].value}


def form_token(page: str) -> str:
    """The CSRF token of the page's first form."""
    found = _FIELD.search(page)
    return found[1] if found else ""


def _bytes(
    port: int,
    method: str,
    path: str,
    cookies: dict[str, str] | None,
    form: Mapping[str, str | list[str]] | None,
    agent: str,
) -> bytes:
    body = urlencode(form or {}, doseq=True).encode()
    lines = [f"{method} {path} HTTP/1.1", f"Host: localhost:{port}", f"User-Agent: {agent}"]
    if cookies:
        lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in cookies.items()))
    if form is not None:
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body


def _kind_of(path: str) -> str:
    """The path without what is personal in it."""
    return re.sub(r"/i/[\w.-]+", "/i/…", path)


def _parse(raw: bytes, seconds: float, asked: str) -> Reply:
    head, _, body = raw.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    headers: dict[str, str] = {}
    cookies: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(": ")
        if name.lower() == "set-cookie":
            cookie, _, rest = value.partition("=")
            cookies[cookie] = rest.partition(";")[0]
        headers[name.lower()] = value
    code = status.split(" ")[1] if " " in status else "0"
    return Reply(int(code), headers, cookies, body.decode(errors="replace"), seconds, asked)
