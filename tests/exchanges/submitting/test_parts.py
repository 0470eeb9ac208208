"""What a city signs: everything of the application, by piece, and a hash that notices changes."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from exchanges.models import (
    Application,
    ApplicationGoal,
    BudgetLine,
    Host,
    Leg,
    ProgrammeSlot,
    Section,
    Traveller,
)
from exchanges.submitting.parts import canonical, content_of, fingerprint, sha256_of, signed_by
from tests.exchanges.scenes import complete, make_application
from tests.factories import make_department, make_goal, make_position, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    return complete(make_application())


def both(application: Application) -> list[str]:
    """The fingerprints of the two cities."""
    return [fingerprint(application, party) for party in application.parties.all()]


def which_change(application: Application, change: Any) -> list[bool]:
    """Whose fingerprint is another one after the change: the lead's, the partner's."""
    before = both(application)
    change()
    return [old != new for old, new in zip(before, both(application), strict=True)]


def write(application: Application, key: str, party: int | None = None, text: str = "neu") -> None:
    whose = None if party is None else application.parties.all()[party]
    found, _created = Section.objects.get_or_create(application=application, key=key, party=whose)
    found.content = {**found.content, "more": text}
    found.save()


def test_every_piece_is_there_with_who_writes_it(application: Application) -> None:
    lead, partner = application.parties.all()
    assert list(content_of(application)["pieces"]) == [
        "basics",
        "purpose",
        f"need:{lead.pk}",
        f"offer:{partner.pk}",
        f"people:{lead.pk}",
        f"people:{partner.pk}",
        "programme",
        f"budget:{lead.pk}",
        f"journey:{lead.pk}",
        "follow_up",
    ]


def test_a_city_signs_its_own_and_the_joint_pieces(application: Application) -> None:
    _lead, partner = application.parties.all()
    assert signed_by(content_of(application), partner) == [
        "basics",
        "purpose",
        f"offer:{partner.pk}",
        f"people:{partner.pk}",
        "programme",
        "follow_up",
    ]


def test_sums_and_days_are_plain_text(application: Application) -> None:
    lead = application.parties.all()[0]
    pieces = content_of(application)["pieces"]
    assert pieces[f"budget:{lead.pk}"]["lines"][0]["price"] == "900.00"
    assert pieces["basics"]["starts_on"] == application.call.travel_from.isoformat()


def test_the_structure_survives_being_stored(application: Application) -> None:
    content = content_of(application)
    assert sha256_of(json.loads(canonical(content))) == sha256_of(content)


def test_what_is_written_first_does_not_matter() -> None:
    assert canonical({"b": 1, "a": "ä"}) == canonical({"a": "ä", "b": 1}) == '{"a":"ä","b":1}'


@pytest.mark.parametrize(
    ("key", "party", "changes"),
    [
        ("purpose", None, [True, True]),
        ("follow_up", None, [True, True]),
        ("programme", None, [True, True]),
        ("need", 0, [True, False]),
        ("budget", 0, [True, False]),
        ("offer", 1, [False, True]),
        ("people", 1, [False, True]),
    ],
)
def test_a_text_changes_the_fingerprint_of_who_signs_it(
    application: Application, key: str, party: int | None, changes: list[bool]
) -> None:
    assert which_change(application, lambda: write(application, key, party)) == changes


def edits(application: Application) -> dict[str, tuple[Any, list[bool]]]:
    """Edits of rows, with whose fingerprint they change."""
    lead, partner = application.parties.all()
    everybody, ours, theirs = [True, True], [True, False], [False, True]
    row = Application.objects.filter(pk=application.pk)
    its: dict[str, Any] = {"application": application}
    post = make_position(partner.city)
    return {
        "title": (lambda: row.update(title="Anders"), everybody),
        "format": (lambda: row.update(format="virtual"), everybody),
        "dates": (lambda: row.update(ends_on=application.starts_on), everybody),
        "destination": (lambda: row.update(destination=lead.city), everybody),
        "topic": (lambda: application.topics.add(make_topic()), everybody),
        "goal": (lambda: ApplicationGoal.objects.create(goal=make_goal(), **its), everybody),
        "slot": (
            lambda: ProgrammeSlot.objects.create(day=2, half="am", text="Rathaus", **its),
            everybody,
        ),
        "share": (lambda: row.update(own_share=5), ours),
        "line": (lambda: BudgetLine.objects.create(kind="other", price=1, **its), ours),
        "price": (lambda: BudgetLine.objects.update(price="900.01"), ours),
        "leg": (lambda: Leg.objects.update(means="train"), ours),
        "traveller": (lambda: Traveller.objects.create(party=lead, function="x", **its), ours),
        "youth": (lambda: Traveller.objects.filter(party=partner).update(is_youth=True), theirs),
        "post": (lambda: Traveller.objects.filter(party=partner).update(position=post), theirs),
        "host": (lambda: Host.objects.create(party=partner, function="x", **its), theirs),
    }


@pytest.mark.parametrize(
    "name",
    [
        *("title", "format", "dates", "destination", "topic", "goal", "slot", "share", "line"),
        *("price", "leg", "traveller", "youth", "post", "host"),
    ],
)
def test_a_row_changes_the_fingerprint_of_who_signs_it(application: Application, name: str) -> None:
    change, changes = edits(application)[name]
    assert which_change(application, change) == changes


def test_a_post_renamed_elsewhere_makes_no_stamp_invalid(application: Application) -> None:
    """Yet the frozen version says how it was called."""
    traveller = Traveller.objects.filter(party=application.parties.all()[1]).get()

    def rename() -> None:
        traveller.position.title = "Head of Water"
        traveller.position.save()

    assert which_change(application, rename) == [False, False]
    people = content_of(application)["pieces"][f"people:{traveller.party_id}"]
    assert people["travellers"][0]["shown"]["label"]["en"] == "Head of Water"


def test_an_empty_text_is_like_none(application: Application) -> None:
    assert which_change(application, lambda: write(application, "purpose", text="")) == [
        False,
        False,
    ]


def test_names_stand_there_in_both_languages(application: Application) -> None:
    department = make_department(name_de="Tiefbau", name_en="Civil engineering")
    Traveller.objects.update(position=None, department=department)
    lead = application.parties.all()[0]
    [traveller] = content_of(application)["pieces"][f"people:{lead.pk}"]["travellers"]
    named = {"de": "Tiefbau", "en": "Civil engineering"}
    assert traveller["shown"] == {"label": named, "department": named}


def test_a_slot_names_its_host_by_key(application: Application) -> None:
    host = Host.objects.get()
    ProgrammeSlot.objects.create(application=application, day=1, half="pm", text="x", host=host)
    Host.objects.update(function="Sewers")
    slot = content_of(application)["pieces"]["programme"]["slots"][-1]
    assert slot == {"day": 1, "half": "pm", "text": "x", "host": host.pk}


@pytest.mark.parametrize("number", [1, 3])
def test_reading_takes_as_many_queries_whatever_there_is(
    number: int, django_assert_num_queries: Any
) -> None:
    application = complete(make_application())
    its: dict[str, Any] = {"application": application}
    for day in range(2, number + 2):
        party = application.parties.all()[day % 2]
        Traveller.objects.create(party=party, position=make_position(party.city), **its)
        ProgrammeSlot.objects.create(day=day, half="am", text="x", **its)
        BudgetLine.objects.create(kind="other", price=day, **its)
        ApplicationGoal.objects.create(goal=make_goal(day), **its)
    with django_assert_num_queries(10):
        content_of(application)


def test_the_stored_row_counts_not_the_one_in_hand(application: Application) -> None:
    application.title = "Nie gespeichert"
    application.starts_on = dt.date(2000, 1, 1)
    assert content_of(application)["pieces"]["basics"]["title"] == "Schwammstadt lernen"
