"""The staff's pages: from the suggestion to the merge and back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from partnerships.merging.planning import plan
from partnerships.models import City, Merge, Partnership
from tests import factories as make

from .doubled import merged, two_cities, two_partnerships

pytestmark = pytest.mark.django_db

PAIR = "/staff/cities/wesel/merge/wesel-am-rhein/"


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make.make_staff())
    return client


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_doubled_entries_are_suggested_with_a_way_to_compare(staff: Client) -> None:
    make.make_city("Köln", slug="koeln")
    make.make_city("Koeln", slug="koeln-2")
    two_partnerships()
    page = text(staff, "/staff/doubles/")
    assert "/staff/cities/koeln/merge/koeln-2/" in page
    assert "/staff/partnerships/wesel-hagerstown/merge/wesel-hagerstown-2/" in page


def test_the_page_without_doubles_says_so(staff: Client) -> None:
    page = text(staff, "/staff/doubles/")
    assert "Keine Stadt scheint doppelt zu sein." in page
    assert "Keine Partnerschaft scheint doppelt zu sein." in page


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/staff/cities/wesel/merge/", "/staff/cities/wesel/merge/wesel-am-rhein/"),
        ("/staff/cities/wesel-am-rhein/merge/?q=Wesel", "/wesel-am-rhein/merge/wesel/"),
        ("/staff/cities/wesel/merge/?q=Bonn", "Nichts gefunden."),
    ],
)
def test_the_other_city_is_found_by_name(staff: Client, address: str, found: str) -> None:
    two_cities()
    assert found in text(staff, address)


def test_the_other_partnership_is_found_by_cities_or_name(staff: Client) -> None:
    two_partnerships()
    for query in ("", "?q=Hagerstown"):
        page = text(staff, f"/staff/partnerships/wesel-hagerstown/merge/{query}")
        assert "/merge/wesel-hagerstown-2/" in page
    assert "Nichts gefunden." in text(
        staff, "/staff/partnerships/wesel-hagerstown/merge/?q=Nirgends"
    )


def test_the_dry_run_shows_both_and_changes_nothing(staff: Client) -> None:
    _kept, other = two_cities()
    make.make_position(other)
    page = text(staff, PAIR)
    assert '<td class="kern-table__cell"><strong>Wesel am Rhein</strong></td>' in page
    assert '<th scope="row" class="kern-table__cell">Stellen</th>' in page
    assert Merge.objects.count() == 0


def test_the_dry_run_of_partnerships_shows_facts(staff: Client) -> None:
    two_partnerships(year_established=1987)
    page = text(staff, "/staff/partnerships/wesel-hagerstown/merge/wesel-hagerstown-2/")
    assert "1987" in page
    assert "Partnerschaft" in page


def test_a_refusal_stands_on_the_page_and_there_is_no_button(staff: Client) -> None:
    kept, other = two_cities()
    make.make_partnership(kept, other)
    page = text(staff, PAIR)
    assert "Beide Städte gehören zu derselben Partnerschaft." in page
    assert f'action="{PAIR}run/"' not in page


def test_merging_leads_to_what_moved(staff: Client) -> None:
    kept, other = two_cities()
    make.make_position(other)
    seen = plan(kept, other).digest
    response = staff.post(f"{PAIR}run/", {"seen": seen, "is_same": "on"}, follow=True)
    page = response.content.decode()
    assert "Zusammengeführt. Die alte Adresse führt zu dem Eintrag, der bleibt." in page
    assert "<li>Stellen: 1</li>" in page
    assert list(City.objects.all()) == [kept]


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"is_same": "on"}, "Inzwischen hat sich etwas geändert."),
        ({"seen": "x" * 65, "is_same": "on"}, "höchstens 64"),
        ({}, "Bitte vergleichen Sie beide und setzen Sie dann das Häkchen."),
    ],
)
def test_nothing_is_merged_without_a_yes_to_what_was_shown(
    staff: Client, sent: dict[str, str], told: str
) -> None:
    kept, other = two_cities()
    page = staff.post(f"{PAIR}run/", sent).content.decode()
    assert told in page
    assert plan(kept, other).digest in page  # the next try is about what stands there now
    assert Merge.objects.count() == 0


def test_who_comes_second_is_told(staff: Client) -> None:
    kept, other = two_cities()
    merged(other, kept)
    page = staff.post("/staff/cities/wesel-am-rhein/merge/wesel/run/", {}, follow=True)
    assert "schon zusammengeführt" in page.content.decode()
    assert staff.post(f"{PAIR}run/", {"is_same": "on"}).status_code == 404


def test_a_merge_is_taken_back_with_one_button(staff: Client) -> None:
    made = merged(*two_cities())
    page = staff.post(f"/staff/merges/{made.pk}/undo/", follow=True).content.decode()
    assert "Beide stehen wieder für sich." in page
    assert f"/staff/merges/{made.pk}/undo/" not in page
    assert City.objects.count() == 2


def test_the_list_of_edits_takes_the_place_of_the_button(staff: Client) -> None:
    kept, other = two_cities()
    made = merged(kept, other)
    City.objects.filter(pk=kept.pk).update(ags="05170048")
    page = staff.post(f"/staff/merges/{made.pk}/undo/").content.decode()
    assert "<li>„Wesel (DE)“ wurde bearbeitet.</li>" in page
    assert f'action="/staff/merges/{made.pk}/undo/"' not in page


def test_after_thirty_days_the_page_says_that_the_merge_is_final(staff: Client) -> None:
    made = merged(*two_cities())
    Merge.objects.update(at=timezone.now() - dt.timedelta(days=31))
    address = f"/staff/merges/{made.pk}/"
    assert "die Zusammenführung ist endgültig" in text(staff, address)
    response = staff.post(f"{address}undo/", follow=True)
    assert "lässt sich 30 Tage lang zurücknehmen" in response.content.decode()


def test_partnerships_that_are_doubled_now_are_offered_next(staff: Client) -> None:
    kept, other = two_cities()
    abroad = make.make_partner_city()
    for city in (kept, other):
        make.make_partnership(city, abroad, slug=f"{city.slug}-abroad")
    made = merged(kept, other)
    page = text(staff, f"/staff/merges/{made.pk}/")
    assert "/staff/partnerships/wesel-abroad/merge/wesel-am-rhein-abroad/" in page


@pytest.mark.parametrize("merges", [1, 3])
def test_the_list_of_merges_takes_four_queries(
    staff: Client, merges: int, django_assert_num_queries: Any
) -> None:
    for number in range(merges):
        merged(make.make_city(f"Ort {number}"), make.make_city(f"Ort {number} doppelt"))
    with django_assert_num_queries(4):
        assert text(staff, "/staff/merges/").count("zusammengeführt</a>") == merges


@pytest.mark.parametrize("cities", [1, 3])
def test_the_page_of_suggestions_takes_four_queries(
    staff: Client, cities: int, django_assert_num_queries: Any
) -> None:
    for number in range(cities):
        for slug in (f"ort-{number}", f"ort-{number}-2"):
            make.make_city(f"Ort {'abc'[number]}", slug=slug, region=slug)
    with django_assert_num_queries(4):
        assert text(staff, "/staff/doubles/").count("vergleichen</a>") == cities


@pytest.mark.parametrize(
    "address",
    ["/staff/doubles/", "/staff/merges/", "/staff/cities/wesel/merge/", PAIR],
)
def test_for_people_of_cities_the_pages_do_not_exist(client: Client, address: str) -> None:
    kept, _other = two_cities()
    user = make.make_user()
    make.make_membership(user, kept, "coordinator")
    client.force_login(user)
    assert client.get(address).status_code == 404


def test_people_of_cities_neither_merge_nor_take_back(client: Client) -> None:
    kept, other = two_cities()
    third = make.make_city()
    made = merged(kept, third)
    user = make.make_user()
    make.make_membership(user, kept, "coordinator")
    client.force_login(user)
    seen = plan(City.objects.get(pk=kept.pk), other).digest
    posts = {f"{PAIR}run/": {"seen": seen, "is_same": "on"}, f"/staff/merges/{made.pk}/undo/": {}}
    assert [client.post(address, sent).status_code for address, sent in posts.items()] == [404] * 2
    assert (Merge.objects.count(), City.objects.count()) == (1, 2)


@pytest.mark.parametrize("is_staff", [True, False])
def test_public_pages_lead_the_staff_to_merging(client: Client, is_staff: bool) -> None:
    partnership, _other = two_partnerships()
    client.force_login(make.make_staff() if is_staff else make.make_user())
    for place in ("cities/wesel", f"partnerships/{partnership.slug}"):
        assert (f"/staff/{place}/merge/" in text(client, f"/{place}/")) is is_staff


def test_the_queue_and_the_administration_lead_to_merging(staff: Client) -> None:
    kept, _other = two_cities()
    made = merged(*two_partnerships_elsewhere())
    assert "/staff/doubles/" in text(staff, "/staff/queue/")
    address = f"/admin/partnerships/city/{kept.pk}/change/"
    assert "/staff/cities/wesel/merge/" in text(staff, address)
    address = f"/admin/partnerships/partnership/{made.kept.pk}/change/"
    assert f"/staff/partnerships/{made.kept.slug}/merge/" in text(staff, address)
    assert "–" in text(staff, "/admin/partnerships/city/add/")


def two_partnerships_elsewhere() -> tuple[Partnership, Partnership]:
    cities = make.make_city(), make.make_partner_city()
    return make.make_partnership(*cities), make.make_partnership(*cities)
