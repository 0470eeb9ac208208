"""The client: a few connections that ask one after the other, and a guest who answers."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlencode

TIMEOUT = 20.0
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Load:
    """What came of a series of requests: seconds for each, and bytes of one answer."""

    seconds: list[float] = field(default_factory=list)
    size: int = 0

    def percentile(self, share: float) -> float:
        """Milliseconds that ``share`` of the requests stayed below."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000


def ask(port: int, path: str, cookie: str, number: int, *, connections: int, most: float) -> Load:
    """``number`` GETs over ``connections`` connections, at most ``most`` seconds long."""
    result = Load()
    until = time.monotonic() + most

    def one(share: int) -> None:
        client = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
        for _ in range(share):
            if time.monotonic() > until:
                break
            began = time.perf_counter()
            client.request("GET", path, headers={"Host": "localhost", "Cookie": cookie})
            body = _expect(client.getresponse(), 200, path)
            result.seconds.append(time.perf_counter() - began)
            result.size = len(body)
        client.close()

    _in_threads(one, [number // connections] * connections)
    return result


def _expect(response: HTTPResponse, status: int, what: str) -> bytes:
    body = response.read()
    if response.status != status:
        sys.exit(f"{what} answered {response.status} instead of {status}.")
    return body


def _in_threads(work: Callable[[int], None], shares: Sequence[int]) -> None:
    with ThreadPoolExecutor(len(shares)) as pool:
        for done in [pool.submit(work, share) for share in shares]:
            done.result()


def answer_all(port: int, links: list[str], *, guests: int = 2) -> Load:
    """Every link's guest says yes, ``guests`` at a time; ``size`` is the requests of one."""
    result = Load()
    waiting = list(links)

    def one(share: int) -> None:
        while waiting:
            try:
                link = waiting.pop()
            except IndexError:
                return
            began = time.perf_counter()
            result.size = Guest(port).answer(link)
            result.seconds.append(time.perf_counter() - began)

    _in_threads(one, [0] * guests)
    return result


class Guest:
    """A browser without scripts: follows the link, fills the form, sends it, reads the result."""

    def __init__(self, port: int) -> None:
        self._client = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
        self._cookies: dict[str, str] = {}
        self.requests = 0

    def answer(self, link: str) -> int:
        """Returns the number of requests it took, redirects included."""
        address = self._go("GET", link, 302)[0]
        page = self._go("GET", address, 200)[1]
        token = _TOKEN.search(page)
        if token is None:
            sys.exit("The personal page shows no form.")
        form = {"csrfmiddlewaretoken": token[1].decode(), "choice": "room", "consented": "on"}
        there = self._go("POST", f"{address}answer/", 302, urlencode(form))[0]
        self._go("GET", there, 200)
        self._client.close()
        return self.requests

    def _go(self, method: str, path: str, status: int, body: str = "") -> tuple[str, bytes]:
        headers = {
            "Host": "localhost",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
        }
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._client.request(method, path, body or None, headers)
        response = self._client.getresponse()
        content = _expect(response, status, f"{method} {path[:5]}…")
        for line in response.headers.get_all("Set-Cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            self._cookies[name] = value.strip()
        self.requests += 1
        return response.headers.get("Location", ""), content
