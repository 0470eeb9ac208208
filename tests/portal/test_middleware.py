"""What happens to every request before any view."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from tests.factories import make_staff, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address", ["/%00", "/?q=%00", "/?%00=1", "/admin/?q=a%00b", "/en/?x=%2500%00"]
)
def test_nul_bytes_in_an_address_are_refused(client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


@pytest.mark.parametrize("form", [{"login": "a\0b"}, {"lo\0gin": "a"}, {"login": ["a", "\0"]}])
def test_nul_bytes_in_a_form_are_refused(client: Client, form: dict[str, Any]) -> None:
    assert client.post("/account/login/", form).status_code == 400


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "anything"])
def test_nul_bytes_in_a_cookie_are_refused(client: Client, name: str) -> None:
    client.cookies.load(f'{name}="\\000abcdefgh"')
    assert client.get("/account/login/").status_code == 400


def test_percent_signs_and_zeros_as_such_are_fine(client: Client) -> None:
    assert client.get("/account/login/?q=%2500").status_code == 200
    assert client.post("/account/login/", {"login": "a0b"}).status_code == 200


@pytest.mark.parametrize("size", [3_000_000, 10_000_000])
def test_huge_forms_are_refused(client: Client, size: int) -> None:
    assert client.post("/account/login/", {"login": "x" * size}).status_code == 400


@pytest.fixture
def second_factor(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = True


@pytest.mark.usefixtures("second_factor")
@pytest.mark.parametrize("address", ["/", "/admin/", "/account/profile/", "/en/admin/"])
def test_staff_without_a_second_factor_are_led_to_its_set_up(client: Client, address: str) -> None:
    client.force_login(make_staff())
    prefix = "/en" if address.startswith("/en") else ""
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (302, f"{prefix}/account/2fa/")


@pytest.mark.usefixtures("second_factor")
def test_the_set_up_the_sign_out_and_the_health_page_stay_reachable(client: Client) -> None:
    client.force_login(make_staff())
    statuses = [
        client.get(a).status_code for a in ("/account/2fa/", "/account/logout/", "/healthz")
    ]
    assert statuses == [200, 200, 200]


@pytest.mark.usefixtures("second_factor")
def test_staff_with_a_second_factor_pass(client: Client) -> None:
    staff = make_staff()
    TOTP.activate(staff, "JBSWY3DPEHPK3PXP")
    client.force_login(staff)
    assert client.get("/admin/").status_code == 200


@pytest.mark.usefixtures("second_factor")
def test_a_second_factor_that_was_removed_is_asked_for_at_once(client: Client) -> None:
    staff = make_staff()
    TOTP.activate(staff, "JBSWY3DPEHPK3PXP")
    client.force_login(staff)
    Authenticator.objects.all().delete()
    assert client.get("/admin/")["Location"] == "/account/2fa/"


@pytest.mark.usefixtures("second_factor")
def test_people_in_cities_need_no_second_factor(client: Client) -> None:
    client.force_login(make_user())
    assert client.get("/account/profile/").status_code == 200


@pytest.mark.usefixtures("second_factor")
def test_a_stranger_sees_public_pages(client: Client) -> None:
    assert client.get("/data-protection/inventory/").status_code == 200


def test_demo_and_test_mode_ask_staff_for_none(client: Client) -> None:
    client.force_login(make_staff())
    assert client.get("/admin/").status_code == 200


def test_signing_in_with_a_password_asks_for_the_second_factor(client: Client) -> None:
    staff = make_staff(email="anna@skew.example")
    TOTP.activate(staff, "JBSWY3DPEHPK3PXP")
    staff.emailaddress_set.create(email=staff.email, verified=True, primary=True)
    form = {"login": "anna@skew.example", "password": "richtig-langes-passwort"}
    response = client.post("/account/login/", form)
    assert response["Location"].startswith("/account/2fa/authenticate/")
    assert client.get("/admin/")["Location"].startswith("/account/login/?next=/admin/")


def test_a_stranger_who_asks_for_the_administration_comes_back_to_it(client: Client) -> None:
    assert client.get("/admin/events/event/?q=x")["Location"] == (
        "/account/login/?next=/admin/events/event/%3Fq%3Dx"
    )
