"""A file that waits to be imported: how it is kept, and how it is locked.

The functions belong into the transaction of an operation.
"""

from __future__ import annotations

import hashlib
from pathlib import PurePath

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from ..models import Import
from .looking import Look


def new_draft(*, content: bytes, name: str, source: str, by: User | None, found: Look) -> Import:
    """The file and how it is read, inside the transaction of the caller."""
    return Import.objects.create(
        by=by,
        file_name=PurePath(name).name[-150:],
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        source=source[:300],
        encoding=found.table.encoding,
        separator=found.table.separator,
        sheet=found.table.sheet[:100],
        header=found.layout.header,
        columns=found.layout.columns,
    )


def lock_draft(draft: Import) -> Import:
    """The draft, locked; raises ``ValidationError`` once it was imported or thrown away."""
    found = Import.objects.select_for_update().filter(pk=draft.pk, state=Import.State.DRAFT).first()
    if found is None:
        raise ValidationError(_("This file was imported or discarded meanwhile."), code="state")
    return found


def one_at_a_time() -> None:
    """Imports wait for each other, or two of one file would make twins.

    The lock is on a row that is always there and that nothing else waits for.
    """
    kinds = ContentType.objects.select_for_update(no_key=True)
    kinds.get(app_label="partnerships", model="import")
