"""Outgoing mail and blocked addresses in the administration."""

from __future__ import annotations

import pytest
from django.test import Client

from mailing.models import BlockedAddress, Mail
from tests.admin_forms import errors_of, form_data, page
from tests.factories import make_mail, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make_staff())
    return client


def test_mails_are_found_by_address(staff: Client) -> None:
    mail = make_mail(to="anna@stadt.example")
    make_mail()
    response = staff.get(page("changelist", Mail), {"q": "anna@"})
    assert list(response.context["cl"].result_list) == [mail]


def test_a_mail_s_html_is_not_run_inside_the_administration(staff: Client) -> None:
    mail = make_mail(text="<b>fett</b>", html="<script>alert(1)</script>")
    content = staff.get(page("change", mail)).content.decode()
    assert "alert(1)" not in content
    assert "&lt;b&gt;fett" in content


def test_an_address_is_blocked_and_freed_by_hand(staff: Client) -> None:
    data = form_data(staff.get(page("add", BlockedAddress)))
    values = {**data, "email": "Anna@Stadt.example", "reason": "opted_out"}
    assert staff.post(page("add", BlockedAddress), values).status_code == 302
    blocked = BlockedAddress.objects.get(email="anna@stadt.example")
    assert staff.post(page("delete", blocked), {"post": "yes"}).status_code == 302
    assert not BlockedAddress.objects.exists()


@pytest.mark.parametrize("email", ["nobody", "", "ANNA@stadt.example"])
def test_broken_and_known_addresses_are_refused(staff: Client, email: str) -> None:
    BlockedAddress.objects.create(email="anna@stadt.example", reason="bounced")
    data = form_data(staff.get(page("add", BlockedAddress)))
    values = {**data, "email": email, "reason": "opted_out"}
    response = staff.post(page("add", BlockedAddress), values)
    assert "email" in errors_of(response)
