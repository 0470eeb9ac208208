"""The page behind the link: no account, nothing happens on opening, one question."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from partnerships.confirming import operations, tokens
from partnerships.confirming.differences import differences
from partnerships.confirming.operations.yearly import YEAR
from partnerships.models import Confirmation, Partnership
from tests.factories import make_topic

from .stage import Stage, make_stage, rows_of_everything

pytestmark = pytest.mark.django_db

ANSWER = {"outcome": "right", "name": "Renata Caballero", "office": "Mayor"}


@pytest.fixture
def stage() -> Stage:
    made = make_stage()
    made.claim()
    return made


def every_fact(verdict: str = "right", **different: Any) -> dict[str, Any]:
    facts = ("kind", "year", "agreed_on", "signatories", "organisations", "topics")
    verdicts = {f"{name}_verdict": verdict for name in facts}
    chosen = {f"{name}_verdict": "differs" for name in different}
    values = {f"{name}_value": value for name, value in different.items()}
    return {**ANSWER, "outcome": "differs", **verdicts, **chosen, **values}


def test_opening_changes_no_row(stage: Stage) -> None:
    before = rows_of_everything()
    client, address = stage.by_link()
    for _ in range(2):
        page = client.get(address)
        client.head(address)
    assert page.status_code == 200
    assert page["Content-Language"] == "en"
    assert rows_of_everything() == before


def test_the_page_reads_each_thing_once(stage: Stage, django_assert_num_queries: Any) -> None:
    """Request, three kinds of listed facts, cities twice, three catalogues, differences."""
    topic = make_topic(name_en="Sponge city")
    stage.partnership.topic_links.create(topic=topic, source="registration")
    client, address = stage.by_link()
    with django_assert_num_queries(10):
        html = client.get(address).content.decode()
    assert html.count("Sponge city") == 3


def test_nothing_is_chosen_beforehand(stage: Stage) -> None:
    client, address = stage.by_link()
    html = client.get(address).content.decode()
    assert 'value="right"' in html
    assert "checked" not in html.split('id="answer"')[1].split("year_value")[0]


def test_a_bare_post_of_a_scanner_changes_nothing(stage: Stage) -> None:
    client, address = stage.by_link()
    response = client.post(f"{address}answer/", {})
    assert response.status_code == 200
    assert "Please choose one of the answers." in response.content.decode()
    assert not Confirmation.objects.filter(party__city=stage.abroad).exists()


def test_one_choice_confirms(stage: Stage) -> None:
    client, address = stage.by_link()
    response = client.post(f"{address}answer/", ANSWER)
    assert response["Location"] == address
    stage.partnership.refresh_from_db()
    assert stage.partnership.state == Partnership.State.ACTIVE
    html = client.get(address).content.decode()
    assert "Your answer is recorded" in html
    assert 'name="outcome"' not in html


def test_a_differing_year(stage: Stage) -> None:
    client, address = stage.by_link()
    client.post(f"{address}answer/", every_fact(year="2015"))
    html = client.get(address).content.decode()
    assert "Where the cities differ" in html
    assert "2015" in html


def test_the_page_speaks_the_language_one_switches_to(stage: Stage) -> None:
    client, address = stage.by_link()
    html = client.get(f"{address}?language=de").content.decode()
    assert "Stimmt das so?" in html
    response = client.post(f"{address}answer/", {**ANSWER, "language": "de"})
    assert response["Location"] == f"{address}?language=de"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"year_value": "1850"}, "1850"),
        ({"year_value": "3000"}, "3000"),
        ({"year_value": "soon"}, "whole number"),
        ({"year_value": "2017"}, "Please give the value by your knowledge."),
        ({"year_value": ""}, "Please give the value by your knowledge."),
        ({"name": "x" * 3000}, "3000"),
        ({"office": ""}, "required"),
    ],
)
def test_bad_input_gets_a_sentence_and_nothing_is_lost(
    stage: Stage, changes: dict[str, str], sentence: str
) -> None:
    client, address = stage.by_link()
    sent = {**every_fact(year="2015"), "message": "Bleibt stehen", **changes}
    html = client.post(f"{address}answer/", sent).content.decode()
    assert sentence in html
    assert "Bleibt stehen" in html
    assert not Confirmation.objects.filter(party__city=stage.abroad).exists()


def test_every_fact_right_is_the_other_answer(stage: Stage) -> None:
    client, address = stage.by_link()
    html = client.post(f"{address}answer/", every_fact()).content.decode()
    assert "You said that every single fact is right." in html


def test_a_fact_without_a_verdict_is_asked_for(stage: Stage) -> None:
    client, address = stage.by_link()
    sent = {**every_fact(year="2015"), "kind_verdict": ""}
    html = client.post(f"{address}answer/", sent).content.decode()
    assert "Please say whether this is right." in html


def test_passing_the_question_on(stage: Stage) -> None:
    client, address = stage.by_link()
    sent = {**ANSWER, "outcome": "handed_over"}
    assert "Please enter an address." in client.post(f"{address}answer/", sent).content.decode()
    client.post(f"{address}answer/", {**sent, "new_email": "protocol@sanantonio.example"})
    assert stage.request().email == "protocol@sanantonio.example"
    html = client.get(address).content.decode()
    assert "passed on to somebody at sanantonio.example" in html
    assert "protocol@" not in html


def test_without_the_cookie_the_page_is_not_there(stage: Stage) -> None:
    _, address = stage.by_link()
    assert Client().get(address).status_code == 404
    assert Client().post(f"{address}answer/", ANSWER).status_code == 404


def test_a_wrong_tag_and_a_replaced_link_open_nothing(stage: Stage) -> None:
    token = tokens.token_for(stage.request())
    wrong = token[:-1] + ("A" if token[-1] != "A" else "B")
    assert Client().get(f"/p/{wrong}/").status_code == 404
    operations.take_back(partnership=stage.partnership, by=stage.us)
    assert Client().get(f"/p/{token}/").status_code == 404


def test_a_guest_s_grant_opens_no_confirmation(stage: Stage) -> None:
    from events import tokens as guests

    request = stage.request()
    client = Client()
    client.cookies[tokens.COOKIE] = guests.LINKS.grant(request.public_id, request.token_version)
    assert client.get(f"/p/{request.public_id}/").status_code == 404


def test_an_html_name_is_shown_as_text(stage: Stage) -> None:
    client, address = stage.by_link()
    client.post(f"{address}answer/", {**ANSWER, "office": "<b>Mayor</b>"})
    page = stage.browser(stage.us).get("/office/darmstadt/partnerships/darmstadt-san-antonio/")
    assert "&lt;b&gt;Mayor&lt;/b&gt;" in page.content.decode()


def test_the_partner_takes_over_our_value_by_the_same_link(stage: Stage) -> None:
    stage.answer(year=2015)
    client, address = stage.by_link()
    html = client.get(address).content.decode()
    assert "Since: take over “2017” from Darmstadt" in html
    assert "checked" not in html
    assert (
        "Please choose one of the values." in client.post(f"{address}take-over/").content.decode()
    )
    assert client.get(f"{address}take-over/")["Location"] == address
    sent = {"value": f"year-{stage.party(stage.home).pk}"}
    assert client.post(f"{address}take-over/", sent)["Location"] == address
    assert differences(stage.partnership) == []
    stage.partnership.refresh_from_db()
    assert stage.partnership.year_established == 2017
    assert client.post(f"{address}take-over/", sent)["Location"] == address  # pressed twice


def test_who_does_not_speak_for_the_city_takes_nothing_over(stage: Stage) -> None:
    stage.answer(year=2015)
    client, address = stage.by_link()
    sent = {"value": f"year-{stage.party(stage.home).pk}"}
    for review in ("waiting", "refused"):
        Confirmation.objects.filter(party__city=stage.abroad).update(review=review)
        assert "take over" not in client.get(address).content.decode()
        assert client.post(f"{address}take-over/", sent)["Location"] == address
    Confirmation.objects.filter(party__city=stage.abroad).update(review="accepted")
    assert "take over" in client.get(address).content.decode()
    operations.ask_yearly(at=timezone.now() + YEAR)
    client.post(f"{address}take-over/", sent)
    assert len(differences(stage.partnership)) == 1


def test_who_confirmed_reads_what_comes_next(stage: Stage) -> None:
    stage.answer()
    client, address = stage.by_link()
    html = client.get(address).content.decode()
    assert '<a href="/en/account/signup/">registers in the portal</a>' in html
