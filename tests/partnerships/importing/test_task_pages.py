"""Rows that wait for a person, and the page that settles them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from partnerships.importing import operations
from partnerships.models import City, GazetteerPlace, ImportRow, Partnership
from tests.factories import make_city, make_partner_city, make_staff

from .files import HEAD, as_csv, row
from .stored import make_import, make_import_row

pytestmark = pytest.mark.django_db
TASKS = "/staff/import-tasks/"


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make_staff())
    return client


@pytest.fixture(autouse=True)
def _cities() -> None:
    make_city("Köln", slug="koeln")
    make_partner_city("Kansas City", slug="kansas-city-missouri", region="Missouri")
    for name, region in (("Kansas City", "Kansas"), ("Atlanta", "Georgia")):
        GazetteerPlace.objects.create(
            name=name,
            country="US",
            region=region,
            latitude=39.1,
            longitude=-94.6,
            population=150_000,
            time_zone="America/Chicago",
            search_text=name.lower(),
        )


def task(**cells: str) -> ImportRow:
    content = as_csv([HEAD, row(**{"partner_city": "Kansas City", **cells})])
    operations.bring_in(content=content, name="liste.csv", source="Verband")
    return ImportRow.objects.latest("pk")


def page_of(one: ImportRow) -> str:
    return f"{TASKS}{one.pk}/"


def city(slug: str) -> str:
    return f"city:{City.objects.get(slug=slug).pk}"


def answer(**extra: str) -> dict[str, str]:
    values = {
        "home-choice": city("koeln"),
        "home-search": "Köln",
        "partner-choice": city("kansas-city-missouri"),
        "partner-search": "Kansas City",
        "kind": "friendship",
        "year": "1988",
    }
    return values | {name.replace("__", "-"): value for name, value in extra.items()}


def new_city(**extra: str) -> dict[str, str]:
    return answer(
        **{
            "partner__choice": "new",
            "partner__name": "Atlantis",
            "partner__country": "US",
            "partner__region": "OH",
            "partner__time_zone": "America/New_York",
            **extra,
        }
    )


def labels(form: Any) -> list[str]:
    return [str(label) for _key, label in form.fields["choice"].choices]


@pytest.mark.parametrize("number", [1, 3])
def test_the_tasks_take_the_same_queries_for_any_number(
    staff: Client, django_assert_num_queries: Any, number: int
) -> None:
    done = make_import(state="done")
    for _ in range(number):
        make_import_row(done, task="open")
    with django_assert_num_queries(4):
        page = staff.get(TASKS)
    assert [one.title for one in page.context["page"]] == ["Köln – Atlantis"] * number


def test_a_task_shows_the_row_its_reason_and_the_cities_it_may_mean(staff: Client) -> None:
    one = task()
    page = staff.get(page_of(one))
    home, partner = page.context["sides"]
    new = "keine davon: als neue Stadt übernehmen"
    assert labels(home) == ["Köln, Deutschland, Nordrhein-Westfalen", new]
    assert labels(partner) == ["Kansas City, USA, Missouri", "Kansas City, USA, Kansas", new]
    assert (home["choice"].value(), partner["choice"].value()) == (city("koeln"), "")
    assert page.context["facts"][0] == ("Deutsche Stadt", "Köln")
    assert "Kansas City gibt es mehrfach" in page.content.decode()


def test_a_task_page_takes_a_fixed_number_of_queries(
    staff: Client, django_assert_num_queries: Any
) -> None:
    one = task()
    with django_assert_num_queries(9):
        staff.get(page_of(one))


def test_the_chosen_city_settles_the_row(staff: Client) -> None:
    one = task()
    page = staff.post(f"{page_of(one)}solve/", answer(), follow=True)
    made = Partnership.objects.get()
    assert (made.slug, made.kind, made.year_established) == (
        *("koeln-kansas-city-missouri", "friendship", 1988),
    )
    assert [str(m) for m in page.context["messages"]] == [
        "Köln – Kansas City: Die Partnerschaft ist eingetragen."
    ]
    assert page.context["page"].paginator.count == 0


def test_a_place_of_the_gazetteer_becomes_a_city(staff: Client) -> None:
    one = task()
    place = GazetteerPlace.objects.get(region="Kansas")
    staff.post(f"{page_of(one)}solve/", answer(partner__choice=f"place:{place.pk}"))
    assert Partnership.objects.get().slug == "koeln-kansas-city"
    assert City.objects.get(region="Kansas").geo_source == "GeoNames"


def test_other_cities_are_looked_for_by_their_names(staff: Client) -> None:
    one = task(partner_city="Atlantis")
    _home, partner = staff.get(page_of(one)).context["sides"]
    assert labels(partner) == ["keine davon: als neue Stadt übernehmen"]
    _home, partner = staff.get(page_of(one), {"partner": "Atlan"}).context["sides"]
    assert labels(partner)[0] == "Atlanta, USA, Georgia"
    key = partner.fields["choice"].choices[0][0]
    staff.post(f"{page_of(one)}solve/", answer(partner__choice=key, partner__search="Atlan"))
    assert Partnership.objects.get().slug == "koeln-atlanta"


def test_a_city_nobody_knows_is_taken_as_new(staff: Client) -> None:
    one = task(partner_city="Atlantis")
    staff.post(f"{page_of(one)}solve/", new_city())
    made = City.objects.get(name_de="Atlantis")
    assert (made.region, made.time_zone, made.slug) == ("Ohio", "America/New_York", "atlantis")
    assert Partnership.objects.get().slug == "koeln-atlantis"


@pytest.mark.parametrize(
    ("sent", "form", "field"),
    [
        ({"partner__choice": ""}, 1, "choice"),
        ({"partner__choice": "city:999999"}, 1, "choice"),
        ({"home__choice": "x"}, 0, "choice"),
        ({"kind": "x"}, 2, "kind"),
        ({"year": "1850"}, 2, "year"),
        ({"year": "2999"}, 2, "year"),
        ({"year": "-1"}, 2, "year"),
        ({"year": "neunzehn"}, 2, "year"),
    ],
)
def test_a_wrong_answer_is_refused_beside_its_field(
    staff: Client, sent: dict[str, str], form: int, field: str
) -> None:
    one = task()
    page = staff.post(f"{page_of(one)}solve/", answer(**sent))
    assert list(page.context["forms"][form].errors) == [field]
    assert page.context["link"]["kind"].value() == sent.get("kind", "friendship")
    assert Partnership.objects.count() == 0


@pytest.mark.parametrize(
    "field", ["partner__name", "partner__country", "partner__region", "partner__time_zone"]
)
def test_a_new_city_needs_its_details(staff: Client, field: str) -> None:
    one = task(partner_city="Atlantis")
    page = staff.post(f"{page_of(one)}solve/", new_city(**{field: ""}))
    assert page.context["sides"][1].errors == {
        field.removeprefix("partner__"): ["Eine neue Stadt braucht diese Angabe."]
    }
    assert City.objects.count() == 2


def test_details_of_a_new_city_do_not_matter_where_one_is_chosen(staff: Client) -> None:
    sent = answer(partner__time_zone="Mars/Olympus", partner__country="XX")
    staff.post(f"{page_of(task())}solve/", sent)
    assert Partnership.objects.count() == 1


def test_a_city_with_itself_is_refused(staff: Client) -> None:
    one = task(partner_country="")
    make_city("Kansas City", slug="kansas-city-nrw")
    both = answer(
        home__choice=city("kansas-city-nrw"),
        home__search="Kansas City",
        partner__choice=city("kansas-city-nrw"),
    )
    page = staff.post(f"{page_of(one)}solve/", both)
    assert page.context["sides"][1].non_field_errors() == [
        "Eine Stadt kann nicht ihre eigene Partnerin sein."
    ]


def test_without_a_country_nothing_is_chosen_beforehand(staff: Client) -> None:
    _home, partner = staff.get(page_of(task(partner_country=""))).context["sides"]
    assert partner["choice"].value() == ""


def test_an_unknown_kind_is_chosen_by_hand(staff: Client) -> None:
    one = task(kind="Bund", partner_region="MO")
    page = staff.get(page_of(one))
    assert page.context["link"]["kind"].value() is None
    _home, partner = page.context["sides"]
    assert partner["choice"].value() == city("kansas-city-missouri")


def test_a_row_is_discarded(staff: Client) -> None:
    one = task()
    staff.post(f"{page_of(one)}discard/")
    one.refresh_from_db()
    assert (one.task, Partnership.objects.count()) == ("discarded", 0)


@pytest.mark.parametrize("verb", ["solve", "discard"])
def test_who_comes_second_is_told(staff: Client, verb: str) -> None:
    one = task()
    operations.discard_task(row=one, by=make_staff())
    page = staff.post(f"{page_of(one)}{verb}/", answer(), follow=True)
    assert [str(m) for m in page.context["messages"]] == ["Diese Zeile hat schon jemand geklärt."]
    assert "Diese Zeile ist erledigt: verworfen." in staff.get(page_of(one)).content.decode()


def test_a_pair_that_is_linked_already_is_said_so(staff: Client) -> None:
    first = task()
    staff.post(f"{page_of(first)}solve/", answer())
    again = make_import_row(first.of, task="open")
    page = staff.post(f"{page_of(again)}solve/", answer(), follow=True)
    assert "Sie stand schon im Verzeichnis." in page.content.decode()
    assert Partnership.objects.count() == 1


def test_rows_that_need_nobody_have_no_page(staff: Client) -> None:
    plain = make_import_row(make_import(), outcome="create")
    assert staff.get(page_of(plain)).status_code == 404
