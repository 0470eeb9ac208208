"""``manage.py restore``: a backup becomes the portal again, and what came after it is kept."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from mailing import restoring as outbox
from privacy import ledger, purge

from . import Refused, databases, manifest, uploads
from .databases import Database
from .manifest import Manifest
from .tables import differences

Say = Callable[[str], None]
#: How long before the snapshot the ledger is read: clocks differ, and a transaction takes time.
MARGIN = dt.timedelta(hours=1)


def find_ledgers(folder: Path, named: Path | None) -> list[Path]:
    """The named ledger; else the one beside the backup and the portal's own, where they exist."""
    if named:
        if not named.is_file():
            raise Refused(f"There is no ledger at {named}.")
        return [named]
    usual = {folder.resolve().parent / ledger.path().name, ledger.path().resolve()}
    found = sorted(path for path in usual if path.is_file())
    if not found:
        raise Refused(
            f"The ledger ({ledger.path().name}) is neither beside the backup nor in "
            f"{ledger.path().parent}. Without it, links that were revoked open again and people "
            "who were erased come back. Name it with --ledger, or, when it is lost, say "
            "--without-ledger and repeat by hand what you know of."
        )
    return found


def restore(folder: Path, *, ledgers: list[Path], say: Say) -> None:
    """Put the backup back into an empty portal, with its outbox closed.

    Raises ``Refused`` before anything is touched, or when the result is not what the manifest
    says.
    """
    backup = manifest.read(folder)
    database = databases.configured()
    _refuse_what_does_not_fit(backup, database)
    _refuse_unless_empty(database)
    _check_files(folder, backup)
    _put_back(folder, backup, database)
    say(f"  {len(backup.tables)} tables, {backup.rows} rows: as the manifest says.")
    uploads.copy_from(folder)
    say(f"  {len(backup.media)} uploaded files: as the manifest says.")
    call_command("migrate", interactive=False, verbosity=0)
    ContentType.objects.clear_cache()
    outbox.close(backup_of=backup.moment)
    _keep_what_came_later(ledgers, backup, say)
    say(f"  The outbox is closed; {outbox.held().count()} mails wait for staff to decide.")
    if backup.link_key != manifest.fingerprint_of_link_key():
        say(
            "  LINK_KEY is not the one of the backup: links that are out do not open. Set the "
            "old key as LINK_KEY, or name it in LINK_KEY_FALLBACKS."
        )


def _refuse_what_does_not_fit(backup: Manifest, database: Database) -> None:
    if backup.database != database.name:
        raise Refused(
            f"The backup is one of {backup.database}; this portal uses {database.name}. Set "
            "DATABASE_URL to a database of that kind."
        )
    known = {".".join(one) for one in MigrationLoader(None).disk_migrations}
    if newer := sorted(set(backup.migrations) - known):
        raise Refused(
            f"The backup comes from a newer version of the portal ({', '.join(newer[:3])}). "
            "Install that version first."
        )


def _refuse_unless_empty(database: Database) -> None:
    """Empty: no table has a row that ``migrate`` did not write, and nothing was uploaded."""
    filled, files = database.filled_tables(), uploads.present()
    if filled or files:
        raise Refused(
            f"This portal is not empty: {len(filled)} tables have rows "
            f"({', '.join([*filled[:3], '…'] if filled[3:] else filled) or '–'}), {files} files "
            "were uploaded. Nothing was changed. Restore into a new DATA_DIR and, with "
            "PostgreSQL, a new database."
        )


def _check_files(folder: Path, backup: Manifest) -> None:
    file = folder / backup.file
    if not file.is_file() or manifest.hash_of_file(file) != backup.file_sha256:
        raise Refused(f"{file} is not the file that was backed up: it is missing or changed.")
    uploads.check(folder, backup.media)


def _put_back(folder: Path, backup: Manifest, database: Database) -> None:
    connection.close()
    found = database.put_back(folder / backup.file, backup.program)
    if wrong := differences(backup.tables, found):
        raise Refused(
            "The restored database is not what was backed up. Do not use it: " + "; ".join(wrong)
        )


def _keep_what_came_later(ledgers: list[Path], backup: Manifest, say: Say) -> None:
    """Do again what the ledger says and what is due for deletion; the outbox holds its mails."""
    lines = [line for file in ledgers for line in ledger.read(file)]
    _take_over(ledgers, lines)
    done, failed = ledger.replay(
        sorted(lines, key=lambda line: str(line["at"])), since=backup.moment - MARGIN
    )
    outbox.close()
    for what, count in sorted(done.items()):
        say(f"  Done again from the ledger: {what}, {count} times.")
    purged = purge.run(at=timezone.now())
    say(f"  Deleted because its time is over: {sum(purged.values())} rows.")
    if failed:
        raise Refused(
            "The portal is restored and its outbox closed, but these lines of the ledger could "
            "not be done again. Repeat by hand: " + "; ".join(failed)
        )


def _take_over(ledgers: list[Path], lines: list[ledger.Line]) -> None:
    """The portal's own ledger goes on from what the others hold."""
    own = ledger.path().resolve()
    known = ledger.read(own) if own.is_file() else []
    if any(path.resolve() != own for path in ledgers):
        ledger.append(json.dumps(line) for line in lines if line not in known)
