"""A file that waits to be imported: how it is kept, and how it is locked.

The functions belong into the transaction of an operation.
"""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from ..models import Import
from .cells import cleaned
from .columns import Layout
from .reading import Table


def new_draft(
    *, content: bytes, name: str, source: str, by: User | None, table: Table, layout: Layout
) -> Import:
    """The file and how it is read."""
    return Import.objects.create(
        by=by,
        file_name=PurePath(name).name[-150:],
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        source=source[:300],
        encoding=table.encoding,
        separator=table.separator,
        sheet=table.sheet[:100],
        **layout_values(table, layout),
    )


def layout_values(table: Table, layout: Layout) -> dict[str, Any]:
    """How the columns are kept; of a heading only as much as a page can show."""
    headings = [cleaned(text)[:60] for text in dict(table.rows)[layout.header]]
    return {"header": layout.header, "headings": headings, "columns": layout.columns}


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
