"""Papers beside a partnership: the agreement itself, minutes, letters."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.operations import record

from ... import uploads
from ...models import AgreementFile, City, Partnership
from ..steps import SHARED, State, locked

MOST_FILES = 10


@transaction.atomic
def add_file(*, partnership: Partnership, city: City, upload: Any, by: User) -> AgreementFile:
    """Keep a file, private to the cities' offices and the staff.

    Codes: those of ``uploads.check``, and ``too_many``.
    """
    partnership = locked(partnership, State.DRAFT, State.LISTED, *SHARED)
    if partnership.files.count() >= MOST_FILES:
        raise ValidationError(
            _("There are %(number)s files already, which is the most."),
            code="too_many",
            params={"number": MOST_FILES},
        )
    name = " ".join(PurePath(upload.name or "").name.split())[-150:]
    checked = uploads.check(upload)
    kept = AgreementFile.objects.create(
        partnership=partnership, city=city, by=by, name=name, file=checked, size=checked.size
    )
    record("partnerships.file_added", partnership, by=by, city=city.pk)
    return kept


@transaction.atomic
def remove_file(*, file: AgreementFile, by: User) -> None:
    """The file goes from the disk, too, once that is certain."""
    stored = file.file
    record("partnerships.file_removed", file.partnership, by=by, city=file.city_id)
    file.delete()
    transaction.on_commit(lambda: stored.delete(save=False))
