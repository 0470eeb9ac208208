"""All of the reference data, in the order in which one needs the other."""

from __future__ import annotations

from django.db import transaction
from django.utils import translation

from pages.content import load_pages
from partnerships.importing.operations import list_partnerships
from partnerships.models import Partnership

from .catalogues import load_catalogues
from .history import load_history
from .places import load_places
from .rates import load_rates
from .rows import DATA, Count


@transaction.atomic
def load_reference() -> list[Count]:
    """Bring the shipped data into the database; what is there already stays (see the package)."""
    with translation.override("de"):
        catalogues = [*load_catalogues(), *load_rates()]
        counts = [*catalogues, *load_places(), load_partnerships(), *load_history()]
        load_pages()
    return counts


def load_partnerships() -> Count:
    """The 374 of ``partnerships.csv``.

    A line finds no city where staff renamed one; its partnership is there already.
    """
    plan = list_partnerships(path=DATA / "partnerships.csv").plan
    label = str(Partnership._meta.verbose_name_plural)
    created = len(plan.entries)
    return Count(label, created=created, kept=len(plan.decisions) - created)
