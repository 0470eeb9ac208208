"""Reading the CSV format of partnerships: UTF-8, commas, the columns of ``importing.COLUMNS``."""

from __future__ import annotations

import csv
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .importing import COLUMNS


def read_partnerships(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Line number and trimmed cells of every row; missing cells are empty.

    Raises ``ValidationError`` for a file that is not UTF-8 CSV with the expected columns.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise ValidationError(
                    _("Columns are missing: %(columns)s."),
                    code="columns",
                    params={"columns": ", ".join(missing)},
                )
            return [(reader.line_num, _cells(row)) for row in reader]
    except UnicodeDecodeError as error:
        raise ValidationError(
            _("The file is not UTF-8. Please save it as “CSV UTF-8”."), code="encoding"
        ) from error
    except csv.Error as error:
        raise ValidationError(_("The file is not readable as CSV."), code="csv") from error


def _cells(row: dict[str, str | None]) -> dict[str, str]:
    return {name: (row[name] or "").strip() for name in COLUMNS}
