"""The map as its template needs it: the list's filters and rows, and the drawing with its words."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from .. import directory, directory_page
from ..directory_query import Query
from ..models import HOME_COUNTRY
from ..regions import country_name
from .basemap import basemap
from .drawing import Drawing, draw
from .freshness import lately
from .matching import matching
from .sections import BY_NAME, SECTIONS

#: How long a drawing is kept, in seconds.
KEPT_SECONDS = 600
MOST_COUNTRIES = 5


def context(query: Query, section: str) -> dict[str, Any]:
    """Five queries, however many partnerships there are; ``section`` may name none."""
    known = directory.catalogue()
    result = directory.search(query, known)
    drawing = _drawing(query, known, section)
    address = query.address()
    parts = [part for part in (address, f"section={section}" if section in BY_NAME else "") if part]
    base = basemap(drawing.section)
    return {
        **directory_page.context(query, result),
        "address": "&".join(parts),
        "directory_url": reverse("partnerships:map"),
        "list_url": reverse("partnerships:directory"),
        "list_address": address,
        "drawing": drawing,
        "base": base,
        "meridians": [(m.x, m.y, degrees(m.degrees)) for m in base.meridians],
        "sections": [
            (one.label, _section_address(address, one.name), one == drawing.section)
            for one in SECTIONS
        ],
        "countries": _countries(result, query.filters.get("country", "")),
        "breadcrumb": [
            (_("Town twinnings"), reverse("partnerships:directory")),
            (_("Map"), ""),
        ],
    }


def degrees(longitude: int) -> str:
    """``15° W``; ``0°`` stands alone."""
    if not longitude:
        return "0°"
    side = pgettext("compass", "E") if longitude > 0 else pgettext("compass", "W")
    return f"{abs(longitude)}° {side}"


def _drawing(query: Query, known: directory.Catalogue, section: str) -> Drawing:
    """Kept for a while, and drawn anew after every change that ``lately`` has seen."""
    asked = (query.words, sorted(query.filters.items()), section, get_language())
    key = f"partnerships:map:{lately(asked, known.spellings, known.goals).key}"
    drawing: Drawing | None = cache.get(key)
    if drawing is None:
        drawing = draw(matching(query, known), section=BY_NAME.get(section))
        cache.set(key, drawing, KEPT_SECONDS)
    return drawing


def _section_address(address: str, name: str) -> str:
    return f"{address}&section={name}" if address else f"section={name}"


def _countries(result: directory.Result, chosen: str) -> str:
    """The partner countries with the most partnerships, or the chosen one, in words."""
    counts = result.counts["country"].most_common(MOST_COUNTRIES)
    if chosen:
        counts = [(chosen, result.counts["country"][chosen])]
    named = (
        ngettext("%(country)s: %(n)s partnership", "%(country)s: %(n)s partnerships", n)
        % {"country": country_name(code), "n": n}
        for code, n in counts
        if n and code != HOME_COUNTRY
    )
    return "; ".join(named)
