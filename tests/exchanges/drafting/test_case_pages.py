"""The list of a city's applications, and the page of one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from exchanges.drafting import panels
from exchanges.models import InformationRequest, Traveller
from exchanges.states import PUBLIC, State
from tests.factories import make_city, make_partner_city, make_partnership, make_user

from ..deciding.scenes import decided, in_days
from ..scenes import as_office, complete, make_application
from .browsers import by_link, html_of, in_office
from .writing import write

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number(
    rows: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    hamm = make_city("Hamm")
    for _number in range(rows):
        application = make_application(hamm, make_partner_city())
    client, _case = in_office(application)
    client.get("/office/hamm/exchanges/")
    with django_assert_num_queries(6):
        html = html_of(client.get("/office/hamm/exchanges/"))
    assert html.count('class="card card--plain"') == rows


def test_only_the_city_s_own_applications_are_listed() -> None:
    application, foreign = make_application(title="Unsere"), make_application(title="Fremde")
    client, case = in_office(application)
    address = case.removesuffix(f"{application.ref}/")
    html = html_of(client.get(address))
    assert ("Unsere" in html, "Fremde" in html) == (True, False)
    assert client.get(f"{address}{foreign.ref}/").status_code == 404


@pytest.mark.parametrize("people", [1, 9])
def test_the_case_takes_the_same_queries_for_any_number_of_people(
    people: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    application = complete(make_application())
    lead = application.parties.get(is_lead=True)
    for order in range(people):
        Traveller.objects.create(application=application, party=lead, function="x", order=order + 1)
    write(application, "follow_up", as_office(application), text="x")
    client, case = in_office(application)
    client.get(case)
    with django_assert_num_queries(27):
        html_of(client.get(case))


def test_the_page_says_who_acts_until_when_and_how_far_each_part_is() -> None:
    application = make_application()
    write(application, "follow_up", as_office(application), text="Ein Bericht")
    client, case = in_office(application)
    html = html_of(client.get(case))
    for text in ("In Vorbereitung", "23:59 Uhr (Berlin)", "nicht begonnen", "ausgefüllt"):
        assert text in html
    assert "Was danach kommt, geschrieben" in html


@pytest.mark.parametrize("state", list(State))
def test_cities_read_one_of_five_public_states(state: State) -> None:
    application = make_application(state=state)
    client, case = in_office(application, language="de")
    html = html_of(client.get(case))
    word = str(PUBLIC[state].label)
    assert f"{word[0].upper()}{word[1:]}." in html
    assert ("discard/" in html, "/links/" in html) == (
        state == State.DRAFT,
        state in {State.DRAFT, State.INFORMATION},
    )


def test_an_open_question_is_due_on_its_day() -> None:
    application = make_application(state="information")
    due = timezone.localdate()
    InformationRequest.objects.create(
        application=application, sections=[], message="?", due_on=due, returns_to="checking"
    )
    client, case = in_office(application)
    assert f"Bis {due.day}. " in html_of(client.get(case))


def test_after_the_decision_the_page_says_what_comes_next_and_until_when() -> None:
    application = decided("conditions")
    condition = application.decisions.get().conditions.get()
    condition.due_on = timezone.localdate()
    condition.save()
    client, case = in_office(application, language="de")
    address = case.removesuffix(f"{application.ref}/")
    for page in (case, address):
        html = html_of(client.get(page))
        assert "erfüllen Ihre Städte die Auflagen" in html
        assert f"Bis {date_format(condition.due_on, 'DATE_FORMAT')}." in html
    condition.met_at = timezone.now()
    condition.save()
    for page in (case, address):
        html = html_of(client.get(page))
        assert "reisen Ihre Städte und berichten" in html
        assert f"Bis {date_format(in_days(application, 42), 'DATE_FORMAT')}." in html


def test_a_reader_is_offered_nothing_to_change() -> None:
    client, case = in_office(make_application(), "reader")
    html = html_of(client.get(case))
    assert ("discard/" in html, "/links/" in html, "schreibt das" in html) == (False, False, True)


def test_travellers_are_counted_by_city_with_youth() -> None:
    application = complete(make_application())
    lead = application.parties.get(is_lead=True)
    Traveller.objects.create(
        application=application, party=lead, function="Jugendrat", is_youth=True, order=9
    )
    client, case = in_office(application)
    assert f"{lead.city.name}: 2 Personen, davon 1 aus der Jugend" in " ".join(
        html_of(client.get(case)).split()
    )


def test_names_are_shown_and_addresses_never() -> None:
    application = make_application()
    nameless = as_office(application, city=1)
    assert nameless.user is not None
    write(application, "follow_up", nameless, text="x")
    client, case = in_office(application)
    html = html_of(client.get(case))
    assert nameless.user.email not in html
    assert f"in {application.parties.all()[1].city.name}" in html
    linked, there = by_link(application.parties.all()[1], email="geheim@stadt.example")
    write(application, "purpose", _holder(application), aim="x")
    assert "geheim@stadt.example" not in html_of(client.get(case)) + html_of(linked.get(there))


def _holder(application: Any) -> Any:
    from exchanges import actors
    from exchanges.models import WorkLink

    return actors.of_link(WorkLink.objects.get(party__application=application))


def test_three_cities_see_one_case() -> None:
    hamm, wolfsburg, tn = (
        make_city("Hamm"),
        make_city("Wolfsburg"),
        make_partner_city("Chattanooga"),
    )
    partnership = make_partnership(hamm, wolfsburg, tn, state="active")
    application = make_application(partnership=partnership)
    for number in range(3):
        client, case = in_office(application, city=number)
        html = html_of(client.get(case))
        assert html.count("Was wir zeigen können, Wolfsburg") >= 1
        assert html.count("Was wir zeigen können, Chattanooga") >= 1
        assert "Was wir zeigen können, Hamm" not in html


def test_a_room_s_panel_is_shown_where_it_has_something_to_say(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(panels, "_PANELS", {})
    template = "components/empty.html"
    panels.register(panels.Panel("a", template, lambda case: {"what": case.party.pk}))
    panels.register(panels.Panel("b", template, lambda case: None))
    panels.register(panels.Panel("c", template, lambda case: {}, place="below"))
    client, case = in_office(make_application())
    assert html_of(client.get(case)).count('<p class="empty">') == 2


def test_the_page_speaks_english_by_link() -> None:
    application = complete(make_application())
    client, case = by_link(application.parties.all()[1])
    html = html_of(client.get(case))
    assert '<html lang="en"' in html
    assert "Parts of the application" in html
    assert "Teile des Antrags" in html_of(client.get(f"{case}?language=de"))
    assert make_user().language == "de"
