"""Cities that share a partner with an office's city, and how far contact with them is."""

from __future__ import annotations

from dataclasses import dataclass

from ..models import City, ContactWish, Membership
from .partners import neighbourhood


@dataclass(frozen=True)
class Blip:
    """A city on the radar. ``wish`` is what stands between the two offices, if anything does."""

    city: City
    shared: tuple[City, ...]
    is_partner: bool
    has_office: bool
    wish: ContactWish | None


def radar(city: City) -> list[Blip]:
    """Five queries; those we do not know yet first, then the same country, then most in common."""
    around = neighbourhood(city)
    cities = City.objects.in_bulk({*around.shared, *around.partners})
    offices = set(Membership.objects.filter(city__in=around.shared).values_list("city", flat=True))
    wishes = {wish.other(city).pk: wish for wish in ContactWish.objects.of(city).standing()}
    found = [
        Blip(
            city=cities[other],
            shared=tuple(sorted((cities[pk] for pk in shared), key=lambda one: one.sort_key)),
            is_partner=other in around.partners,
            has_office=other in offices,
            wish=wishes.get(other),
        )
        for other, shared in around.shared.items()
    ]
    return sorted(
        found,
        key=lambda blip: (
            blip.is_partner,
            blip.city.country != city.country,
            -len(blip.shared),
            blip.city.sort_key,
        ),
    )
