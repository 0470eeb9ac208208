"""Pasted lines, as the preflight understands them."""

from __future__ import annotations

import pytest

from events.audience import Criteria, preflight
from events.models import Event
from events.recipients import LeftOut, Recipient
from partnerships.models import Organisation
from tests.factories import make_city, make_event, make_mayor, make_office, make_pool, make_position

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    event = make_event(time_zone="America/New_York")
    make_pool(event, "speak")
    make_pool(event, "listen")
    return event


def only(event: Event, people: str) -> Recipient:
    (recipient,) = preflight(event, Criteria(people=people)).recipients
    return recipient


def left_out(event: Event, people: str) -> list[LeftOut]:
    result = preflight(event, Criteria(people=people))
    assert result.recipients == []
    return result.left_out


def test_an_unknown_address_listens_in_german_and_in_the_events_zone(event: Event) -> None:
    guest = only(event, "Erika Beispiel <erika@x.example>")
    assert (guest.key, guest.position, guest.city) == ("aerika@x.example", None, None)
    assert (guest.name, guest.function, guest.language) == ("Erika Beispiel", "", "de")
    assert (guest.right, guest.right_is_certain) == ("listen", False)
    assert guest.time_zone == "America/New_York"
    assert guest.local_start.utcoffset() == event.starts_at.astimezone(event.zone).utcoffset()
    assert guest.salutation == "Guten Tag Erika Beispiel,"


def test_the_suffix_gives_an_unknown_address_its_language(event: Event) -> None:
    guest = only(event, "jo@x.example; en")
    assert (guest.language, guest.salutation) == ("en", "Dear colleagues,")
    assert guest.why == (
        "You receive this invitation because the organisers put you on the guest list."
    )


def test_a_known_address_is_its_position(event: Event) -> None:
    mayor = make_mayor(make_city("Köln"), email="ob@koeln.example")
    guest = only(event, "Wer auch immer <OB@KOELN.example>")
    assert (guest.key, guest.name, guest.right) == (f"p{mayor.pk}", "Erika Beispiel", "speak")


def test_an_address_of_two_positions_is_ambiguous(event: Event) -> None:
    koeln = make_city("Köln")
    make_mayor(koeln, email="buero@koeln.example")
    make_position(koeln, title="Büroleitung", email="buero@koeln.example")
    (one,) = left_out(event, "\nbuero@koeln.example")
    assert one == LeftOut(
        "buero@koeln.example",
        "buero@koeln.example",
        "ambiguous",
        "Mehrere passen: Büroleitung, Köln; Oberbürgermeisterin / Oberbürgermeister, Köln",
        2,
    )


def test_an_inactive_position_at_the_address_does_not_make_it_ambiguous(event: Event) -> None:
    make_mayor(email="buero@koeln.example", is_active=False)
    active = make_mayor(email="buero@koeln.example")
    assert only(event, "buero@koeln.example").key == f"p{active.pk}"


def test_the_address_of_an_inactive_position_is_left_out(event: Event) -> None:
    make_mayor(email="frueher@koeln.example", is_active=False)
    (one,) = left_out(event, "frueher@koeln.example")
    assert (one.code, one.reason) == ("inactive", "Diese Stelle ist nicht mehr aktiv.")


@pytest.mark.parametrize(
    "words",
    ["Muster Koeln", "koln muster", "Cologne Lord Mayor", "Henriette", "oberbürgermeisterin KÖLN"],
)
def test_words_find_the_one_position_they_all_fit(event: Event, words: str) -> None:
    koeln = make_city("Köln", name_en="Cologne")
    mayor = make_mayor(koeln, holder="Henriette Muster")
    make_position(koeln, title="Pressestelle", holder="Karl Presse")
    make_mayor(make_city("Bonn"), office=make_office(title_en="Mayor", title_de="Bürgermeister"))
    assert only(event, words).key == f"p{mayor.pk}"


def test_words_find_positions_of_organisations(event: Event) -> None:
    network = Organisation.objects.create(
        slug="rgre", name_de="Rat der Gemeinden", name_en="Council of Municipalities"
    )
    post = make_position(organisation=network, email="buero@rgre.example", title="Referat")
    guest = only(event, "council municipalities")
    assert (guest.key, guest.city, guest.time_zone) == (f"p{post.pk}", None, "America/New_York")


def test_words_that_fit_several_positions_name_the_first_three(event: Event) -> None:
    koeln = make_city("Köln")
    for number in range(1, 5):
        make_position(koeln, title=f"Stelle {number}")
    (one,) = left_out(event, "Köln")
    assert (one.code, one.line) == ("ambiguous", 1)
    assert one.reason == "Mehrere passen: Stelle 1, Köln; Stelle 2, Köln; Stelle 3, Köln; …"


@pytest.mark.parametrize("words", ["Atlantis", "...", "Köln Atlantis"])
def test_words_that_fit_nobody_are_left_out(event: Event, words: str) -> None:
    make_mayor(make_city("Köln"))
    assert left_out(event, words) == [LeftOut(words, "", "not_found", "Niemand gefunden.", 1)]


def test_inactive_positions_are_not_searched(event: Event) -> None:
    make_mayor(make_city("Köln"), is_active=False)
    assert [one.code for one in left_out(event, "Köln")] == ["not_found"]


def test_broken_addresses_are_named_by_line_and_good_ones_kept(event: Event) -> None:
    result = preflight(event, Criteria(people="gut@x.example\nkaputt@\n\nauch@x.example"))
    assert [guest.email for guest in result.recipients] == ["auch@x.example", "gut@x.example"]
    assert result.left_out == [
        LeftOut("kaputt@", "kaputt@", "broken_address", "Das ist keine E-Mail-Adresse.", 2)
    ]


def test_a_person_named_twice_is_taken_once(event: Event) -> None:
    make_mayor(make_city("Köln"), email="ob@koeln.example", holder="Henriette Muster")
    people = "A@x.example\na@X.example\nob@koeln.example\nHenriette Muster\nCöln\ncöln"
    result = preflight(event, Criteria(people=people))
    assert [guest.email for guest in result.recipients] == ["ob@koeln.example", "A@x.example"]
    assert [(one.line, one.code, one.reason) for one in result.left_out] == [
        (2, "duplicate", "Dieselbe Person wie in Zeile 1."),
        (4, "duplicate", "Dieselbe Person wie in Zeile 3."),
        (5, "not_found", "Niemand gefunden."),
        (6, "not_found", "Niemand gefunden."),
    ]


def test_a_very_long_name_is_cut(event: Event) -> None:
    guest = only(event, "E" * 400 + " <e@x.example>")
    assert len(guest.name) == 150
    assert len(guest.salutation) <= 250
