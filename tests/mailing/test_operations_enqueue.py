"""Writing mails: keys, addresses, one line of subject, a Message-ID for life."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from mailing import operations
from mailing.models import Mail
from tests.factories import make_mail, make_user

from .conftest import make_draft

pytestmark = pytest.mark.django_db
BREAKS = ["\r\n", "\n", "\r", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029"]


def test_the_same_key_returns_the_existing_row():
    first = operations.enqueue(make_draft())
    second = operations.enqueue(make_draft(subject="Anders"))
    assert second.pk == first.pk
    assert Mail.objects.get().subject == "Einladung"


def test_a_new_mail_waits_with_everything_it_was_given(settings):
    settings.SITE_URL = "https://ude.example:8443"
    user, later = make_user(), timezone.now() + dt.timedelta(hours=1)
    mail = operations.enqueue(
        make_draft(about=user, not_before=later, not_after=later, reply_to="ude@skew.example")
    )
    assert (mail.state, mail.about, mail.next_attempt_at) == (Mail.State.QUEUED, user, later)
    assert (mail.not_after, mail.reply_to) == (later, "ude@skew.example")
    assert mail.message_id.endswith("@ude.example>")


def test_a_rolled_back_cause_leaves_no_mail():
    with transaction.atomic():
        operations.enqueue(make_draft())
        transaction.set_rollback(True)
    assert not Mail.objects.exists()


@pytest.mark.parametrize("line_break", BREAKS)
def test_a_subject_with_a_line_break_becomes_one_line(line_break):
    mail = operations.enqueue(make_draft(subject=f"Hallo{line_break}Bcc: x@evil.example"))
    assert mail.subject == "Hallo Bcc: x@evil.example"


def test_a_long_subject_is_cut():
    assert len(operations.enqueue(make_draft(subject="x" * 999)).subject) == 250


@pytest.mark.parametrize(
    "address",
    ["", "nobody", "a@b@c.example", " a@b.example", "a@b.example\n", "a@b.example, c@d.example"]
    + ["\u212aontakt@b.example", "a\u017fb@b.example"]
    + [f"a@b.example{line_break}Bcc: c@d.example" for line_break in BREAKS],
)
@pytest.mark.parametrize("field", ["to", "reply_to"])
def test_an_address_that_is_none_is_refused(address, field):
    if field == "reply_to" and not address:
        return
    with pytest.raises(ValidationError) as refusal:
        operations.enqueue(make_draft(**{field: address}))
    assert refusal.value.code == "email"
    assert not Mail.objects.exists()


def test_an_unknown_kind_is_a_programming_error():
    with pytest.raises(LookupError, match=r"test\.nothing"):
        operations.enqueue(make_draft(kind="test.nothing"))


def test_texts_lose_nul_bytes_and_foreign_line_ends():
    mail = operations.enqueue(make_draft(text="a\0b\r\nc\rd", html="<p>\0</p>", calendar="X\r\n"))
    assert (mail.text, mail.html, mail.calendar) == ("ab\nc\nd", "<p></p>", "X\n")


def test_many_mails_skip_the_keys_that_exist():
    make_mail(key="test:2")
    drafts = [make_draft(key=f"test:{number}") for number in (1, 2, 3, 3)]
    assert operations.enqueue_all(drafts) == 2
    assert sorted(Mail.objects.values_list("key", flat=True)) == ["test:1", "test:2", "test:3"]


def test_many_mails_are_written_in_few_queries(django_assert_max_num_queries):
    drafts = [make_draft(key=f"test:{number}") for number in range(operations.CHUNK + 1)]
    with django_assert_max_num_queries(25):
        assert operations.enqueue_all(drafts) == operations.CHUNK + 1


def test_one_broken_address_refuses_the_whole_lot():
    drafts = [make_draft(), make_draft(key="test:2", to="nobody")]
    with pytest.raises(ValidationError):
        operations.enqueue_all(drafts)
    assert not Mail.objects.exists()
