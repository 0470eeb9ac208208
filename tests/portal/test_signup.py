"""Signing up: name and address, a code by mail, no password, and no word about who has one."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from accounts.models import User
from mailing.delivery import deliver_due
from mailing.models import Mail
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/account/signup/"


@pytest.fixture(autouse=True)
def _no_other_attempts() -> Any:
    """Limits on attempts are counted in the cache, for the whole suite."""
    cache.clear()
    yield
    cache.clear()


def sign_up(client: Client, email: str = "kim@stadt.example", name: str = "Kim Beispiel") -> str:
    """Where the answer leads to."""
    response = client.post(PAGE, {"email": email, "name": name})
    return response.get("Location", f"{response.status_code}")


def mailed_code(smtp) -> str:
    deliver_due()
    return smtp.messages[-1].get_body(("plain",)).get_content().splitlines()[4]


def test_a_person_signs_up_with_a_code_and_is_led_to_the_offices(client, smtp):
    assert sign_up(client) == "/account/confirm-email/"
    answer = client.post("/account/confirm-email/", {"code": mailed_code(smtp)})
    user = User.objects.get(email="kim@stadt.example")
    assert (answer.status_code, answer["Location"]) == (302, "/office/")
    assert (user.name, user.language, user.has_usable_password()) == ("Kim Beispiel", "de", False)
    assert client.session["_auth_user_id"] == str(user.pk)
    assert EmailAddress.objects.get().verified


def test_the_language_of_the_page_becomes_the_persons(client):
    with translation.override("en"):
        client.post("/en" + PAGE, {"email": "kim@city.example", "name": "Kim"})
    assert User.objects.get().language == "en"
    assert Mail.objects.get().subject == "Please confirm your e-mail address"


def test_a_wrong_code_opens_nothing(client):
    sign_up(client)
    client.post("/account/confirm-email/", {"code": "000000"})
    assert "_auth_user_id" not in client.session
    assert not EmailAddress.objects.get().verified


def test_a_known_address_sees_the_same_pages_and_gets_another_mail(client):
    make_user("kim@stadt.example", name="Kim")
    known = [sign_up(client), client.get("/account/confirm-email/").content]
    other = Client()
    unknown = [sign_up(other, "neu@stadt.example"), other.get("/account/confirm-email/").content]
    assert known[0] == unknown[0]
    shown = [visible(known[1], "kim"), visible(unknown[1], "neu")]
    assert shown[0] == shown[1]
    kinds = Mail.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["accounts.account_already_exists", "accounts.email_confirmation_signup"]
    assert User.objects.get(email="kim@stadt.example").name == "Kim"


def visible(page: bytes, name: str) -> list[str]:
    """The page's lines without tokens and with the address replaced."""
    lines = page.decode().replace(f"{name}@stadt.example", "…").splitlines()
    return [line for line in lines if "csrfmiddlewaretoken" not in line]


@pytest.mark.parametrize(
    ("email", "name", "field"),
    [
        ("", "Kim", "email"),
        ("kim", "Kim", "email"),
        ("kim@stadt.example", "", "name"),
        ("kim@stadt.example", "K" * 151, "name"),
    ],
)
def test_what_cannot_be_right_is_said_beside_the_field(client, email, name, field):
    response = client.post(PAGE, {"email": email, "name": name})
    page = response.content.decode()
    assert list(response.context["form"].errors) == [field]
    assert f'value="{name}"' in page or not name
    assert User.objects.count() == 0


def test_the_mail_to_an_unknown_address_says_where_to_sign_up(client):
    client.post("/account/login/code/", {"email": "kim@stadt.example"})
    assert "/account/signup/" in Mail.objects.get().text


def test_too_many_sign_ups_from_one_place_are_stopped(client):
    answers = [sign_up(Client(), f"k{number}@stadt.example") for number in range(21)]
    assert answers == ["/account/confirm-email/"] * 20 + ["429"]
