"""All partnerships that a query of the directory finds, without pages: for maps and files."""

from __future__ import annotations

from django.db.models import Q

from ..derived import SEPARATOR
from ..directory import Catalogue, conditions_of
from ..directory_query import Query
from ..directory_rows import Condition
from ..models import Partnership
from ..models.links import PartnershipQuerySet
from .words import fits, understood


def matching(query: Query, known: Catalogue) -> PartnershipQuerySet:
    """The same rows as ``directory.search`` counts, in no order; asks nothing yet."""
    words = map(fits, understood(query.words, known.spellings))
    filters = map(_passes, conditions_of(query, known))
    return Partnership.objects.public().filter(*words, *filters).order_by()


def _passes(condition: Condition) -> Q:
    if condition.kind:
        return Q(kind=condition.kind)
    if condition.place:
        return Q(facet_places__contains=f"{SEPARATOR}{condition.place}{SEPARATOR}")
    passed = Q(pk__in=[])
    for topic in condition.topics or ():
        passed |= Q(facet_topics__contains=f"{SEPARATOR}{topic}{SEPARATOR}")
    return passed
