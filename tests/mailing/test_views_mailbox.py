"""The demo's mailbox."""

from __future__ import annotations

import pytest
from django.urls import reverse

from mailing import mailbox as box
from mailing.delivery import deliver_due
from tests.factories import make_mail

pytestmark = pytest.mark.django_db(transaction=True)
CALENDAR = "BEGIN:VCALENDAR\nSUMMARY:Köln\nEND:VCALENDAR\n"


@pytest.fixture
def demo(settings, mailbox):
    settings.DEMO = True
    return mailbox


def deliver(**extra) -> str:
    """Send one mail into the mailbox; returns its name there."""
    make_mail(**extra)
    assert deliver_due() == {"sent": 1}
    return box.names()[0]


def test_an_empty_mailbox_says_so(client, demo):
    assert "Hier liegt noch keine E-Mail." in client.get("/mailbox/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_mailbox_asks_the_database_nothing(client, demo, number, django_assert_num_queries):
    for _ in range(number):
        deliver()
    with django_assert_num_queries(0):
        response = client.get(reverse("mailing:mailbox"))
    assert response.context["page"].paginator.count == number


def test_the_newest_mail_comes_first_and_addresses_filter(client, demo):
    deliver(to="amt@koeln.example", subject="eins")
    deliver(to="amt@bonn.example", subject="zwei")
    page = client.get("/mailbox/").content.decode()
    assert page.index("zwei") < page.index("eins")
    page = client.get("/mailbox/?to=KOELN").content.decode()
    assert ("eins" in page, "zwei" in page) == (True, False)
    assert client.get("/mailbox/?to=" + "x" * 101).context["page"].paginator.count == 2


def test_a_mail_shows_its_links_and_offers_its_calendar(client, demo):
    name = deliver(
        text="Hier: [[answer]]\n<b>",
        html="<html><head></head><body>Grüße</body></html>",
        calendar=CALENDAR,
        calendar_method="REQUEST",
    )
    page = client.get(reverse("mailing:mailbox_mail", args=[name])).content.decode()
    assert '<a href="https://ude.example/i/' in page
    assert "&lt;b&gt;" in page
    assert "auto-generated" in page
    html = client.get(reverse("mailing:mailbox_html", args=[name]))
    assert '<head><base target="_top"></head><body>Grüße' in html.content.decode()
    assert html["Content-Security-Policy"].startswith("sandbox allow-top-navigation-by-user-act")
    file = client.get(reverse("mailing:mailbox_calendar", args=[name]))
    assert file["Content-Disposition"] == 'attachment; filename="invite.ics"'
    assert file.content.decode() == CALENDAR.replace("\n", "\r\n")


def test_a_plain_mail_has_neither_html_nor_calendar(client, demo):
    name = deliver()
    page = client.get(reverse("mailing:mailbox_mail", args=[name])).content.decode()
    assert ("iframe" in page, "invite.ics" in page) == (False, False)
    for view in ("mailbox_html", "mailbox_calendar"):
        assert client.get(reverse(f"mailing:{view}", args=[name])).status_code == 404


@pytest.mark.parametrize("name", ["nothing", "20261122T000000-000000-abcdef01", "passwd"])
def test_an_unknown_mail_is_not_found(client, demo, name):
    for view in ("mailbox_mail", "mailbox_html", "mailbox_calendar"):
        assert client.get(reverse(f"mailing:{view}", args=[name])).status_code == 404


def test_a_name_that_leaves_the_folder_is_no_name(demo):
    demo.mkdir()
    (demo.parent / "secret.eml").write_text("To: x\n\nsecret")
    assert box.read("../secret") is None


def test_a_mail_that_vanishes_meanwhile_is_left_out(demo):
    name = deliver()
    assert [kept.name for kept in box.read_all([name, "20261122T000000-000000-abcdef01"])] == [name]


def test_outside_the_demo_there_is_no_mailbox(client, mailbox):
    name = deliver(html="x")
    for view in ("mailbox_mail", "mailbox_html", "mailbox_calendar"):
        assert client.get(reverse(f"mailing:{view}", args=[name])).status_code == 404
    assert client.get("/mailbox/").status_code == 404


def test_the_mailbox_is_read_only(client, demo):
    assert client.post("/mailbox/").status_code == 405
