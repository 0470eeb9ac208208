from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone, translation

from events.delegations import check, of_event
from events.models import Delegation, Event, Invitation
from partnerships.models import City, Department, Office, Partnership
from tests.factories import (
    make_city,
    make_department,
    make_event,
    make_invitation,
    make_mayor,
    make_office,
    make_partner_city,
    make_partnership,
    make_position,
)

pytestmark = pytest.mark.django_db


def guest(event: Event, city: City, **position: Any) -> Invitation:
    return make_invitation(event, position=make_position(city, **position), city=city)


def fill(event: Event, city: City) -> None:
    """A mayor and two specialist departments."""
    make_invitation(event, position=make_mayor(city), city=city)
    guest(event, city, department=make_department())
    guest(event, city, department=make_department())


@pytest.fixture
def event() -> Event:
    return make_event(kind=Event.Kind.CONFERENCE)


@pytest.fixture
def partnership() -> Partnership:
    return make_partnership(make_city("Köln"), make_partner_city("Nashville"))


def missing(partnership: Partnership, event: Event) -> list[str]:
    return check(partnership, list(event.invitations.all())).missing


def test_a_mayor_and_two_departments_of_each_city_are_complete(
    event: Event, partnership: Partnership
) -> None:
    for party in partnership.parties.all():
        fill(event, party.city)
    assert missing(partnership, event) == []


def test_a_city_without_guests_is_named_once(event: Event, partnership: Partnership) -> None:
    fill(event, City.objects.get(slug="koln"))
    assert missing(partnership, event) == ["Nashville: noch kein Gast"]


def test_a_missing_head_and_missing_departments_are_named(
    event: Event, partnership: Partnership
) -> None:
    fill(event, City.objects.get(slug="koln"))
    nashville = City.objects.get(slug="nashville")
    guest(event, nashville, department=make_department())
    expected = ["Nashville: kein Stadtoberhaupt", "Nashville: Es fehlt 1 weiteres Fachamt"]
    assert missing(partnership, event) == expected
    with translation.override("en"):
        assert missing(partnership, event) == [
            "Nashville: no head of the city",
            "Nashville: 1 more specialist department needed",
        ]


@pytest.mark.parametrize("slug", ["international-affairs", "mayors-office"])
def test_offices_that_accompany_are_no_specialists(
    event: Event, partnership: Partnership, slug: str
) -> None:
    koeln = City.objects.get(slug="koln")
    make_invitation(event, position=make_mayor(koeln), city=koeln)
    guest(event, koeln, department=make_department())
    guest(event, koeln, department=make_department(slug))
    assert "Köln: Es fehlt 1 weiteres Fachamt" in missing(partnership, event)


def test_two_guests_of_one_department_count_once(event: Event, partnership: Partnership) -> None:
    koeln, department = City.objects.get(slug="koln"), make_department()
    make_invitation(event, position=make_mayor(koeln), city=koeln)
    guest(event, koeln, department=department)
    guest(event, koeln, department=department)
    assert "Köln: Es fehlt 1 weiteres Fachamt" in missing(partnership, event)


@pytest.mark.parametrize(
    ("may_speak", "head"), [("yes", True), ("staff decide", False), ("no", False)]
)
def test_heads_are_those_who_speak_at_a_roundtable(
    event: Event, partnership: Partnership, may_speak: str, head: bool
) -> None:
    koeln = City.objects.get(slug="koln")
    guest(event, koeln, office=make_office(may_speak=may_speak, kind=Office.Kind.HEAD_OF_REGION))
    assert ("Köln: kein Stadtoberhaupt" not in missing(partnership, event)) is head


def test_guests_of_other_cities_and_strangers_do_not_count(
    event: Event, partnership: Partnership
) -> None:
    fill(event, make_city("Bonn"))
    make_invitation(event)
    make_invitation(event, city=City.objects.get(slug="koln"))
    result = check(partnership, list(event.invitations.all()))
    assert len(result.members) == 1
    assert result.missing == [
        "Köln: kein Stadtoberhaupt",
        "Köln: Es fehlen 2 Fachämter",
        "Nashville: noch kein Gast",
    ]


def test_a_guest_who_declined_is_listed_and_fills_no_gap(
    event: Event, partnership: Partnership
) -> None:
    Delegation.objects.create(event=event, partnership=partnership)
    for party in partnership.parties.all():
        fill(event, party.city)
    event.invitations.filter(position__office__isnull=False, city__slug="koln").update(
        choice="no", answered_at=timezone.now()
    )
    (result,) = of_event(event)
    assert (len(result.members), result.missing) == (6, ["Köln: kein Stadtoberhaupt"])


def test_withdrawn_guests_are_not_of_the_delegation(event: Event, partnership: Partnership) -> None:
    Delegation.objects.create(event=event, partnership=partnership)
    fill(event, City.objects.get(slug="koln"))
    event.invitations.update(withdrawn_at=timezone.now())
    (result,) = of_event(event)
    assert result.members == []


@pytest.mark.parametrize("delegations", [1, 3])
def test_the_delegations_of_an_event_take_four_queries(
    event: Event, delegations: int, django_assert_num_queries: Any
) -> None:
    for _ in range(delegations):
        partnership = make_partnership()
        Delegation.objects.create(event=event, partnership=partnership)
        for party in partnership.parties.all():
            fill(event, party.city)
    with django_assert_num_queries(4):
        assert [result.missing for result in of_event(event)] == [[]] * delegations


def test_departments_are_told_apart_by_entry_not_by_name(
    event: Event, partnership: Partnership
) -> None:
    koeln = City.objects.get(slug="koln")
    fill(event, koeln)
    assert Department.objects.values("name_de").distinct().count() == 1
    assert missing(partnership, event) == ["Nashville: noch kein Gast"]
