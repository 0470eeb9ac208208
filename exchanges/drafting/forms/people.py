"""Travellers and hosts of a city: rows by post or department, one empty row for the next."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from partnerships.folding import sort_key
from partnerships.models import Department, Position

from ..contents.people import LISTS, MOST
from .base import Group, OneLine, PartForm
from .basics import choice

_FIELD = re.compile(r"(travellers|hosts)-(\d{1,2})-function")
_ROW = ("position", "department", "function", "is_youth", "remove")
_LEGENDS = {"travellers": _("Traveller %(number)s"), "hosts": _("Host %(number)s")}


class PeopleForm(PartForm):
    more = (("travellers", _("Add a traveller")), ("hosts", _("Add a host")))

    def build(self) -> None:
        party = self.piece.party
        posts = Position.objects.filter(city=party.city_id if party else None)
        named = [
            (post.pk, post.function)
            for post in posts.select_related("office", "department")
            if post.is_active or post.pk in self.stored.values()
        ]
        self.posts = sorted(named, key=lambda one: sort_key(one[1]))
        departments = [(one.pk, one.name) for one in Department.objects.all()]
        self.departments = sorted(departments, key=lambda one: sort_key(one[1]))
        self.kept: dict[str, list[int]] = {}
        for kind in LISTS:
            known = sorted({*self._rows_in(self.stored, kind), *self._rows_in(self.data, kind)})
            free = next((row for row in range(MOST) if row not in known), None)
            after = known[-1] + 1 if known else 0
            blank = [after] if after < MOST else [free] if free is not None else []
            self.kept[kind] = sorted([*known, *([] if self.is_bound else blank)])
            for row in self.kept[kind]:
                self._add_row(kind, row)

    @staticmethod
    def _rows_in(names: Iterable[str], kind: str) -> set[int]:
        found = [_FIELD.fullmatch(name) for name in names]
        rows = {int(one[2]) for one in found if one and one[1] == kind}
        return {row for row in rows if row < MOST}

    def _add_row(self, kind: str, row: int) -> None:
        name = f"{kind}-{row}"
        if self.posts:
            self.fields[f"{name}-position"] = choice(_("Post"), self.posts)
        self.fields[f"{name}-department"] = choice(_("Department"), self.departments)
        self.fields[f"{name}-function"] = OneLine(
            label=_("Function"),
            max_length=120,
            help_text=_("The function, not the person's name."),
        )
        if kind == "travellers":
            self.fields[f"{name}-is_youth"] = forms.BooleanField(
                label=_("Youth delegate"), required=False
            )
        if row in self._rows_in(self.stored, kind):
            self.fields[f"{name}-remove"] = forms.BooleanField(
                label=_("Remove this row"), required=False
            )

    def groups(self) -> list[Group]:
        return [
            Group(_LEGENDS[kind] % {"number": number}, self._fields_of(kind, row))
            for kind, rows in self.kept.items()
            for number, row in enumerate(rows, 1)
        ]

    def _fields_of(self, kind: str, row: int) -> list[Any]:
        names = [f"{kind}-{row}-{name}" for name in _ROW]
        return [self[name] for name in names if name in self.fields]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for kind, rows in self.kept.items():
            taken: set[int] = set()
            for row in rows:
                self._check_row(cleaned, kind, row, taken)
        return cleaned

    def _check_row(self, cleaned: dict[str, Any], kind: str, row: int, taken: set[int]) -> None:
        name = f"{kind}-{row}"
        if cleaned.get(f"{name}-remove"):
            return
        post = cleaned.get(f"{name}-position")
        said = post or cleaned.get(f"{name}-department") or cleaned.get(f"{name}-function")
        if cleaned.get(f"{name}-is_youth") and not said:
            sentence = _("Please say from which department, or write the function.")
            self._refuse(f"{name}-function", sentence, "missing")
        if post in taken:
            travels = kind == "travellers"
            sentence = _("This post travels already.") if travels else _("This post hosts already.")
            self._refuse(f"{name}-position", sentence, "twice")
        elif post:
            taken.add(post)

    def _refuse(self, name: str, sentence: Any, code: str) -> None:
        if name not in self.errors:
            self.add_error(name, ValidationError(sentence, code=code))

    @property
    def values(self) -> dict[str, Any]:
        """Rows without those to be removed; a post the form could not offer stays."""
        found = {n: v for n, v in super().values.items() if not n.endswith("-remove")}
        removed = [
            name.removesuffix("remove")
            for name, value in self.cleaned_data.items()
            if name.endswith("-remove") and value
        ]
        return {n: v for n, v in found.items() if not n.startswith(tuple(removed))}

    def was_sent(self, name: str) -> bool:
        kind, row, _field = name.split("-")
        return f"{kind}-{row}-function" in self.data
