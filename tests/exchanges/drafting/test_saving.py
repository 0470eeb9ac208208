"""Saving a part: who may, what becomes of it, what the other city hears."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from exchanges import actors
from exchanges.drafting.contents import CONTENTS, Progress
from exchanges.drafting.operations import save_section
from exchanges.drafting.operations.saving import Seen
from exchanges.models import Application, Host, InformationRequest, Section, SignOff
from exchanges.submitting.parts import content_of, fingerprint_in
from journal.models import Entry
from tests.factories import make_department, make_goal, make_position, make_topic

from ..scenes import as_office, as_staff, make_application, make_link, make_sign_off
from .writing import piece, stored, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    return make_application()


def parties(application: Application) -> list[Any]:
    return list(application.parties.all())


def test_a_save_is_signed_with_name_city_and_time(application: Application) -> None:
    martha = as_office(application, city=1)
    assert martha.user is not None
    section = write(application, "follow_up", martha, text="Ein Bericht")
    saved = Section.objects.get()
    assert (saved.pk, saved.version, saved.saved_by) == (section.pk, 1, martha.user)
    assert saved.saved_city == parties(application)[1].city
    assert saved.saved_at is not None
    assert stored(application, "follow_up") == {"text": "Ein Bericht"}


def test_by_link_the_name_of_the_link_signs(application: Application) -> None:
    partner = parties(application)[1]
    actor = actors.of_link(make_link(partner, name="Martha"))
    saved = write(application, "offer", actor, party=partner, text="River Walk")
    assert (saved.saved_name, saved.saved_by, saved.saved_city) == ("Martha", None, partner.city)
    entry = Entry.objects.about(application).get()
    assert (entry.verb, entry.actor) == ("exchanges.wrote_offer", "guest")


def test_saving_the_same_again_changes_nothing(application: Application) -> None:
    by = as_office(application)
    write(application, "follow_up", by, text="Gleich")
    write(application, "follow_up", by, text="Gleich", seen=0)
    assert Section.objects.get().version == 1
    assert Entry.objects.about(application).count() == 1


def test_who_saw_an_older_version_is_refused_and_nothing_is_written(
    application: Application,
) -> None:
    write(application, "follow_up", as_office(application), text="Erst")
    with pytest.raises(ValidationError) as refused:
        write(application, "follow_up", as_office(application, city=1), seen=0, text="Zweit")
    assert refused.value.code == "conflict"
    assert stored(application, "follow_up") == {"text": "Erst"}


def test_a_page_that_saved_last_may_go_on_while_its_save_was_under_way(
    application: Application,
) -> None:
    by = as_office(application)
    write(application, "follow_up", by, seen=0, page="a1", text="Ein")
    write(application, "follow_up", by, seen=0, page="a1", text="Ein Bericht")
    with pytest.raises(ValidationError):
        write(application, "follow_up", by, seen=0, page="b2", text="Fremd")
    with pytest.raises(ValidationError):
        write(application, "follow_up", by, seen=0, page="", text="Fremd")
    assert stored(application, "follow_up") == {"text": "Ein Bericht"}


def test_one_sitting_is_one_line_of_the_history(application: Application) -> None:
    by, at = as_office(application), timezone.now()
    for minutes, text in [(0, "a"), (10, "ab"), (35, "abc"), (70, "abcd")]:
        found = piece(application, "follow_up")
        save_section(
            piece=found,
            values={"text": text},
            seen=Seen(found.version),
            by=by,
            at=at + dt.timedelta(minutes=minutes),
        )
    assert Entry.objects.about(application).count() == 2


@pytest.mark.parametrize(
    ("role", "city", "state", "code"),
    [
        ("reader", 0, "draft", "not_yours"),
        ("signatory", 0, "draft", "not_yours"),
        ("editor", 1, "draft", "not_yours"),
        ("editor", 0, "checking", "not_now"),
        ("editor", 0, "approved", "not_now"),
        ("editor", 0, "information", "not_open"),
    ],
)
def test_who_may_not_write_now_changes_nothing(role: str, city: int, state: str, code: str) -> None:
    application = make_application(state=state)
    lead = parties(application)[0]
    with pytest.raises(ValidationError) as refused:
        write(application, "need", as_office(application, role, city=city), party=lead, text="x")
    assert refused.value.code == code
    assert not Section.objects.exists()


def test_staff_do_not_write(application: Application) -> None:
    with pytest.raises(ValidationError) as refused:
        write(application, "follow_up", as_staff(), text="x")
    assert refused.value.code == "not_yours"


@pytest.mark.parametrize("named", ["need", "need:{}"])
def test_a_question_opens_exactly_the_parts_it_names(named: str) -> None:
    application = make_application(state="information")
    lead, by = parties(application)[0], as_office(application)
    InformationRequest.objects.create(
        application=application,
        sections=[named.format(lead.pk)],
        message="?",
        due_on=timezone.localdate(),
        returns_to="checking",
    )
    write(application, "need", by, party=lead, text="Genauer")
    with pytest.raises(ValidationError) as refused:
        write(application, "people", by, party=lead, travellers__0__function="x")
    assert refused.value.code == "not_open"


def test_an_answered_question_opens_nothing() -> None:
    application = make_application(state="information")
    InformationRequest.objects.create(
        application=application,
        sections=["follow_up"],
        message="?",
        due_on=timezone.localdate(),
        returns_to="checking",
        answered_at=timezone.now(),
    )
    with pytest.raises(ValidationError) as refused:
        write(application, "follow_up", as_office(application), text="x")
    assert refused.value.code == "not_open"


def test_a_change_cancels_only_the_stamp_of_the_city_whose_part_it_is(
    application: Application,
) -> None:
    lead, partner = parties(application)
    for party in (lead, partner):
        signed = fingerprint_in(content_of(application), party)
        make_sign_off(party, fingerprint=signed)
    write(application, "need", as_office(application), party=lead, text="Regen")
    standing = SignOff.objects.standing()
    assert [stamp.party for stamp in standing] == [partner]
    assert SignOff.objects.get(party=lead).cancelled_because == "Text"
    write(application, "basics", as_office(application), title="Neu", starts_on=None)
    assert not standing.all().exists()


# What each part keeps --------------------------------------------------------------------


def test_basics_are_columns_of_the_application(application: Application) -> None:
    partner = parties(application)[1]
    first = application.call.travel_from
    said = {
        "title": "Regen",
        "format": "virtual",
        "destination": partner.city_id,
        "starts_on": first,
        "ends_on": first,
    }
    write(application, "basics", as_office(application), **said)
    application.refresh_from_db()
    assert (application.title, application.is_virtual, application.days) == ("Regen", True, 1)
    assert application.destination == partner.city
    assert application.version == 2


def test_purpose_keeps_topics_and_goals(application: Application) -> None:
    topic, goal = make_topic(), make_goal(11)
    said = {"aim": "Wissen", "topics": [topic.pk], "goals__0__goal": goal.pk}
    write(application, "purpose", as_office(application), **said, goals__0__why="Darum")
    write(application, "purpose", as_office(application), **said, goals__0__why="Besser")
    assert [(one.goal, one.why) for one in application.goals.all()] == [(goal, "Besser")]
    assert list(application.topics.all()) == [topic]


def test_people_change_in_place_and_half_days_keep_their_host(application: Application) -> None:
    by, (_lead, partner) = as_office(application, city=1), parties(application)
    water = make_department("water")
    write(
        application,
        "people",
        by,
        party=partner,
        hosts__0__function="Wasser",
        hosts__2__function="Rat",
    )
    host = Host.objects.get(function="Wasser")
    write(application, "programme", by, slot__1__am__text="Klärwerk", slot__1__am__host=host.pk)
    write(application, "people", by, party=partner, hosts__0__department=water.pk)
    assert [(one.pk, one.department) for one in Host.objects.all()] == [(host.pk, water)]
    slot = application.slots.get()
    assert (slot.text, slot.host) == ("Klärwerk", host)


def test_two_posts_change_places(application: Application) -> None:
    by, lead = as_office(application), parties(application)[0]
    one, two = make_position(lead.city), make_position(lead.city)
    names = ("travellers__0__position", "travellers__1__position")
    for order in ((one, two), (two, one)):
        said = dict(zip(names, (post.pk for post in order), strict=True))
        write(application, "people", by, party=lead, **said)
        found = application.travellers.order_by("order")
        assert [traveller.position for traveller in found] == list(order)


def test_the_programme_drops_what_was_emptied(application: Application) -> None:
    by = as_office(application)
    write(application, "programme", by, slot__1__am__text="a", slot__2__pm__text="b")
    write(application, "programme", by, slot__1__am__text="", slot__2__pm__text="b")
    assert [(slot.day, slot.half) for slot in application.slots.all()] == [(2, "pm")]


def test_progress_of_a_part(application: Application) -> None:
    def progress() -> Progress:
        return CONTENTS["basics"].progress(piece(application, "basics"))

    Application.objects.update(title="")
    assert progress() is Progress.EMPTY
    write(application, "basics", as_office(application), title="Regen")
    assert progress() is Progress.BEGUN
    day, city = application.call.travel_from, parties(application)[1].city_id
    said = {"title": "Regen", "starts_on": day, "ends_on": day, "destination": city}
    write(application, "basics", as_office(application), **said)
    assert progress() is Progress.FILLED
