"""What cities read of a decision."""

from __future__ import annotations

import datetime as dt
import re
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from exchanges import tokens
from exchanges.deciding import pdf
from exchanges.models import Application, ApplicationParty, Complaint, Condition, Letter
from journal.models import Entry
from tests.exchanges.scenes import make_application, make_link
from tests.factories import make_membership, make_user

from .scenes import decided, draft, make_case

pytestmark = pytest.mark.django_db


def office(client: Client, party: ApplicationParty, role: str = "coordinator") -> str:
    user = make_user()
    make_membership(user, party.city, role)
    client.force_login(user)
    return f"/en/office/{party.city.slug}/exchanges/{party.application.ref}/"


def by_link(client: Client, party: ApplicationParty) -> str:
    link = make_link(party, may_sign=True)
    client.cookies[tokens.COOKIE] = tokens.grant_for(link)
    return f"/x/{link.public_id}/"


def letter_of(party: ApplicationParty) -> Letter:
    return Letter.objects.get(party=party)


def test_each_city_reads_its_own_letter_and_no_other(client: Client) -> None:
    lead, partner = decided().parties.all()
    here = office(client, lead)
    own = client.get(f"{here}letters/{letter_of(lead).pk}/")
    assert 'lang="de"' in own.content.decode()
    assert "Das Vorhaben überzeugt." in own.content.decode()
    assert client.get(f"{here}letters/{letter_of(partner).pk}/").status_code == 404


def test_the_partner_reads_it_by_link(client: Client) -> None:
    partner = decided().parties.all()[1]
    here = by_link(client, partner)
    assert (
        "The plan is convincing."
        in client.get(f"{here}letters/{letter_of(partner).pk}/").content.decode()
    )


def test_a_letter_bears_the_same_day_wherever_it_is_read(client: Client) -> None:
    partner = decided().parties.all()[1]
    partner.city.time_zone = "America/Chicago"
    partner.city.save()
    letter = letter_of(partner)
    Letter.objects.update(at=dt.datetime(2026, 11, 29, 0, 30, tzinfo=ZoneInfo("Europe/Berlin")))
    here = by_link(client, partner)
    for page in (here, f"{here}letters/{letter.pk}/"):
        assert "29 November 2026" in client.get(page).content.decode()
    assert "29 November 2026" in pdf.page_of(letter_of(partner), "")


def test_where_no_pdf_can_be_made_the_page_takes_its_place_and_says_so(client: Client) -> None:
    lead = decided().parties.all()[0]
    page = f"{office(client, lead)}letters/{letter_of(lead).pk}/"
    answer, text = client.get(f"{page}pdf/"), client.get(page).content.decode()
    if pdf.engine() is None:
        assert answer["Location"] == page
        assert "made for printing" in text
    else:
        assert answer.content.startswith(b"%PDF")
        assert "Letter as PDF" in text


def test_a_missing_engine_is_no_error(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "engine", lambda: None)
    lead = decided().parties.all()[0]
    page = f"{office(client, lead)}letters/{letter_of(lead).pk}/"
    assert client.get(f"{page}pdf/").status_code == 302
    assert "made for printing" in client.get(page).content.decode()


class Engine(SimpleNamespace):
    """What the portal asks of WeasyPrint, to be looked at where that is not installed."""

    def __init__(self) -> None:
        self.urls, self.loads = SimpleNamespace(URLFetcher=lambda **limits: limits), []
        self.text = SimpleNamespace(fonts=SimpleNamespace(FontConfiguration=object))

    def CSS(self, *, string: str, url_fetcher: object, font_config: object) -> str:
        self.loads.append(url_fetcher)
        return string

    def HTML(self, *, string: str, url_fetcher: object) -> Engine:
        self.loads.append(url_fetcher)
        return self

    def write_pdf(self, **options: object) -> dict[str, object]:
        return options


def test_a_letter_in_a_pdf_loads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    letter = letter_of(decided().parties.all()[0])
    made = Engine()
    monkeypatch.setattr(pdf, "engine", lambda: made)
    assert pdf.document_of(letter, "<p>Text</p>")["pdf_variant"] == "pdf/ua-1"  # type: ignore[call-overload]
    assert made.loads == [{"allowed_protocols": {"data"}}] * 2
    assert set(re.findall(r"url\(.(\w+):", pdf.style_of())) <= {"data"}


@pytest.mark.parametrize(
    ("place", "closing"), [(0, "Mit freundlichen Grüßen"), (1, "Kind regards")]
)
def test_a_letter_in_a_pdf_is_a_whole_letter(place: int, closing: str) -> None:
    letter = letter_of(decided().parties.all()[place])
    page = pdf.page_of(letter, "<p>Text</p>")
    assert f'<html lang="{letter.language}">' in page
    assert f"<title>{letter.subject}</title>" in page
    operator = settings.OPERATOR
    assert f"{operator['name']}, {operator['address']}" in page
    assert f"{closing}<br>{operator['name']}" in page
    assert "@page" in pdf.style_of()


def test_the_trip_has_a_page_and_a_calendar_file_for_both(client: Client) -> None:
    for place, party in enumerate(decided().parties.all()):
        here = by_link(client, party) if place else office(client, party)
        text = client.get(f"{here}trip/").content.decode()
        assert "Water department" in text
        answer = client.get(f"{here}trip/calendar.ics")
        assert answer["Content-Type"].startswith("text/calendar")
        assert b"BEGIN:VEVENT" in answer.content


@pytest.mark.parametrize("outcome", ["declined", "reserve"])
def test_without_an_approval_there_is_no_trip(client: Client, outcome: str) -> None:
    here = office(client, decided(outcome).parties.all()[0])
    assert client.get(f"{here}trip/").status_code == 404
    assert client.get(f"{here}trip/calendar.ics").status_code == 404


def test_a_withdrawn_exchange_has_no_trip_any_more(client: Client) -> None:
    here = office(client, decided().parties.all()[0])
    Application.objects.update(state="withdrawn")
    assert client.get(f"{here}trip/").status_code == 404


def test_a_city_objects_and_reads_the_answer_there(client: Client) -> None:
    here = office(client, decided("declined").parties.all()[0], "signatory")
    page = f"{here}complaint/"
    assert client.post(page, {"text": ""}).context["form"].errors
    assert client.post(page, {"text": "Nein"}).status_code == 302
    Complaint.objects.update(answer="Doch", answered_at="2027-05-03T10:00:00Z")
    text = client.get(page).content.decode()
    assert ("Nein" in text, "Doch" in text) == (True, True)


def test_a_reader_does_not_object_and_before_a_decision_nobody(client: Client) -> None:
    party = decided("declined").parties.all()[0]
    assert client.post(f"{office(client, party, 'reader')}complaint/").status_code == 404
    party.application.decisions.all().delete()
    assert client.get(f"{office(client, party, 'signatory')}complaint/").status_code == 404


def test_an_approval_offers_nothing_to_object_to(client: Client) -> None:
    page = f"{office(client, decided().parties.all()[0])}complaint/"
    assert "There is nothing to object to." in client.get(page).content.decode()
    answer = client.post(page, {"text": "Trotzdem"})
    assert "Trotzdem" in answer.content.decode()
    assert not Complaint.objects.exists()


def test_the_case_says_what_was_decided_and_how_many_conditions_are_met(client: Client) -> None:
    case = decided("conditions")
    page = client.get(office(client, case.parties.all()[0])).content.decode()
    assert "<strong>Approved with conditions</strong>, up to €4,000" in page
    assert "0 of 1 condition met" in page
    Condition.objects.update(met_at=timezone.now())
    page = client.get(office(client, case.parties.all()[0])).content.decode()
    assert "1 of 1 condition met" in page


def test_a_withdrawn_case_does_not_send_anybody_to_a_letter(client: Client) -> None:
    case = make_application(state="withdrawn")
    page = client.get(office(client, case.parties.all()[0])).content.decode()
    assert "The application is withdrawn; nothing is left to do." in page
    assert "The decision is in your letter." not in page


def test_whoever_objects_reads_what_was_decided(client: Client) -> None:
    lead = decided("declined").parties.all()[0]
    here = office(client, lead)
    page = client.get(f"{here}complaint/").content.decode()
    assert ": declined" in page
    assert f"{here}letters/{letter_of(lead).pk}/" in page


def test_a_letter_names_its_reader_in_its_own_language(client: Client) -> None:
    lead = decided().parties.all()[0]
    page = client.get(f"{office(client, lead)}letters/{letter_of(lead).pk}/").content.decode()
    assert f"An die Stadt {lead.city.name}, " in page
    assert "Mit freundlichen Grüßen" in page


def test_cities_do_not_hear_of_a_draft(client: Client) -> None:
    application = make_case()
    draft(application)
    page = client.get(office(client, application.parties.all()[0])).content.decode()
    assert "Decision drafted" not in page
    assert [one.verb for one in Entry.objects.about(application)] == ["exchanges.decision_drafted"]
