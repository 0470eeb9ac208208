"""What was handed in stays readable, and what changed between two versions is shown by piece."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from exchanges.models import Application, Section, Submission
from exchanges.reviewing.reading import parts
from exchanges.submitting.differences import differences
from exchanges.submitting.parts import content_of
from tests.exchanges.drafting.browsers import by_link, html_of, in_office
from tests.exchanges.scenes import complete, make_application, make_submission
from tests.factories import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    return complete(make_application(state="checking"))


def freeze(application: Application) -> Submission:
    return make_submission(application, content=content_of(application))


def changes(old: Submission, new: Submission) -> dict[str, list[tuple[str, Any, Any]]]:
    return {
        f"{part.label} {part.city}".strip(): [
            (one.label, one.before, one.after) for one in part.changes
        ]
        for part in differences(old, new)
    }


def test_equal_versions_differ_in_nothing(application: Application) -> None:
    assert changes(freeze(application), freeze(application)) == {}


def test_what_differs_stands_in_its_piece_before_and_after(application: Application) -> None:
    first = freeze(application)
    lead = application.parties.all()[0]
    Application.objects.update(title="Hitze in der Stadt", own_share=100)
    Section.objects.filter(key="need").delete()
    assert changes(first, freeze(application)) == {
        "Titel, Termin und Ort": [("Titel", ["Schwammstadt lernen"], ["Hitze in der Stadt"])],
        f"Was wir lernen möchten {lead.city.name}": [("", ["Mulden"], [])],
        f"Kostenplan {lead.city.name}": [
            ("Eigenanteil der Städte", ["0\xa0€"], ["100\xa0€"]),
            ("Beantragt", ["1.800\xa0€"], ["1.700\xa0€"]),
        ],
    }


def test_two_lines_of_one_name_are_two(application: Application) -> None:
    its: Any = {"application": application, "day": 1}
    slots = application.slots.model.objects
    slots.create(half="pm", text="Rathaus", **its)
    first = freeze(application)
    application.slots.filter(half="pm").update(text="Museum")
    found = changes(first, freeze(application))
    assert [(before, after) for _label, before, after in found["Programm nach Halbtagen"]] == [
        (["Rathaus"], ["Museum"])
    ]


def test_an_emptied_content_is_no_error(application: Application) -> None:
    """After five years only numbers and hashes are left."""
    assert changes(make_submission(application), make_submission(application)) == {}


def test_both_cities_read_all_versions(application: Application) -> None:
    freeze(application)
    Application.objects.update(title="Hitze in der Stadt")
    freeze(application)
    for client, case in (in_office(application, "reader"), by_link(application.parties.all()[1])):
        html = html_of(client.get(f"{case}versions/"))
        assert f'href="{case}versions/1/"' in html
        second = html_of(client.get(f"{case}versions/2/"))
        assert "<del>Schwammstadt lernen</del>" in second
        assert "<ins>Hitze in der Stadt</ins>" in second
        assert "<del>" not in html_of(client.get(f"{case}versions/1/"))


def test_a_version_that_is_not_there_is_not_found(application: Application) -> None:
    client, case = in_office(application)
    assert client.get(f"{case}versions/1/").status_code == 404
    assert client.get(f"{case}versions/99999999999999999999/").status_code == 404


def test_staff_read_versions(application: Application, client: Any) -> None:
    freeze(application)
    client.force_login(make_staff())
    html = html_of(client.get(f"/staff/exchanges/{application.ref}/versions/1/"))
    assert "Schwammstadt lernen" in html


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number(
    application: Application, number: int, django_assert_num_queries: Any
) -> None:
    for _time in range(number):
        freeze(application)
    client, case = in_office(application)
    client.get(f"{case}versions/")
    with django_assert_num_queries(5):
        html_of(client.get(f"{case}versions/"))


@pytest.mark.parametrize(("persons", "words"), [(1, "1 person"), (2, "2 persons")])
def test_one_person_is_no_persons(persons: int, words: str) -> None:
    leg = {"means": "train", "persons": persons, "shown": {}}
    pieces = {"journey": {"part": "journey", "party": None, "legs": [leg]}}
    with translation.override("en"):
        (part,) = parts(Submission(content={"pieces": pieces}))
        assert part.lines[0][1] == [f"train, {words}"]
