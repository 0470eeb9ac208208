"""What other pages ask about mails."""

from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import translation

from mailing.claims import UNREACHABLE
from mailing.models import Mail
from mailing.queries import CAUSES, delivery_of, plain_reason
from tests.factories import make_mail, make_user

State = Mail.State


@pytest.mark.parametrize(
    ("state", "reason", "sentence"),
    [
        ("queued", "", "Waits to be sent."),
        ("queued", UNREACHABLE, "The mail server cannot be reached. The portal keeps trying."),
        ("queued", "no_answer", "The server's answer got lost; the mail goes out once more."),
        ("claimed", UNREACHABLE, "Is being sent at the moment."),
        ("held", UNREACHABLE, "Sending was stopped by staff."),
        ("sent", "", "The mail server has accepted it."),
        ("failed", "no_mailbox", "The mailbox does not exist. Please correct the address."),
        ("failed", "something new", "It could not be sent."),
        ("cancelled", "opted_out", "This address wants no more invitations."),
        ("stale", "too_late", "It was too late to send it."),
    ],
)
def test_each_state_and_cause_has_a_sentence(state, reason, sentence):
    with translation.override("en"):
        assert plain_reason(Mail(state=state, reason=reason)) == sentence


def test_every_cause_has_a_german_sentence():
    for sentence in CAUSES.values():
        german = str(sentence)
        with translation.override("en"):
            assert german != str(sentence)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_the_latest_mail_of_each_thing_comes_in_one_query(number, django_assert_num_queries):
    users = [make_user() for _ in range(number)]
    for user in users:
        make_mail(about=user)
        make_mail(about=user, kind="test.answer")
    for user in users:
        make_mail(about=user, state="failed", reason=f"cause {user.pk}")
    make_mail(about=make_user())
    pks = [user.pk for user in users]
    ContentType.objects.get_for_model(users[0])
    with django_assert_num_queries(1):
        latest = delivery_of(type(users[0]), pks, "test.note")
    assert {pk: (mail.state, mail.reason) for pk, mail in latest.items()} == {
        pk: ("failed", f"cause {pk}") for pk in pks
    }


@pytest.mark.django_db
def test_nothing_is_asked_about_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert delivery_of(Mail, [], "test.note") == {}
