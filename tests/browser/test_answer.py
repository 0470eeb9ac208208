from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from events.models import Answer, Event, Invitation, Session
from events.operations import answer
from tests.events.links import every_row, open_event, open_url, page_url
from tests.factories import make_invitation, make_partnership

from .checks import assert_accessible, assert_accessible_wide_and_narrow, press

pytestmark = pytest.mark.django_db(transaction=True)


def rich_event(**extra: Any) -> Event:
    event = open_event(
        room=1,
        description_de="## Worum es geht\n\nStädte und **Klima**.",
        description_en="## What it is about\n\nCities and **climate**.",
        venue="Rathaus, Marktplatz 1, 38100 Braunschweig",
        **extra,
    )
    Session.objects.create(
        event=event,
        title_de="Begrüßung",
        title_en="Welcome",
        starts_at=event.starts_at,
        ends_at=event.starts_at + dt.timedelta(minutes=30),
    )
    return event


def unfold(page: Page) -> None:
    page.locator("main details").evaluate_all("all => all.forEach(one => { one.open = true })")


def choose(page: Page, label: str, consent: str, send: str) -> None:
    page.get_by_label(label).check()
    page.get_by_label(consent).check()
    page.get_by_role("button", name=send).click()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_mayor_answers_yes_on_a_narrow_phone(visit: Any, javascript: bool) -> None:
    guest = make_invitation(rich_event())
    page = visit(open_url(guest), width=320, javascript=javascript)
    assert page.url.endswith(page_url(guest))
    choose(page, "Ja, ich nehme vor Ort teil", "Ich bin einverstanden", "Antwort absenden")
    expect(page.get_by_text("Ihr Platz ist bestätigt.")).to_be_visible()
    assert page.url.endswith(page_url(guest))
    assert list(Answer.objects.values_list("choice", "seat")) == [("room", "confirmed")]


def test_a_guest_answers_in_english_and_changes_the_answer(visit: Any) -> None:
    guest = make_invitation(rich_event(), language="en", salutation="Dear Lord Mayor,")
    page = visit(open_url(guest))
    choose(page, "Yes, I take part online", "I agree", "Send the answer")
    expect(page.get_by_text("You are taking part online.")).to_be_visible()
    page.get_by_text("Change the answer").click()
    page.get_by_label("No, I cannot take part").check()
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_text("You are not taking part.")).to_be_visible()
    assert list(Answer.objects.values_list("choice", flat=True)) == ["no", "online"]


def test_a_real_browser_posts_with_its_own_origin(visit: Any, live_server: Any) -> None:
    guest = make_invitation(rich_event())
    page = visit(open_url(guest))
    with page.expect_request(lambda request: request.method == "POST") as posted:
        choose(page, "Ja, ich nehme vor Ort teil", "Ich bin einverstanden", "Antwort absenden")
    assert posted.value.all_headers()["origin"] == live_server.url
    expect(page.get_by_text("Ihr Platz ist bestätigt.")).to_be_visible()


def test_two_invitations_in_one_browser_stay_apart(visit: Any) -> None:
    mayor = make_invitation(rich_event(), email="rathaus@stadt.example")
    deputy = make_invitation(open_event(), email="rathaus@stadt.example")
    page = visit(open_url(mayor))
    visit(open_url(deputy), page=page)
    page.get_by_label("Nein, ich kann nicht teilnehmen").check()
    page.get_by_role("button", name="Antwort absenden").click()
    expect(page.get_by_text("Sie nehmen nicht teil.")).to_be_visible()
    visit(page_url(mayor), page=page)
    expect(page.get_by_role("heading", name="Nehmen Sie teil?")).to_be_visible()
    answered = Invitation.objects.order_by("pk").values_list("choice", flat=True)
    assert list(answered) == ["", "no"]


def test_the_link_is_not_passed_on_to_other_addresses(visit: Any) -> None:
    guest = make_invitation(rich_event())
    page = visit(open_url(guest))
    token = open_url(guest).split(".")[1].strip("/")
    with page.expect_request("**/portal/portal.css") as asked:
        page.reload()
    assert token not in str(asked.value.all_headers())
    assert token not in page.content()


def test_pressing_every_button_of_a_fresh_page_changes_nothing(visit: Any) -> None:
    guest = make_invitation(rich_event())
    page = visit(open_url(guest))
    before = every_row()
    for number in range(page.locator("main button").count()):
        page = visit(page_url(guest), page=page)
        unfold(page)
        press(page, page.locator("main button").nth(number))
    assert every_row() == before


def test_mistakes_are_summed_up_and_what_was_typed_stays(visit: Any) -> None:
    guest = make_invitation(rich_event())
    page = visit(open_url(guest), width=320)
    page.get_by_label("Mitteilung an das Organisationsteam").fill("Wir kommen zu zweit.")
    page.get_by_role("button", name="Antwort absenden").click()
    summary = page.locator(".error-summary").first
    expect(summary).to_contain_text("Bitte wählen Sie eine der Antworten.")
    expect(page.get_by_label("Mitteilung an das Organisationsteam")).to_have_value(
        "Wir kommen zu zweit."
    )
    assert_accessible_wide_and_narrow(page)


def silent(event: Event, language: str) -> Invitation:
    return make_invitation(event, language=language)


def confirmed(event: Event, language: str) -> Invitation:
    return said(event, language, "online")


def declined(event: Event, language: str) -> Invitation:
    return said(event, language, "no")


def waiting(event: Event, language: str) -> Invitation:
    answer(invitation=make_invitation(event), choice="room", consented=True)
    return said(event, language, "room")


def cancelled(event: Event, language: str) -> Invitation:
    Event.objects.update(state="cancelled")
    return make_invitation(event, language=language)


def said(event: Event, language: str, choice: str) -> Invitation:
    guest = make_invitation(event, language=language)
    answer(invitation=guest, choice=choice, consented=True, message="Bis dann")
    return guest


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("state", [silent, confirmed, declined, waiting, cancelled])
def test_the_personal_page_is_accessible_in_every_state(
    visit: Any, state: Any, language: str
) -> None:
    page = visit(open_url(state(rich_event(), language)))
    unfold(page)
    assert_accessible_wide_and_narrow(page)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_public_pages_are_accessible(visit: Any, prefix: str) -> None:
    event = rich_event(report_de="Es war gut.", report_en="It went well.", is_demo=True)
    event.delegations.create(partnership=make_partnership(), evidence="Bericht 2025")
    for address in (f"{prefix}/events/", f"{prefix}/events/{event.slug}/"):
        assert_accessible_wide_and_narrow(visit(address))


@pytest.mark.parametrize("rest", ["broken/", "x" * 22 + "/"])
def test_pages_for_strangers_are_accessible(visit: Any, rest: str) -> None:
    page = visit(f"/i/{rest}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_accessible_wide_and_narrow(page)


def test_everything_to_touch_is_44_pixels_high(visit: Any) -> None:
    page = visit(open_url(make_invitation(rich_event())), width=320)
    kinds = ".kern-form-check label, button, summary, input[type=text], textarea, .kern-btn"
    touched = page.locator(f"main :is({kinds})")
    heights = {item.inner_text()[:30]: item.bounding_box()["height"] for item in touched.all()}
    assert len(heights) >= 6
    assert {name: height for name, height in heights.items() if height < 44} == {}


@pytest.mark.parametrize(
    ("content", "finding"),
    [
        ("<img src='/x.png'>", "image-alt"),
        ("<img alt='' src='https://foreign.example/x.png'>", "foreign request"),
        ("<p onclick='x()' style='color: red'>x</p>", "CSP"),
    ],
)
def test_the_check_itself_notices_what_it_is_for(
    visit: Any, live_server: Any, content: str, finding: str
) -> None:
    page = visit("/events/")
    assert_accessible(page)
    page.route("https://foreign.example/**", lambda route: route.abort())
    page.evaluate("html => { document.querySelector('main').innerHTML += html }", content)
    page.wait_for_timeout(200)
    with pytest.raises(AssertionError, match=finding):
        assert_accessible(page)
