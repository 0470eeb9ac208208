"""The page of a part: who sees a form, what it refuses, conflicts, saving as one goes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from exchanges.models import Application, Section, WorkLink
from partnerships.models import Commitment
from sdg.models import Target
from tests.factories import make_commitment, make_department, make_goal, make_position, make_topic
from tests.page_forms import forms_of

from ..scenes import make_application
from .browsers import by_link, html_of, in_office
from .writing import stored

pytestmark = pytest.mark.django_db
Party = Any


@pytest.fixture
def application() -> Application:
    return make_application()


def parties(application: Application) -> list[Party]:
    return list(application.parties.all())


def filled(client: Client, address: str, **values: Any) -> dict[str, Any]:
    """What a browser sends from the page with some fields filled in; ``__`` stands for ``-``."""
    html = html_of(client.get(address))
    sent = next(f for f in forms_of(html, address) if "seen_version" in f.controls).untouched()
    return {**sent, **{name.replace("__", "-"): value for name, value in values.items()}}


def send(client: Client, address: str, **values: Any) -> Any:
    return client.post(address, filled(client, address, **values))


def test_saving_leads_back_to_the_part_with_who_saved(application: Application) -> None:
    client, case = in_office(application, name="Martha", language="en")
    page = f"{case}sections/follow_up/"
    assert send(client, page, text="Ein Bericht")["Location"] == page
    html = html_of(client.get(page))
    city = parties(application)[0].city.name
    assert ("Ein Bericht" in html, f"von Martha, {city}" in html) == (True, True)


def test_saved_is_said_in_the_reader_s_zone(application: Application) -> None:
    client, case = in_office(application, name="Martha")
    send(client, f"{case}sections/follow_up/", text="x")
    at = dt.datetime(2026, 3, 2, 9, 42, tzinfo=dt.UTC)
    Section.objects.update(saved_at=at)
    assert "02.03.2026 10:42 von Martha" in html_of(client.get(case))
    reader, there = in_office(application, city=1, time_zone="America/Chicago")
    assert "02.03.2026 3:42 von Martha" in html_of(reader.get(there)).replace(" 03:", " 3:")


def test_going_on_leads_to_the_next_part_the_city_writes(application: Application) -> None:
    lead = parties(application)[0]
    client, case = in_office(application)
    found = send(client, f"{case}sections/purpose/", aim="x", onward="1")
    assert found["Location"] == f"{case}sections/need/{lead.pk}/"
    found = send(client, f"{case}sections/follow_up/", text="x", onward="1")
    assert found["Location"] == case


def test_a_link_s_holder_writes_the_partner_s_part_and_says_who_they_are(
    application: Application,
) -> None:
    partner = parties(application)[1]
    client, case = by_link(partner)
    page = f"{case}sections/offer/{partner.pk}/"
    assert send(client, page, text="River Walk", my_name="Martha")["Location"] == page
    assert WorkLink.objects.get().name == "Martha"
    html = html_of(client.get(page))
    assert f"by Martha, {partner.city.name}" in html
    assert 'value="Martha"' in html


@pytest.mark.parametrize("role", ["reader", "signatory"])
def test_who_only_reads_sees_the_content_and_no_form(application: Application, role: str) -> None:
    client, case = in_office(application)
    send(client, f"{case}sections/follow_up/", text="Ein Bericht")
    reader, there = in_office(application, role)
    html = html_of(reader.get(f"{there}sections/follow_up/"))
    assert ("Ein Bericht" in html, "seen_version" in html) == (True, False)
    sent = filled(client, f"{case}sections/follow_up/", text="Anders")
    refusal = html_of(reader.post(f"{there}sections/follow_up/", sent))
    assert "Das dürfen Sie bei diesem Antrag nicht." in refusal
    assert stored(application, "follow_up") == {"text": "Ein Bericht"}


def test_the_other_city_s_part_is_read_only(application: Application) -> None:
    partner = parties(application)[1]
    client, case = in_office(application)
    page = f"{case}sections/offer/{partner.pk}/"
    assert "seen_version" not in html_of(client.get(page))
    sent = {"seen_version": "0", "text": "Für die anderen"}
    assert "gehört einer anderen Stadt" in html_of(client.post(page, sent))
    assert not Section.objects.filter(key="offer").exists()


@pytest.mark.parametrize(
    "path", ["nothing/", "budget/", "people/", "need/{partner}/", "offer/{lead}/", "basics/{lead}/"]
)
def test_a_part_that_is_nobody_s_is_not_there(application: Application, path: str) -> None:
    lead, partner = parties(application)
    client, case = in_office(application)
    address = f"{case}sections/{path.format(lead=lead.pk, partner=partner.pk)}"
    assert client.get(address).status_code == 404


def test_a_conflict_shows_both_and_saving_again_decides(application: Application) -> None:
    client, case = in_office(application)
    page = f"{case}sections/follow_up/"
    mine = filled(client, page, text="Meins")
    other, there = by_link(parties(application)[1])
    send(other, f"{there}sections/follow_up/", text="Theirs", my_name="Martha")
    html = html_of(client.post(page, mine))
    assert "Meins</textarea>" in html
    assert "Jetzt gespeichert: Theirs (gespeichert " in html
    assert f"von Martha, {parties(application)[1].city.name})" in html
    assert stored(application, "follow_up") == {"text": "Theirs"}
    again = next(f for f in forms_of(html, page) if "seen_version" in f.controls).untouched()
    assert client.post(page, again)["Location"] == page
    assert stored(application, "follow_up") == {"text": "Meins"}


def test_a_conflict_keeps_rows_the_page_did_not_know(application: Application) -> None:
    lead = parties(application)[0]
    client, case = in_office(application)
    colleague, _ = in_office(application)
    page = f"{case}sections/people/{lead.pk}/"
    mine = filled(client, page, travellers__0__function="Meine")
    send(colleague, page, travellers__0__function="Erste")
    send(colleague, page, travellers__1__function="Zweite")
    html = html_of(client.post(page, mine))
    again = next(f for f in forms_of(html, page) if "seen_version" in f.controls).untouched()
    client.post(page, again)
    found = list(application.travellers.order_by("order").values_list("function", flat=True))
    assert found == ["Meine", "Zweite"]


# Saving as one goes ----------------------------------------------------------------------


def autosave(client: Client, page: str, **values: Any) -> str:
    return html_of(
        client.post(page, filled(client, page, **values), headers={"HX-Request": "true"})
    )


def test_autosaving_answers_with_the_line_and_the_new_version(application: Application) -> None:
    client, case = in_office(application, name="Martha")
    html = autosave(client, f"{case}sections/follow_up/", text="Ein")
    assert "von Martha" in html
    assert '<input type="hidden" name="seen_version" value="1"' in html
    assert "<html" not in html


def test_autosaving_says_what_keeps_it_from_saving(application: Application) -> None:
    client, case = in_office(application)
    html = autosave(client, f"{case}sections/basics/", starts_on="2199-01-01")
    assert "Noch nicht gespeichert" in html
    assert stored(application, "basics")["starts_on"] is None


# What the parts refuse -------------------------------------------------------------------


def refused(application: Application, part: str, **values: Any) -> str:
    """The page after sending; nothing of it is stored."""
    client, case = in_office(application)
    page = f"{case}sections/{part}/"
    html = html_of(send(client, page, **values))
    assert "error-summary" in html
    assert not Section.objects.filter(version__gt=0).exists()
    return html


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        (5, 4, "liegt vor dem ersten"),
        (-1, 2, "fördert Besuche vom"),
        (2, 400, "fördert Besuche vom"),
    ],
)
def test_impossible_dates_are_refused(
    application: Application, first: int, last: int, sentence: str
) -> None:
    begin = application.call.travel_from
    days = [(begin + dt.timedelta(days=number)).isoformat() for number in (first, last)]
    html = refused(application, "basics", starts_on=days[0], ends_on=days[1], title="Bleibt")
    assert sentence in html
    assert 'value="Bleibt"' in html


def test_a_visit_that_is_too_long_is_saved_with_a_warning(application: Application) -> None:
    client, case = in_office(application)
    begin = application.call.travel_from
    days = {"starts_on": begin.isoformat(), "ends_on": (begin + dt.timedelta(days=8)).isoformat()}
    page = f"{case}sections/basics/"
    assert send(client, page, **days)["Location"] == page
    assert "Der Besuch dauert 9 Tage" in html_of(client.get(page))


def test_more_than_five_topics_are_refused(application: Application) -> None:
    topics = [make_topic(f"Thema {number}").pk for number in range(6)]
    assert "höchstens 5 Themen" in refused(application, "purpose", topics=topics)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"goals__0__why": "Darum"}, "wählen Sie auch das Ziel"),
        ({"goals__0__goal": "11", "goals__1__goal": "11"}, "oben schon gewählt"),
        ({"goals__0__goal": "16", "goals__0__target": "1"}, "gehört zu Ziel 11"),
    ],
)
def test_goals_that_do_not_go_together(
    application: Application, values: dict[str, str], sentence: str
) -> None:
    for number in (11, 16):
        make_goal(number)
    target = Target.objects.create(pk=1, code="11.4", goal_id=11, label="Kulturerbe")
    assert target.pk == 1
    assert sentence in refused(application, "purpose", **values)


@pytest.mark.parametrize(
    ("part", "values"),
    [
        ("basics", {"title": "x" * 201}),
        ("purpose", {"aim": "x" * 3001}),
        ("follow_up", {"text": "x" * 100_000}),
        ("programme", {"slot__1__am__text": "x" * 301}),
    ],
)
def test_absurd_lengths_get_a_sentence(
    application: Application, part: str, values: dict[str, str]
) -> None:
    assert "Zeichen" in refused(application, part, **values)


def test_an_end_of_line_counts_once(application: Application) -> None:
    client, case = in_office(application)
    page = f"{case}sections/follow_up/"
    assert send(client, page, text="x\r\n" * 1500)["Location"] == page
    assert len(stored(application, "follow_up")["text"]) == 2999


def test_a_traveller_twice_is_refused(application: Application) -> None:
    lead = parties(application)[0]
    post = make_position(lead.city)
    client, case = in_office(application)
    page = f"{case}sections/people/{lead.pk}/"
    send(client, page, travellers__0__position=post.pk)
    twice = filled(client, page, travellers__1__position=post.pk)
    html = html_of(client.post(page, twice))
    assert "reist schon mit" in html
    assert application.travellers.count() == 1


def test_youth_alone_says_too_little(application: Application) -> None:
    lead = parties(application)[0]
    html = refused(application, f"people/{lead.pk}", travellers__0__is_youth="on")
    assert "nennen Sie das Fachamt" in html


def test_rows_are_removed_by_a_tick(application: Application) -> None:
    lead = parties(application)[0]
    client, case = in_office(application)
    page = f"{case}sections/people/{lead.pk}/"
    send(client, page, travellers__0__function="Erste", more="travellers")
    send(client, page, travellers__1__function="Zweite", hosts__0__function="Gastgeberin")
    send(client, page, travellers__0__remove="on")
    kept = stored(application, "people", lead)
    assert {n for n, v in kept.items() if v} == {"travellers-1-function", "hosts-0-function"}
    assert 'name="travellers-2-function"' in html_of(client.get(page))


def test_a_post_of_another_city_cannot_travel(application: Application) -> None:
    lead, partner = parties(application)
    make_position(lead.city)
    foreign = make_position(partner.city)
    client, case = in_office(application)
    page = f"{case}sections/people/{lead.pk}/"
    html_of(send(client, page, travellers__0__position=foreign.pk))
    assert application.travellers.count() == 0


def test_half_days_after_the_visit_are_shown_as_such(application: Application) -> None:
    client, case = in_office(application)
    page = f"{case}sections/programme/"
    assert "Raster danach" in html_of(client.get(page))
    send(client, page, slot__3__pm__text="Abschied")
    begin = application.call.travel_from
    Application.objects.update(starts_on=begin, ends_on=begin + dt.timedelta(days=1))
    html = html_of(client.get(page))
    assert html.count("liegt nach dem Besuch") == 1
    send(client, page, slot__3__pm__text="")
    assert "liegt nach dem Besuch" not in html_of(client.get(page))


def test_departments_and_commitments_are_chosen_where_there_are_some(
    application: Application,
) -> None:
    lead = parties(application)[0]
    client, case = in_office(application)
    assert "Zusage" not in html_of(client.get(f"{case}sections/basics/"))
    promise = Commitment.objects.create(
        partnership=application.partnership,
        party=application.partnership.parties.all()[0],
        text="Wir kommen",
    )
    send(client, f"{case}sections/basics/", commitment=promise.pk, title="Mit Zusage")
    water = make_department("water", name_de="Wasseramt")
    send(client, f"{case}sections/need/{lead.pk}/", departments=[water.slug])
    assert stored(application, "basics")["commitment"] == promise.pk
    reader, there = in_office(application, "reader")
    assert "Wir kommen" in html_of(reader.get(f"{there}sections/basics/"))
    assert "Wasseramt" in html_of(reader.get(f"{there}sections/need/{lead.pk}/"))


def test_open_commitments_are_offered_and_the_chosen_one_stays_when_it_is_done(
    application: Application,
) -> None:
    lead = application.partnership.parties.all()[0]
    done = {"state": "done", "closed_on": timezone.localdate()}
    make_commitment(lead, text="Längst erledigt", **done)
    chosen = make_commitment(lead, text="Gewählt")
    make_commitment(lead, text="Noch offen")
    client, case = in_office(application)
    send(client, f"{case}sections/basics/", commitment=chosen.pk)
    Commitment.objects.filter(pk=chosen.pk).update(**done)
    html = html_of(client.get(f"{case}sections/basics/"))
    assert html.index("Noch offen") < html.index("Gewählt</option>")
    assert "Längst erledigt" not in html


def test_an_application_in_review_is_read_only() -> None:
    application = make_application(state="reviewing")
    client, case = in_office(application)
    assert "seen_version" not in html_of(client.get(f"{case}sections/basics/"))


def test_a_bare_post_of_a_scanner_changes_nothing(application: Application) -> None:
    client, case = by_link(parties(application)[1])
    html_of(client.post(f"{case}sections/basics/", {}))
    application.refresh_from_db()
    assert (application.title, application.version) == ("Schwammstadt lernen", 1)
