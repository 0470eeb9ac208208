"""Two people at one part, two offices at one call: real threads on both databases."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from exchanges.actors import Actor
from exchanges.drafting.operations import save_section, start
from exchanges.drafting.operations.saving import Seen
from exchanges.models import Application, Section
from partnerships.models import Partnership
from tests.events.test_races import at_once
from tests.factories import make_city, make_partner_city, make_partnership, make_user

from ..scenes import as_office, make_application, make_call
from .writing import piece, stored

pytestmark = pytest.mark.django_db(transaction=True)


def save(application: Application, by: Actor, text: str, seen: int = 0) -> str:
    found = piece(application, "follow_up")
    try:
        save_section(piece=found, values={"text": text}, seen=Seen(seen), by=by)
    except ValidationError as refusal:
        return str(refusal.code)
    return text


def test_of_eight_people_at_one_part_one_saves_and_the_others_hear_of_it() -> None:
    application = make_application()
    people = [as_office(application, city=number % 2) for number in range(8)]
    jobs = [lambda n=n, by=by: save(application, by, f"Text {n}") for n, by in enumerate(people)]
    found = at_once(jobs)
    winner = stored(application, "follow_up")["text"]
    assert sorted(found) == sorted([winner] + ["conflict"] * 7)
    assert Section.objects.get().version == 1


def test_without_the_version_the_last_would_win_unseen() -> None:
    """Negative control: who claims to have seen every version overwrites the others."""
    application = make_application()
    people = [as_office(application) for _ in range(4)]
    for number, by in enumerate(people):
        assert save(application, by, f"Text {number}", seen=number) == f"Text {number}"
    assert stored(application, "follow_up")["text"] == "Text 3"


def test_eight_offices_that_start_at_once_get_eight_references() -> None:
    calls = [make_call(), make_call()]
    pairs = [make_partnership(make_city(), make_partner_city(), state="active") for _ in range(8)]
    by = make_user()

    def begin(number: int, partnership: Partnership) -> str:
        city = partnership.parties.all()[0].city
        call = calls[number % 2]
        return start(call=call, partnership=partnership, city=city, self_check={}, by=by).ref

    found = at_once([lambda n=n, p=p: begin(n, p) for n, p in enumerate(pairs)])
    year = sorted(found)[0][:4]
    assert sorted(found) == [f"{year}-{number:03}" for number in range(1, 9)]


def test_both_cities_of_one_partnership_that_start_at_once_share_one_draft() -> None:
    call = make_call()
    hamm, wolfsburg = make_city("Hamm"), make_city("Wolfsburg")
    partnership = make_partnership(hamm, wolfsburg, make_partner_city(), state="active")
    by = make_user()
    values = {"call": call, "partnership": partnership, "self_check": {}, "by": by}
    found = at_once([lambda c=city: start(city=c, **values).ref for city in (hamm, wolfsburg) * 2])
    assert len(set(found)) == 1
    assert Application.objects.count() == 1
