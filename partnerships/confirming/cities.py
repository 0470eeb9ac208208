"""Cities of a draft: taken over from the gazetteer, and compared with what is linked already."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from ..folding import e_form
from ..models import City, Partnership
from ..registry import free_slug


def stored(city: City) -> City:
    """The city of that name, country and region; saved now if there is none."""
    if city.pk is not None:
        return city
    if found := City.every.at_place_of(city):
        return found
    wanted = slugify(e_form(city.name_de))[:75] or "city"
    taken = City.every.filter(slug__startswith=wanted).values_list("slug", flat=True)
    city.slug = free_slug(wanted, set(taken))
    try:
        with transaction.atomic():
            city.save()
    except IntegrityError:  # a colleague in another city was faster
        if found := City.every.at_place_of(city):
            return found
        raise
    return city


def same_cities(partnership: Partnership) -> Partnership | None:
    """Another partnership of exactly these cities that is no draft."""
    cities = set(partnership.parties.values_list("city", flat=True))
    others = (
        Partnership.objects.exclude(pk=partnership.pk)
        .exclude(state=Partnership.State.DRAFT)
        .filter(parties__city__in=cities)
        .distinct()
        .prefetch_related("parties")
    )
    return next(
        (one for one in others if {party.city_id for party in one.parties.all()} == cities), None
    )
