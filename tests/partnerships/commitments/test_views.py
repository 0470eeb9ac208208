"""The pages about commitments: who reads, who writes, and that nothing typed is lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from partnerships.models import Commitment, Partnership, Position
from tests.factories import (
    make_city,
    make_commitment,
    make_partnership,
    make_position,
    make_topic,
)
from tests.page_forms import forms_of

from .scenes import browser, make_closed, make_pair, party

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def pair() -> Partnership:
    return make_pair()


@pytest.fixture
def post(pair: Partnership) -> Position:
    return make_position(party(pair).city, title="Umweltamt")


@pytest.fixture
def editor(pair: Partnership) -> Client:
    return browser(party(pair).city)


def address(pair: Partnership, rest: str = "", *, city: str = "hamm") -> str:
    return f"/office/{city}/partnerships/{pair.slug}/{rest}"


def one(promise: Commitment, verb: str = "", *, city: str = "hamm") -> str:
    return address(promise.partnership, f"commitments/{promise.pk}/{verb}", city=city)


def page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def typed(html: str, name: str) -> dict[str, str]:
    """What a browser sends of the form that asks for ``name``, untouched."""
    form = next(one for one in forms_of(html, "/") if name in one.controls)
    return {key: values[-1].strip("\n") for key, values in form.untouched().items()}


def filled(**changes: Any) -> dict[str, Any]:
    return {"text": "Zwei Pläne schicken", "made_on": TODAY().isoformat(), **changes}


def test_a_city_promises_and_both_offices_read_who_and_until_when(
    pair: Partnership, editor: Client, post: Position
) -> None:
    form = typed(page(editor, address(pair, "commitments/new/")), "text")
    assert form["made_on"] == TODAY().isoformat()
    topic = make_topic(name_de="Schwammstadt")
    sent = {**form, **filled(position=post.pk, topic=topic.pk, due_on="2031-05-02")}
    response = editor.post(address(pair, "commitments/add/"), sent)
    assert response["Location"] == address(pair)
    partner = browser(party(pair, "Chattanooga").city, "reader")
    for client, city in ((editor, "hamm"), (partner, "chattanooga")):
        html = page(client, address(pair, city=city))
        assert "Hamm, Umweltamt · Schwammstadt · bis 02.05.2031" in html
        assert "Zwei Pläne schicken" in page(client, one(Commitment.objects.get(), city=city))


def test_open_ones_come_first_and_late_ones_say_so(pair: Partnership, editor: Client) -> None:
    long_ago = TODAY() - dt.timedelta(days=9)
    make_closed(party(pair), text="Erledigtes")
    make_commitment(party(pair, "Chattanooga"), text="Ohne Tag")
    make_commitment(party(pair), text="Zu spät", made_on=long_ago, due_on=long_ago)
    html = page(editor, address(pair))
    places = [html.index(text) for text in ("Zu spät", "Ohne Tag", "Erledigtes")]
    assert places == sorted(places)
    assert html.count("überfällig") == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_partnership_s_page_takes_as_many_queries_with_one_as_with_three(
    pair: Partnership, editor: Client, post: Position, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        make_commitment(party(pair), position=post, topic=make_topic(f"thema-{number}"))
    editor.get(address(pair))
    with django_assert_num_queries(13):
        editor.get(address(pair))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 3000}, "text"),
        ({"topic": "999999"}, "topic"),
        ({"topic": "x"}, "topic"),
        ({"position": "999999"}, "position"),
        ({"made_on": "9999-12-31"}, "made_on"),
        ({"made_on": "2026-02-30"}, "made_on"),
        ({"due_on": "2001-01-01"}, "due_on"),
        ({"due_on": "bald"}, "due_on"),
    ],
)
def test_bad_input_is_a_sentence_at_its_field_and_nothing_typed_is_lost(
    pair: Partnership, editor: Client, changes: dict[str, str], field: str
) -> None:
    promise = make_commitment(party(pair))
    for url in (address(pair, "commitments/add/"), one(promise, "save/")):
        html = page_of_post(editor, url, filled(due_on="2031-05-02") | changes)
        assert f'id="id_{field}_error"' in html
        assert changes.get("text", "Zwei Pläne schicken") in html
    assert list(Commitment.objects.values_list("text", flat=True)) == [promise.text]


def page_of_post(client: Client, url: str, sent: dict[str, Any]) -> str:
    response = client.post(url, sent)
    assert response.status_code == 200
    return response.content.decode()


def test_another_city_s_post_cannot_be_chosen(pair: Partnership, editor: Client) -> None:
    theirs = make_position(party(pair, "Chattanooga").city, title="Public Works")
    assert "Public Works" not in page(editor, address(pair, "commitments/new/"))
    html = page_of_post(editor, address(pair, "commitments/add/"), filled(position=theirs.pk))
    assert 'id="id_position_error"' in html


def test_a_post_that_ended_stays_with_what_it_promised(
    pair: Partnership, editor: Client, post: Position
) -> None:
    promise = make_commitment(party(pair), position=post)
    Position.objects.update(is_active=False)
    assert "Umweltamt" not in page(editor, address(pair, "commitments/new/"))
    form = typed(page(editor, one(promise)), "text")
    editor.post(one(promise, "save/"), {**form, "text": "Drei Pläne"})
    promise.refresh_from_db()
    assert (promise.text, promise.position) == ("Drei Pläne", post)


def test_who_saves_second_reads_what_is_stored_and_keeps_what_was_typed(
    pair: Partnership, editor: Client, post: Position
) -> None:
    promise = make_commitment(party(pair), position=post)
    seen = typed(page(editor, one(promise)), "text")
    colleague = browser(party(pair).city)
    colleague.post(one(promise, "save/"), {**seen, "text": "Von der Kollegin"})
    html = page_of_post(editor, one(promise, "save/"), {**seen, "text": "Meins", "position": ""})
    assert "Gespeichert ist jetzt: Von der Kollegin" in html
    assert "Gespeichert ist jetzt: Umweltamt" in html
    again = typed(html, "text")
    assert again["text"] == "Meins"
    editor.post(one(promise, "save/"), again)
    promise.refresh_from_db()
    assert promise.text == "Meins"


def test_closing_after_a_colleague_changed_it_keeps_the_note(
    pair: Partnership, editor: Client
) -> None:
    promise = make_commitment(party(pair))
    page(editor, one(promise))
    browser(party(pair).city).post(one(promise, "save/"), filled(text="Anders"))
    sent = {"close-state": "done", "close-note": "Im Mai", "close-seen_version": "1"}
    html = page_of_post(editor, one(promise, "close/"), sent)
    assert "Im Mai" in html
    assert "Anders" in html
    promise.refresh_from_db()
    assert promise.state == "open"
    again = typed(html, "close-note")
    editor.post(one(promise, "close/"), {**again, "close-state": "done"})
    promise.refresh_from_db()
    assert (promise.state, promise.note) == ("done", "Im Mai")


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "close-state"),
        ({"close-state": "open"}, "close-state"),
        ({"close-state": "done", "close-note": "x" * 3000}, "close-note"),
        ({"close-state": "dropped", "close-note": " "}, "close-note"),
    ],
)
def test_closing_asks_how_it_ended_and_why_it_was_given_up(
    pair: Partnership, editor: Client, sent: dict[str, str], field: str
) -> None:
    promise = make_commitment(party(pair))
    html = page_of_post(editor, one(promise, "close/"), sent)
    assert f'id="id_{field}_error"' in html
    promise.refresh_from_db()
    assert promise.state == "open"


def test_a_closed_one_shows_its_note_and_is_opened_again(pair: Partnership, editor: Client) -> None:
    promise = make_commitment(party(pair))
    sent = {"close-state": "dropped", "close-note": "Kein Geld", "close-seen_version": "1"}
    assert editor.post(one(promise, "close/"), sent)["Location"] == address(pair)
    html = page(editor, one(promise))
    assert "Kein Geld" in html
    assert 'name="text"' not in html
    assert editor.post(one(promise, "reopen/"))["Location"] == one(promise)
    assert typed(page(editor, one(promise)), "text")["text"] == promise.text


@pytest.mark.parametrize("verb", ["save/", "close/"])
def test_what_was_closed_meanwhile_says_so(pair: Partnership, editor: Client, verb: str) -> None:
    promise = make_closed(party(pair))
    sent = {**filled(), "close-state": "done"}
    html = page_of_post(editor, one(promise, verb), sent)
    assert "Diese Zusage ist abgeschlossen." in html


def test_after_the_partnership_ended_commitments_are_read_only(
    pair: Partnership, editor: Client
) -> None:
    promise = make_commitment(party(pair))
    closed = make_closed(party(pair))
    Partnership.objects.update(state="ended")
    assert promise.text in page(editor, address(pair))
    for shown in (promise, closed):
        html = page(editor, one(shown))
        assert "/save/" not in html
        assert "/reopen/" not in html
    assert editor.get(address(pair, "commitments/new/")).status_code == 404
    assert "nichts zugesagt" in page_of_post(editor, one(promise, "save/"), filled())
    response = editor.post(one(closed, "reopen/"), follow=True)
    assert "nichts zugesagt" in response.content.decode()


def test_readers_read_and_change_nothing(pair: Partnership) -> None:
    reader = browser(party(pair).city, "reader")
    promise = make_commitment(party(pair))
    assert "/save/" not in page(reader, one(promise))
    assert "commitments/new/" not in page(reader, address(pair))
    assert reader.get(address(pair, "commitments/new/")).status_code == 404
    for verb in ("save/", "close/", "reopen/"):
        assert reader.post(one(promise, verb), filled()).status_code == 404


def test_another_city_s_promise_is_read_and_never_changed(
    pair: Partnership, editor: Client
) -> None:
    theirs = make_commitment(party(pair, "Chattanooga"))
    html = page(editor, one(theirs))
    assert theirs.text in html
    assert "/save/" not in html
    for verb in ("save/", "close/", "reopen/"):
        assert editor.post(one(theirs, verb), filled()).status_code == 404


def test_the_address_below_a_merged_partnership_leads_on(pair: Partnership, editor: Client) -> None:
    promise = make_commitment(party(pair))
    merged = make_partnership(slug="doppelt", merged_into=pair, state="active")
    response = editor.get(address(merged, f"commitments/{promise.pk}/"))
    assert response["Location"] == one(promise)


def test_what_is_not_ours_does_not_exist(pair: Partnership, editor: Client) -> None:
    promise = make_commitment(party(pair))
    stranger = browser(make_city("Bonn"))
    assert stranger.get(one(promise, city="bonn")).status_code == 404
    assert stranger.get(one(promise)).status_code == 404
    other = make_partnership(party(pair).city, make_city("Oxford"), state="active")
    assert editor.get(address(other, f"commitments/{promise.pk}/")).status_code == 404
    assert editor.get(address(pair, "commitments/999999/")).status_code == 404
