"""Which column is which: headings as people write them, in German and English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..folding import e_form
from .cells import cleaned

#: What a column may hold, as the pages call it.
FIELDS: dict[str, Any] = {
    "german_city": _("German city"),
    "german_state": _("Land"),
    "partner_city": _("Partner city"),
    "partner_region": _("Region of the partner city"),
    "partner_country": _("Country of the partner city"),
    "year_established": _("Year"),
    "kind": _("Kind"),
    "source": _("Source"),
    "remark": _("Remark"),
}
REQUIRED = ("german_city", "partner_city")
#: The heading is looked for in this many lines; lists often begin with a title.
HEADING_WITHIN = 20

_HEADINGS = {
    "german_city": (
        *("Deutsche Stadt", "Deutsche Kommune", "Deutsche Gemeinde", "Deutsche Partnerstadt"),
        *("Stadt", "Kommune", "Gemeinde", "Stadt/Gemeinde", "Stadt (DE)", "Stadt in Deutschland"),
        *("Ort", "Deutscher Ort", "Kommune in Deutschland", "Name der Stadt", "Name der Kommune"),
        *("german_city", "German municipality", "City in Germany", "Kommune (DE)"),
    ),
    "german_state": (
        *("Bundesland", "Land (DE)", "Land (Deutschland)", "Deutsches Bundesland", "german_state"),
        *("Federal state", "German Land"),
    ),
    "partner_city": (
        *("Partnerstadt", "Partnerkommune", "Partnergemeinde", "Ausländische Partnerstadt"),
        *("Partnerstadt im Ausland", "Ausländische Stadt", "partner_city", "Partner city"),
        *("Partnerort", "Ausländische Kommune", "Ausländische Partnerkommune"),
        *("Sister city", "Twin town", "Partner"),
    ),
    "partner_region": (
        *("Region / Bundesstaat", "Region", "Bundesstaat", "US-Bundesstaat", "Bundesstaat/Region"),
        *("Staat/Region", "Landesteil", "partner_region", "State", "Partner state"),
        *("Region der Partnerstadt", "Bundesstaat / Region", "US-Bundesstaat / Landesteil"),
        *("State / region", "Region / state"),
    ),
    "partner_country": (
        *("Land", "Staat", "Partnerland", "Land der Partnerstadt", "Staat der Partnerstadt"),
        *("partner_country", "Country", "Partner country"),
    ),
    "year_established": (
        *("Partnerschaft seit", "Seit", "Jahr", "Gründungsjahr", "Jahr der Gründung", "Beginn"),
        *("Besteht seit", "Datum", "Gründung", "seit (Jahr)", "year_established", "Year", "Since"),
        *("Established", "Year established", "Partnerschaftsbeginn", "Gegründet", "Abschlussjahr"),
        *("Jahr des Abschlusses", "Abschluss"),
    ),
    "kind": (
        *("Art der Verbindung", "Art", "Art der Partnerschaft", "Typ", "Form"),
        *("Verbindungsart", "Art der Beziehung", "kind", "Type", "Kind of link"),
        *("Beziehungsform", "Beziehungsart", "Partnerschaftsform", "Form der Partnerschaft"),
    ),
    "source": ("Quelle", "Quellen", "source", "Sources"),
    "remark": (
        *("Bemerkung", "Bemerkungen", "Anmerkung", "Anmerkungen", "Hinweis", "Hinweise"),
        *("Notiz", "Notizen", "Kommentar", "remark", "Remarks", "Note", "Notes", "Comment"),
    ),
}
_FIELD_OF = {e_form(word): field for field, words in _HEADINGS.items() for word in words}


@dataclass(frozen=True)
class Layout:
    """Where things stand: the line with the headings, and each field's column from 0."""

    header: int
    columns: dict[str, int]


def fields_in(cells: Sequence[str]) -> dict[str, int]:
    """The fields whose headings stand in these cells; of two equal headings the first counts."""
    words = [e_form(cleaned(cell)) for cell in cells]
    found: dict[str, int] = {}
    for number, word in enumerate(words):
        if field := _FIELD_OF.get(word):
            found.setdefault(field, number)
    if {"land", "staat"} <= {*words}:
        _tell_apart(found, land=words.index("land"), staat=words.index("staat"))
    return found


def _tell_apart(found: dict[str, int], *, land: int, staat: int) -> None:
    """*Land* beside *Staat*: between the two cities the German Land, else the country.

    A *Staat* beside the country is a state of the USA.
    """
    home, partner = found.get("german_city", -1), found.get("partner_city", -1)
    if "german_state" not in found and -1 < home < land < partner:
        found |= {"german_state": land, "partner_country": staat}
    elif "partner_region" not in found:
        found |= {"partner_country": land, "partner_region": staat}


def headings_in(rows: Sequence[Sequence[str]]) -> int:
    """How many headings the best of the rows has."""
    return max((len(fields_in(cells)) for cells in rows), default=0)


def layout_of(rows: Sequence[tuple[int, Sequence[str]]]) -> Layout:
    """The line with the most headings among the first ones; without any, the first line."""
    candidates = list(rows[:HEADING_WITHIN])
    line, cells = max(candidates, key=lambda one: len(fields_in(one[1])))
    return Layout(line, fields_in(cells))


def layout_at(rows: Sequence[tuple[int, Sequence[str]]], header: int) -> Layout:
    """The columns by the headings in that line; raises ``ValidationError`` where there is none."""
    lines = dict(rows)
    if header not in lines:
        raise ValidationError(_("The file has no such line."), code="header")
    return Layout(header, fields_in(lines[header]))


def missing(columns: Mapping[str, int]) -> list[str]:
    """What the columns lack that has to be there, as the pages call it."""
    return [str(FIELDS[field]) for field in REQUIRED if field not in columns]


def check(layout: Layout) -> None:
    """Raises ``ValidationError`` (code ``columns``) where a column is missing that has to be."""
    if lacking := missing(layout.columns):
        raise ValidationError(
            _("Columns are missing: %(columns)s."),
            code="columns",
            params={"columns": ", ".join(lacking)},
        )


def column_name(number: int, heading: str) -> str:
    """``B: Deutsche Stadt``."""
    first, second = divmod(number, len(ascii_uppercase))
    letters = (ascii_uppercase[first - 1] if first else "") + ascii_uppercase[second]
    return f"{letters}: {heading}" if heading else letters
