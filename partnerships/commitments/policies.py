"""When the cities of a partnership may promise each other something, and who may change it."""

from __future__ import annotations

from ..focus.policies import may_agree
from ..models import City, Commitment, Partnership


def may_promise(partnership: Partnership) -> bool:
    """While its cities stand behind it, as with topics."""
    return may_agree(partnership)


def is_own(commitment: Commitment, city: City) -> bool:
    """Cities read what others promised and change only what they promised themselves."""
    return commitment.party.city_id == city.pk
