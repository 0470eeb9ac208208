"""A file that waits: uploaded, looked at, its columns corrected, thrown away."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from journal.operations import record

from ...models import Import
from ..looking import look, look_again
from ..rows import replace_rows, rows_of
from ..waiting import lock_draft, new_draft


@transaction.atomic
def upload(*, content: bytes, name: str, source: str, by: User | None) -> Import:
    """Keep the file with its dry run; raises ``ValidationError`` for what is no such table."""
    found = look(content, name)
    draft = new_draft(content=content, name=name, source=source, by=by, found=found)
    replace_rows(draft, rows_of(draft, found.plan))
    record("partnerships.import_uploaded", draft, by=by)
    return draft


@transaction.atomic
def change_layout(
    *, draft: Import, encoding: str, separator: str, header: int, columns: dict[str, int]
) -> Import:
    """Read the file again as staff say; raises ``ValidationError`` where it cannot be read so."""
    draft = lock_draft(draft)
    draft.encoding, draft.separator = encoding, separator
    draft.header, draft.columns = header, columns
    replace_rows(draft, rows_of(draft, look_again(draft).plan))
    draft.save()
    return draft


@transaction.atomic
def look_anew(*, draft: Import) -> Import:
    """The dry run once more, after the directory changed."""
    draft = lock_draft(draft)
    replace_rows(draft, rows_of(draft, look_again(draft).plan))
    return draft


@transaction.atomic
def discard(*, draft: Import, by: User) -> None:
    """Throw the file and its dry run away; an import that is done is left alone."""
    draft = lock_draft(draft)
    record("partnerships.import_discarded", draft, by=by)
    draft.delete()
