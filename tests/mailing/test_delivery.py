"""Sending: what happens to a mail before it reaches the server."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mailing import operations
from mailing.delivery import deliver_due
from mailing.models import Mail
from mailing.smtp import SmtpTransport
from tests.factories import make_mail

pytestmark = pytest.mark.django_db(transaction=True)
State = Mail.State


def test_a_due_mail_is_sent_and_keeps_the_servers_answer(smtp):
    mail = make_mail(text="Ihr Link: [[answer]]")
    assert deliver_due() == {"sent": 1}
    mail.refresh_from_db()
    assert (mail.state, mail.server_answer) == (State.SENT, "250 kept as 4711")
    assert mail.sent_at >= mail.handed_over_at >= mail.created_at
    assert (mail.lease_owner, mail.lease_until) == ("", None)
    assert smtp.recipients == [mail.to]
    link = f"https://ude.example/i/{mail.pk}?a=1&b=2"
    assert smtp.messages[0].get_content() == f"Ihr Link: {link}\r\n"


def test_the_link_is_never_stored(smtp):
    mail = make_mail(text="[[answer]]", html="<a href='[[answer]]'>x</a>")
    deliver_due()
    mail.refresh_from_db()
    assert (mail.text, mail.html) == ("[[answer]]", "<a href='[[answer]]'>x</a>")


def test_one_connection_carries_many_batches(smtp, settings):
    settings.MAIL_BATCH = 3
    for _ in range(8):
        make_mail()
    assert deliver_due() == {"sent": 8}
    assert (smtp.connections, len(set(smtp.recipients))) == (1, 8)


def test_urgent_mails_leave_first(smtp):
    make_mail(to="campaign@stadt.example", priority=Mail.Priority.CAMPAIGN)
    make_mail(to="code@stadt.example", priority=Mail.Priority.AT_ONCE)
    deliver_due()
    assert smtp.recipients == ["code@stadt.example", "campaign@stadt.example"]


def test_a_mail_for_later_waits_and_no_connection_is_made(smtp):
    later = timezone.now() + dt.timedelta(hours=1)
    make_mail(next_attempt_at=later)
    assert deliver_due() == {}
    assert smtp.connections == 0
    assert deliver_due(at=later + dt.timedelta(seconds=1)) == {"sent": 1}


@pytest.mark.parametrize(
    ("change", "state", "reason"),
    [
        ({"subject": "stale"}, State.STALE, "answered"),
        ({"subject": "broken"}, State.FAILED, "poison"),
        ({"text": "[[unknown]]"}, State.FAILED, "poison"),
        ({"kind": "test.unknown"}, State.FAILED, "poison"),
        ({"to": "bürgermeister@stadt.example"}, State.FAILED, "poison"),
        ({"not_after": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}, State.STALE, "too_late"),
    ],
)
def test_a_mail_that_must_not_go_is_settled_and_the_next_one_goes(smtp, change, state, reason):
    mail, other = make_mail(**change), make_mail()
    assert deliver_due() == {state: 1, "sent": 1}
    mail.refresh_from_db()
    assert (mail.state, mail.reason, mail.handed_over_at) == (state, reason, None)
    assert smtp.recipients == [other.to]


def test_a_poisoned_mail_says_what_was_wrong(smtp):
    mail = make_mail(subject="broken")
    deliver_due()
    mail.refresh_from_db()
    assert mail.server_answer == 'RuntimeError("the kind\'s own code failed")'


class Unforeseen(RuntimeError):
    """What no transport promises to raise."""


def fail_once(monkeypatch, step):
    """The transport's ``step`` fails for the first mail in a way nobody foresaw."""
    genuine, failures = getattr(SmtpTransport, step), [Unforeseen("a bug")]

    def broken(self, *values):
        if failures:
            raise failures.pop()
        return genuine(self, *values)

    monkeypatch.setattr(SmtpTransport, step, broken)


def test_an_unforeseen_failure_before_the_fence_ends_one_mail_only(smtp, monkeypatch):
    mail, other = make_mail(), make_mail()
    fail_once(monkeypatch, "offer")
    assert deliver_due() == {"failed": 1, "sent": 1}
    mail.refresh_from_db()
    assert (mail.reason, mail.server_answer) == ("poison", "Unforeseen('a bug')")
    assert smtp.recipients == [other.to]


def test_an_unforeseen_failure_after_the_fence_leaves_the_mail_uncertain(smtp, monkeypatch):
    mail, other = make_mail(kind="test.decision"), make_mail()
    fail_once(monkeypatch, "deliver")
    assert deliver_due() == {"uncertain": 1, "sent": 1}
    mail.refresh_from_db()
    assert (mail.state, mail.reason) == (State.UNCERTAIN, "no_answer")
    assert smtp.recipients == [other.to]


def test_a_blocked_address_gets_essential_mails_only(smtp):
    operations.block("amt@stadt.example", "opted_out")
    note = make_mail(to="Amt@stadt.example")
    answer = make_mail(to="Amt@stadt.example", kind="test.answer")
    assert deliver_due() == {"cancelled": 1, "sent": 1}
    note.refresh_from_db()
    answer.refresh_from_db()
    assert (note.reason, answer.state) == ("opted_out", State.SENT)


def test_a_code_is_erased_once_it_is_sent(smtp):
    mail = make_mail(kind="test.code", text="Ihr Code: 123", html="<p>123</p>")
    deliver_due()
    mail.refresh_from_db()
    assert (mail.text, mail.html, mail.erased_at) == ("", "", mail.sent_at)
    assert "Ihr Code: 123" in smtp.raw[0][1].decode()


def test_without_a_server_mails_become_files_in_order(mailbox):
    first, second = make_mail(), make_mail()
    assert deliver_due() == {"sent": 2}
    files = sorted(path.name for path in mailbox.iterdir())
    assert [path[-4:] for path in files] == [".eml", ".eml"]
    assert f"To: {first.to}" in (mailbox / files[0]).read_text()
    second.refresh_from_db()
    assert second.server_answer == "250 OK"


def test_a_long_run_ends_in_time_and_rings_for_the_rest(smtp, rings, settings):
    settings.MAIL_BATCH = 2
    for _ in range(4):
        make_mail()
    assert deliver_due(seconds=0) == {"sent": 2}
    assert rings == ["mailing.tasks.ring"]


def test_an_empty_outbox_costs_two_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        assert deliver_due() == {}


def test_each_mail_costs_two_updates_and_nothing_else(smtp):
    def queries_for(number: int) -> int:
        for _ in range(number):
            make_mail()
        with CaptureQueriesContext(connection) as queries:
            assert deliver_due() == {"sent": number}
        return len(queries)

    assert queries_for(13) - queries_for(3) == 2 * 10


def test_a_mail_written_by_a_machine_whose_clock_is_ahead_goes_at_once(smtp):
    make_mail(next_attempt_at=timezone.now() + dt.timedelta(seconds=1))
    assert deliver_due() == {"sent": 1}


def test_a_run_ends_when_all_that_was_due_is_settled(smtp, settings):
    """Whoever writes more rings for it; a batch that may have left mails is followed by another."""
    settings.MAIL_BATCH = 2

    def looks_for(number: int) -> int:
        for _ in range(number):
            make_mail()
        with CaptureQueriesContext(connection) as queries:
            assert deliver_due() == {"sent": number}
        return sum("RETURNING" in query["sql"] for query in queries)

    assert [looks_for(number) for number in (1, 2, 3)] == [1, 1, 2]


def test_a_run_goes_on_after_mails_that_stand_before_a_crashed_one(smtp):
    make_mail(), make_mail(crashes=1), make_mail()
    assert deliver_due() == {"sent": 3}


@pytest.mark.parametrize(("kind", "asked"), [("test.answer", 0), ("test.note", 1)])
def test_blocked_addresses_matter_only_to_mails_that_respect_them(smtp, kind, asked):
    make_mail(kind=kind)
    with CaptureQueriesContext(connection) as queries:
        assert deliver_due() == {"sent": 1}
    assert sum("mailing_blockedaddress" in query["sql"] for query in queries) == asked
