"""What many guests share is rendered once: never a word of one guest's, never out of date."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from django.utils import translation
from django.utils.safestring import SafeString

from events.agenda import agenda_of
from events.forms.answer import AnswerForm, OptOutForm
from events.forms.event_changes import CancelEventForm
from events.models import Event, Invitation, SeatPool, Session
from events.templatetags import personal_tags
from events.templatetags.personal_tags import answer_fields, opt_out_fields
from events.templatetags.typing_tags import typed_number
from partnerships.models import City
from tests.events.links import enter, open_event, page_url, post_answer
from tests.factories import make_city, make_invitation, make_partnership, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    personal_tags._wordless_answer.cache_clear()


def shown(client: Client, guest: Invitation) -> str:
    return unescape(enter(client, guest).content.decode())


def add_item(event: Event, **values: str) -> Session:
    item = {"title_de": "Hitze", "title_en": "Heat", **values}
    return Session.objects.create(
        event=event, starts_at=event.starts_at, ends_at=event.ends_at, **item
    )


def renderings() -> tuple[int, int]:
    info = personal_tags._wordless_answer.cache_info()
    return info.hits, info.misses


def test_guests_who_have_not_answered_share_one_empty_form(client: Client) -> None:
    event = open_event()
    first, second = (shown(Client(), make_invitation(event)) for _ in range(2))
    assert renderings() == (1, 1)
    assert first.count('type="radio"') == second.count('type="radio"') == 3


@pytest.mark.parametrize("choice", ["", "no"])
@pytest.mark.parametrize("consented", [False, True])
def test_a_shared_form_looks_like_one_of_ones_own(choice: str, consented: bool) -> None:
    offered = (("room", "Ja (3 Plätze frei)"), ("no", "Nein"))
    form = AnswerForm(offered=offered, initial={"choice": choice, "consented": consented})
    html = answer_fields(form)
    assert html.strip() == personal_tags._fields(form).strip()
    assert isinstance(html, SafeString)


def test_nothing_of_an_answer_is_kept_for_the_next_guest(client: Client) -> None:
    event = open_event(room=5, online=5)
    first = make_invitation(event)
    post_answer(
        client, first, "no", for_another="on", answered_by_name="Ada Aide", message="Leider Urlaub"
    )
    own = shown(client, first)
    other = shown(Client(), make_invitation(event))
    assert ("Ada Aide" in own, "Leider Urlaub" in own) == (True, True)
    assert ("Ada Aide" in other, "Leider Urlaub" in other, " checked" in other) == (False,) * 3
    assert renderings() == (0, 1)


def test_only_those_who_ticked_the_same_share_a_form(client: Client) -> None:
    event = open_event(room=5, online=5)
    pages = []
    for choice in ("room", "room", "no", ""):
        browser, guest = Client(), make_invitation(event)
        if choice:
            post_answer(browser, guest, choice, consented="on" if choice == "room" else "")
        pages.append(shown(browser, guest))
    ticked = [page.count(" checked") for page in pages]
    assert ticked == [2, 2, 1, 0]


def test_nothing_of_a_refused_answer_is_kept(client: Client) -> None:
    event = open_event()
    refused = post_answer(client, make_invitation(event), "room", consented="", message="Geheim")
    assert refused.status_code == 200
    assert "Geheim" in refused.content.decode()
    other = shown(Client(), make_invitation(event))
    assert ("Geheim" in other, "kern-error" in other) == (False, False)


def test_a_seat_that_was_taken_meanwhile_is_not_offered_from_memory(client: Client) -> None:
    event = open_event(room=2)
    guest = make_invitation(event)
    assert shown(client, guest).count("2 Plätze frei") == 2
    SeatPool.objects.filter(event=event, mode="room").update(taken=1)
    now = shown(client, guest)
    assert (now.count("1 Platz frei"), now.count("2 Plätze frei")) == (1, 1)


def test_each_language_has_an_empty_form_of_its_own() -> None:
    form = AnswerForm(offered=(("no", "–"),), initial={"choice": "", "consented": False})
    with translation.override("de"):
        assert "Ihre Antwort" in answer_fields(form)
    with translation.override("en"):
        assert "Your answer" in answer_fields(form)


def test_the_opt_out_with_an_error_is_rendered_anew() -> None:
    assert "kern-error" in opt_out_fields(OptOutForm({}))
    assert "kern-error" not in opt_out_fields(OptOutForm())


def test_an_edited_agenda_is_seen_at_once(client: Client) -> None:
    event = open_event()
    item = add_item(event, description_de="Berichte")
    guest = make_invitation(event)
    assert "Hitze" in shown(client, guest)
    item.title_de, item.description_de = "Starkregen", ""
    item.save()
    for page in (client.get(page_url(guest)), client.get(event.get_absolute_url())):
        now = unescape(page.content.decode())
        assert ("Starkregen" in now, "Hitze" in now, "Berichte" in now) == (True, False, False)
    item.delete()
    assert "Starkregen" not in shown(client, guest)


def test_an_agenda_falls_back_to_the_other_language() -> None:
    event = open_event()
    add_item(event, description_de="Nur auf Deutsch")
    with translation.override("en"):
        items = [(item.title, item.description) for item in agenda_of(event)]
    assert items == [("Heat", "Nur auf Deutsch")]


def test_every_edit_of_an_event_is_seen_at_once(client: Client) -> None:
    """Also what hangs on it: city, partnership and file have no version the page could ask."""
    city, partnership = make_city("Altstadt"), make_partnership(make_city("Erfurt"))
    event = open_event(city=city, description_de="Alter Text", report_de="Alter Bericht")
    event.delegations.create(partnership=partnership, evidence="Alte Liste")
    file = event.files.create(title_de="Altes Programm", title_en="Old", file="events/a.pdf")

    def page() -> str:
        return unescape(client.get(event.get_absolute_url()).content.decode())

    old = ["Altstadt", "Alter Text", "Alter Bericht", "Alte Liste", "Altes Programm"]
    assert [word in page() for word in old] == [True] * 5
    City.objects.filter(pk=city.pk).update(name_de="Neustadt")
    Event.objects.filter(pk=event.pk).update(description_html_de="Neuer Text", report_html_de="")
    event.delegations.update(evidence="Neue Liste")
    file.delete()
    new = ["Neustadt", "Neuer Text", "Neue Liste"]
    assert [word in page() for word in (*old, *new)] == [False] * 5 + [True] * 3


def test_drafts_stay_hidden_from_strangers_after_staff_saw_them(client: Client) -> None:
    event = open_event(state="draft")
    staff = Client()
    staff.force_login(make_staff())
    statuses = [one.get(event.get_absolute_url()).status_code for one in (staff, client)]
    assert statuses == [200, 404]


def test_a_typed_number_is_shown_to_who_typed_it_alone() -> None:
    typed = typed_number(CancelEventForm({"cancel-number": "4711"}, people=2))
    empty = typed_number(CancelEventForm(people=2))
    assert ('value="4711"' in typed, "4711" in empty, "value=" in empty) == (True, False, False)
    assert ("Es sind jetzt 2" in typed, typed_number(CancelEventForm(people=9))) == (True, empty)
