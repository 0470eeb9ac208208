"""Who comes to an application: its cities' offices, and holders of a link. Nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from exchanges import tokens
from exchanges.models import Application, ApplicationParty, WorkLink
from tests.factories import make_membership, make_staff, make_user
from ude_portal.logs import mask

from .drafting.browsers import by_link, html_of, in_office
from .scenes import make_application, make_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    return make_application()


@pytest.fixture
def partner(application: Application) -> ApplicationParty:
    return application.parties.get(is_lead=False)


def rows() -> dict[str, list[Any]]:
    """Every row of every table but Django's sessions."""
    tables = [model for model in apps.get_models() if model._meta.label != "sessions.Session"]
    return {t._meta.label: list(t._base_manager.order_by("pk").values()) for t in tables}


def test_opening_changes_no_row_by_any_safe_method(partner: ApplicationParty) -> None:
    link = make_link(partner)
    client, token = Client(), f"/x/{tokens.token_for(link)}/"
    pages = [token, f"/x/{link.public_id}/", f"/x/{link.public_id}/sections/basics/"]
    pages.append(f"/x/{link.public_id}/sections/people/{partner.pk}/")
    before = rows()
    for page in pages:
        for method in ("get", "head", "options"):
            getattr(client, method)(page)
    assert client.get(pages[1]).status_code == 200
    assert rows() == before


def test_reading_in_the_office_changes_no_row(application: Application) -> None:
    client, case = in_office(application)
    client.get(case)
    before = rows()
    for page in ("", "sections/basics/", "links/", "discard/"):
        for method in ("get", "head", "options"):
            getattr(client, method)(f"{case}{page}")
    assert rows() == before


def test_a_write_is_noticed(partner: ApplicationParty) -> None:
    """Negative control: the comparison above sees a single changed row."""
    link, before = make_link(partner), rows()
    WorkLink.objects.filter(pk=link.pk).update(name="x")
    assert rows() != before


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(partner: ApplicationParty, method: str) -> None:
    client, case = by_link(partner)
    assert getattr(client, method)(f"{case}sections/basics/").status_code == 405


def test_the_grant_lies_in_a_cookie_of_this_link_alone(partner: ApplicationParty) -> None:
    link = make_link(partner)
    client = Client()
    response = client.get(f"/x/{tokens.token_for(link)}/")
    cookie = response.cookies[tokens.COOKIE]
    assert response["Location"] == f"/x/{link.public_id}/"
    assert cookie["path"] == f"/x/{link.public_id}/"
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    page = client.get(f"/x/{link.public_id}/")
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store", "same-origin")
    assert page["X-Robots-Tag"] == "noindex, nofollow"


def test_two_links_live_side_by_side_in_one_browser(partner: ApplicationParty) -> None:
    """Django's client knows no paths of cookies: each page gets its own, as a browser sends it."""
    mine, other = make_link(partner), make_link(make_application().parties.get(is_lead=False))
    grants = {link.public_id: tokens.grant_for(link) for link in (mine, other)}
    for public_id, grant in grants.items():
        client = Client()
        client.cookies[tokens.COOKIE] = grant
        assert client.get(f"/x/{public_id}/").status_code == 200
        elsewhere = next(one for one in grants if one != public_id)
        assert client.get(f"/x/{elsewhere}/").status_code == 404


def test_without_the_grant_known_and_unknown_links_look_alike(partner: ApplicationParty) -> None:
    link = make_link(partner)
    known, unknown = (Client().get(f"/x/{name}/") for name in (link.public_id, "A" * 22))
    assert (known.status_code, unknown.status_code) == (404, 404)
    assert known.content == unknown.content


@pytest.mark.parametrize("page", ["", "sections/basics/"])
def test_an_ended_link_closes_open_pages_too(partner: ApplicationParty, page: str) -> None:
    link = make_link(partner)
    client, case = by_link(partner, link)
    assert client.get(f"{case}{page}").status_code == 200
    WorkLink.objects.update(ended_at=timezone.now())
    assert client.get(f"{case}{page}").status_code == 404
    assert client.post(f"{case}sections/basics/", {"title": "x"}).status_code == 404
    assert Client().get(f"/x/{tokens.token_for(link)}/").status_code == 404


def test_a_broken_link_gets_the_friendly_page() -> None:
    response = Client().get("/x/half-a-link/")
    assert response.status_code == 404
    assert "This link does not work" in response.content.decode()


def test_a_link_leads_to_its_own_application_only(
    application: Application, partner: ApplicationParty
) -> None:
    foreign = make_application()
    client, case = by_link(partner)
    whose = foreign.parties.get(is_lead=False)
    assert client.get(f"{case}sections/offer/{whose.pk}/").status_code == 404
    assert application.ref in html_of(client.get(case))


def test_a_foreign_case_is_not_there(application: Application) -> None:
    client, case = in_office(make_application())
    city = application.parties.all()[0].city.slug
    own = case.split("/")[2]
    assert client.get(f"/office/{city}/exchanges/{application.ref}/").status_code == 404
    assert client.get(f"/office/{own}/exchanges/{application.ref}/").status_code == 404
    assert client.get(f"/office/{own}/exchanges/2026-999/").status_code == 404


def test_staff_and_people_without_a_role_do_not_enter_offices(application: Application) -> None:
    city = application.parties.all()[0].city
    for user in (make_staff(), make_user()):
        client = Client()
        client.force_login(user)
        address = f"/office/{city.slug}/exchanges/{application.ref}/"
        assert client.get(address).status_code == 404


def test_somebody_in_both_cities_acts_for_the_one_in_the_address(
    application: Application, partner: ApplicationParty
) -> None:
    client, case = in_office(application, "reader")
    user = type(make_user()).objects.get(pk=client.session["_auth_user_id"])
    make_membership(user, partner.city, "editor")
    lead = application.parties.get(is_lead=True)
    there = f"/office/{partner.city.slug}/exchanges/{application.ref}/"
    for address, party, writes in (
        (case, lead, False),
        (there, lead, False),
        (there, partner, True),
    ):
        html = html_of(client.get(f"{address}sections/people/{party.pk}/"))
        assert ("seen_version" in html) is writes


def test_addresses_keep_the_language_one_switched_to(partner: ApplicationParty) -> None:
    client, case = by_link(partner)
    html = html_of(client.get(f"{case}?language=de"))
    assert f'href="{case}sections/basics/?language=de"' in html
    assert f'href="{case}sections/basics/"' in html_of(client.get(case))


def test_logs_hold_no_usable_link(partner: ApplicationParty) -> None:
    link = make_link(partner)
    line = f'"GET {"/x/" + tokens.token_for(link)}/ HTTP/1.1" 302'
    assert mask(line) == '"GET /x/***/ HTTP/1.1" 302'
    assert mask(f"/x/{link.public_id}/") == f"/x/{link.public_id}/"
