"""The form of a part: everything optional, nothing typed is lost, conflicts shown side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from ..contents import CONTENTS, Values, filled
from ..operations.saving import Seen
from ..pieces import Piece
from ..saved import saved_line

HIDDEN = ("seen_version", "saved_from")
LONGEST_TEXT = 3000
NOTHING = "–"


class LongText(forms.CharField):
    """A text of several lines; browsers send two characters for each end of a line."""

    def __init__(self, **kwargs: Any) -> None:
        rows = kwargs.pop("rows", 8)
        usual = {"required": False, "max_length": LONGEST_TEXT}
        super().__init__(**{**usual, **kwargs}, widget=forms.Textarea(attrs={"rows": rows}))

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n")


class OneLine(forms.CharField):
    """Stands in lists and mails: no line breaks, whatever was pasted."""

    def __init__(self, *, max_length: int, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": max_length, **kwargs})

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(value).split())


@dataclass(frozen=True)
class Group:
    """Fields that belong together: a row, a day. Without a legend they simply follow."""

    legend: Any
    fields: list[Any]
    note: Any = ""


class PartForm(forms.Form):
    """Hidden fields carry the version that was shown and a mark of the page itself."""

    seen_version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    #: Nothing must be filled in, so no field is called optional.
    asks_nothing = True
    saved_from = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, piece: Piece, **kwargs: Any) -> None:
        self.piece = piece
        self.stored: Values = CONTENTS[piece.part.key].read(piece)
        initial = {**self.stored, "seen_version": piece.version, "saved_from": uuid4().hex[:16]}
        super().__init__(data, initial=initial, **kwargs)
        self.build()

    def build(self) -> None:
        """Add the fields that depend on the piece."""

    def groups(self) -> list[Group]:
        """The visible fields in the order of the page."""
        return [Group("", self.visible_fields())]

    def warnings(self) -> list[Any]:
        """Sentences about what is stored and does not fit the call yet; nothing is refused."""
        return []

    #: Lists that can get one more row: name and label of the button.
    more: tuple[tuple[str, Any], ...] = ()

    @property
    def seen(self) -> Seen:
        return Seen(self.cleaned_data["seen_version"], self.cleaned_data.get("saved_from", ""))

    @property
    def values(self) -> Values:
        return {n: v for n, v in self.cleaned_data.items() if n not in HIDDEN}

    def shown(self, name: str, value: Any) -> str:
        """A value as people read it."""
        if value in ("", None, False, []):
            return NOTHING
        if value is True:
            return str(_("yes"))
        if isinstance(value, dt.date):
            return formats.date_format(value, "DATE_FORMAT")
        names = _labels(getattr(self.fields.get(name), "choices", ()))
        if isinstance(value, list):
            return ", ".join(names.get(str(one), str(one)) for one in value)
        return names.get(str(value), str(value))

    def readable(self) -> Iterator[tuple[Any, list[tuple[Any, str]]]]:
        """What is stored, group by group, for people who only read."""
        kept = filled(self.stored)
        for group in self.groups():
            rows = [
                (field.label, self.shown(field.name, kept[field.name]))
                for field in group.fields
                if field.name in kept
            ]
            if rows:
                yield group.legend, rows

    def refuse(self, refusal: ValidationError, stored: Piece) -> None:
        """Show why it was refused; after a conflict, beside each field what is stored now."""
        self.add_error(None, refusal)
        if getattr(refusal, "code", "") != "conflict":
            return
        now = CONTENTS[stored.part.key].read(stored)
        mine, line = self.values, saved_line(stored.section)
        data = self.data.copy()
        for name in [name for name in self.fields if name not in HIDDEN]:
            if not self.was_sent(name):
                if now.get(name):
                    data[name] = now[name]
            elif (mine.get(name) or None) != (now.get(name) or None):
                told = {"value": self.shown(name, now.get(name)), "saved": line}
                self.add_error(name, _("Stored now: %(value)s (%(saved)s)") % told)
        data["seen_version"] = str(stored.version)
        self.data = data

    def was_sent(self, name: str) -> bool:
        """Whether the page had this field at all: rows somebody else added were not there."""
        return True


def _labels(choices: Any) -> dict[str, str]:
    """Labels by value, also of choices in groups."""
    found: dict[str, str] = {}
    for value, label in choices:
        if isinstance(label, list | tuple):
            found |= _labels(label)
        else:
            found[str(value)] = str(label)
    return found
