"""Fresh databases for every part of a drill, copied from one that was migrated once."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import psycopg

from tests.ports import free_port

USUAL_SERVER = "postgres://postgres@127.0.0.1:5432"


class Missing(Exception):
    """What a drill needs is not on this machine; the text says what to do."""


class Databases(Protocol):
    """Where databases come from; ``fresh`` gives a part the variables it runs with."""

    def fresh(self, folder: Path) -> contextlib.AbstractContextManager[dict[str, str]]: ...


class Sqlite:
    """A file for each part."""

    def __init__(self, work: Path) -> None:
        self.template = work / "template"
        self.template.mkdir()
        migrate({"DATA_DIR": str(self.template)})

    @contextlib.contextmanager
    def fresh(self, folder: Path) -> Iterator[dict[str, str]]:
        shutil.copy(self.template / "ude.sqlite3", folder)
        yield {"DATA_DIR": str(folder), "DRILL_DATABASE": "sqlite"}


class Postgresql:
    """Databases of our own name on a server that others may use, too."""

    def __init__(self, server: str) -> None:
        self.server = server
        self.name = f"drill_{os.getpid()}"
        self.sql(f"CREATE DATABASE {self.name}")
        migrate({"DATABASE_URL": f"{server}/{self.name}"})

    @contextlib.contextmanager
    def fresh(self, folder: Path) -> Iterator[dict[str, str]]:
        name = f"{self.name}_{folder.name.replace('.', '_')}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE {self.name}")
        try:
            yield {
                "DATA_DIR": str(folder),
                "DRILL_DATABASE": "postgresql",
                "DATABASE_URL": f"{self.server}/{name}",
            }
        finally:
            self.sql(f"DROP DATABASE {name} WITH (FORCE)")

    def drop(self) -> None:
        self.sql(f"DROP DATABASE {self.name} WITH (FORCE)")

    def sql(self, statement: str) -> None:
        with psycopg.connect(f"{self.server}/postgres", autocommit=True) as server:
            server.execute(statement)


def migrate(extra: dict[str, str]) -> None:
    """Make all tables in a database that has none."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith("DJANGO_")}
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity", "0"],
        env={**plain, "UDE_MODE": "test", **extra},
        check=True,
    )


@contextlib.contextmanager
def postgresql(work: Path) -> Iterator[Postgresql]:
    """Databases on the server of DRILL_POSTGRES or the usual one, else on a server of our own."""
    with contextlib.ExitStack() as stack:
        server = os.environ.get("DRILL_POSTGRES", USUAL_SERVER).rstrip("/")
        if not answers(server):
            server = stack.enter_context(own_server(work))
        databases = Postgresql(server)
        stack.callback(databases.drop)
        yield databases


def answers(server: str) -> bool:
    try:
        psycopg.connect(f"{server}/postgres", connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


@contextlib.contextmanager
def own_server(work: Path) -> Iterator[str]:
    """Start a server from the installed programs, for as long as the drills take."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    if not programs:
        raise Missing(
            "PostgreSQL is neither running nor installed. Debian and Ubuntu: apt-get install "
            "postgresql. Or drill on SQLite alone: --database sqlite."
        )
    port, folder = free_port(), work / "postgresql"
    folder.mkdir()
    as_owner = []
    if os.geteuid() == 0:  # the server refuses to run as root
        work.chmod(0o755)
        shutil.chown(folder, "postgres")
        as_owner = ["runuser", "-u", "postgres", "--"]
    control = [*as_owner, str(programs[-1] / "pg_ctl"), "-D", str(folder), "-w"]
    flags = "-U postgres --auth trust --encoding UTF8"
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    quiet = {"check": True, "stdout": subprocess.DEVNULL}
    subprocess.run([*control, "-o", flags, "init"], **quiet)  # type: ignore[call-overload]
    log = str(folder / "log")
    subprocess.run([*control, "-o", options, "-l", log, "start"], **quiet)  # type: ignore[call-overload]
    try:
        yield f"postgres://postgres@127.0.0.1:{port}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **quiet)  # type: ignore[call-overload]
