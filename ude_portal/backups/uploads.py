"""Uploaded files in a backup."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings

from . import Refused
from .manifest import hash_of_file

FOLDER = "media"


def copy_to(backup: Path) -> dict[str, str]:
    """Copy every uploaded file; returns the hashes of the copies by path.

    Called after the database's snapshot: an upload's file is there before its row. A file that
    goes meanwhile had its row deleted.
    """
    hashes = {}
    for name in _names(Path(settings.MEDIA_ROOT)):
        target = backup / FOLDER / name
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(Path(settings.MEDIA_ROOT, name), target)
        except FileNotFoundError:
            continue
        hashes[name] = hash_of_file(target)
    return hashes


def check(backup: Path, hashes: dict[str, str]) -> None:
    """Raise ``Refused`` for files that are missing, changed or too many."""
    found = {name: hash_of_file(backup / FOLDER / name) for name in _names(backup / FOLDER)}
    wrong = sorted(name for name in hashes.keys() | found if hashes.get(name) != found.get(name))
    if wrong:
        raise Refused(f"The uploaded files in the backup were changed: {', '.join(wrong[:5])}.")


def copy_from(backup: Path) -> None:
    for name in _names(backup / FOLDER):
        target = Path(settings.MEDIA_ROOT, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(backup / FOLDER / name, target)


def present() -> int:
    """How many uploaded files the portal has."""
    return len(_names(Path(settings.MEDIA_ROOT)))


def _names(root: Path) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())
