"""Links for the partner city: who gets one, which may sign, reminding, ending, handing over."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from exchanges import tokens
from exchanges.drafting import mail_kinds
from exchanges.drafting.contacts import Contact, contacts_of
from exchanges.drafting.operations import end_link, remind_link, send_link
from exchanges.models import Application, ApplicationParty, WorkLink
from exchanges.replaying import end_link as end_again
from journal.models import Entry
from mailing.models import Mail
from mailing.registry import Links, Stale
from partnerships.models import CityDomain, Confirmation
from partnerships.offices.cases import Successor, open_cases
from partnerships.offices.operations import hand_over
from tests.factories import make_membership, make_position, make_user

from ..scenes import as_office, make_application, make_link
from .browsers import html_of, in_office

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)
DESK = Contact("desk@sanantonio.example", "en")


@pytest.fixture
def application() -> Application:
    return make_application()


@pytest.fixture
def partner(application: Application) -> ApplicationParty:
    return application.parties.get(is_lead=False)


def give(party: ApplicationParty, contact: Contact = DESK, **extra: Any) -> WorkLink:
    values = {"may_sign": False, "by": as_office(party.application), "at": NOW, **extra}
    return send_link(party=party, contact=contact, **values)


def refusal(act: Any, **values: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        act(**values)
    return str(refused.value.code)


def test_a_link_is_sent_with_its_mail_and_its_line(
    application: Application, partner: ApplicationParty
) -> None:
    link = give(partner)
    mail = Mail.objects.get()
    assert (mail.to, mail.language, mail.about_id) == (DESK.email, "en", link.pk)
    assert "[[work]]" in mail.text
    assert tokens.token_for(link) not in mail.text + mail.html
    assert Entry.objects.about(application).get().verb == "exchanges.link_sent"


@pytest.mark.parametrize(("language", "word"), [("de", "Erinnerung: "), ("en", "Reminder: ")])
def test_the_mails_say_what_for_until_when_and_why(
    partner: ApplicationParty, language: str, word: str
) -> None:
    link = give(partner, Contact("amt@stadt.example", language))
    remind_link(link=link, by=as_office(partner.application), at=NOW + dt.timedelta(days=2))
    first, second = Mail.objects.order_by("pk")
    lead = partner.application.parties.get(is_lead=True).city.name
    assert second.subject == word + first.subject
    for text in (partner.city.name, lead, "Schwammstadt lernen", partner.application.ref):
        assert text in first.text
    until = {"de": "in Berlin 23:59 Uhr)", "en": "in Berlin 11:59 p.m.)"}[language]
    assert until in first.text
    reason = first.text.partition("\n-- \n")[0].rstrip().rpartition("\n\n")[2]
    assert reason.startswith(
        ("Sie erhalten diese E-Mail, weil", "You receive this message because")
    )


def test_the_link_is_put_in_while_sending_and_not_once_it_ended(partner: ApplicationParty) -> None:
    link = give(partner, at=timezone.now())
    mail = Mail.objects.get()
    assert mail_kinds._work(mail, link) == Links({"work": tokens.link_for(link)})
    assert mail_kinds._work(mail, None) == Stale("gone")
    end_link(link=link, by=as_office(partner.application))
    link.refresh_from_db()
    assert mail_kinds._work(mail, link) == Stale("superseded")
    old = make_link(partner, sent_at=timezone.now() - dt.timedelta(days=400))
    assert mail_kinds._work(mail, old) == Stale("over")


@pytest.mark.parametrize(
    ("role", "city", "state", "code"),
    [
        ("reader", 0, "draft", "not_yours"),
        ("coordinator", 1, "draft", "not_yours"),
        ("coordinator", 0, "reviewing", "not_now"),
    ],
)
def test_who_may_not_send_sends_nothing(role: str, city: int, state: str, code: str) -> None:
    application = make_application(state=state)
    partner = application.parties.get(is_lead=False)
    by = as_office(application, role, city=city)
    values = {"party": partner, "contact": DESK, "may_sign": False, "by": by}
    assert refusal(send_link, **values) == code
    assert not WorkLink.objects.exists()
    assert not Mail.objects.exists()


def test_nobody_writes_or_signs_for_the_other_city(
    application: Application, partner: ApplicationParty
) -> None:
    lead = application.parties.get(is_lead=True)
    by, colleague = as_office(application), make_user()
    make_membership(colleague, lead.city, "reader")
    assert by.user is not None
    for address in (by.user.email.upper(), colleague.email):
        assert refusal(give, party=partner, contact=Contact(address, "de"), by=by) == "own_address"
    assert refusal(give, party=lead, by=by) == "own_city"


def test_only_an_address_known_as_the_city_s_may_sign(partner: ApplicationParty) -> None:
    assert refusal(give, party=partner, may_sign=True) == "unknown_address"
    CityDomain.objects.create(city=partner.city, domain="sanantonio.example")
    assert give(partner, may_sign=True).may_sign


@pytest.mark.parametrize(("review", "signs"), [("", True), ("accepted", True), ("waiting", False)])
def test_who_confirmed_a_partnership_for_the_city_may_sign(
    partner: ApplicationParty, review: str, signs: bool
) -> None:
    whose = partner.application.partnership.parties.get(city=partner.city)
    Confirmation.objects.create(party=whose, outcome="right", email=DESK.email, review=review)
    if signs:
        assert give(partner, may_sign=True).may_sign
    else:
        assert refusal(give, party=partner, may_sign=True) == "unknown_address"


def test_a_second_link_to_the_same_address_ends_the_first(partner: ApplicationParty) -> None:
    first = give(partner)
    assert refusal(give, party=partner, at=NOW + dt.timedelta(hours=23)) == "too_soon"
    second = give(partner, at=NOW + dt.timedelta(days=1))
    first.refresh_from_db()
    assert (first.ended_at is not None, second.ended_at, second.number) == (True, None, 2)


def test_ten_open_links_are_enough(partner: ApplicationParty) -> None:
    for _number in range(10):
        make_link(partner, sent_at=NOW)
    assert refusal(give, party=partner) == "full"


def test_a_reminder_goes_once_a_day(partner: ApplicationParty) -> None:
    by, link = as_office(partner.application), give(partner)
    assert refusal(remind_link, link=link, by=by, at=NOW + dt.timedelta(hours=2)) == "too_soon"
    at = NOW + dt.timedelta(days=1)
    remind_link(link=link, by=by, at=at)
    assert refusal(remind_link, link=link, by=by, at=at + dt.timedelta(hours=23)) == "too_soon"
    end_link(link=link, by=by, at=at)
    at += dt.timedelta(days=3)
    assert refusal(remind_link, link=link, by=by, at=at) == "ended"
    assert Mail.objects.count() == 2


def test_an_ended_link_stays_ended_in_a_restored_backup(partner: ApplicationParty) -> None:
    link, by = give(partner), as_office(partner.application)
    end_link(link=link, by=by)
    end_link(link=link, by=by)
    WorkLink.objects.update(ended_at=None)
    assert (end_again({"id": link.public_id}), end_again({"id": link.public_id})) == (True, False)
    verbs = [entry.verb for entry in Entry.objects.about(partner.application)]
    assert verbs.count("exchanges.link_ended") == 1


def test_contacts_are_posts_and_people_who_may_decide(partner: ApplicationParty) -> None:
    post = make_position(partner.city, title="Protocol")
    make_position(partner.city, email="")
    signatory, reader = make_user(name="Martha"), make_user()
    member = make_membership(signatory, partner.city, "signatory")
    make_membership(reader, partner.city, "reader")
    found = contacts_of(partner.city)
    assert {key: (one.email, one.label) for key, one in found.items()} == {
        f"p{post.pk}": (post.email, "Protocol"),
        f"m{member.pk}": (signatory.email, "Zeichnungsberechtigung"),
    }


# Handing over ----------------------------------------------------------------------------


def test_who_leaves_takes_the_link_along(partner: ApplicationParty) -> None:
    leaver = make_user()
    make_membership(leaver, partner.city, "coordinator")
    old = make_link(partner, email=leaver.email, may_sign=True)
    make_link(partner)
    assert [count for _label, count in open_cases(partner.city, leaver)] == [1]
    hand_over(
        city=partner.city,
        to=Successor("nova@springfield.example", "Nova Reyes", "en"),
        positions=[],
        department="International Relations",
        last_day=timezone.localdate(),
        by=leaver,
    )
    new = WorkLink.objects.get(email="nova@springfield.example")
    assert (new.party, new.may_sign, new.name) == (partner, False, "Nova Reyes")
    response = Client().get(f"/x/{tokens.token_for(old)}/")
    assert response.status_code == 410
    assert "International Relations" in response.content.decode()
    assert "nova" not in response.content.decode().lower()


# Pages -----------------------------------------------------------------------------------


def test_the_page_sends_to_a_post_and_hides_its_address(
    application: Application, partner: ApplicationParty
) -> None:
    post = make_position(partner.city, title="Protocol", holder="Renata Caballero")
    client, case = in_office(application)
    name = f"city-{partner.pk}"
    sent = {f"{name}-to": f"p{post.pk}", f"{name}-language": "en", f"{name}-may_sign": "on"}
    response = client.post(f"{case}links/{partner.pk}/send/", sent)
    assert response["Location"] == f"{case}links/"
    html = html_of(client.get(f"{case}links/"))
    assert ("Protocol" in html, post.email in html, "Renata" in html) == (True, False, False)
    assert WorkLink.objects.get().may_sign


def test_a_typed_address_is_shown_to_who_typed_it_only(
    application: Application, partner: ApplicationParty
) -> None:
    client, case = in_office(application)
    name = f"city-{partner.pk}"
    sent = {f"{name}-email": DESK.email, f"{name}-language": "en"}
    assert client.post(f"{case}links/{partner.pk}/send/", sent).status_code == 302
    assert DESK.email in html_of(client.get(f"{case}links/"))
    theirs, there = in_office(application, city=1)
    assert theirs.get(f"{there}links/").status_code == 404
    assert DESK.email not in html_of(theirs.get(there))


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "geben Sie eine Adresse ein"),
        ({"email": "keine"}, "gültige E-Mail-Adresse"),
        ({"email": DESK.email, "may_sign": "on"}, "kennen diese Adresse nicht"),
        ({"email": DESK.email, "name": "x" * 151}, "150"),
    ],
)
def test_what_the_form_refuses(
    application: Application, partner: ApplicationParty, values: dict[str, str], sentence: str
) -> None:
    client, case = in_office(application)
    sent = {f"city-{partner.pk}-{k}": v for k, v in {"language": "en", **values}.items()}
    assert sentence in html_of(client.post(f"{case}links/{partner.pk}/send/", sent))
    assert not WorkLink.objects.exists()


def test_reminding_and_ending_by_button(
    application: Application, partner: ApplicationParty
) -> None:
    client, case = in_office(application)
    link = make_link(partner)
    client.post(f"{case}links/{link.pk}/remind/")
    assert "innerhalb des letzten Tages" in html_of(client.get(f"{case}links/"))
    client.post(f"{case}links/{link.pk}/end/")
    assert "hat noch niemand einen Link" in html_of(client.get(f"{case}links/"))


def test_a_link_of_another_application_is_not_there(application: Application) -> None:
    client, case = in_office(application)
    foreign = make_link(make_application().parties.get(is_lead=False))
    assert client.post(f"{case}links/{foreign.pk}/end/").status_code == 404
    foreign.refresh_from_db()
    assert foreign.ended_at is None
