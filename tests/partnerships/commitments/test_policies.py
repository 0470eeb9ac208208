from __future__ import annotations

import pytest

from partnerships.commitments.policies import is_own, may_promise
from partnerships.models import Partnership
from tests.factories import make_commitment

from .scenes import make_pair, party

State = Partnership.State


@pytest.mark.parametrize(
    ("state", "allowed"),
    [
        (State.LISTED, False),
        (State.DRAFT, False),
        (State.AWAITING_PARTNER, True),
        (State.ACTIVE, True),
        (State.NEEDS_RECONFIRMATION, True),
        (State.DORMANT, True),
        (State.ENDED, False),
    ],
)
def test_cities_promise_while_they_stand_behind_the_partnership(state: str, allowed: bool) -> None:
    assert may_promise(Partnership(state=state)) is allowed


@pytest.mark.django_db
def test_a_commitment_belongs_to_the_city_that_made_it() -> None:
    pair = make_pair()
    hamm, other = party(pair).city, party(pair, "Chattanooga").city
    promise = make_commitment(party(pair))
    assert (is_own(promise, hamm), is_own(promise, other)) == (True, False)
