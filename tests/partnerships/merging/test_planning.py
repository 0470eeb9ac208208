"""The dry run: what moves, what stays, what ends, and what forbids merging."""

from __future__ import annotations

from typing import Any

import pytest

from partnerships.merging import operations
from partnerships.merging.planning import Move, plan, same_next
from partnerships.models import (
    Card,
    City,
    ContactWish,
    OfficeInvitation,
    Partnership,
    RoleRequest,
)
from tests import factories as make

from .doubled import everything, hang_everything_on, merged, two_cities, two_partnerships

pytestmark = pytest.mark.django_db


def move_of(kept: Any, other: Any, key: str) -> Move:
    """What would become of one relation."""
    return next(one for one in plan(kept, other).moves if one.relation.key.endswith(key))


def test_a_dry_run_changes_nothing() -> None:
    kept, other = two_cities()
    hang_everything_on(other)
    before = everything()
    assert plan(kept, other).refusals == []
    assert everything() == before


def test_a_role_that_somebody_has_in_both_cities_stays_once() -> None:
    kept, other = two_cities()
    user = make.make_user()
    make.make_membership(user, kept, "editor")
    double = make.make_membership(user, other, "editor")
    second = make.make_membership(user, other, "signatory")
    found = move_of(kept, other, "Membership.city")
    assert (found.moves, found.stays) == ((second.pk,), (double.pk,))


def test_cards_take_free_places_and_those_over_stay() -> None:
    kept, other = two_cities()
    for _number in range(3):
        make.make_card(kept)
    theirs = [make.make_card(other) for _number in range(3)]
    need = make.make_card(other, "need")
    found = move_of(kept, other, "Card.city")
    assert found.numbers == {theirs[0].pk: 4, theirs[1].pk: 5, need.pk: 1}
    assert found.stays == (theirs[2].pk,)
    merged(kept, other)
    assert list(Card.objects.of_others(make.make_city())) == list(kept.cards.all())


@pytest.mark.parametrize("what", ["wish", "request", "invitation"])
def test_what_is_open_twice_ends_and_moves(what: str) -> None:
    kept, other = two_cities()
    asked, user = make.make_city(), make.make_user()
    makers: dict[str, Any] = {
        "wish": lambda city: make.make_wish(city, asked),
        "request": lambda city: make.make_role_request(user, city),
        "invitation": lambda city: make.make_office_invitation(city, email="x@wesel.example"),
    }
    makers[what](kept)
    double = makers[what](other)
    merged(kept, other)
    double.refresh_from_db()
    assert getattr(double, "city_id", None) or double.asking_id == kept.pk
    assert {
        "wish": lambda: double.state == ContactWish.State.WITHDRAWN and double.ended_at,
        "request": lambda: double.state == RoleRequest.State.WITHDRAWN and double.decided_at,
        "invitation": lambda: OfficeInvitation.objects.get(pk=double.pk).ended_at,
    }[what]()


def test_a_wish_between_both_cities_stays() -> None:
    kept, other = two_cities()
    wishes = [make.make_wish(kept, other), make.make_wish(other, kept)]
    assert move_of(kept, other, "ContactWish.asking").stays == (wishes[1].pk,)
    assert move_of(kept, other, "ContactWish.asked").stays == (wishes[0].pk,)
    merged(kept, other)


def test_two_cities_of_one_partnership_are_not_doubled() -> None:
    kept, other = two_cities()
    make.make_partnership(kept, other)
    assert plan(kept, other).refusals == [
        "Beide Städte gehören zu derselben Partnerschaft. Also sind sie nicht doppelt – oder "
        "diese Partnerschaft ist falsch und muss zuerst berichtigt werden."
    ]


def test_partnerships_of_other_cities_are_not_merged() -> None:
    one, other = make.make_partnership(), make.make_partnership()
    assert plan(one, other).refusals == [
        "Nur Partnerschaften zwischen genau denselben Städten lassen sich zusammenführen."
    ]


def test_a_draft_is_not_merged() -> None:
    kept, draft = two_partnerships()
    draft.state = "draft"
    assert len(plan(kept, draft).refusals) == len(plan(draft, kept).refusals) == 1


@pytest.mark.parametrize(
    ("kept", "other", "refused"),
    [
        ("listed", "listed", False),
        ("listed", "active", True),
        ("active", "listed", False),
        ("dormant", "reconfirm", True),
        ("awaiting", "ended", False),
    ],
)
def test_the_partnership_that_is_further_stays(kept: str, other: str, refused: bool) -> None:
    first, second = two_partnerships()
    first.state, second.state = kept, other
    assert bool(plan(first, second).refusals) is refused


def test_topics_chosen_in_the_partnership_that_stays_hold() -> None:
    kept, other = two_partnerships(state="active")
    topic = make.make_topic()
    mine, theirs = (make.make_revealed_round(one, topic) for one in (kept, other))
    merged(kept, other)
    assert list(kept.topic_rounds.all()) == [mine]
    assert list(other.topic_rounds.all()) == [theirs]
    assert theirs.rankings.filter(party__partnership=other).count() == 2


def test_partnerships_that_become_the_same_are_named() -> None:
    kept, other = two_cities()
    abroad = make.make_partner_city()
    pair = make.make_partnership(kept, abroad), make.make_partnership(other, abroad)
    make.make_partnership(other, make.make_partner_city())
    make.make_partnership(other, abroad, state="draft")
    assert same_next(kept) == []
    merged(kept, other)
    assert same_next(City.objects.get(pk=kept.pk)) == [pair]
    merged(*Partnership.objects.filter(pk__in=[one.pk for one in pair]).order_by("pk"))
    assert same_next(kept) == []


def test_a_delegation_of_both_to_one_event_stays_with_the_merged_partnership() -> None:
    kept, other = two_partnerships()
    event = make.make_event()
    for one in (kept, other):
        one.events.add(event)
    make.make_event().partnerships.add(other)
    made = merged(kept, other)
    assert (kept.delegations.count(), other.delegations.count()) == (2, 1)
    operations.undo(merge=made, by=make.make_staff())
    assert (kept.delegations.count(), other.delegations.count()) == (1, 2)
