"""Cities, posts and partnerships in the administration."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from journal.models import Entry
from partnerships.models import City, Membership, Partnership, Position
from tests.admin_forms import errors_of, form_data, page
from tests.factories import (
    make_city,
    make_mayor,
    make_membership,
    make_partner_city,
    make_partnership,
    make_position,
    make_staff,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make_staff())
    return client


def edit(client: Client, thing: Any, **changes: Any) -> Any:
    data = form_data(client.get(page("change", thing)))
    return client.post(page("change", thing), {**data, **changes})


def add(client: Client, model: Any, **values: Any) -> Any:
    data = form_data(client.get(page("add", model)))
    return client.post(page("add", model), {**data, **values})


@pytest.mark.parametrize("query", ["koln", "Koeln", "KÖLN", "cologne"])
def test_a_city_is_found_by_every_spelling(staff: Client, query: str) -> None:
    city = make_city("Köln", name_en="Cologne")
    make_city("Bonn")
    response = staff.get(page("changelist", City), {"q": query})
    assert list(response.context["cl"].result_list) == [city]


def test_a_renamed_city_renames_its_partnerships(staff: Client) -> None:
    partnership = make_partnership(make_city("Cöln"), make_partner_city("Indianapolis"))
    city = partnership.parties.first().city
    assert edit(staff, city, name_de="Köln", name_en="Cologne").status_code == 302
    partnership.refresh_from_db()
    assert (partnership.title_de, partnership.title_en) == (
        "Köln – Indianapolis",
        "Cologne – Indianapolis",
    )
    assert Partnership.objects.search("koeln").get() == partnership


def test_a_new_city_needs_no_english_name_but_a_real_zone(staff: Client) -> None:
    values = {"name_de": "Bonn", "slug": "bonn", "country": "DE", "region": "NRW"}
    refused = add(staff, City, **values, time_zone="Bonn/Rhein")
    assert list(errors_of(refused)) == ["time_zone"]
    assert add(staff, City, **values, time_zone="Europe/Berlin").status_code == 302
    assert City.objects.get().sort_key == "bonn"


def test_the_same_city_twice_is_refused(staff: Client) -> None:
    make_city("Bonn", region="NRW")
    values = {"name_de": "Bonn", "slug": "b", "country": "DE", "region": "NRW"}
    response = add(staff, City, **values, time_zone="Europe/Berlin")
    assert errors_of(response)["__all__"] == ["Diese Stadt steht schon in der Liste."]


def test_a_city_links_to_its_positions(staff: Client) -> None:
    position = make_position(make_city())
    make_position(make_city())
    content = staff.get(page("change", position.city)).content.decode()
    address = f"{page('changelist', Position)}?city__id__exact={position.city_id}"
    assert address in content
    assert list(staff.get(address).context["cl"].result_list) == [position]


def test_a_position_stands_in_a_city_or_an_organisation(staff: Client) -> None:
    response = add(staff, Position, title="Büroleitung", language="de")
    assert list(errors_of(response)) == ["city"]
    assert add(staff, Position, title="Büro", city=make_city().pk).status_code == 302


def test_a_holder_is_kept_with_the_position(staff: Client) -> None:
    position = make_position(holder="")
    row = {"holders-TOTAL_FORMS": 1, "holders-0-name": "Erika Beispiel"}
    backwards = {"holders-0-since": "2026-05-01", "holders-0-until": "2026-04-01"}
    assert list(errors_of(edit(staff, position, **row, **backwards))) == ["holders-0-until"]
    assert edit(staff, position, **row, **{"holders-0-since": "2026-05-01"}).status_code == 302
    assert [str(holder) for holder in position.holders.all()] == ["Erika Beispiel"]


def test_the_list_of_positions_names_place_and_present_holder(staff: Client) -> None:
    position = make_mayor(make_city("Aachen", region="NRW"), holder="Erika Beispiel")
    position.holders.create(name="Max Früher", until="2020-01-01")
    content = staff.get(page("changelist", Position)).content.decode()
    assert "Erika Beispiel" in content
    assert "Max Früher" not in content
    assert "NRW" in content


def test_a_new_partnership_gets_its_title_and_an_entry(staff: Client) -> None:
    city, partner = make_city("Köln"), make_partner_city("Indianapolis")
    parties = {"parties-0-city": city.pk, "parties-1-city": partner.pk, "parties-1-order": 1}
    topic = {"topic_links-TOTAL_FORMS": 1, "topic_links-0-topic": make_topic().pk}
    values = {"slug": "koeln-indianapolis", "kind": "partnership", "state": "listed"}
    response = add(staff, Partnership, **values, **parties, **topic, in_directory="on")
    assert response.status_code == 302, errors_of(response)
    partnership = Partnership.objects.get()
    assert partnership.title_de == "Köln – Indianapolis"
    assert Entry.objects.about(partnership).get().verb == "partnerships.created"


def test_a_partnership_needs_two_cities(staff: Client) -> None:
    values = {"slug": "nur-eine", "kind": "partnership", "state": "listed"}
    response = add(staff, Partnership, **values, **{"parties-0-city": make_city().pk})
    assert response.status_code == 200
    assert not Partnership.objects.exists()


def test_a_third_city_joins_and_is_found(staff: Client) -> None:
    partnership = make_partnership()
    third = {"parties-TOTAL_FORMS": 3, "parties-2-city": make_city("Wolfsburg").pk}
    assert edit(staff, partnership, **third, **{"parties-2-order": 2}).status_code == 302
    response = staff.get(page("changelist", Partnership), {"q": "wolfsburg"})
    assert list(response.context["cl"].result_list) == [partnership]
    assert Entry.objects.about(partnership).get().verb == "partnerships.edited"


def test_a_note_in_one_language_is_refused_beside_the_other(staff: Client) -> None:
    response = edit(staff, make_partnership(), note_de="Ruht seit 2020.")
    assert errors_of(response)["note_en"] == ["Bitte geben Sie auch den englischen Text ein."]


def test_a_role_is_given_once(staff: Client) -> None:
    membership = make_membership(make_user(), make_city())
    values = {"user": membership.user_id, "city": membership.city_id, "role": "editor"}
    response = add(staff, Membership, **values)
    assert response.status_code == 200
    assert add(staff, Membership, **{**values, "role": "reader"}).status_code == 302
