"""How many SQL statements each page takes: asked once in process, after a first visit."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import Client

from mailing.delivery import deliver_due

from .load import _TOKEN


class Tally:
    """Counts what runs through ``connection.execute_wrapper``."""

    def __init__(self) -> None:
        self.statements = 0

    def __call__(self, execute: Any, *arguments: Any) -> Any:
        self.statements += 1
        return execute(*arguments)


class Count:
    """``pages``: name → (path, cookie); ``links``: guests who have not answered yet.

    The last of them counts: the first answer of a process also reads content types.
    """

    def __init__(self, pages: dict[str, tuple[str, str]], links: list[str]) -> None:
        self._pages, self._links = pages, links

    def run(self) -> dict[str, int]:
        found = {name: self._page(*page) for name, page in self._pages.items()}
        for link in self._links:
            found["answer"] = self._answer(link)
        return found

    def _page(self, path: str, cookie: str) -> int:
        client = browser(cookie)
        client.get(path)
        with connection.execute_wrapper(tally := Tally()):
            assert client.get(path).status_code == 200
        return tally.statements

    def _answer(self, link: str) -> int:
        """Link, page, answer, result, and the delivery of the confirmation."""
        client = browser("")
        with connection.execute_wrapper(tally := Tally()):
            address = client.get(link)["Location"]
            token = _TOKEN.search(client.get(address).content)
            assert token is not None
            form = {"csrfmiddlewaretoken": token[1].decode(), "choice": "room", "consented": "on"}
            client.get(client.post(f"{address}answer/", form)["Location"])
            assert deliver_due()["sent"] == 1
        return tally.statements


def browser(cookie: str) -> Client:
    client = Client(HTTP_HOST="localhost")
    if cookie:
        name, _, value = cookie.partition("=")
        client.cookies[name] = value
    return client
