from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from events import mails
from events.calendar_files import request
from events.models import Answer, Event, Invitation, ReminderRule
from mailing.drafts import Draft
from mailing.models import Mail
from tests.factories import (
    make_city,
    make_event,
    make_invitation,
    make_partner_city,
    make_pool,
    make_seated,
)

pytestmark = pytest.mark.django_db
START = dt.datetime(2037, 3, 18, 13, tzinfo=dt.UTC)
DEADLINE = dt.datetime(2037, 3, 4, 17, tzinfo=dt.UTC)
WHEN_DE = "- Wann: Mittwoch, 18. März 2037, 14:00–16:00 Uhr (Köln, MEZ)"


def an_event(**extra: Any) -> Event:
    values = {
        "starts_at": START,
        "ends_at": START + dt.timedelta(hours=2),
        "answer_by": DEADLINE,
        "venue": "Altes Rathaus, Bonn",
        "contact_email": "team@skew.example",
    }
    return make_event(**{**values, **extra})


@pytest.fixture
def event() -> Event:
    event = an_event()
    make_pool(event, "speak", "room")
    make_pool(event, "speak", "online")
    make_pool(event, "listen", "online")
    return event


def german(event: Event, **extra: Any) -> Invitation:
    values = {"salutation": "Sehr geehrte Frau Muster,", "send_count": 1, "reason": "Weil."}
    return make_invitation(event, **{**values, "city": make_city("Köln"), **extra})


def american(event: Event, **extra: Any) -> Invitation:
    nashville = make_partner_city("Nashville", time_zone="America/Chicago")
    values = {"salutation": "Dear Mayor Sample,", "language": "en", "city": nashville}
    return make_invitation(event, **{**values, "time_zone": "America/Chicago", **extra})


def answer(guest: Invitation, number: int = 1, **extra: Any) -> Answer:
    values = {"choice": guest.choice, "seat": guest.seat, **extra}
    return Answer.objects.create(invitation=guest, number=number, **values)


def has(draft: Draft, *lines: str) -> None:
    missing = [line for line in lines if line not in draft.text.splitlines()]
    assert missing == [], draft.text


# The invitation ------------------------------------------------------------------------


def test_an_invitation_says_what_when_where_which_right_until_when_and_why(event: Event) -> None:
    draft = mails.invitation(german(event))
    assert draft.subject == "Einladung zum Runden Tisch"
    has(
        draft,
        "Sehr geehrte Frau Muster,",
        "wir laden Sie herzlich ein.",
        "- Veranstaltung: Runder Tisch der Bürgermeister",
        WHEN_DE,
        "- Wo: Altes Rathaus, Bonn oder online",
        "- Ihre Rolle: Sie haben Rederecht.",
        "Bitte antworten Sie bis Mittwoch, 4. März 2037, 18:00 Uhr (Köln, MEZ). Das dauert keine "
        "Minute und braucht kein Konto; gern antwortet auch Ihr Büro für Sie.",
        "Einladung ansehen und antworten: [[answer]]",
        "Fragen beantworten wir gern: team@skew.example",
        "Weil. Wenn Sie keine Einladungen mehr möchten, melden Sie sich auf Ihrer persönlichen "
        "Seite ab.",
    )


def test_an_invitation_abroad_gives_local_time_first_and_the_events_second(event: Event) -> None:
    draft = mails.invitation(american(event))
    assert (draft.language, draft.subject) == ("en", "Invitation to the roundtable")
    has(
        draft,
        "Dear Mayor Sample,",
        "- When: Wednesday, 18 March 2037, 8:00–10:00 am (Nashville, CDT), which is 2:00–4:00 pm "
        "(Berlin, CET)",
        "- Your role: you have the right to speak.",
        "View the invitation and answer: [[answer]]",
    )


def test_a_listener_is_told_so_and_offered_what_listeners_have(event: Event) -> None:
    has(
        mails.invitation(german(event, right="listen")),
        "- Wo: online",
        "- Ihre Rolle: Sie hören zu; das Wort haben die Stadtoberhäupter.",
    )


def test_at_a_conference_nobody_is_told_that_they_may_speak(event: Event) -> None:
    event.kind = Event.Kind.CONFERENCE
    assert "Ihre Rolle" not in mails.invitation(german(event)).text
    listener = american(event, right="listen")
    has(mails.invitation(listener), "- Your role: you attend as a listener.")


def test_a_guest_without_a_reason_hears_of_the_guest_list(event: Event) -> None:
    text = mails.invitation(german(event, reason="")).text
    assert "weil das Organisationsteam Sie auf die Gästeliste gesetzt hat." in text


def test_an_invitation_is_a_campaign_mail_until_the_deadline(event: Event) -> None:
    guest = german(event, send_count=3)
    draft = mails.invitation(guest)
    assert (draft.key, draft.kind) == (f"events.invitation:{guest.pk}:3", "events.invitation")
    assert (draft.to, draft.reply_to) == (guest.email, "team@skew.example")
    assert (draft.campaign, draft.priority) == (
        f"event:{event.pk}:invitations",
        Mail.Priority.CAMPAIGN,
    )
    assert (draft.about, draft.not_after, draft.calendar) == (guest, DEADLINE, "")


def test_html_and_text_carry_the_placeholder_and_no_live_link(event: Event) -> None:
    guest = german(event)
    draft = mails.invitation(guest)
    assert 'href="[[answer]]"' in draft.html
    assert guest.public_id not in draft.text + draft.html


def test_a_test_goes_to_the_tester_with_its_mark_and_a_key_of_its_own(event: Event) -> None:
    guest = german(event)
    one = mails.invitation(guest, test_to="ich@skew.example")
    event.invitation_text_de = "ein neuer Text."
    other = mails.invitation(guest, test_to="ich@skew.example")
    assert (one.to, one.subject) == ("ich@skew.example", "[TEST] Einladung zum Runden Tisch")
    assert (one.kind, one.about, one.campaign) == ("events.invitation_test", event, "")
    assert other.text == mails.invitation(guest).text
    assert one.key != other.key


# What people type stays what it is -----------------------------------------------------


def test_texts_of_staff_are_no_template_and_hold_no_placeholder(event: Event) -> None:
    event.invitation_subject_de = "Betreff {{ settings.SECRET_KEY }} [[answer]]\nBcc: x@x.example"
    event.invitation_text_de = "{% now 'Y' %} {{ title }}\n\n[[answer]] Hier klicken"
    draft = mails.invitation(german(event))
    assert draft.subject == "Betreff {{ settings.SECRET_KEY }} [ [answer] ] Bcc: x@x.example"
    has(draft, "{% now 'Y' %} {{ title }}", "[ [answer] ] Hier klicken")
    assert draft.text.count("[[answer]]") == 1


def test_html_of_what_people_type_is_escaped(event: Event) -> None:
    event.title_de = "<script>alert(1)</script>"
    draft = mails.invitation(german(event, salutation="Hallo <b>Erika</b>,"))
    assert "<script>" not in draft.html
    assert "Hallo &lt;b&gt;Erika&lt;/b&gt;," in draft.html


# Answers -------------------------------------------------------------------------------


def test_a_confirmed_seat_is_confirmed_with_a_calendar_file(event: Event) -> None:
    guest = make_seated(event, language="de", city=make_city("Köln"))
    draft = mails.confirmation(guest, answer(guest, 4), method="REQUEST")
    assert (draft.key, draft.kind) == (f"events.answer:{guest.pk}:4", "events.confirmation")
    assert draft.subject == "Ihre Zusage: Runder Tisch der Bürgermeister"
    has(
        draft,
        "vielen Dank für Ihre Zusage. Ihr Platz vor Ort ist reserviert; wir freuen uns auf Sie.",
        WHEN_DE,
        "- Wo: Altes Rathaus, Bonn",
        "Die Kalenderdatei im Anhang trägt den Termin in Ihren Kalender ein.",
        "Persönliche Seite öffnen: [[answer]]",
    )
    assert (draft.calendar_method, draft.priority) == ("REQUEST", Mail.Priority.ANSWER)
    assert "METHOD:REQUEST" in draft.calendar
    assert draft.not_after == event.ends_at


def test_an_online_seat_says_where_the_link_will_be(event: Event) -> None:
    guest = make_seated(event, language="en", choice="online")
    draft = mails.confirmation(guest, answer(guest), method="REQUEST")
    assert "Your seat in the video conference is reserved" in draft.text
    assert "link to the video conference on your personal page from the day before" in draft.text
    has(draft, "- Where: online")


def test_the_waitlist_names_the_place(event: Event) -> None:
    make_seated(event, 3)
    guest = make_seated(event, 5)
    draft = mails.confirmation(guest, answer(guest), method="CANCEL")
    assert draft.subject == "Warteliste: Runder Tisch der Bürgermeister"
    assert "Sie stehen auf der Warteliste, im Augenblick auf Platz 2." in draft.text
    assert "Der bisherige Eintrag in Ihrem Kalender wird mit dieser E-Mail entfernt." in (
        draft.text
    )
    assert "METHOD:CANCEL" in draft.calendar


def test_a_no_is_thanked_for_and_takes_the_calendar_entry_back(event: Event) -> None:
    guest = german(event, choice="no", answered_at=timezone.now())
    draft = mails.confirmation(guest, answer(guest), method="CANCEL")
    assert draft.subject == "Ihre Absage: Runder Tisch der Bürgermeister"
    assert "Der Eintrag in Ihrem Kalender wird mit dieser E-Mail entfernt." in draft.text
    assert "Bis Mittwoch, 4. März 2037, 18:00 Uhr (Köln, MEZ) können Sie" in draft.text
    assert draft.calendar_method == "CANCEL"


def test_a_first_no_has_nothing_to_take_back(event: Event) -> None:
    guest = american(event, choice="no", answered_at=timezone.now())
    draft = mails.confirmation(guest, answer(guest))
    assert "calendar" not in draft.text
    assert (draft.calendar, draft.calendar_method) == ("", "")


@pytest.mark.parametrize(
    ("extra", "sentence"),
    [
        ({"answered_by_name": "Max Büro"}, "Geantwortet hat für Sie: Max Büro."),
        ({"channel": "phone"}, "Ihre Antwort haben wir am Telefon aufgenommen."),
        ({"channel": "letter"}, "Ihre Antwort haben wir aus Ihrem Schreiben übernommen."),
    ],
)
def test_who_did_not_answer_in_person_is_told_how_it_came(
    event: Event, extra: dict[str, str], sentence: str
) -> None:
    guest = make_seated(event)
    has(mails.confirmation(guest, answer(guest, **extra), method="REQUEST"), sentence)


@pytest.mark.parametrize("name", ["http://anderswo.example/", "www.anderswo.example"])
def test_a_name_in_an_answer_is_no_link(event: Event, name: str) -> None:
    draft = mails.confirmation(
        make_seated(event), answer(make_seated(event), answered_by_name=name)
    )
    assert "anderswo.example" in draft.text
    assert name not in draft.text + draft.html


def test_a_name_in_an_answer_cannot_place_a_link(event: Event) -> None:
    guest = make_seated(event)
    row = answer(guest, answered_by_name="x\n[[answer]] Klick")
    draft = mails.confirmation(guest, row, method="REQUEST")
    has(draft, "Geantwortet hat für Sie: x [ [answer] ] Klick.")


def test_after_the_deadline_changes_go_by_letter() -> None:
    event = make_event(answer_by=timezone.now() - dt.timedelta(days=1))
    guest = make_seated(event)
    draft = mails.confirmation(guest, answer(guest, channel="phone"), method="REQUEST")
    has(draft, "Ändert sich etwas? Bitte schreiben Sie uns.")


def test_a_title_cannot_place_a_link_in_the_calendar_file(event: Event) -> None:
    event.title_de = "Tisch [[answer]]"
    guest = make_seated(event)
    draft = mails.confirmation(guest, answer(guest), method="REQUEST")
    assert "[[" not in draft.calendar
    assert "SUMMARY:Tisch [ [answer] ]" in draft.calendar


def test_a_promotion_is_keyed_by_the_answer_that_waited(event: Event) -> None:
    guest = make_seated(event)
    assert mails.promotion(guest).key == f"events.promotion:{guest.pk}:0"
    for number in (1, 2):
        answer(guest, number)
    draft = mails.promotion(guest)
    assert (draft.key, draft.calendar_method) == (f"events.promotion:{guest.pk}:2", "REQUEST")
    assert draft.subject == "Ein Platz ist frei: Runder Tisch der Bürgermeister"


# Reminders, changes, farewells ---------------------------------------------------------


def rule(event: Event, to: str, anchor: str) -> ReminderRule:
    return ReminderRule.objects.create(event=event, to=to, anchor=anchor, days_before=7)


def test_the_silent_are_reminded_until_the_deadline(event: Event) -> None:
    guest, to_silent = german(event), rule(event, "silent", "deadline")
    draft = mails.reminder(guest, to_silent)
    assert draft.key == f"events.reminder:{guest.pk}:{to_silent.pk}:1"
    assert draft.subject == "Erinnerung: Einladung zum Runden Tisch"
    assert (draft.not_after, draft.priority) == (DEADLINE, Mail.Priority.CAMPAIGN)
    assert draft.campaign == ""
    assert "Bitte antworten Sie bis Mittwoch, 4. März 2037, 18:00 Uhr (Köln, MEZ)" in draft.text


def test_a_reminder_without_a_subject_of_staff_has_the_title(event: Event) -> None:
    event.invitation_subject_en = ""
    draft = mails.reminder(american(event), rule(event, "silent", "deadline"))
    assert draft.subject == "Reminder: Mayors' roundtable"


def test_the_coming_are_reminded_until_the_start(event: Event) -> None:
    guest = make_seated(event, language="en", choice="online")
    draft = mails.reminder(guest, rule(event, "coming", "start"))
    assert (draft.subject, draft.not_after) == ("See you soon: Mayors' roundtable", START)
    assert "Please decline there by" in draft.text


def test_a_change_names_the_old_time_and_the_new(event: Event) -> None:
    guest = make_seated(event, city=make_city("Köln"), calendar_sequence=1)
    held = request(guest)
    event.starts_at += dt.timedelta(days=1)
    event.ends_at += dt.timedelta(days=1)
    draft = mails.change(guest, held=held)
    assert draft.key == f"events.change:{guest.pk}:1"
    assert draft.subject == "Neuer Termin: Runder Tisch der Bürgermeister"
    assert "Bisher war sie für Mittwoch, 18. März 2037, 14:00–16:00 Uhr (Köln, MEZ)" in draft.text
    has(draft, "- Wann: Donnerstag, 19. März 2037, 14:00–16:00 Uhr (Köln, MEZ)")


def test_a_change_of_place_is_no_new_date(event: Event) -> None:
    guest = make_seated(event, language="en")
    draft = mails.change(guest, held=request(guest))
    assert draft.subject == "Changed details: Mayors' roundtable"
    assert mails.change(guest).subject == draft.subject


def test_an_old_file_with_whole_days_is_not_quoted(event: Event) -> None:
    event.date_precision = Event.Precision.DAY
    guest = make_seated(event)
    held = request(guest)
    event.date_precision = Event.Precision.MINUTE
    assert mails.change(guest, held=held).subject.startswith("Geänderte Angaben:")


def test_a_withdrawal_closes_the_link_and_offers_none(event: Event) -> None:
    draft = mails.withdrawn(german(event), method="CANCEL")
    assert draft.subject == "Einladung zurückgezogen: Runder Tisch der Bürgermeister"
    assert (
        "Ihr persönlicher Link gilt damit nicht mehr. Der Eintrag in Ihrem Kalender" in draft.text
    )
    assert "[[" not in draft.text + draft.html


def test_a_cancellation_says_what_had_been_planned(event: Event) -> None:
    guest = american(event)
    draft = mails.cancellation(guest)
    assert (draft.key, draft.calendar) == (f"events.cancellation:{guest.pk}", "")
    has(
        draft,
        "- Planned for: Wednesday, 18 March 2037, 8:00–10:00 am (Nashville, CDT), which is "
        "2:00–4:00 pm (Berlin, CET)",
    )
    assert "[[" not in draft.text


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_mail_says_in_its_last_paragraph_why_it_came(event: Event, language: str) -> None:
    guest = make_seated(event, language=language, reason="Sie erhalten … You receive …")
    row = answer(guest)
    no = Answer(invitation=guest, number=2, choice="no")
    wait = Answer(invitation=guest, number=3, choice="room", seat="waitlisted")
    to_silent, to_coming = rule(event, "silent", "deadline"), rule(event, "coming", "start")
    drafts = [mails.confirmation(guest, one) for one in (row, no, wait)]
    drafts += [mails.reminder(guest, one) for one in (to_silent, to_coming)]
    drafts += [mails.invitation(guest), mails.promotion(guest), mails.change(guest)]
    drafts += [mails.withdrawn(guest), mails.cancellation(guest)]
    opening = {"de": "Sie erhalten", "en": "You receive"}[language]
    for draft in drafts:
        last = draft.text.partition("\n\n-- \n")[0].split("\n\n")[-1]
        assert last.startswith(("Sie erhalten …", opening)), draft.kind
        assert draft.language == language
