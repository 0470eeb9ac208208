"""An estimate of the greenhouse gases of a journey, with the virtual meeting beside it.

Distances are great circles between the cities; real routes are longer. Factors are rows with
a source (``TravelFactor``); what nobody checked says so.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import formats
from django.utils.translation import gettext as _

from ..models import Application, Leg, TravelFactor

EARTH_RADIUS_KM = 6371.0
#: Hours of a video conference that stand for a day of a visit.
HOURS_A_DAY = 4


@dataclass(frozen=True)
class Estimate:
    """Kilograms of CO2 equivalent; ``None`` where a place or a factor is missing."""

    kilograms: float | None
    kilometres: float
    virtual: float | None
    is_checked: bool
    sources: tuple[str, ...]


def great_circle(
    latitude: float, longitude: float, other_latitude: float, other_longitude: float
) -> float:
    """Kilometres between two points on a globe, given in degrees (haversine)."""
    one, other = math.radians(latitude), math.radians(other_latitude)
    across = math.radians(other_longitude - longitude) / 2
    up = (other - one) / 2
    chord = math.sin(up) ** 2 + math.cos(one) * math.cos(other) * math.sin(across) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(chord, 1.0)))


def length_of(leg: Leg) -> float | None:
    """Kilometres a person travels on a leg, there and back where it is so."""
    ends = (leg.origin, leg.destination)
    points = [value for city in ends for value in (city.latitude, city.longitude)]
    if any(value is None for value in points):
        return None
    distance = great_circle(*(float(value) for value in points if value is not None))
    return distance * (2 if leg.is_return else 1)


def factors(on: dt.date) -> dict[str, TravelFactor]:
    """The newest factor of each means of travel in force on that day; one query."""
    valid = TravelFactor.objects.filter(valid_from__lte=on).order_by("valid_from", "pk")
    return {factor.means: factor for factor in valid}


def estimate(application: Application, on: dt.date) -> Estimate | None:
    """The estimate for an application's legs; nothing where none is written."""
    legs = list(application.legs.select_related("origin", "destination"))
    if not legs:
        return None
    known = factors(on)
    grams = [_grams(leg, known) for leg in legs]
    used = {known[leg.means] for leg in legs if leg.means in known}
    video = known.get(TravelFactor.VIDEO)
    if video:
        used.add(video)
    travellers = max(leg.persons for leg in legs)
    return Estimate(
        kilograms=None if None in grams else sum(one or 0.0 for one in grams) / 1000,
        kilometres=sum((length_of(leg) or 0.0) * leg.persons for leg in legs),
        virtual=_virtual(video, application.days, travellers),
        is_checked=all(factor.is_checked for factor in used),
        sources=tuple(sorted({factor.source for factor in used})),
    )


def _grams(leg: Leg, known: dict[str, TravelFactor]) -> float | None:
    length = length_of(leg)
    if length is None or leg.means not in known:
        return None
    return length * leg.persons * known[leg.means].grams


def _virtual(video: TravelFactor | None, days: int, persons: int) -> float | None:
    if video is None:
        return None
    return video.grams * HOURS_A_DAY * max(days, 1) * persons / 1000


def _written(number: float, places: int = 0) -> str:
    return formats.number_format(round(number, places), places, force_grouping=True)


def sentences(found: Estimate) -> Iterable[str]:
    """The estimate in words, with what it cannot say."""
    if found.kilograms is None:
        yield _("The CO₂ of the journey cannot be estimated: a place or a factor is missing.")
    else:
        yield _("The journey causes about %(kilograms)s kg of CO₂ (%(kilometres)s km).") % {
            "kilograms": _written(found.kilograms),
            "kilometres": _written(found.kilometres),
        }
    if found.virtual is not None:
        yield _(
            "The same days as a video conference of %(hours)s hours each: about %(kilograms)s kg."
        ) % {"hours": HOURS_A_DAY, "kilograms": _written(found.virtual, 1)}
    if not found.is_checked:
        yield _("The factors are not checked yet; take this as an order of magnitude.")
