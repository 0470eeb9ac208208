"""Sign-in and account pages in the portal's look; allauth does the work."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts.models import User
from tests.factories import make_staff, make_user
from ude_portal.demo import LOGINS

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    user = make_user("kim@stadt.example", name="Kim Beispiel")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def html(client: Client, path: str) -> str:
    response = client.get(path, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_the_code_by_mail_comes_before_the_password(client: Client) -> None:
    page = html(client, "/account/login/")
    assert page.index('action="/account/login/code/"') < page.index('action="/account/login/"')
    assert page.index('id="code_email"') < page.index('id="passkey_login"')


def test_where_one_wanted_to_go_survives_both_ways_of_signing_in(client: Client) -> None:
    page = html(client, "/account/login/?next=/events/")
    assert page.count('name="next" value="/events/"') == 3


def test_a_wrong_password_opens_the_password_form_with_its_error(client: Client) -> None:
    response = client.post("/account/login/", {"login": "kim@stadt.example", "password": "falsch"})
    page = response.content.decode()
    assert '<details class="more" open>' in page
    assert 'class="error-summary"' in page


@pytest.mark.parametrize(
    "path",
    ["/account/email/", "/account/password/change/", "/account/2fa/", "/account/2fa/webauthn/"],
)
def test_account_pages_share_a_menu_that_marks_the_place(
    client: Client, person: User, path: str
) -> None:
    client.force_login(person)
    page = html(client, path)
    menu = page[page.index('class="subnav"') : page.index("<h1")]
    assert len(re.findall("aria-current", menu)) == 1
    assert page.count("<h1") == 1


def test_keys_are_listed_with_links_that_name_them(client: Client, person: User) -> None:
    key = Authenticator.objects.create(
        user=person,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Laptop", "credential": {"clientExtensionResults": {}}},
    )
    client.force_login(person)
    page = html(client, "/en/account/2fa/webauthn/")
    assert f'href="/en/account/2fa/webauthn/keys/{key.pk}/remove/">Remove ' in page
    assert page.count('<span class="visually-hidden">Laptop</span>') == 2


def test_the_staff_bar_is_for_staff(client: Client, person: User) -> None:
    client.force_login(person)
    assert 'class="staff-bar"' not in html(client, "/account/email/")
    client.force_login(make_staff())
    page = html(client, "/account/logout/")
    assert 'class="staff-bar"' in page
    assert 'href="/outbox/"' in page


def test_the_demo_signs_in_as_one_of_its_people_with_one_press(
    client: Client, settings: Any
) -> None:
    settings.DEMO = True
    admin = make_staff(email=LOGINS[0].email)
    admin.set_password(LOGINS[0].password)
    admin.save()
    EmailAddress.objects.create(user=admin, email=admin.email, verified=True, primary=True)
    page = html(client, "/account/login/?next=/events/")
    assert page.count('type="hidden" name="login"') == len(LOGINS)
    assert "Begutachtet Anträge" in page
    choice = {"login": LOGINS[0].email, "password": LOGINS[0].password, "next": "/events/"}
    assert client.post("/account/login/", choice).url == "/events/"


def test_without_the_demo_nobody_is_offered(client: Client) -> None:
    assert 'type="hidden" name="login"' not in html(client, "/account/login/")
