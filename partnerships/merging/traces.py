"""What others did since with what a merge touched."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from journal.models import Entry

from ..models import City, Merge, Partnership, Party
from .relations import relation

#: Columns that change without anybody's edit.
_BY_ITSELF = frozenset({"version", "changed_at", "updated_at"})
#: Rows of one kind that are named one by one.
_NAMED = 5
#: Journal entries that are listed.
_MOST_ENTRIES = 50


def fingerprints(model: type[Model], keys: Iterable[int]) -> dict[str, str]:
    """What stands in each row, by key as text; a row that is gone has none."""
    rows = model._base_manager.filter(pk__in=list(keys)).order_by("pk")
    return {str(row.pk): fingerprint(row) for row in rows}


def fingerprint(row: Model) -> str:
    """Everything that somebody may edit; of cities and partnerships not what follows from it."""
    follows = isinstance(row, City | Partnership)
    with translation.override(settings.LANGUAGE_CODE):  # translated columns read as one language
        values = {
            one.attname: getattr(row, one.attname)
            for one in row._meta.concrete_fields
            if one.name not in _BY_ITSELF
            and (one.editable or one.name == "merged_into" or not follows)
        }
    return hashlib.sha256(json.dumps(values, default=str, sort_keys=True).encode()).hexdigest()[:32]


def edited_since(merge: Merge) -> list[str]:
    """What stands against taking the merge back, as sentences."""
    return [*_entries_edited(merge), *_rows_edited(merge), *_journalled(merge)]


def _entries_edited(merge: Merge) -> Iterator[str]:
    for name, one in (("kept", merge.kept), ("merged", merge.merged)):
        fresh = type(one)._base_manager.get(pk=one.pk)
        if fingerprint(fresh) != merge.after[name]:
            yield _("“%(entry)s” was edited.") % {"entry": fresh}


def _rows_edited(merge: Merge) -> Iterator[str]:
    for moved in merge.moved:
        found = relation(moved["relation"])
        now = fingerprints(found.model, map(int, moved["rows"]))
        gone = [key for key in moved["rows"] if key not in now]
        changed = [key for key, seen in now.items() if seen != moved["rows"][key]]
        if gone:
            yield _("%(what)s: %(count)d removed") % {
                "what": found.label,
                "count": len(gone),
            }
        if changed:
            rows = found.model._base_manager.filter(pk__in=changed[:_NAMED])
            yield _("%(what)s: %(count)d changed (%(rows)s)") % {
                "what": found.label,
                "count": len(changed),
                "rows": "; ".join(map(str, rows)),
            }


def _journalled(merge: Merge) -> Iterator[str]:
    undone = set(
        Merge.objects.filter(undone_at__isnull=False, at__gte=merge.at).values_list("pk", flat=True)
    )
    newer = Entry.objects.filter(_about_what_it_touched(merge), pk__gt=merge.after["entry"])
    for entry in newer.order_by("pk")[:_MOST_ENTRIES]:
        if entry.facts.get("merge") not in undone:
            at = date_format(localtime(entry.at), "SHORT_DATETIME_FORMAT")
            yield f"{at}: {entry.sentence}"


def _about_what_it_touched(merge: Merge) -> Q:
    """Entries about both entries, the rows that moved, and partnerships whose city changed."""
    touched: dict[type[Any], set[int]] = {type(merge.kept): {merge.kept.pk, merge.merged.pk}}
    for moved in merge.moved:
        model, keys = relation(moved["relation"]).model, set(map(int, moved["rows"]))
        touched.setdefault(model, set()).update(keys)
        if model is Party:
            theirs = Party.objects.filter(pk__in=keys).values_list("partnership", flat=True)
            touched.setdefault(Partnership, set()).update(theirs)
    found = Q()
    for model, keys in touched.items():
        kind = ContentType.objects.get_for_model(model)
        found |= Q(about_type=kind, about_id__in=keys) | Q(within_type=kind, within_id__in=keys)
    return found
