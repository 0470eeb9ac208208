"""All of the reference data, in the order in which one needs the other."""

from __future__ import annotations

from collections import Counter

from django.db import transaction
from django.utils import translation

from pages.content import load_pages
from partnerships.importing import Outcome, import_partnerships
from partnerships.models import Partnership
from partnerships.spreadsheets import read_partnerships

from .catalogues import load_catalogues
from .history import load_history
from .places import load_places
from .rows import DATA, Count


@transaction.atomic
def load_reference() -> list[Count]:
    """Bring the shipped data into the database; what is there already stays (see the package)."""
    with translation.override("de"):
        counts = [*load_catalogues(), *load_places(), load_partnerships(), *load_history()]
        load_pages()
    return counts


def load_partnerships() -> Count:
    """The 374 of ``partnerships.csv``.

    A line is refused where staff renamed one of its cities; its partnership is there already.
    """
    lines = import_partnerships(read_partnerships(DATA / "partnerships.csv"))
    count = Counter(line.outcome for line in lines)
    label = str(Partnership._meta.verbose_name_plural)
    kept = count[Outcome.EXISTS] + count[Outcome.REFUSED]
    return Count(label, created=count[Outcome.CREATED], kept=kept)
