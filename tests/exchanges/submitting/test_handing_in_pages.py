"""Pages on which an office hands in, answers a question and withdraws."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from exchanges.models import Application, SignOff, Submission
from tests.exchanges.drafting.browsers import by_link, html_of, in_office
from tests.exchanges.scenes import (
    complete,
    make_application,
    make_call,
    make_link,
    make_question,
    make_submission,
)

from .cases import ready

pytestmark = pytest.mark.django_db


def test_an_office_hands_in_and_reads_its_version() -> None:
    client, case = in_office(ready(), "editor")
    assert 'name="number" value="1"' in html_of(client.get(f"{case}hand-in/"))
    response = client.post(f"{case}submit/", {"number": "1"}, follow=True)
    assert response.redirect_chain == [(f"{case}versions/1/", 302)]
    html = html_of(response)
    assert "Als Fassung 1 eingereicht." in html
    assert Submission.objects.get().sha256 in html


def test_a_replayed_step_leads_to_the_same_version() -> None:
    client, case = in_office(ready())
    found = [client.post(f"{case}submit/", {"number": "1"})["Location"] for _time in range(3)]
    assert set(found) == {f"{case}versions/1/"}
    assert Submission.objects.count() == 1


def test_the_page_says_what_is_missing_and_offers_no_button() -> None:
    client, case = in_office(complete(make_application()))
    html = html_of(client.get(f"{case}hand-in/"))
    assert "Bis zum Einreichen fehlen noch 2 Punkte." in html
    assert f'action="{case}submit/"' not in html


def test_pressing_anyway_says_each_point() -> None:
    client, case = in_office(complete(make_application()))
    html = html_of(client.post(f"{case}submit/", {"number": "1"}))
    assert "Die antragstellende Stadt hat gezeichnet: Noch nicht gezeichnet:" in html
    assert "Die Partnerstadt hat bestätigt: Noch nicht gezeichnet:" in html


def test_who_only_reads_is_offered_nothing_and_refused() -> None:
    client, case = in_office(ready(), "reader")
    assert f'action="{case}submit/"' not in html_of(client.get(f"{case}hand-in/"))
    html = html_of(client.post(f"{case}submit/", {"number": "1"}))
    assert "error-summary" in html
    assert Submission.objects.count() == 0


def test_a_partner_sees_the_page_but_has_no_address_to_hand_in() -> None:
    """By link the address leads to the page on broken links, which is only read."""
    application = ready()
    client, case = by_link(application.parties.all()[1], may_sign=True)
    assert "What the call asks for" in html_of(client.get(f"{case}hand-in/"))
    assert client.post(f"{case}submit/", {"number": "1"}).status_code == 405
    office, there = in_office(application, city=1)
    assert "error-summary" in html_of(office.post(f"{there}submit/", {"number": "1"}))
    assert Submission.objects.count() == 0


def late() -> Application:
    today = timezone.localdate()
    call = make_call(opens_on=today - dt.timedelta(days=9), closes_on=today - dt.timedelta(days=2))
    return ready(call=call)


def test_a_late_office_reads_that_the_draft_stays() -> None:
    application = late()
    client, case = in_office(application)
    assert "Die Frist ist abgelaufen." in html_of(client.get(f"{case}hand-in/"))
    html = html_of(client.post(f"{case}submit/", {"number": "1"}))
    assert "Die Frist endete:" in html
    assert "Ihr Entwurf bleibt, wie er ist" in html
    assert Application.objects.get(pk=application.pk).state == "draft"


@pytest.mark.parametrize("number", ["", "0", "-1", "x", "99999999999", "2"])
def test_a_broken_number_is_a_sentence(number: str) -> None:
    client, case = in_office(ready())
    html_of(client.post(f"{case}submit/", {"number": number}))
    assert Submission.objects.count() == 0


def test_an_open_question_is_shown_with_the_parts_it_opens_and_answered() -> None:
    application = ready(state="checking")
    make_submission(application)
    lead = application.parties.all()[0]
    make_question(application, "purpose", f"budget:{lead.pk}", message="Wie viele Menschen?")
    client, case = in_office(application)
    for path in ("", "hand-in/"):
        html = html_of(client.get(f"{case}{path}"))
        assert "Wie viele Menschen?" in html
        assert f'<li>Kostenplan <span class="muted small">{lead.city.name}</span></li>' in html
    response = client.post(f"{case}submit/", {"number": "2"})
    assert response["Location"] == f"{case}versions/2/"


def test_a_signatory_withdraws_with_a_reason() -> None:
    client, case = in_office(ready(state="reviewing"), "signatory")
    assert "Antrag zurückziehen" in html_of(client.get(case))
    assert "error-summary" in html_of(client.post(f"{case}withdraw/confirm/", {"reason": ""}))
    response = client.post(f"{case}withdraw/confirm/", {"reason": "Haushaltssperre"})
    assert response["Location"] == case
    assert "Zurückgezogen: Haushaltssperre" in html_of(client.get(case))
    assert "Nur die antragstellende Stadt" in html_of(client.get(f"{case}withdraw/"))


def test_a_partner_s_signatory_does_not_withdraw() -> None:
    application = ready(state="reviewing")
    client, case = in_office(application, "signatory", city=1)
    html = html_of(client.post(f"{case}withdraw/confirm/", {"reason": "x"}))
    assert "error-summary" in html
    assert Application.objects.get(pk=application.pk).state == "reviewing"


PAGES = ["sign/", "hand-in/", "withdraw/", "versions/", "versions/1/"]


@pytest.mark.parametrize("path", PAGES)
def test_other_cities_find_nothing(path: str) -> None:
    application = ready(state="checking")
    make_submission(application)
    client, _there = in_office(make_application())
    address = f"/office/{application.parties.all()[0].city.slug}/exchanges/{application.ref}/"
    assert client.get(f"{address}{path}").status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_reading_writes_nothing(path: str) -> None:
    application = ready(state="checking")
    make_submission(application)
    client, case = in_office(application)
    before = Application.objects.values().get(pk=application.pk)
    html_of(client.get(f"{case}{path}"))
    assert Application.objects.values().get(pk=application.pk) == before


@pytest.mark.parametrize(("path", "queries"), [("hand-in/", 15), ("sign/", 23), ("", 27)])
@pytest.mark.parametrize("number", [1, 3])
def test_pages_take_the_same_queries_for_any_number_of_rows(
    path: str, queries: int, number: int, django_assert_num_queries: Any
) -> None:
    application = ready()
    for party in list(application.parties.all()) * number:
        make_link(party)
        SignOff.objects.create(
            party=party, fingerprint="0", cancelled_at=timezone.now(), cancelled_because="x"
        )
    client, case = in_office(application)
    client.get(f"{case}{path}")
    with django_assert_num_queries(queries):
        html_of(client.get(f"{case}{path}"))
