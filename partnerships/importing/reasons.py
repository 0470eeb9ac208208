"""Why a row became what it became: kept as a code with values, said in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ..regions import country_name, region_name

SENTENCES = {
    # skipped
    "empty": _("Empty line."),
    "total": _("Total or note, no partnership."),
    "heading": _("The heading once more."),
    # refused
    "home_missing": _("The German city is missing."),
    "partner_missing": _("The partner city is missing."),
    "too_long": _("“%(text)s…” is too long for a name (%(length)s characters)."),
    "year_impossible": _("%(year)s is not a year from 1900 to %(this_year)s."),
    "same_city": _("A city cannot be its own partner."),
    "partner_at_home": _("The partner city is to be abroad; the row says Germany."),
    "elsewhere_country": _("%(city)s is known in %(there)s, not in %(country)s."),
    # for a person
    "ambiguous": _("There is more than one %(city)s: %(places)s."),
    "city_unknown": _("%(city)s (%(country)s) is not in the list of cities."),
    "elsewhere_region": _("%(city)s is not known in %(region)s, but here: %(places)s."),
    "regions_differ": _("Region and country name different parts of the United Kingdom."),
    "region_elsewhere": _("%(region)s is not in this country: %(country)s."),
    "country_missing": _("The country is missing."),
    "country_unknown": _("“%(country)s” is not a country."),
    "kind_unknown": _("“%(kind)s” is not a kind of partnership."),
    # notices
    "kind_patenschaft": _("A “Patenschaft” is entered as a friendship; please check."),
    "kind_missing": _("No kind is stated; entered as a partnership."),
    "two_years": _("“%(year)s” names two years; the year was not used."),
    "year_unclear": _("“%(year)s” is not clearly one year and was not used."),
    "year_uncertain": _("%(year)s is marked as uncertain."),
    "region_unknown": _("“%(region)s” is not a known region and was not used."),
    "formula": _("“%(text)s” looks like a formula; it is kept as plain text."),
    # merged
    "same_as_row": _("The same two cities as in row %(row)s."),
    "same_as_stored": _("The directory has this partnership already."),
    "fills_year": _("The year %(year)s is added to it."),
    "other_year": _("The year stays %(kept)s; this row says %(year)s."),
    "other_kind": _("The kind stays as it is; this row says “%(kind)s”."),
    # reviewed before
    "task_known": _("This row was put to the staff before; no second task is made."),
}
_TRANSLATED = {"country": country_name, "there": country_name, "region": region_name}


class Reason:
    """A code of ``SENTENCES`` and its values; countries and regions are translated when said."""

    def __init__(self, code: str, **values: Any) -> None:
        self.code = code
        self.values = values

    def __str__(self) -> str:
        values = {
            name: _TRANSLATED[name](value) if name in _TRANSLATED else value
            for name, value in self.values.items()
        }
        return str(SENTENCES[self.code] % values)

    def stored(self) -> list[Any]:
        """For a JSON column; ``restored`` reads it."""
        return [self.code, self.values]


def restored(stored: list[Any]) -> Reason:
    code, values = stored
    return Reason(code, **values)


class Refused(ValueError):
    """A row that cannot become a partnership; carries the ``Reason``."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason
