"""Asking for a role: a municipal address opens at once, all else waits for a person."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import User
from mailing.models import Mail
from partnerships.models import City, CityDomain, RoleRequest
from partnerships.offices.operations import ask_for_role, grant, refuse, withdraw
from tests.factories import make_city, make_membership, make_role_request, make_staff

from .people import mailed, make_colleague, make_person, roles

pytestmark = pytest.mark.django_db
TEAM = "ude@skew.example"


@pytest.fixture
def city() -> City:
    city = make_city("Köln")
    CityDomain.objects.create(city=city, domain="koeln.example")
    return city


def ask(user: User, city: City, role: str = "editor", **extra: Any) -> RoleRequest:
    words = {"department": "Umweltamt", "reason": "Ich betreue Liverpool."}
    return ask_for_role(user=user, city=city, role=role, **{**words, **extra})


def code(failed: Any) -> str:
    return failed.value.code


@pytest.mark.parametrize("role", ["reader", "editor"])
@pytest.mark.parametrize("email", ["kim@koeln.example", "kim@amt.koeln.example"])
def test_a_confirmed_municipal_address_reads_and_edits_at_once(city, email, role) -> None:
    user = make_person(email)
    asked = ask(user, city, role)
    assert (asked.state, asked.decided_by, roles(user)) == ("granted", None, [role])
    assert mailed() == [("role_decided", email)]


@pytest.mark.parametrize(
    ("email", "role", "confirmed"),
    [
        ("kim@koeln.example", "coordinator", True),
        ("kim@koeln.example", "signatory", True),
        ("kim@koeln.example", "editor", False),
        ("kim@elsewhere.example", "reader", True),
        ("kim@notkoeln.example", "reader", True),
        ("kim@koeln.example.elsewhere.example", "reader", True),
    ],
)
def test_everything_else_waits(city: City, email: str, role: str, confirmed: bool) -> None:
    user = make_person(email, confirmed=confirmed)
    asked = ask(user, city, role)
    assert (asked.state, roles(user)) == ("open", [])
    assert mailed() == [("role_asked", TEAM)]


def test_another_citys_domain_opens_nothing(city: City) -> None:
    assert ask(make_person("kim@koeln.example"), make_city("Bonn")).is_open


def test_coordinators_of_the_city_are_asked_in_their_language(city: City) -> None:
    make_colleague(city, email="ada@koeln.example", language="en")
    make_colleague(city, email="off@koeln.example", is_active=False)
    make_colleague(city, "editor", email="ed@koeln.example")
    make_colleague(make_city("Bonn"), email="bonn@bonn.example")
    ask(make_person("kim@elsewhere.example", name="Kim [[page]] http://x.example"), city)
    assert mailed() == [("role_asked", "ada@koeln.example")]
    mail = Mail.objects.get()
    assert mail.language == "en"
    assert "you coordinate the office of Köln" in mail.text
    assert "http://x.example" not in mail.text
    assert mail.text.count("[[page]]") == 1


def test_nobody_asks_twice_or_for_what_they_have(city: City) -> None:
    user = make_person("kim@elsewhere.example")
    ask(user, city)
    with pytest.raises(ValidationError) as failed:
        ask(user, city, "reader")
    assert code(failed) == "asked"
    coordinator = make_colleague(city)
    for role in ("coordinator", "signatory", "editor", "reader"):
        with pytest.raises(ValidationError) as failed:
            ask(coordinator, city, role)
        assert code(failed) == "has_role"


def test_an_editor_may_still_ask_to_sign(city: City) -> None:
    editor = make_colleague(city, "editor")
    assert ask(editor, city, "signatory").is_open


def test_granting_gives_the_role_and_tells_the_person(city: City) -> None:
    user, coordinator = make_person(language="en"), make_colleague(city)
    asked = make_role_request(user, city, "signatory")
    grant(request=asked, by=coordinator, answer="Welcome")
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by, asked.answer) == ("granted", coordinator, "Welcome")
    assert roles(user) == ["signatory"]
    mail = Mail.objects.get()
    assert mail.subject == "You now work for Köln"
    assert "Welcome" in mail.text


def test_refusing_says_why(city: City) -> None:
    user, staff = make_person(), make_staff()
    refuse(request=make_role_request(user, city), by=staff, answer="Bitte mit Dienstadresse.")
    assert roles(user) == []
    assert "Bitte mit Dienstadresse." in Mail.objects.get().text


def test_a_decision_is_made_once(city: City) -> None:
    coordinator = make_colleague(city)
    asked = make_role_request(make_person(), city)
    refuse(request=asked, by=coordinator, answer="Nein")
    with pytest.raises(ValidationError) as failed:
        grant(request=asked, by=coordinator)
    assert code(failed) == "decided"


@pytest.mark.parametrize("role", ["editor", "signatory", "reader"])
def test_only_coordinators_of_the_city_and_staff_decide(city: City, role: str) -> None:
    asked = make_role_request(make_person(), city)
    for other in (make_colleague(city, role), make_colleague(make_city("Bonn"))):
        with pytest.raises(ValidationError) as failed:
            grant(request=asked, by=other)
        assert code(failed) == "not_yours"


def test_nobody_decides_about_themselves(city: City) -> None:
    staff = make_staff()
    with pytest.raises(ValidationError) as failed:
        grant(request=make_role_request(staff, city), by=staff)
    assert code(failed) == "not_yours"


def test_taking_back_drops_the_mail_and_allows_another(city: City) -> None:
    user = make_person()
    asked = ask(user, city)
    withdraw(request=asked, by=user)
    withdraw(request=asked, by=user)
    asked.refresh_from_db()
    assert (asked.state, Mail.objects.get().state) == ("withdrawn", "cancelled")
    assert ask(user, city, "reader").is_open


# Pages ------------------------------------------------------------------------------------


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_city_is_found_by_any_spelling(city: City) -> None:
    client = signed_in(make_person())
    for words in ("koeln", "Köln"):
        page = client.get("/en/office/ask/", {"q": words}).content.decode()
        assert f'href="/en/office/ask/{city.slug}/"' in page
    make_city("Aköln")
    found = client.get("/office/ask/?q=köln").context["found"]
    assert [one.name for one in found] == ["Köln", "Aköln"]
    assert "No city of this name" in client.get("/en/office/ask/?q=xyz").content.decode()


@pytest.mark.parametrize(("cities", "queries"), [(1, 3), (3, 3)])
def test_searching_costs_the_same_for_many(cities, queries, django_assert_num_queries) -> None:
    client = signed_in(make_person())
    for number in range(cities):
        make_city(f"Neustadt {number}")
    with django_assert_num_queries(queries):
        client.get("/office/ask/?q=neustadt")


def test_a_person_asks_on_the_page_and_sees_it_waiting(city: City) -> None:
    user = make_person()
    client, page = signed_in(user), f"/en/office/ask/{city.slug}/"
    words = {"role": "editor", "department": "Environment", "reason": "I keep the twinning."}
    assert client.post(page, words)["Location"] == "/en/office/"
    shown = client.get("/en/office/").content.decode()
    assert "Köln: editor" in shown
    assert "Take the request back" in shown
    again = client.post(page, words)
    assert again.context["form"].non_field_errors()
    assert 'value="Environment"' in str(again.content)
    client.post(f"/office/requests/{RoleRequest.objects.get().pk}/withdraw/")
    assert RoleRequest.objects.get().state == "withdrawn"


@pytest.mark.parametrize(
    ("field", "value"), [("role", "king"), ("department", ""), ("reason", "x" * 301), ("role", "")]
)
def test_what_is_missing_is_said_beside_the_field(city: City, field: str, value: str) -> None:
    words = {"role": "editor", "department": "Umweltamt", "reason": "Darum."} | {field: value}
    response = signed_in(make_person()).post(f"/office/ask/{city.slug}/", words)
    assert list(response.context["form"].errors) == [field]


def test_a_municipal_address_goes_straight_into_the_office(city: City) -> None:
    client = signed_in(make_person("kim@koeln.example"))
    words = {"role": "editor", "department": "Umweltamt", "reason": "Darum."}
    response = client.post(f"/office/ask/{city.slug}/", words)
    assert response["Location"] == f"/office/{city.slug}/"


def test_staff_decide_where_nobody_coordinates_and_may_step_in_elsewhere(city: City) -> None:
    bonn = make_city("Bonn")
    make_colleague(bonn)
    ours, theirs = (make_role_request(make_person(), place) for place in (city, bonn))
    client = signed_in(make_staff())
    page = client.get("/staff/role-requests/")
    assert [row.request for row in page.context["ours"]] == [ours]
    assert [row.request for row in page.context["theirs"]] == [theirs]
    refused = client.post(f"/staff/role-requests/{ours.pk}/refuse/", {})
    assert "answer" in refused.context["refused"].errors
    client.post(f"/staff/role-requests/{ours.pk}/grant/", {})
    client.post(
        f"/staff/role-requests/{theirs.pk}/refuse/", {f"request-{theirs.pk}-answer": "Nein"}
    )
    assert list(RoleRequest.objects.order_by("pk").values_list("state", flat=True)) == [
        "granted",
        "refused",
    ]
    late = client.post(f"/staff/role-requests/{theirs.pk}/grant/", {}, follow=True)
    assert "inzwischen entschieden" in late.content.decode()


def test_a_coordinator_decides_on_the_page_of_the_office(city: City) -> None:
    asked = make_role_request(make_person(), city)
    client = signed_in(make_colleague(city))
    assert len(client.get(f"/office/{city.slug}/people/").context["waiting"]) == 1
    client.post(f"/office/{city.slug}/requests/{asked.pk}/grant/", {})
    asked.refresh_from_db()
    assert asked.state == "granted"
    foreign = make_role_request(make_person(), make_city("Bonn"))
    assert client.post(f"/office/{city.slug}/requests/{foreign.pk}/grant/").status_code == 404


def test_a_membership_given_by_staff_meanwhile_is_no_error(city: City) -> None:
    user = make_person()
    asked = make_role_request(user, city, "editor")
    make_membership(user, city, "editor")
    grant(request=asked, by=make_staff())
    assert roles(user) == ["editor"]


@pytest.mark.parametrize(("requests", "queries"), [(1, 5), (3, 5)])
def test_the_staffs_list_costs_the_same_for_many(
    requests: int, queries: int, django_assert_num_queries
) -> None:
    client = signed_in(make_staff())
    for _ in range(requests):
        make_role_request(make_person(), make_city())
    with django_assert_num_queries(queries):
        client.get("/staff/role-requests/")
