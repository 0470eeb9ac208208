"""A merged entry is offered nowhere, and its old address leads to the one that stands."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from partnerships.confirming.cities import stored
from partnerships.importing.candidates import candidates
from partnerships.locks import lock_city
from partnerships.models import City, GazetteerPlace, Merge, Partnership
from partnerships.registry import Registry, city_at
from tests import factories as make
from ude_portal.reference.history import _cities

from .doubled import merged, two_cities, two_partnerships

pytestmark = pytest.mark.django_db


@pytest.fixture
def cities() -> tuple[City, City]:
    kept, other = two_cities()
    merged(kept, other)
    return City.objects.get(pk=kept.pk), City.every.get(pk=other.pk)


def test_the_old_address_of_a_city_leads_to_the_one_that_stays(cities: Any) -> None:
    response = Client().get("/cities/wesel-am-rhein/")
    assert (response.status_code, response["Location"]) == (302, "/cities/wesel/")
    assert Client().get("/cities/wesel/").status_code == 200
    assert Client().get("/cities/wesel-nirgends/").status_code == 404


def test_the_old_address_of_a_partnership_leads_on_unless_the_other_is_hidden() -> None:
    kept, other = two_partnerships()
    merged(kept, other)
    address = f"/partnerships/{other.slug}/"
    assert Client().get(address)["Location"] == f"/partnerships/{kept.slug}/"
    Partnership.objects.update(in_directory=False)
    assert Client().get(address).status_code == 404


def test_an_office_is_entered_by_the_old_address_by_its_people_only(cities: Any) -> None:
    user = make.make_user()
    make.make_membership(user, cities[0], "reader")
    client, stranger = Client(), Client()
    client.force_login(user)
    stranger.force_login(make.make_user())
    address = "/office/wesel-am-rhein/partnerships/"
    assert client.get(address)["Location"] == "/office/wesel/partnerships/"
    assert stranger.get(address).status_code == 404


@pytest.fixture
def member() -> tuple[Client, str, str]:
    """Somebody of Wesel's office, the address of the merged partnership, that of the other."""
    kept, other = two_partnerships()
    merged(kept, other)
    user = make.make_user()
    make.make_membership(user, City.objects.get(slug="wesel"), "coordinator")
    client = Client()
    client.force_login(user)
    base = "/office/wesel/partnerships/"
    return client, f"{base}{other.slug}/", f"{base}{kept.slug}/"


@pytest.mark.parametrize("page", ["", "topics/", "departments/", "claim/"])
def test_an_office_s_page_of_a_merged_partnership_leads_on(
    member: tuple[Client, str, str], page: str
) -> None:
    client, old, new = member
    assert client.get(old + page)["Location"] == new + page
    assert client.get(f"/en{old}{page}")["Location"] == f"/en{new}{page}"
    assert client.get(new + page).status_code == 200


def test_an_office_s_page_leads_to_no_partnership_of_other_cities(
    member: tuple[Client, str, str],
) -> None:
    client, old, _new = member
    assert client.post(f"{old}claim/").status_code == 404
    Partnership.objects.get().parties.filter(city__slug="wesel").delete()
    assert client.get(old).status_code == 404


def test_a_role_that_stayed_with_the_merged_city_opens_no_office() -> None:
    kept, other = two_cities()
    user = make.make_user()
    for city in (kept, other):
        make.make_membership(user, city, "reader")
    make.make_membership(user, other, "editor")
    merged(kept, other)
    assert {one.role for one in user.memberships.filter(city=kept)} == {"reader", "editor"}
    client = Client()
    client.force_login(user)
    assert client.get("/office/wesel-am-rhein/partnerships/").status_code == 302


def test_no_list_and_no_search_offers_a_merged_city(cities: Any) -> None:
    kept, _other = cities
    assert list(City.objects.search("wesel am rhein")) == [kept]
    assert [one.city for one in candidates("wesel", "DE")] == [kept]
    assert Registry().named("Wesel am Rhein", "DE") == [kept]


def test_the_gazetteer_does_not_offer_the_place_of_a_merged_city(cities: Any) -> None:
    kept, other = cities
    values = {"latitude": 51.6, "longitude": 6.6, "population": 60_000}
    place = GazetteerPlace.objects.create(
        name="Wesel am Rhein", country="DE", region=other.region, **values
    )
    assert [one.key for one in candidates("wesel", "DE")] == [f"city:{kept.pk}"]
    assert Registry().named("Wesel am Rhein", "DE") == [kept]
    assert stored(city_at(place)) == kept


def test_an_address_of_a_merged_entry_is_not_given_away(cities: Any) -> None:
    values = {"name_de": "Wesel am Rhein", "name_en": "x", "country": "US", "region": "Ohio"}
    new = City(**values, time_zone="America/New_York")
    assert stored(new).slug == "wesel-am-rhein-2"
    assert Registry().city_slug(City(**values)) == "wesel-am-rhein-ohio"
    with pytest.raises(ValidationError) as refusal:
        City(**values, slug="wesel-am-rhein", time_zone="Europe/Berlin").full_clean()
    assert "merged" in {error.code for error in refusal.value.error_dict["__all__"]}


def test_merged_partnerships_are_no_known_pair_of_an_import() -> None:
    kept, other = two_partnerships()
    merged(other, kept)
    known = Registry().known([party.city for party in kept.parties.all()])
    assert known is not None
    assert known.pk == other.pk


def test_the_reference_data_finds_a_merged_city_where_it_went(cities: Any) -> None:
    assert _cities() == {"wesel": cities[0].pk, "wesel-am-rhein": cities[0].pk}


def test_a_merged_city_is_locked_by_nobody(cities: Any) -> None:
    lock_city(cities[0].pk)
    with pytest.raises(ValidationError) as refusal:
        lock_city(cities[0].pk, cities[1].pk)
    assert refusal.value.code == "merged"


def test_an_import_whose_partnership_was_merged_is_not_taken_back() -> None:
    from partnerships.importing.traces import edited_since
    from tests.partnerships.importing.stored import make_import, make_import_row

    kept, other = two_partnerships()
    done = make_import(state="done")
    make_import_row(done, partnership=other, made_it=True, seen_version=1)
    assert edited_since(done) == []
    merged(kept, other)
    assert edited_since(done) == [other]
    assert Merge.objects.count() == 1
