"""Starting from a call, with one of the office's partnerships, and throwing the draft away."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from exchanges.drafting.choosing import next_ref
from exchanges.drafting.operations import discard, start
from exchanges.models import Application, WorkLink
from journal.models import Entry
from partnerships.models import City, Partnership
from privacy.models import LedgerLine
from tests.factories import (
    make_city,
    make_membership,
    make_partner_city,
    make_partnership,
    make_user,
)

from ..scenes import as_office, make_application, make_call, make_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def hamm() -> City:
    return make_city("Hamm")


@pytest.fixture
def partnership(hamm: City) -> Partnership:
    return make_partnership(make_partner_city("Chattanooga"), hamm, state="active")


def begin(city: City, partnership: Partnership, **extra: Any) -> Application:
    extra.setdefault("call", make_call())
    return start(
        **{"self_check": {}, "by": make_user(), **extra}, city=city, partnership=partnership
    )


def test_the_submitting_city_leads_whatever_the_order(hamm: City, partnership: Partnership) -> None:
    application = begin(hamm, partnership)
    found = [(one.city.name, one.is_lead) for one in application.parties.all()]
    assert found == [("Hamm", True), ("Chattanooga", False)]
    assert application.state == "draft"
    assert [entry.verb for entry in Entry.objects.about(application)] == ["exchanges.started"]


def test_references_count_up_by_year_and_gaps_stay(hamm: City, partnership: Partnership) -> None:
    year = timezone.localdate().year
    make_application(ref=f"{year}-007")
    make_application(ref="2019-031")
    assert begin(hamm, partnership).ref == f"{year}-008"
    assert next_ref(2019) == "2019-032"
    assert next_ref(2031) == "2031-001"


def test_after_999_references_go_on() -> None:
    make_application(ref="2025-999")
    assert next_ref(2025) == "2025-1000"
    make_application(ref="2025-1000")
    assert next_ref(2025) == "2025-1001"


def test_a_draft_there_is_comes_instead_of_a_twin(hamm: City, partnership: Partnership) -> None:
    call = make_call()
    first = begin(hamm, partnership, call=call)
    assert begin(hamm, partnership, call=call) == first
    assert begin(hamm, partnership) != first


def test_what_was_handed_in_is_no_draft_to_go_on_with(hamm: City, partnership: Partnership) -> None:
    call = make_call()
    first = begin(hamm, partnership, call=call)
    Application.objects.filter(pk=first.pk).update(state="checking", submitted_at=timezone.now())
    assert begin(hamm, partnership, call=call) != first


@pytest.mark.parametrize("state", ["draft", "ended"])
def test_drafts_and_ended_partnerships_cannot_apply(hamm: City, state: str) -> None:
    partnership = make_partnership(hamm, make_partner_city(), state=state, started_by=hamm)
    with pytest.raises(ValidationError) as refused:
        begin(hamm, partnership)
    assert refused.value.code == "partnership"


def test_a_foreign_partnership_cannot_apply(hamm: City) -> None:
    with pytest.raises(ValidationError) as refused:
        begin(hamm, make_partnership(state="active"))
    assert refused.value.code == "partnership"


def test_a_city_of_another_country_does_not_submit(partnership: Partnership) -> None:
    abroad = City.objects.get(slug="chattanooga")
    with pytest.raises(ValidationError) as refused:
        begin(abroad, partnership)
    assert refused.value.code == "country"
    assert begin(abroad, partnership, call=make_call(submitter_countries="DE,US")).pk


def test_a_closed_call_starts_nothing(hamm: City, partnership: Partnership) -> None:
    call = make_call()
    assert call.closes_at is not None
    with pytest.raises(ValidationError) as refused:
        begin(hamm, partnership, call=call, at=call.closes_at)
    assert refused.value.code == "closed"
    assert begin(hamm, partnership, call=call, at=call.closes_at - dt.timedelta(seconds=1)).pk


def test_the_self_check_fills_the_first_page(hamm: City, partnership: Partnership) -> None:
    answers = {"format": "virtual", "days": 3, "youth": "yes"}
    application = begin(hamm, partnership, self_check=answers, by=make_user(language="en"))
    assert (application.format, application.self_check) == ("virtual", answers)
    traveller = application.travellers.get()
    assert (traveller.function, traveller.is_youth) == ("Youth delegate", True)


def test_discarding_takes_everything_along(hamm: City, partnership: Partnership) -> None:
    application = begin(hamm, partnership)
    link = make_link(application.parties.get(is_lead=False))
    discard(application=application, by=as_office(application))
    assert not Application.objects.filter(pk=application.pk).exists()
    assert not WorkLink.objects.exists()
    assert LedgerLine.objects.get().facts == {"id": link.public_id}
    verbs = [entry.verb for entry in Entry.objects.about(partnership)]
    assert verbs == ["exchanges.discarded"]
    discard(application=application, by=as_office(make_application()))


@pytest.mark.parametrize(
    ("role", "city", "state", "code"),
    [
        ("reader", 0, "draft", "not_yours"),
        ("signatory", 0, "draft", "not_yours"),
        ("coordinator", 1, "draft", "not_yours"),
        ("coordinator", 0, "checking", "not_now"),
    ],
)
def test_who_may_not_discard_changes_nothing(role: str, city: int, state: str, code: str) -> None:
    application = make_application(state=state)
    with pytest.raises(ValidationError) as refused:
        discard(application=application, by=as_office(application, role, city=city))
    assert refused.value.code == code
    assert Application.objects.filter(pk=application.pk).exists()


# The pages ------------------------------------------------------------------------------


@pytest.fixture
def client(hamm: City) -> Client:
    user = make_user()
    make_membership(user, hamm, "editor")
    browser = Client()
    browser.force_login(user)
    return browser


def test_the_page_offers_open_calls_and_living_partnerships(
    client: Client, hamm: City, partnership: Partnership
) -> None:
    make_call(title_de="Offen")
    make_call(title_de="Zu", closes_on=timezone.localdate() - dt.timedelta(days=1))
    make_call(title_de="Nur US", submitter_countries="US")
    html = client.get("/office/hamm/exchanges/new/").content.decode()
    assert ("Offen" in html, "Zu</" in html, "Nur US" in html) == (True, False, False)
    assert str(partnership) in html


def test_starting_leads_to_the_case_with_the_answers(
    client: Client, hamm: City, partnership: Partnership
) -> None:
    call = make_call()
    query = f"?call={call.slug}&format=virtual&days=3&youth=yes&evil={'x' * 99}"
    page = client.get(f"/office/hamm/exchanges/new/{query}").content.decode()
    assert f'value="{call.slug}" ' in page
    sent = {"call": call.slug, "partnership": partnership.slug}
    response = client.post(f"/office/hamm/exchanges/new/{query}", sent)
    application = Application.objects.get()
    assert response["Location"] == f"/office/hamm/exchanges/{application.ref}/"
    assert application.self_check == {"format": "virtual", "days": 3, "youth": "yes"}


def test_nothing_chosen_gets_a_sentence(client: Client, partnership: Partnership) -> None:
    make_call()
    html = client.post("/office/hamm/exchanges/new/", {}).content.decode()
    assert "error-summary" in html
    assert not Application.objects.exists()


def test_without_calls_or_partnerships_the_page_says_so(client: Client, hamm: City) -> None:
    assert "keine Ausschreibung" in client.get("/office/hamm/exchanges/new/").content.decode()
    make_call()
    assert (
        "braucht eine Partnerschaft" in client.get("/office/hamm/exchanges/new/").content.decode()
    )


def test_deleting_takes_a_tick(client: Client, hamm: City) -> None:
    application = make_application(hamm, make_partner_city())
    address = f"/office/hamm/exchanges/{application.ref}/discard/"
    assert "Häkchen" in client.post(address).content.decode()
    assert Application.objects.count() == 1
    assert client.post(address, {"sure": "on"})["Location"] == "/office/hamm/exchanges/"
    assert Application.objects.count() == 0


def test_what_is_handed_in_cannot_be_deleted_and_the_page_says_why(
    client: Client, hamm: City
) -> None:
    application = make_application(hamm, make_partner_city(), state="checking")
    address = f"/office/hamm/exchanges/{application.ref}/discard/"
    assert "solange er ein Entwurf ist" in client.get(address).content.decode()
    html = client.post(address, {"sure": "on"}).content.decode()
    assert "Das ist gerade nicht möglich" in html
    assert Application.objects.count() == 1
