"""What stands in each list's file, with which filters, and how much it asks of the database."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from partnerships.confirming import operations
from partnerships.exporting.lists import registered
from partnerships.models import (
    City,
    Confirmation,
    FactConfirmation,
    Organisation,
    Partnership,
    Position,
)
from tests.factories import (
    make_city,
    make_department,
    make_membership,
    make_office,
    make_partner_city,
    make_partnership,
    make_position,
    make_role_request,
    make_staff,
    make_topic,
    make_user,
)
from tests.partnerships.importing.stored import make_import, make_import_row

from .files import PAGE, PURPOSE, ask, lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make_staff())
    return client


def everything(client: Client, name: str, query: str = "") -> list[list[str]]:
    """All columns, the personal ones too."""
    of = registered()[name]
    columns, personal = ([one.name for one in part] for part in (of.plain, of.personal))
    return lines(ask(client, name, query, columns=columns, personal=personal, purpose=PURPOSE))


def test_the_directory_is_exported_as_it_is_filtered_and_ordered(staff: Client) -> None:
    cologne = make_city("Köln", region="Nordrhein-Westfalen")
    make_partnership(cologne, make_partner_city("Liverpool", country="GB"), year_established=1952)
    topic = make_topic("Schwammstadt")
    us = make_partner_city("Indianapolis", region="Indiana")
    make_partnership(cologne, us, topics=(topic,), year_established=1988, year_is_uncertain=True)
    make_partnership(make_city("Aachen"), us, in_directory=False)
    assert [row[0] for row in everything(staff, "partnerships", "sort=year")[1:]] == [
        "Köln – Liverpool",
        "Köln – Indianapolis",
    ]
    head, row = everything(staff, "partnerships", "q=koeln&country=US&page=7")
    assert row[:10] == [
        *("Köln – Indianapolis", "Köln", "Nordrhein-Westfalen", "Indianapolis", "USA"),
        *("Indiana", "Partnerschaft", "etwa 1988", "gelistet", "Schwammstadt"),
    ]
    assert head[:5] == ["Partnerschaft", "Städte in Deutschland", "Bundesland", *head[3:5]]


def test_the_directory_s_confirmations_name_city_day_and_office(staff: Client) -> None:
    made = make_partnership(make_city("Hamm"), make_partner_city("Chattanooga"), state="active")
    at = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
    made.parties.filter(order=0).update(confirmed_at=at, confirmed_office="Protokoll")
    Partnership.objects.update(confirmed_on=at, asked_on=at, started_by=City.objects.first())
    row = everything(staff, "partnerships")[1]
    assert "Hamm: 2026-03-01" in row
    assert row[-1] == "Hamm: Protokoll"
    assert row.count("2026-03-01") == 2


@pytest.mark.parametrize(
    "query", ["country=nobody", "topic=%00", "kind=%27--", "goal=²", "q=" + "x" * 5000, "sort=x"]
)
def test_hostile_filters_of_the_directory_break_nothing(staff: Client, query: str) -> None:
    make_partnership()
    assert staff.get(f"{PAGE.format('partnerships')}?{query}").status_code in {200, 400}
    assert ask(staff, "partnerships", query, columns=["title"]).status_code in {200, 400}


@pytest.mark.parametrize(
    "query",
    [
        *("city__id__exact=x", "city__country=" + "9" * 300, "holders__name=x", "password=1"),
        *("is_active__exact=9999999999999999999999", "o=99", "p=x", "city__country__regex=("),
    ],
)
@pytest.mark.parametrize("name", ["cities", "positions", "memberships", "offices"])
def test_hostile_filters_of_a_table_break_nothing(staff: Client, name: str, query: str) -> None:
    make_position(make_city())
    assert staff.get(f"{PAGE.format(name)}?{query}").status_code in {200, 400}
    assert ask(staff, name, query, columns=["country"]).status_code in {200, 400}


def test_a_filter_that_the_table_refuses_hands_out_nothing(staff: Client) -> None:
    """Negative control: it does not fall back to the whole table."""
    make_position(make_city(), email="amt@stadt.example")
    response = ask(staff, "positions", "city__id__exact=x", columns=["place"])
    assert response.status_code == 400
    many = "&".join(f"a{number}=1" for number in range(30))
    assert ask(staff, "positions", many, columns=["place"]).status_code == 400


def test_cities_keep_their_numbers_and_the_table_s_filters(staff: Client) -> None:
    make_city("Aachen", population=249_070)
    make_partner_city("Indianapolis")
    _head, row = everything(staff, "cities", "country__exact=DE")
    assert (row[0], row[2], row[5]) == ("Aachen", "DE", "249070")
    assert len(everything(staff, "cities", "q=koln")) == 1


def test_posts_are_exported_with_place_and_present_holder(staff: Client) -> None:
    post = make_position(
        make_city("Aachen"),
        holder="Erika Beispiel",
        department=make_department(),
        email="a@b.example",
    )
    post.holders.create(name="Max Früher", until="2020-01-01")
    embassy = Organisation.objects.create(
        slug="e", name_de="Botschaft", name_en="Embassy", level="embassy", country="US"
    )
    make_position(organisation=embassy, is_active=False, holder="")
    city, body = sorted(everything(staff, "positions")[1:])
    assert (city[0], city[-2:]) == ("Aachen", ["Erika Beispiel", "a@b.example"])
    assert (body[0], body[1], body[6]) == ("Botschaft", "US", "nein")


def test_the_button_of_each_table_keeps_its_filters(staff: Client) -> None:
    for model, name in (("city", "cities"), ("position", "positions"), ("office", "offices")):
        html = staff.get(f"/admin/partnerships/{model}/?q=Bonn").content.decode()
        assert f'href="{PAGE.format(name)}?q=Bonn"' in html


@pytest.mark.parametrize("path", ["/partnerships/", "/partnerships/map/"])
def test_list_and_map_show_the_button_to_staff_alone(staff: Client, path: str) -> None:
    make_partnership(make_city("Bonn"))
    link = f'href="{PAGE.format("partnerships")}?q=Bonn"'
    assert link in staff.get(f"{path}?q=Bonn").content.decode()
    for other in (Client(), Client()):
        assert link not in other.get(f"{path}?q=Bonn").content.decode()
        other.force_login(make_user())


def fill(number: int) -> None:
    """One row more in every list."""
    home, abroad = make_city(f"Ort {number}"), make_partner_city(f"Town {number}")
    made = make_partnership(home, abroad, topics=(make_topic(f"Thema {number}"),), state="active")
    make_position(home, holder=f"Erika {number}", department=make_department(f"d{number}"))
    make_office(f"office-{number}")
    user = make_user()
    make_membership(user, home)
    make_role_request(make_user(), home)
    make_import_row(make_import(state="done", done_at=timezone.now()), task="open")
    for party in made.parties.all():
        stated = {"fact": "year", "value": 2000 + party.order}
        long_ago = timezone.now() - dt.timedelta(days=20)
        FactConfirmation.objects.create(party=party, differs_since=long_ago, **stated)
    Confirmation.objects.create(
        party=made.parties.get(city=abroad), outcome="right", review="waiting", name="R"
    )
    late = make_partnership(home, make_partner_city(f"Late {number}"), state="reconfirm")
    late.parties.update(confirmed_at=timezone.now() - dt.timedelta(days=400))
    draft = operations.start(city=home, by=user)
    operations.propose_city(
        partnership=draft,
        city=home,
        name=f"Marfa {number}",
        country="US",
        region="Texas",
        note="",
        by=user,
    )


#: Queries for the file, those of the session and the person included.
QUERIES = {
    "partnerships": 12,
    "all-partnerships": 15,
    "cities": 9,
    "positions": 12,
    "memberships": 9,
    "offices": 9,
    "answers": 6,
    "differences": 8,
    "proposed-cities": 6,
    "silent": 9,
    "role-requests": 7,
    "import-rows": 6,
}


@pytest.mark.parametrize("name", sorted(registered()))
def test_a_file_of_three_rows_takes_as_many_queries_as_one_of_one(
    staff: Client, name: str, django_assert_num_queries: Any
) -> None:
    fill(0)
    everything(staff, name)
    counts = []
    for rows in (1, 3):
        for number in range(1, rows):
            fill(10 * rows + number)
        with django_assert_num_queries(QUERIES[name]):
            counts.append(len(everything(staff, name)) - 1)
    assert counts[1] > counts[0] > 0


def test_differences_stand_with_what_each_city_states(staff: Client) -> None:
    fill(1)
    _head, row = everything(staff, "differences")
    assert row[:3] == ["Ort 1 – Town 1", row[1], "Ort 1: 2000; Town 1: 2001"]


def test_what_waits_is_exported_with_its_reason(staff: Client) -> None:
    fill(1)
    assert everything(staff, "silent")[1][2:3] == ["jährliche Prüfung ohne Antwort"]
    assert everything(staff, "role-requests")[1][3] == "das Team"
    assert Position.objects.count() == 1
