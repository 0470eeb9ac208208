"""Hints at conflicts of interest, and who is ruled out."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone, translation

from accounts.models import User
from exchanges.reviewing import conflicts
from exchanges.reviewing.conflicts import Kind
from partnerships.models import City, CityDomain, Handover, Holder
from tests.exchanges.scenes import make_reviewer
from tests.factories import make_city, make_membership, make_partner_city, make_position

pytestmark = pytest.mark.django_db


@pytest.fixture
def hamm() -> City:
    return make_city("Hamm")


@pytest.fixture
def cities(hamm: City) -> list[City]:
    return [hamm, make_partner_city("Chattanooga")]


@pytest.fixture
def person() -> User:
    person = make_reviewer("rita@panel.example")
    person.name = "Rita Rat"
    person.save()
    return person


def kinds(person: User, cities: list[City]) -> list[Kind]:
    return [hint.kind for hint in conflicts.hints([person], cities)[person.pk]]


def left(city: City, leaver: User | None, email: str) -> Handover:
    return Handover.objects.create(
        city=city,
        leaver=leaver,
        leaver_email=email,
        department="Amt",
        last_day=timezone.localdate() - dt.timedelta(days=400),
    )


def test_who_has_nothing_to_do_with_the_cities_has_no_hints(
    person: User, cities: list[City]
) -> None:
    other = make_city("Essen")
    make_membership(person, other)
    CityDomain.objects.create(city=other, domain="panel.example")
    assert kinds(person, cities) == []


def test_a_role_and_a_home_rule_out(person: User, cities: list[City], hamm: City) -> None:
    make_membership(person, hamm, "reader")
    person.reviewer.home_city = cities[1]  # type: ignore[attr-defined]
    person.reviewer.save()  # type: ignore[attr-defined]
    assert kinds(person, cities) == [Kind.MEMBER, Kind.HOME]
    assert conflicts.own_cities(person) == {city.pk for city in cities}
    assert conflicts.ruled_out(person, [hamm.pk])
    assert not conflicts.ruled_out(person, [make_city("Essen").pk])


def test_a_former_role_is_a_hint_by_account_and_by_address(
    person: User, cities: list[City], hamm: City
) -> None:
    left(hamm, person, "old@hamm.example")
    assert kinds(person, cities) == [Kind.LEFT]
    Handover.objects.update(leaver=None)
    assert kinds(person, cities) == []
    left(hamm, None, "rita@panel.example")
    assert kinds(person, cities) == [Kind.LEFT]
    assert not conflicts.ruled_out(person, [hamm.pk])


@pytest.mark.parametrize(
    ("email", "name", "expected"),
    [
        ("Rita@Panel.example", "", [Kind.POST]),
        ("post@hamm.example", "rita  rat", [Kind.NAME]),
        ("post@hamm.example", "Erika Beispiel", []),
    ],
)
def test_a_post_is_a_hint_by_address_and_by_its_holder_s_name(
    person: User, cities: list[City], hamm: City, email: str, name: str, expected: list[Kind]
) -> None:
    position = make_position(hamm, email=email)
    Holder.objects.filter(position=position).delete()
    if name:
        ended = timezone.localdate() - dt.timedelta(days=900)
        Holder.objects.create(position=position, name=name, until=ended)
    assert kinds(person, cities) == expected


def test_a_mail_domain_of_a_city_is_a_hint_below_it_too(
    person: User, cities: list[City], hamm: City
) -> None:
    CityDomain.objects.create(city=hamm, domain="panel.example")
    person.email = "rita@mail.panel.example"
    assert kinds(person, cities) == [Kind.DOMAIN]


def test_staff_read_the_city_and_the_person_does_not(person: User, hamm: City) -> None:
    make_membership(person, hamm)
    (hint,) = conflicts.hints([person], [hamm])[person.pk]
    with translation.override("en"):
        assert hint.for_staff == "has a role in the office of Hamm"
        assert str(hint.for_person) == "You have a role in one of the cities."


@pytest.mark.parametrize("number", [1, 3])
def test_hints_take_five_statements_for_any_number_of_people(
    cities: list[City], number: int, django_assert_num_queries: Any
) -> None:
    people = [make_reviewer() for _ in range(number)]
    for person in people:
        make_membership(person, cities[0])
    with django_assert_num_queries(5):
        found = conflicts.hints(people, cities)
    assert [len(found[person.pk]) for person in people] == [1] * number
