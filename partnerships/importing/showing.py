"""Imports as staff read them: rows, numbers, facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Import, ImportRow, Partnership
from ..regions import place_name
from .columns import FIELDS, column_name
from .reading import ENCODINGS, SEPARATORS

Outcome = ImportRow.Outcome
_BADGES = {
    Outcome.CREATE: "success",
    Outcome.WARNING: "warning",
    Outcome.MERGE: "info",
    Outcome.REVIEW: "warning",
    Outcome.REJECT: "danger",
    Outcome.SKIP: "info",
}


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One line of the table, in the reader's language."""

    number: int
    line: int
    home: str
    partner: str
    place: str
    year: str
    kind: str
    outcome: str
    badge: str
    reasons: list[str]
    address: str
    task: int | None


def imports() -> QuerySet[Import]:
    """All of them, the newest first, with how many partnerships they made and tasks they left."""
    made = Count("rows", filter=Q(rows__made_it=True))
    tasks = Count("rows", filter=Q(rows__task=ImportRow.Task.OPEN))
    found = Import.objects.defer("content").select_related("by")
    return found.annotate(made=made, tasks=tasks).order_by("-created_at", "-pk")


def shown_rows(rows: Iterable[ImportRow]) -> list[ShownRow]:
    return [_shown(row) for row in rows]


def _shown(row: ImportRow) -> ShownRow:
    facts, written = row.facts, row.written
    country = facts["partner_country"]
    outcome = Outcome(row.outcome)
    return ShownRow(
        number=row.number,
        line=row.line,
        home=facts["german_city"] or written.get("german_city", ""),
        partner=facts["partner_city"] or written.get("partner_city", ""),
        place=place_name(country, facts["partner_region"])
        if country
        else written.get("partner_country", ""),
        year=str(facts["year_established"] or ""),
        kind=str(Partnership.Kind(facts["kind"]).label) if facts["kind"] else "",
        outcome=_("merged with row %(row)s") % {"row": row.same_as}
        if row.same_as
        else str(outcome.label),
        badge=_BADGES[outcome],
        reasons=row.why,
        address=row.partnership.get_absolute_url() if row.partnership else "",
        task=row.pk if row.task == ImportRow.Task.OPEN else None,
    )


def numbers(of: Import) -> list[tuple[str, int]]:
    """How many rows have which outcome, as (label, number); one query."""
    found = dict(of.rows.order_by().values_list("outcome").annotate(number=Count("pk")))
    return [(str(outcome.label), found[outcome]) for outcome in Outcome if outcome in found]


def facts(of: Import) -> list[tuple[str, Any]]:
    """How the file was read, as (label, value); what does not apply is left out."""
    found = [
        (_("Source"), of.source),
        (_("Uploaded by"), of.by or _("command line")),
        (_("Encoding"), ENCODINGS.get(of.encoding, "")),
        (_("Separator"), SEPARATORS.get(of.separator, "")),
        (_("Sheet"), of.sheet),
        (_("Line with the headings"), of.header),
        (_("Checksum (SHA-256)"), of.sha256),
    ]
    return [(label, value) for label, value in found if value]


@dataclass(frozen=True)
class Work:
    """What importing a draft would do."""

    partnerships: int
    years: int
    tasks: int

    @property
    def label(self) -> str:
        """``14 partnerships, 2 rows to settle``; empty where there is nothing to do."""
        new = ngettext("%(count)d partnership", "%(count)d partnerships", self.partnerships)
        years = ngettext("%(count)d year", "%(count)d years", self.years)
        tasks = ngettext("%(count)d row to settle", "%(count)d rows to settle", self.tasks)
        parts = ((new, self.partnerships), (years, self.years), (tasks, self.tasks))
        return ", ".join(text % {"count": count} for text, count in parts if count)


def columns(of: Import) -> list[tuple[str, str]]:
    """Which column is read as what, as (field, column), and those that are not imported."""
    names = {n: column_name(n, heading) for n, heading in enumerate(of.headings)}
    by_column = sorted(of.columns.items(), key=lambda one: one[1])
    used = [(str(FIELDS[field]), names[n]) for field, n in by_column]
    unused = [name for n, name in names.items() if n not in of.columns.values()]
    return [*used, (_("Not imported"), ", ".join(unused))] if unused else used


def work(draft: Import) -> Work:
    new = draft.rows.filter(outcome__in=[Outcome.CREATE, Outcome.WARNING]).count()
    years = draft.rows.exclude(before={}).count()
    asked = ImportRow.objects.asked().values("fingerprint")
    reviews = draft.rows.filter(outcome=Outcome.REVIEW).exclude(fingerprint__in=asked)
    return Work(new, years, reviews.values("fingerprint").distinct().count())
