"""Sign-in mails: through the outbox, first in line, in the person's language, then erased."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone, translation

from mailing.claims import recover
from mailing.delivery import deliver_due
from mailing.models import Mail
from mailing.operations import block
from tests.factories import make_mail, make_user
from ude_portal import account_mails

pytestmark = pytest.mark.django_db(transaction=True)
WITH_CODE = {
    "login_code",
    "password_reset_code",
    "email_confirmation",
    "email_confirmation_signup",
}
CHANGE = {
    "timestamp": dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC),
    "ip": "192.0.2.1",
    "user_agent": "Firefox [[answer]]",
    "from_email": "alt@stadt.example",
    "to_email": "neu@stadt.example",
    "deleted_email": "alt@stadt.example",
}


def ask_for_a_code(client, email: str) -> Mail:
    response = client.post(reverse("account_request_login_code"), {"email": email})
    assert response.status_code == 302
    return Mail.objects.latest("pk")


def template_of(name: str) -> str:
    second_factor = name.startswith(("totp", "webauthn", "recovery"))
    return f"{'mfa' if second_factor else 'account'}/email/{name}"


def test_a_sign_in_code_is_mailed_first_and_erased_once_sent(client, smtp):
    user = make_user(language="de")
    make_mail(kind="accounts.login_code", priority=Mail.Priority.CAMPAIGN)
    mail = ask_for_a_code(client, user.email)
    assert (mail.kind, mail.priority) == ("accounts.login_code", Mail.Priority.AT_ONCE)
    assert mail.not_after - timezone.now() <= dt.timedelta(minutes=15)
    deliver_due()
    assert smtp.recipients[0] == user.email
    mail.refresh_from_db()
    assert (mail.state, mail.text, mail.html) == (Mail.State.SENT, "", "")


def test_the_mailed_code_signs_in(client, smtp):
    user = make_user()
    ask_for_a_code(client, user.email)
    deliver_due()
    text = smtp.messages[0].get_body(("plain",)).get_content()
    code = text.splitlines()[4]
    assert code not in smtp.messages[0]["Subject"]
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert client.session["_auth_user_id"] == str(user.pk)
    address = EmailAddress.objects.get()
    assert (address.email, address.verified, address.primary) == (user.email, True, True)


def test_a_second_address_does_not_become_the_primary_one(client):
    user = make_user()
    EmailAddress.objects.create(user=user, email="alt@stadt.example", primary=True)
    ask_for_a_code(client, user.email)
    assert list(EmailAddress.objects.filter(email=user.email).values_list("primary")) == [(False,)]


def test_a_code_that_has_expired_is_not_sent_and_is_erased(client, smtp):
    mail = ask_for_a_code(client, make_user().email)
    deliver_due(at=timezone.now() + dt.timedelta(minutes=16))
    recover()
    mail.refresh_from_db()
    assert (mail.state, mail.reason, mail.text) == (Mail.State.STALE, "too_late", "")
    assert smtp.recipients == []


def test_an_opted_out_person_still_gets_codes(client, smtp):
    user = make_user()
    block(user.email, "opted_out")
    ask_for_a_code(client, user.email)
    assert deliver_due() == {"sent": 1}


def test_an_unknown_address_gets_a_friendly_mail_and_the_same_page(client):
    mail = ask_for_a_code(client, "niemand@stadt.example")
    assert (mail.kind, mail.to) == ("accounts.unknown_account", "niemand@stadt.example")
    assert "kein Konto" in mail.text


@pytest.mark.parametrize(
    ("language", "subject"), [("de", "Ihr Anmeldecode"), ("en", "Your sign-in code")]
)
def test_the_mail_speaks_the_accounts_language_whatever_the_page(client, language, subject):
    user = make_user(language=language)
    for page in ("de", "en"):
        with translation.override(page):
            assert ask_for_a_code(client, user.email.upper()).subject == subject
        client.cookies.clear()


@pytest.mark.parametrize("name", sorted(account_mails.LABELS))
def test_every_mail_of_allauth_is_written_in_both_languages(name):
    mails = {}
    for language in ("de", "en"):
        user = make_user(language=language)
        context = {"code": "K7-PX"} if name in WITH_CODE else CHANGE
        mails[language] = account_mails.write(template_of(name), user.email, context)
    german, english = mails["de"], mails["en"]
    assert german.subject != english.subject
    assert german.text.startswith("Guten Tag,\n\n")
    assert english.text.startswith("Good day,\n\n")
    assert ("K7-PX" in german.text, german.not_after is not None) == (name in WITH_CODE,) * 2
    assert "[[answer]]" not in german.text + german.html
    assert 'lang="de"' in german.html


def test_password_reset_goes_by_code(client, smtp):
    user = make_user()
    client.post(reverse("account_reset_password"), {"email": user.email})
    assert Mail.objects.get().kind == "accounts.password_reset_code"


def test_an_address_line_cannot_carry_a_second_recipient(client):
    client.post(reverse("account_request_login_code"), {"email": "a@b.example\r\nBcc: c@d.example"})
    assert not Mail.objects.exists()


def test_a_typed_address_and_a_browsers_name_are_no_links_in_our_mail(client):
    mail = ask_for_a_code(client, '"http://anderswo.example/"@stadt.example')
    change = {**CHANGE, "user_agent": "Browser http://anderswo.example/ www.anderswo.example"}
    told = account_mails.write(template_of("password_changed"), make_user().email, change)
    for written in (mail, told):
        assert "anderswo.example" in written.text
        assert not re.search(r"(//|www\.)anderswo", written.text + written.html)
