"""Names of German Länder and of the nations of the UK in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_countries import countries

#: Regions are stored as they are called at home; states of the USA are called so everywhere.
_NAMES = {
    "Baden-Württemberg": _("Baden-Württemberg"),
    "Bayern": _("Bavaria"),
    "Berlin": _("Berlin"),
    "Brandenburg": _("Brandenburg"),
    "Bremen": _("Bremen"),
    "Hamburg": _("Hamburg"),
    "Hessen": _("Hesse"),
    "Mecklenburg-Vorpommern": _("Mecklenburg-Western Pomerania"),
    "Niedersachsen": _("Lower Saxony"),
    "Nordrhein-Westfalen": _("North Rhine-Westphalia"),
    "Rheinland-Pfalz": _("Rhineland-Palatinate"),
    "Saarland": _("Saarland"),
    "Sachsen": _("Saxony"),
    "Sachsen-Anhalt": _("Saxony-Anhalt"),
    "Schleswig-Holstein": _("Schleswig-Holstein"),
    "Thüringen": _("Thuringia"),
    "England": _("England"),
    "Scotland": _("Scotland"),
    "Wales": _("Wales"),
    "Northern Ireland": _("Northern Ireland"),
}


def region_name(region: str) -> str:
    return str(_NAMES.get(region, region))


def country_name(code: str) -> str:
    """The country's everyday name; the code itself where there is no such country."""
    known = code in countries.countries  # name() of anything else reads it as a number
    return str(countries.name(code)) if known else code


def place_name(country: str, region: str) -> str:
    """``USA, Indiana``; the country alone where no region is stored."""
    names = (country_name(country), region_name(region))
    return (
        gettext("%(country)s, %(region)s") % dict(zip(("country", "region"), names, strict=True))
        if region
        else names[0]
    )
