"""Settling rows that were not clear: the city is named, taken as new, or the row is dropped."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from partnerships.importing import operations
from partnerships.models import City, ImportRow, Partnership
from tests.factories import make_staff

from .files import row
from .stored import bring, make_places

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> User:
    return make_staff()


@pytest.fixture
def task() -> ImportRow:
    make_places()
    return bring(row(), row(partner_city="Kansas City")).rows.get(task="open")


def chosen(slug: str = "kansas-city-missouri") -> tuple[City, City]:
    return City.objects.get(slug="koeln"), City.objects.get(slug=slug)


def test_a_person_names_the_city(task: ImportRow, staff: User) -> None:
    operations.solve(row=task, cities=chosen(), kind="friendship", year=1999, by=staff)
    task.refresh_from_db()
    made = task.partnership
    assert (made.slug, made.kind, made.year_established, made.source) == (
        *("koeln-kansas-city-missouri", "friendship", 1999, "Verband 2023"),
    )
    assert (task.task, task.solved_by, task.made_it) == ("solved", staff, True)
    assert ImportRow.objects.open_tasks().count() == 0


def test_a_person_takes_a_place_as_a_new_city(task: ImportRow, staff: User) -> None:
    new = City(name_de="Atlantis", name_en="Atlantis", country="US", region="Ohio", time_zone="UTC")
    operations.solve(row=task, cities=(chosen()[0], new), kind="contact", year=None, by=staff)
    city = City.objects.get(name_de="Atlantis")
    assert (city.slug, list(task.of.new_cities.all())) == ("atlantis", [city])
    operations.undo(done=task.of, by=staff)
    assert not City.objects.filter(name_de="Atlantis").exists()


def test_a_new_city_that_exists_by_now_is_taken(task: ImportRow, staff: User) -> None:
    same = City(name_de="Kansas City", country="US", region="Kansas", time_zone="UTC")
    operations.solve(row=task, cities=(chosen()[0], same), kind="contact", year=None, by=staff)
    assert City.objects.filter(name_de="Kansas City").count() == 2


def test_naming_cities_that_are_linked_makes_no_twin(task: ImportRow, staff: User) -> None:
    cities = chosen("indianapolis")
    operations.solve(row=task, cities=cities, kind="contact", year=None, by=staff)
    task.refresh_from_db()
    assert (Partnership.objects.count(), task.made_it, task.task) == (1, False, "solved")


def test_a_city_with_itself_is_refused(task: ImportRow, staff: User) -> None:
    cologne = chosen()[0]
    with pytest.raises(ValidationError) as refusal:
        operations.solve(row=task, cities=(cologne, cologne), kind="contact", year=None, by=staff)
    assert refusal.value.code == "same_city"


def test_a_row_is_settled_once(task: ImportRow, staff: User) -> None:
    operations.discard_task(row=task, by=staff)
    task.refresh_from_db()
    assert (task.task, task.solved_by) == ("discarded", staff)
    with pytest.raises(ValidationError) as refusal:
        operations.solve(row=task, cities=chosen(), kind="contact", year=None, by=staff)
    assert refusal.value.code == "settled"
    with pytest.raises(ValidationError):
        operations.discard_task(row=task, by=staff)


def test_the_same_row_in_a_later_file_is_no_second_task(task: ImportRow, staff: User) -> None:
    operations.discard_task(row=task, by=staff)
    kansas_city = row(german_city="KÖLN", partner_city="kansas city", year_established="1990")
    later = bring(row(partner_city="Springfield"), kansas_city, kansas_city).rows.filter(number=2)
    assert [(one.task, one.why[-1]) for one in later] == [
        (
            "",
            "Diese Zeile hat das SKEW-Team schon einmal bekommen; eine zweite Aufgabe entsteht "
            "nicht.",
        )
    ]


def test_the_same_row_twice_in_one_file_is_one_task() -> None:
    make_places()
    kansas_city = row(partner_city="Kansas City")
    assert [one.task for one in bring(kansas_city, kansas_city).rows.all()] == ["open", ""]
