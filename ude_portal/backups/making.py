"""``manage.py backup``: everything the portal knows at one moment, in one folder."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from privacy import ledger

from . import Refused, databases, manifest, uploads
from .manifest import Manifest


def make(to: Path) -> tuple[Path, Manifest]:
    """Write a backup into a new folder below ``to``, also while the portal runs.

    Raises ``Refused`` without leaving half a backup behind.
    """
    if not MigrationRecorder(connection).applied_migrations():
        raise Refused("The database is empty. Does DATABASE_URL or DATA_DIR name the right one?")
    made_at = timezone.now()
    folder = to.resolve() / f"{made_at:%Y-%m-%dT%H-%M-%SZ}"
    unfinished = folder.with_suffix(".unfinished")
    mask = os.umask(0o077)
    try:
        unfinished.mkdir(parents=True)
        begin_ledger()
        written = _fill(unfinished, made_at.isoformat())
        unfinished.rename(folder)
    except OSError as error:
        raise Refused(f"The backup cannot be written: {error}.") from error
    finally:
        os.umask(mask)
        shutil.rmtree(unfinished, ignore_errors=True)
    return folder, written


def begin_ledger() -> None:
    """From the first backup on there is a ledger, so that a missing one is noticed."""
    ledger.append([])
    ledger.flush()


def _fill(folder: Path, made_at: str) -> Manifest:
    migrations = sorted(".".join(one) for one in MigrationRecorder(connection).applied_migrations())
    database = databases.configured()
    file = folder / database.file
    tables = database.copy_to(file)
    written = Manifest(
        made_at=made_at,
        database=database.name,
        server=database.server,
        program=database.program,
        file=database.file,
        file_sha256=manifest.hash_of_file(file),
        tables=tables,
        media=uploads.copy_to(folder),
        migrations=migrations,
        link_key=manifest.fingerprint_of_link_key(),
    )
    written.write(folder)
    _settle(folder)
    return written


def _settle(folder: Path) -> None:
    """Wait until the disk has everything."""
    for path in [*folder.rglob("*"), folder]:
        file = os.open(path, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)
