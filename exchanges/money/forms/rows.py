"""A part that is a list of rows: those stored, those sent, and one empty one for the next."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ...drafting.forms import PartForm
from ...drafting.forms.base import Group
from ..contents import MOST


def kind_of(label: Any, choices: Any) -> forms.ChoiceField:
    """A native select of named kinds, with nothing chosen at first."""
    return forms.ChoiceField(label=label, choices=[("", "–"), *choices], required=False)


class RowsForm(PartForm):
    """``kind`` is the list, ``columns`` its fields; ``mark`` is a field every sent row has."""

    kind: str
    columns: tuple[str, ...]
    mark: str
    legend: Any

    def build(self) -> None:
        known = sorted({*self._rows_in(self.stored), *self._rows_in(self.data)})
        free = next((row for row in range(MOST) if row not in known), None)
        after = known[-1] + 1 if known else 0
        blank = [after] if after < MOST else [free] if free is not None else []
        self.rows = sorted([*known, *([] if self.is_bound else blank)])
        for row in self.rows:
            self.add_row(f"{self.kind}-{row}")
            if row in self._rows_in(self.stored):
                self.fields[f"{self.kind}-{row}-remove"] = forms.BooleanField(
                    label=_("Remove this row"), required=False
                )

    def add_row(self, name: str) -> None:
        """Add the fields of one row, whose names begin with ``name``."""
        raise NotImplementedError

    def check_row(self, name: str, row: dict[str, Any]) -> None:
        """Refuse what does not fit together in a row that says anything."""
        raise NotImplementedError

    def _rows_in(self, names: Iterable[str]) -> set[int]:
        pattern = re.compile(rf"{self.kind}-(\d{{1,2}})-{self.mark}")
        found = [pattern.fullmatch(name) for name in names]
        return {row for one in found if one and (row := int(one[1])) < MOST}

    def groups(self) -> list[Group]:
        return [
            Group(self.legend % {"number": number}, self._fields_of(row))
            for number, row in enumerate(self.rows, 1)
        ]

    def _fields_of(self, row: int) -> list[Any]:
        names = [f"{self.kind}-{row}-{column}" for column in (*self.columns, "remove")]
        return [self[name] for name in names if name in self.fields]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number in self.rows:
            name = f"{self.kind}-{number}"
            row = {column: cleaned.get(f"{name}-{column}") for column in self.columns}
            if not cleaned.get(f"{name}-remove") and self.says_something(row):
                self.check_row(name, row)
        return cleaned

    def says_something(self, row: dict[str, Any]) -> bool:
        return any(value not in (None, "", False) for value in row.values())

    def refuse_field(self, name: str, sentence: Any, code: str) -> None:
        if name not in self.errors:
            self.add_error(name, ValidationError(sentence, code=code))

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, without rows to be removed and without rows that say nothing."""
        found = super().values
        empty = [
            f"{self.kind}-{number}-"
            for number in self.rows
            if found.get(f"{self.kind}-{number}-remove")
            or not self.says_something(
                {column: found.get(f"{self.kind}-{number}-{column}") for column in self.columns}
            )
        ]
        kept = {n: v for n, v in found.items() if not n.endswith("-remove")}
        return {n: v for n, v in kept.items() if not (empty and n.startswith(tuple(empty)))}

    def was_sent(self, name: str) -> bool:
        if not name.startswith(f"{self.kind}-"):
            return True
        return f"{name.rpartition('-')[0]}-{self.mark}" in self.data
