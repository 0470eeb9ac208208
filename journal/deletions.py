"""What staff delete in the administration stays deleted when a backup is restored."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.db import models

from privacy import ledger
from privacy.inventory import names_people

DELETED = "journal.deleted"


def note_deleted(things: Iterable[models.Model]) -> None:
    """Note rows that are about to go and hold personal data; call it in their transaction."""
    lines = [
        {"model": thing._meta.label, "id": thing.pk}
        for thing in things
        if names_people(type(thing))
    ]
    if lines:
        ledger.note_all(DELETED, lines)


def delete_again(line: ledger.Line) -> bool:
    found = apps.get_model(line["model"])._base_manager.filter(pk=line["id"])
    return bool(found.delete()[0])
