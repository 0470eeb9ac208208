"""Posts and their holders, and the departments of two cities side by side."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from journal.models import Entry
from partnerships.models import City, Position
from partnerships.offices.counterparts import compare
from partnerships.offices.operations import change_holder
from tests.factories import (
    make_city,
    make_department,
    make_office,
    make_partner_city,
    make_partnership,
    make_position,
)

from .people import make_colleague

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def city() -> City:
    return make_city("Köln")


@pytest.fixture
def client(city: City) -> Client:
    client = Client()
    client.force_login(make_colleague(city, "editor"))
    return client


def holders(post: Position) -> list[tuple[str, dt.date | None, dt.date | None]]:
    return list(post.holders.order_by("pk").values_list("name", "since", "until"))


def form(**extra: Any) -> dict[str, Any]:
    return {"email": "amt@koeln.example", "language": "de", "title": "Leitung", **extra}


def test_an_editor_adds_a_post_with_its_holder(city: City, client: Client) -> None:
    department = make_department("environment")
    sent = form(department=department.pk, holder_name="Kim Beispiel", salutation="Guten Tag,")
    client.post(f"/office/{city.slug}/posts/add/", sent)
    post = Position.objects.get()
    assert (post.city, post.department, post.email) == (city, department, "amt@koeln.example")
    assert holders(post) == [("Kim Beispiel", TODAY(), None)]
    assert Entry.objects.get().verb == "partnerships.post_added"


def test_a_post_may_be_vacant(city: City, client: Client) -> None:
    client.post(f"/office/{city.slug}/posts/add/", form())
    assert holders(Position.objects.get()) == []


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"title": ""}, ["department"]),
        ({"email": "x"}, ["email"]),
        ({"title": "x" * 121}, ["title"]),
        ({"salutation": "Guten Tag,"}, ["holder_name"]),
        ({"office": "999999"}, ["office"]),
    ],
)
def test_mistakes_stand_beside_their_field(city, client, wrong, fields) -> None:
    response = client.post(f"/office/{city.slug}/posts/add/", form(**wrong))
    assert sorted(response.context["form"].errors) == fields
    assert Position.objects.count() == 0


def test_offices_of_other_countries_are_not_offered(city: City, client: Client) -> None:
    ours, _theirs = make_office(), make_office(country="US")
    page = client.get(f"/office/{city.slug}/posts/add/")
    assert list(page.context["form"].fields["office"].queryset) == [ours]


def test_nobody_saves_over_somebody_elses_change(city: City, client: Client) -> None:
    post = make_position(city, title="Leitung")
    page = f"/office/{city.slug}/posts/{post.pk}/"
    seen = client.get(page).context["form"]["seen_version"].value()
    sent = form(holder_name="Erika Beispiel", seen_version=seen)
    client.post(page, sent | {"email": "eins@koeln.example"})
    response = client.post(page, sent | {"email": "zwei@koeln.example"})
    post.refresh_from_db()
    assert post.email == "eins@koeln.example"
    assert "eins@koeln.example" in str(response.context["form"].errors["email"])
    assert 'value="zwei@koeln.example"' in response.content.decode()


def test_a_holder_is_corrected_and_not_emptied(city: City, client: Client) -> None:
    post = make_position(city, holder="Erika Beispeil", title="Leitung")
    page = f"/office/{city.slug}/posts/{post.pk}/"
    response = client.post(page, form(holder_name=""))
    assert list(response.context["form"].errors) == ["holder_name"]
    client.post(page, form(holder_name="Erika Beispiel"))
    assert holders(post) == [("Erika Beispiel", None, None)]


def test_a_new_holder_keeps_the_history(city: City, client: Client) -> None:
    post = make_position(city, holder="Alt")
    page = f"/office/{city.slug}/posts/{post.pk}/holder/"
    client.post(page, {"name": "Neu", "since": "2026-12-01"})
    assert holders(post) == [
        ("Alt", None, dt.date(2026, 11, 30)),
        ("Neu", dt.date(2026, 12, 1), None),
    ]
    response = client.post(page, {"name": "Dritte", "since": "2026-12-01"})
    assert list(response.context["holder_form"].errors) == ["since"]
    shown = response.content.decode()
    assert "Alt" in shown
    assert "30. November 2026" in shown


@pytest.mark.parametrize("since", ["0001-01-01", "9999-12-31", "", "bald"])
def test_a_day_that_cannot_be_is_refused(city: City, client: Client, since: str) -> None:
    post = make_position(city)
    page = f"/office/{city.slug}/posts/{post.pk}/holder/"
    response = client.post(page, {"name": "Neu", "since": since})
    assert list(response.context["holder_form"].errors) == ["since"]


def test_who_holds_the_post_from_a_later_day_on_is_not_overtaken(city: City) -> None:
    post, by = make_position(city, holder=""), make_colleague(city)
    change_holder(position=post, name="A", salutation="", since=dt.date(2027, 1, 1), by=by)
    with pytest.raises(ValidationError) as failed:
        change_holder(position=post, name="B", salutation="", since=dt.date(2026, 1, 1), by=by)
    assert failed.value.code == "since"


def test_a_post_ends_with_whoever_holds_it(city: City, client: Client) -> None:
    post = make_position(city, holder="Alt")
    post.holders.create(name="Bald", since=TODAY() + dt.timedelta(days=9))
    for _ in range(2):
        client.post(f"/office/{city.slug}/posts/{post.pk}/end/")
    post.refresh_from_db()
    assert not post.is_active
    assert [until for _name, _since, until in holders(post)] == [
        TODAY(),
        TODAY() + dt.timedelta(days=9),
    ]
    assert Entry.objects.filter(verb="partnerships.post_ended").count() == 1


def test_posts_of_another_city_are_not_there(city: City, client: Client) -> None:
    foreign = make_position(make_city("Bonn"))
    for page in ("", "holder/", "end/"):
        response = client.post(f"/office/{city.slug}/posts/{foreign.pk}/{page}", form())
        assert response.status_code == 404


def test_readers_see_posts_and_no_way_to_change_them(city: City) -> None:
    post, client = make_position(city), Client()
    client.force_login(make_colleague(city, "reader"))
    page = client.get(f"/office/{city.slug}/posts/").content.decode()
    assert post.email in page
    assert f"/posts/{post.pk}/" not in page


@pytest.mark.parametrize(("posts", "queries"), [(1, 5), (3, 5)])
def test_the_list_costs_the_same_for_many(
    city: City, client: Client, posts: int, queries: int, django_assert_num_queries
) -> None:
    for _ in range(posts):
        make_position(city, department=make_department())
    with django_assert_num_queries(queries):
        client.get(f"/office/{city.slug}/posts/")


# Side by side -----------------------------------------------------------------------------


@pytest.fixture
def partner() -> City:
    return make_partner_city("San Antonio")


def named(slug: str, german: str, english: str) -> Any:
    return make_department(slug, name_de=german, name_en=english)


def test_gaps_are_said_in_sentences(city: City, partner: City) -> None:
    climate = named("climate", "Stabsstelle Klimaschutz", "Climate Unit")
    youth, parks = named("youth", "Jugendamt", "Youth"), named("parks", "Grünflächenamt", "Parks")
    for where, department in ((city, youth), (city, parks), (partner, climate), (partner, parks)):
        make_position(where, department=department)
    make_position(partner, department=youth, is_active=False)
    found = compare(make_partnership(partner, city), city)
    assert [line.has_it for line in found.lines] == [[True, True], [True, False], [False, True]]
    assert found.gaps == [
        "Ihr Fachamt „Jugendamt“ hat in San Antonio kein Gegenüber.",
        "Das Fachamt „Stabsstelle Klimaschutz“ in San Antonio hat bei Ihnen kein Gegenüber.",
    ]


def test_three_cities_stand_side_by_side(city: City, partner: City) -> None:
    third = make_city("Bonn")
    make_position(city, department=make_department())
    found = compare(make_partnership(third, city, partner), city)
    assert [one.name for one in found.cities] == ["Köln", "Bonn", "San Antonio"]
    assert found.gaps == [
        "Bonn hat noch kein Fachamt eingetragen.",
        "San Antonio hat noch kein Fachamt eingetragen.",
    ]


def test_of_the_other_city_only_department_and_office_are_shown(
    city: City, partner: City, client: Client
) -> None:
    office = make_office(country="US", title_de="Bürgermeister (USA)", title_en="Mayor")
    make_position(
        partner,
        holder="Private Person",
        office=office,
        email="geheim@sa.example",
        title="Private function",
        department=make_department(),
        note="private",
    )
    partnership = make_partnership(city, partner)
    page = client.get(f"/office/{city.slug}/partnerships/{partnership.slug}/departments/")
    shown = page.content.decode()
    assert "Bürgermeister (USA)" in shown
    assert "Umweltamt" in shown
    for hidden in ("Private", "geheim", "@sa.example"):
        assert hidden not in shown


def test_a_partnership_of_others_is_not_there(city: City, client: Client) -> None:
    foreign = make_partnership(make_city("Bonn"), make_partner_city())
    hidden = make_partnership(city, make_partner_city(), in_directory=False)
    for one in (foreign, hidden):
        page = f"/office/{city.slug}/partnerships/{one.slug}/departments/"
        assert client.get(page).status_code == 404
