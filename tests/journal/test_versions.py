"""Edits do not overwrite each other, in any form."""

from __future__ import annotations

import pytest

from journal.languages import BothLanguagesForm
from journal.versions import VersionedForm
from partnerships.models import City, Department
from tests.factories import make_city

pytestmark = pytest.mark.django_db


class CityForm(VersionedForm):
    class Meta:
        model = City
        fields = ["other_names", "population"]


class DepartmentForm(BothLanguagesForm):
    class Meta:
        model = Department
        fields = ["name_de", "name_en", "slug"]


def test_every_save_raises_the_version() -> None:
    city = make_city()
    city.save()
    city.save(update_fields=["population"])
    city.refresh_from_db()
    assert city.version == 3


def test_the_form_carries_the_version_it_showed() -> None:
    city = make_city()
    assert CityForm(instance=city)["seen_version"].value() == 1
    assert CityForm()["seen_version"].value() is None


def test_an_unchanged_row_is_saved() -> None:
    form = CityForm({"population": "5", "seen_version": "1"}, instance=make_city())
    assert form.is_valid()


def test_a_conflict_shows_the_stored_value_and_keeps_what_was_typed() -> None:
    city = make_city()
    City.objects.get().save()
    City.objects.filter(pk=city.pk).update(population=7)
    form = CityForm({"population": "5", "seen_version": "1"}, instance=city)
    assert not form.is_valid()
    assert form.errors.as_data()["__all__"][0].code == "conflict"
    assert form.errors["population"][0].endswith(": 7")
    assert (form["population"].value(), form["seen_version"].value()) == ("5", "2")


def test_saving_again_after_a_conflict_is_a_decision() -> None:
    city = make_city()
    city.save()
    form = CityForm({"population": "5", "seen_version": "1"}, instance=City.objects.get())
    assert not form.is_valid()
    again = CityForm(form.data, instance=City.objects.get())
    assert again.is_valid()


def test_a_row_that_is_gone_makes_no_conflict() -> None:
    city = make_city()
    City.objects.all().delete()
    assert CityForm({"seen_version": "1"}, instance=city).is_valid()


@pytest.mark.parametrize(
    ("de", "en", "missing"),
    [("Amt", "Office", []), ("", "", []), ("Amt", " ", ["name_en"]), ("", "Office", ["name_de"])],
)
def test_texts_come_in_both_languages_or_in_none(de: str, en: str, missing: list[str]) -> None:
    form = DepartmentForm({"name_de": de, "name_en": en, "slug": "amt"})
    for name in ("name_de", "name_en"):
        form.fields[name].required = False
    form.full_clean()
    assert sorted(n for n in form.errors if form.errors.as_data()[n][0].code == "language") == (
        missing
    )


def test_a_field_that_is_wrong_anyway_is_not_complained_about_twice() -> None:
    form = DepartmentForm({"name_de": "x" * 500, "name_en": "Office", "slug": "amt"})
    assert not form.is_valid()
    assert len(form.errors["name_de"]) == 1
