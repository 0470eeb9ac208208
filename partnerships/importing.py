"""Bringing a list of partnerships from a public source into the directory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from journal.operations import record_all

from . import derived
from .models import HOME_COUNTRY, City, Partnership, Party
from .registry import Registry

COLUMNS = (
    *("german_city", "german_state", "partner_city", "partner_region", "partner_country"),
    *("year_established", "kind", "source"),
)

#: The vocabulary of the RGRE as people write it; a *Patenschaft* is entered with a notice.
KINDS = {
    "partnership": Partnership.Kind.PARTNERSHIP,
    "partnerschaft": Partnership.Kind.PARTNERSHIP,
    "städtepartnerschaft": Partnership.Kind.PARTNERSHIP,
    "friendship": Partnership.Kind.FRIENDSHIP,
    "freundschaft": Partnership.Kind.FRIENDSHIP,
    "städtefreundschaft": Partnership.Kind.FRIENDSHIP,
    "patenschaft": Partnership.Kind.FRIENDSHIP,
    "contact": Partnership.Kind.CONTACT,
    "kontakt": Partnership.Kind.CONTACT,
    "project": Partnership.Kind.PROJECT,
    "cooperation": Partnership.Kind.PROJECT,
    "projekt": Partnership.Kind.PROJECT,
    "projektpartnerschaft": Partnership.Kind.PROJECT,
}


class Outcome(models.TextChoices):
    CREATED = "created", _("created")
    EXISTS = "exists", _("exists")
    REFUSED = "refused", _("refused")


@dataclass(frozen=True)
class Line:
    """What became of one line of the file; ``reason`` says why it was refused, or a notice."""

    number: int
    outcome: Outcome
    label: str
    reason: str = ""


@dataclass(frozen=True)
class Entry:
    """A line that was understood."""

    cities: tuple[City, City]
    kind: str
    year: int | None
    source: str


@transaction.atomic
def import_partnerships(
    rows: Iterable[tuple[int, dict[str, str]]], *, dry_run: bool = False
) -> list[Line]:
    """Enter each row's partnership as *listed* and report line by line.

    ``rows`` are pairs of line number and cells named as in ``COLUMNS``. A pair of cities that
    is already linked stays as it is, so a second run changes nothing. A city that is missing
    is taken over from the gazetteer where exactly one place fits. ``dry_run`` only reports.
    """
    registry = Registry()
    entries: list[Entry] = []
    lines: list[Line] = []
    for number, row in rows:
        label = f"{row['german_city']} – {row['partner_city']}"
        try:
            entry = understand(row, registry)
        except ValidationError as refusal:
            lines.append(Line(number, Outcome.REFUSED, label, " ".join(refusal.messages)))
            continue
        if registry.link(*entry.cities):
            entries.append(entry)
            lines.append(Line(number, Outcome.CREATED, label, _notice(row)))
        else:
            lines.append(Line(number, Outcome.EXISTS, label))
    if entries and not dry_run:
        _enter(entries, registry)
    return lines


def understand(row: dict[str, str], registry: Registry) -> Entry:
    """A row's cities, kind and year; raises ``ValidationError`` with the reason for refusing."""
    country = row["partner_country"].upper()
    if country not in dict(countries):
        raise ValidationError(
            _("“%(country)s” is not a country code."),
            code="country",
            params={"country": row["partner_country"]},
        )
    home = registry.city(row["german_city"], HOME_COUNTRY, row["german_state"])
    partner = registry.city(row["partner_city"], country, row["partner_region"])
    if home is partner:
        raise ValidationError(_("A city cannot be its own partner."), code="same_city")
    return Entry((home, partner), _kind(row["kind"]), _year(row["year_established"]), row["source"])


def _kind(text: str) -> str:
    if text.lower() not in KINDS:
        raise ValidationError(
            _("“%(kind)s” is not a kind of partnership."), code="kind", params={"kind": text}
        )
    return KINDS[text.lower()]


def _year(text: str) -> int | None:
    if not text:
        return None
    this_year = timezone.localdate().year
    if not (text.isascii() and text.isdigit() and 1900 <= int(text) <= this_year):
        raise ValidationError(
            _("“%(year)s” is not a year from 1900 to %(this_year)s."),
            code="year",
            params={"year": text[:20], "this_year": this_year},
        )
    return int(text)


def _notice(row: dict[str, str]) -> str:
    if row["kind"].lower() == "patenschaft":
        return gettext("A “Patenschaft” is entered as a friendship; please check.")
    return ""


def _enter(entries: list[Entry], registry: Registry) -> None:
    registry.save_new_cities()
    made = [
        Partnership(
            slug=registry.partnership_slug(entry.cities),
            kind=entry.kind,
            state=Partnership.State.LISTED,
            year_established=entry.year,
            source=entry.source,
            **derived.of_cities(entry.cities),
        )
        for entry in entries
    ]
    Partnership.objects.bulk_create(made, batch_size=500)
    Party.objects.bulk_create(
        (
            Party(partnership=partnership, city=city, order=order)
            for partnership, entry in zip(made, entries, strict=True)
            for order, city in enumerate(entry.cities)
        ),
        batch_size=500,
    )
    record_all("partnerships.listed", made)
