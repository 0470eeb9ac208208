"""A file that waits: uploaded, looked at, its columns corrected, thrown away."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from journal.operations import record

from ...models import Import
from .. import reading
from ..columns import Layout, check, layout_at, layout_of, missing
from ..looking import look_again, table_of
from ..rows import replace_rows, rows_of
from ..waiting import layout_values, lock_draft, new_draft


@transaction.atomic
def upload(*, content: bytes, name: str, source: str, by: User) -> Import:
    """Keep the file with its dry run; where headings are not known, staff say which is which.

    Raises ``ValidationError`` for what is no table.
    """
    table = reading.read(content, name)
    layout = layout_of(table.rows)
    draft = new_draft(content=content, name=name, source=source, by=by, table=table, layout=layout)
    _show(draft)
    record("partnerships.import_uploaded", draft, by=by)
    return draft


@transaction.atomic
def change_reading(*, draft: Import, encoding: str, separator: str, header: int) -> Import:
    """Read the file again so, and find the columns by the headings in that line.

    Raises ``ValidationError`` where it cannot be read so, or has no such line.
    """
    draft = lock_draft(draft)
    draft.encoding, draft.separator = encoding, separator
    table = table_of(draft)
    for name, value in layout_values(table, layout_at(table.rows, header)).items():
        setattr(draft, name, value)
    draft.save()
    _show(draft)
    return draft


@transaction.atomic
def change_columns(*, draft: Import, columns: dict[str, int]) -> Import:
    """Say which column is which; raises ``ValidationError`` where one is missing that has to be."""
    draft = lock_draft(draft)
    check(Layout(draft.header, columns))
    draft.columns = columns
    draft.save()
    _show(draft)
    return draft


@transaction.atomic
def look_anew(*, draft: Import) -> Import:
    """The dry run once more, after the directory changed."""
    draft = lock_draft(draft)
    _show(draft)
    return draft


@transaction.atomic
def discard(*, draft: Import, by: User) -> None:
    """Throw the file and its dry run away; an import that is done is left alone."""
    draft = lock_draft(draft)
    record("partnerships.import_discarded", draft, by=by)
    draft.delete()


def _show(draft: Import) -> None:
    """Write the rows of the dry run; none while columns are missing."""
    is_complete = not missing(draft.columns)
    replace_rows(draft, rows_of(draft, look_again(draft).plan) if is_complete else [])
