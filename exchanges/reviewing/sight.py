"""How much of a case somebody who reviews it may see: decided here and nowhere else."""

from __future__ import annotations

from collections.abc import Collection
from enum import IntEnum

from ..models import Application, Review
from ..states import State

_Review = Review.State
#: Before the formal check is passed there is nothing to read yet.
READABLE = frozenset(State) - {State.DRAFT, State.CHECKING}


class Sight(IntEnum):
    """From least to most; each allows what those before it allow."""

    NOTHING = 0
    TITLE = 1
    CASE = 2
    OTHERS = 3


def of_review(review: Review, *, is_own_city: bool) -> Sight:
    """What the reviewer sees of the case.

    The title only before they have declared, once they are recused, and for a case of their own
    city; the case while they write; other people's reviews once they handed in their own.
    """
    if is_own_city or review.application.state not in READABLE:
        return Sight.TITLE
    return {
        _Review.ASSIGNED: Sight.TITLE,
        _Review.OPEN: Sight.CASE,
        _Review.DONE: Sight.OTHERS,
        _Review.RECUSED: Sight.TITLE,
    }[_Review(review.state)]


def of_staff(own: Review | None) -> Sight:
    """What somebody of the staff sees, who may be asked to review the case as well."""
    if own is None or own.state == _Review.DONE:
        return Sight.OTHERS
    return Sight.TITLE if own.state == _Review.RECUSED else Sight.CASE


def is_own_city(application: Application, own_cities: Collection[int]) -> bool:
    """Needs the application's parties; ``own_cities`` are keys of cities."""
    return any(party.city_id in own_cities for party in application.parties.all())


def title_of(application: Application) -> str:
    """What everybody asked to review may read; the partnership's name would tell the cities."""
    return application.title or application.ref
