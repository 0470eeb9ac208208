"""Every foreign key that points at a model, whichever app it is in, and what it must not double."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.text import capfirst

from .registry import rule_for


@dataclass(frozen=True)
class Relation:
    """One foreign key: ``model.field`` points at what may be merged."""

    model: type[models.Model]
    field: Any

    @property
    def key(self) -> str:
        """``app.Model.field``."""
        return f"{self.model._meta.label}.{self.field.name}"

    @property
    def label(self) -> str:
        """What the rows are, in the reader's language; of several relations also which."""
        meta, rule = self.model._meta, rule_for(self.key)
        if rule and rule.label:
            return str(rule.label)
        if meta.auto_created:
            lists = meta.auto_created._meta.many_to_many
            return capfirst(str(next(f.verbose_name for f in lists if self._is_table_of(f))))
        name = capfirst(str(meta.verbose_name_plural))
        alike = [f for f in meta.fields if f.related_model is self.field.related_model]
        return name if len(alike) == 1 else f"{name} ({self.field.verbose_name})"

    def _is_table_of(self, field: Any) -> bool:
        return field.remote_field.through is self.model

    def of(self, pk: int) -> models.QuerySet[Any]:
        """The rows that point at the key, in the order they were made."""
        rows = self.model._base_manager.filter(**{self.field.attname: pk})
        return rows.order_by("pk")

    @cached_property
    def uniques(self) -> list[tuple[tuple[str, ...], Q]]:
        """The other columns of each unique constraint that the field is in, with its condition."""
        meta = self.model._meta
        found = [
            (one.fields, one.condition or Q())
            for one in meta.constraints
            if isinstance(one, models.UniqueConstraint)
        ]
        found += [(tuple(fields), Q()) for fields in meta.unique_together]
        if self.field.unique:
            found.append(((self.field.name,), Q()))
        return [
            (tuple(name for name in fields if name != self.field.name), condition)
            for fields, condition in found
            if self.field.name in fields
        ]

    def doubles(self, source: int, target: int, *, besides: str = "") -> dict[int, int]:
        """Rows of the source that a constraint forbids beside a row of the target: key to key.

        Constraints with the column ``besides`` do not count.
        """
        found: dict[int, int] = {}
        for columns, condition in self.uniques:
            if besides in columns:
                continue
            theirs = self._by_values(target, columns, condition)
            for values, pks in self._by_values(source, columns, condition).items():
                if values in theirs:
                    found.update(dict.fromkeys(pks, theirs[values][0]))
        return found

    def _by_values(
        self, pk: int, columns: tuple[str, ...], condition: Q
    ) -> dict[tuple[Any, ...], list[int]]:
        rows = defaultdict(list)
        for key, *values in self.of(pk).filter(condition).values_list("pk", *columns):
            rows[tuple(values)].append(key)
        return rows


def relations_to(model: type[models.Model]) -> Iterator[Relation]:
    """All of them, through tables and hidden ones included; many-to-many fields by their tables."""
    for found in model._meta.get_fields(include_hidden=True):
        if found.auto_created and (found.one_to_many or found.one_to_one):
            yield Relation(found.related_model, found.field)  # type: ignore[union-attr, arg-type]


def relation(key: str) -> Relation:
    """The relation of a key; raises ``LookupError`` where there is none (any more)."""
    label, name = key.rsplit(".", 1)
    model = _models()[label]
    return Relation(model, model._meta.get_field(name))


def _models() -> dict[str, type[models.Model]]:
    return {one._meta.label: one for one in apps.get_models(include_auto_created=True)}
