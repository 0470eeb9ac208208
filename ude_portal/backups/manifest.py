"""manifest.json: what belongs to a backup and what it must look like once restored."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.utils.crypto import salted_hmac

from . import Refused
from .tables import Table

FORMAT = 1
NAME = "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """``made_at`` is a moment just before the snapshot, ISO 8601 in UTC.

    ``media`` maps paths below ``media`` to hashes; ``server`` is the database's version and
    ``program`` that of pg_dump (major versions, 0 for SQLite); ``link_key`` tells whether a key
    is the same one, and nothing else about it.
    """

    made_at: str
    database: str
    server: int
    program: int
    file: str
    file_sha256: str
    tables: dict[str, Table]
    media: dict[str, str]
    migrations: list[str]
    link_key: str
    format: int = FORMAT

    @property
    def moment(self) -> dt.datetime:
        return dt.datetime.fromisoformat(self.made_at)

    @property
    def rows(self) -> int:
        return sum(table["rows"] for table in self.tables.values())

    def write(self, folder: Path) -> None:
        text = json.dumps(asdict(self), indent=1, sort_keys=True)
        (folder / NAME).write_text(f"{text}\n", encoding="utf-8")


def read(folder: Path) -> Manifest:
    """The manifest of the backup in this folder; raises ``Refused`` where there is none."""
    try:
        values = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if values["format"] != FORMAT:
            raise Refused(f"The backup in {folder} was made by another version of the portal.")
        return Manifest(**{field.name: values[field.name] for field in fields(Manifest)})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refused(
            f"{folder} is no backup: {NAME} is missing or broken. Name the folder that "
            "“manage.py backup” has printed."
        ) from error


def fingerprint_of_link_key() -> str:
    """The same for the same key; the key cannot be found from it."""
    return salted_hmac(
        "ude.backup.link_key", "1", settings.LINK_KEY, algorithm="sha256"
    ).hexdigest()


def hash_of_file(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
