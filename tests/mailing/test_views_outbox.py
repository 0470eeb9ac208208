"""The outbox as staff see it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from journal.models import Entry
from mailing.models import Mail
from tests.factories import make_mail, make_staff, make_user

pytestmark = pytest.mark.django_db
State = Mail.State


@pytest.fixture
def staff(client):
    user = make_staff()
    client.force_login(user)
    return user


def sent(**extra) -> Mail:
    now = timezone.now()
    return make_mail(state=State.SENT, sent_at=now, server_answer="250 ok as 4711", **extra)


def subjects(response) -> list[str]:
    return [row.subject for row in response.context["rows"]]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(
    client, staff, number, django_assert_num_queries
):
    for _ in range(number):
        make_mail()
    with django_assert_num_queries(7):
        response = client.get(reverse("mailing:outbox"))
    assert len(subjects(response)) == number


def test_problems_come_first_then_the_newest(client, staff):
    sent(subject="a")
    make_mail(state=State.FAILED, reason="no_mailbox", subject="b")
    make_mail(state=State.UNCERTAIN, subject="c")
    make_mail(subject="d")
    response = client.get(reverse("mailing:outbox"))
    assert subjects(response) == ["c", "b", "d", "a"]
    assert "Das Postfach gibt es nicht." in response.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=KOELN", ["b"]),
        ("q=b", ["b"]),
        ("state=failed", ["b"]),
        ("kind=test.answer", ["a"]),
        ("state=failed&kind=test.answer", []),
        ("state=nonsense", ["b", "a"]),
        ("kind=nonsense", ["b", "a"]),
        ("page=99", ["b", "a"]),
        ("page=x", ["b", "a"]),
    ],
)
def test_filters_narrow_the_list_and_wrong_ones_do_not(client, staff, query, found):
    sent(subject="a", kind="test.answer")
    make_mail(subject="b", to="amt@koeln.example", state=State.FAILED)
    address = reverse("mailing:outbox")
    assert subjects(client.get(f"{address}?{query}")) == found


def test_pages_keep_the_filters(client, staff):
    for _ in range(51):
        make_mail()
    response = client.get(reverse("mailing:outbox") + "?state=queued&page=2")
    assert len(subjects(response)) == 1
    assert 'href="?state=queued&amp;page=1"' in response.content.decode()


def test_late_mail_is_reported(client, staff):
    make_mail(next_attempt_at=timezone.now() - dt.timedelta(minutes=1))
    assert client.get(reverse("mailing:outbox")).context["oldest"] == ""
    make_mail(next_attempt_at=dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC))
    response = client.get(reverse("mailing:outbox"))
    assert response.context["oldest"] == "20.11.2026 13:00"


def test_an_empty_outbox_says_so(client, staff):
    page = client.get(reverse("mailing:outbox")).content.decode()
    assert "Keine E-Mail passt zu dieser Auswahl." in page


def test_a_mail_shows_its_facts_and_no_live_link(client, staff):
    mail = sent(text="Ihr Link: [[answer]] <b>", html="<p>x</p>", may_be_duplicate=True)
    page = client.get(reverse("mailing:mail", args=[mail.pk])).content.decode()
    for words in ("250 ok as 4711", mail.message_id.strip("<>"), "Ihr Link: [[answer]] &lt;b&gt;"):
        assert words in page
    assert reverse("mailing:mail_html", args=[mail.pk]) in page
    assert "Erneut senden" not in page


def test_a_mail_of_a_kind_nobody_knows_is_shown_by_its_key(client, staff):
    mail = make_mail(kind="old.kind")
    assert "old.kind" in client.get(reverse("mailing:mail", args=[mail.pk])).content.decode()


def test_an_erased_mail_says_so_and_cannot_be_retried(client, staff):
    mail = make_mail(state=State.FAILED, text="", erased_at=timezone.now())
    page = client.get(reverse("mailing:mail", args=[mail.pk])).content.decode()
    assert "Der Text wurde nach dem Versand gelöscht." in page
    assert "Erneut senden" not in page


def test_the_html_is_shown_locked_in(client, staff):
    mail = make_mail(html="<p>Grüße</p><script>alert(1)</script>")
    response = client.get(reverse("mailing:mail_html", args=[mail.pk]))
    assert response.content.decode() == mail.html
    policy = response["Content-Security-Policy"]
    assert policy.startswith("sandbox ")
    for part in ("default-src 'none'", "style-src 'unsafe-inline'", "frame-ancestors 'self'"):
        assert part in policy
    assert "script" not in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_a_mail_without_html_has_no_html_page(client, staff):
    mail = make_mail()
    assert client.get(reverse("mailing:mail_html", args=[mail.pk])).status_code == 404


def test_retrying_queues_the_mail_once(client, staff):
    mail = make_mail(state=State.FAILED, reason="refused")
    address = reverse("mailing:retry", args=[mail.pk])
    for _ in range(2):
        response = client.post(address, follow=True)
        assert "Die E-Mail ist erneut eingereiht." in response.content.decode()
    mail.refresh_from_db()
    assert (mail.state, Entry.objects.count()) == (State.QUEUED, 1)


def test_a_refused_retry_explains_itself(client, staff):
    response = client.post(reverse("mailing:retry", args=[sent().pk]), follow=True)
    assert "Diese E-Mail kann nicht noch einmal gesendet werden." in response.content.decode()


def test_looking_never_retries(client, staff):
    mail = make_mail(state=State.FAILED)
    assert client.get(reverse("mailing:retry", args=[mail.pk])).status_code == 405
    mail.refresh_from_db()
    assert mail.state == State.FAILED


@pytest.mark.parametrize("name", ["mail", "mail_html", "retry"])
def test_an_unknown_mail_is_not_found(client, staff, name):
    address = reverse(f"mailing:{name}", args=[4711])
    assert client.post(address).status_code in {404, 405}
    assert client.get(address).status_code in {404, 405}


@pytest.mark.parametrize("name", ["outbox", "mail", "mail_html", "retry"])
def test_only_staff_look_into_the_outbox(client, name):
    args = [] if name == "outbox" else [make_mail(html="x").pk]
    address = reverse(f"mailing:{name}", args=args)
    assert client.get(address).status_code == 302
    client.force_login(make_user())
    assert client.get(address).status_code == 404
