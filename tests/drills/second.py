"""A second, empty portal beside the first: a backup is restored into it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.db import connections

from tests.ports import free_port
from ude_portal import pieces, preparing

from .guests import Load, Reply, form_token
from .processes import listens, wait_for
from .stage import Stage

ALIAS = "second"


@dataclass
class Portal:
    """Its processes run with ``env``; its rows are read with ``using(ALIAS)``."""

    stage: Stage
    env: dict[str, str]

    def restore(self, backup: Path, *options: str) -> str:
        """``manage.py restore``; returns what it prints."""
        command = [sys.executable, "manage.py", "restore", str(backup), *options]
        env = {**os.environ, **self.env}
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr[-500:])
        return done.stdout

    def start(self, *names: str) -> None:
        """Start ``web``, ``worker`` or ``beat``."""
        for folder in preparing.broker_folders():
            Path(self._own(folder)).mkdir(exist_ok=True)
        for name in names:
            command = [self._own(part) for part in pieces.command(name)]
            self.stage.start(f"second-{name}", command, **self.env)

    def visit(self) -> Load:
        """Who makes requests to its web server, once that answers."""
        port = int(self.env["PORT"])
        wait_for("second web server", lambda: listens(port))
        return Load(port)

    def _own(self, path: str) -> str:
        return path.replace(str(self.stage.folder), self.env["DATA_DIR"])


@contextlib.contextmanager
def empty_portal(stage: Stage) -> Iterator[Portal]:
    """A portal without a single table, with a folder, a database and ports of its own."""
    folder = stage.folder / "second"
    port = free_port()
    env = {"DATA_DIR": str(folder), "PORT": str(port), "SITE_URL": f"http://localhost:{port}"}
    env |= {"WEB_WORKERS": "1"}
    connections.databases[ALIAS] = dict(connections.databases["default"])
    with contextlib.ExitStack() as stack:
        if stage.redis_port:
            stack.callback(stage.close)
            env |= stack.enter_context(_database())
            redis = f"redis://127.0.0.1:{stage.redis_port}"
            env |= {"CELERY_BROKER_URL": f"{redis}/2", "CACHE_URL": f"{redis}/3"}
        else:
            connections.databases[ALIAS]["NAME"] = str(folder / "ude.sqlite3")
        yield Portal(stage, env)


@contextlib.contextmanager
def _database() -> Iterator[dict[str, str]]:
    server, _, first = os.environ["DATABASE_URL"].rpartition("/")
    name = f"{first}_second"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as database:
        database.execute(f"CREATE DATABASE {name}")
        connections.databases[ALIAS]["NAME"] = name
        try:
            yield {"DATABASE_URL": f"{server}/{name}"}
        finally:
            connections[ALIAS].close()
            database.execute(f"DROP DATABASE {name} WITH (FORCE)")


async def press_send_all(load: Load, email: str, password: str) -> Reply:
    """Staff sign in with their password, read the outbox page, and press “Send all”."""
    shown = await load.request("GET", "/account/login/")
    form = {"csrfmiddlewaretoken": form_token(shown.body), "login": email, "password": password}
    entered = await load.request("POST", "/account/login/", cookies=shown.cookies, form=form)
    cookies = shown.cookies | load.expect(entered, 302).cookies
    page = load.expect(await load.request("GET", "/outbox/", cookies=cookies), 200)
    form = {"csrfmiddlewaretoken": form_token(page.body)}
    button = "/outbox/restored/release/"
    if button not in page.body:
        raise RuntimeError(f"staff see no button, but {page.status}")
    pressed = await load.request("POST", button, cookies=cookies | page.cookies, form=form)
    return load.expect(pressed, 302)


async def opening(load: Load, links: list[str]) -> int:
    """How many of the personal links let their guest in."""
    replies = await asyncio.gather(*(load.request("GET", link) for link in links))
    return sum(load.expect(reply, 302, 404).status == 302 for reply in replies)
