"""The three databases of a run, each with a folder and an environment of its own."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

DEFAULT_SERVER = "postgres://postgres@127.0.0.1:5432/postgres"
#: Nothing of whoever runs this may reach the measured portal: no real mail server, no broker.
FORGOTTEN = ("EMAIL_URL", "CELERY_BROKER_URL", "SITE_URL", "CACHE_URL", "PORT", "WEB_WORKERS")


@dataclass(frozen=True)
class Stage:
    """A database with the environment that leads to it; ``pids`` of its backends by psycopg."""

    name: str
    url: str
    env: dict[str, str]

    @property
    def is_postgresql(self) -> bool:
        return self.url.startswith("postgres")

    @property
    def folder(self) -> Path:
        return Path(self.env["DATA_DIR"])

    def with_env(self, **more: str) -> dict[str, str]:
        return {**self.env, **more}


class Stages:
    """Makes stages and drops them; ``server`` is a PostgreSQL address, or empty for SQLite."""

    def __init__(self, server: str, folder: Path, smtp_port: int) -> None:
        self.server, self.folder, self.smtp_port = server, folder, smtp_port
        if server and urlsplit(server).hostname not in {"127.0.0.1", "localhost", "::1", None}:
            sys.exit("The figures are taken on this machine alone: name a local PostgreSQL server.")

    @contextmanager
    def stage(self, name: str) -> Iterator[Stage]:
        folder = self.folder / name
        folder.mkdir()
        database = f"bench_{os.getpid()}_{name}"
        url = self._url(database) if self.server else f"sqlite:///{folder / 'ude.sqlite3'}"
        try:
            if self.server:
                self._create(database)
            yield Stage(name, url, self._env(url, folder))
        finally:
            if self.server:
                self._drop(database)

    def backends(self, stage: Stage) -> list[int]:
        """Process ids of the database's sessions, on PostgreSQL."""
        if not self.server:
            return []
        with psycopg.connect(self.server, autocommit=True) as admin:
            rows = admin.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = %s",
                [urlsplit(stage.url).path.lstrip("/")],
            )
            return [pid for (pid,) in rows]

    def version(self) -> str:
        if not self.server:
            return "SQLite"
        with psycopg.connect(self.server) as admin:
            return f"PostgreSQL {admin.info.server_version // 10_000}"

    def _url(self, database: str) -> str:
        return urlunsplit(urlsplit(self.server)._replace(path=f"/{database}"))

    def _create(self, database: str) -> None:
        """Without parallel workers, whose processor time would end with them unseen."""
        name = sql.Identifier(database)
        with psycopg.connect(self.server, autocommit=True) as admin:
            admin.execute(sql.SQL("CREATE DATABASE {}").format(name))
            admin.execute(
                sql.SQL("ALTER DATABASE {} SET max_parallel_workers_per_gather = 0").format(name)
            )

    def _drop(self, database: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as admin:
            admin.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database))
            )

    def _env(self, url: str, folder: Path) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in FORGOTTEN}
        return {
            **kept,
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
            "DATABASE_URL": url,
            "DATA_DIR": str(folder),
            "UDE_MODE": "test",
            "LOG_LEVEL": "ERROR",
            "EMAIL_URL": f"smtp://127.0.0.1:{self.smtp_port}",
        }


@contextmanager
def stages(names: list[str], smtp_port: int) -> Iterator[tuple[Stages, dict[str, Stage]]]:
    """All stages of a run; they are gone afterwards, whatever happened."""
    on_sqlite = os.environ.get("BENCH_DB", "postgres") == "sqlite"
    server = "" if on_sqlite else os.environ.get("BENCH_SERVER", DEFAULT_SERVER)
    folder = Path(mkdtemp(prefix="ude-bench-"))
    try:
        with ExitStack() as stack:
            made = Stages(server, folder, smtp_port)
            yield made, {name: stack.enter_context(made.stage(name)) for name in names}
    finally:
        shutil.rmtree(folder, ignore_errors=True)
