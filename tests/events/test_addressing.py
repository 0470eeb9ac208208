from __future__ import annotations

import pytest

from events.addressing import function_of, neutral_salutation, salutation_of, why_invited
from partnerships.models import (
    City,
    Department,
    Holder,
    Office,
    Organisation,
    Partnership,
    Position,
)

OB = "Oberbürgermeisterin / Oberbürgermeister"


def post(title: str = OB, *, salutation: str = "", language: str = "de", **more: str) -> Position:
    """A position with an office, unsaved."""
    office = Office(
        pk=1,
        title_de=title,
        title_en="Lord Mayor",
        salutation_de=salutation,
        salutation_en=salutation,
    )
    city = City(pk=1, name_de="Köln", name_en="Cologne")
    return Position(office=office, city=city, language=language, **more)


def person(salutation: str = "", name: str = "Erika Beispiel") -> Holder:
    return Holder(name=name, salutation=salutation)


@pytest.mark.parametrize(
    ("salutation", "function"),
    [
        ("Sehr geehrte Frau Oberbürgermeisterin Beispiel,", "Oberbürgermeisterin"),
        ("Sehr geehrter Herr Oberbürgermeister Beispiel,", "Oberbürgermeister"),
        ("Liebe Kollegin Beispiel,", OB),
        ("", OB),
    ],
)
def test_the_holders_salutation_decides_between_two_forms(salutation: str, function: str) -> None:
    assert function_of(post(), person(salutation)) == function


def test_without_a_holder_both_forms_stay() -> None:
    assert function_of(post(), None) == OB


@pytest.mark.parametrize("title", ["Referentin / Referent für Internationales", "City Manager"])
def test_titles_that_are_no_plain_pair_stay_whole(title: str) -> None:
    assert function_of(post(title), person("Sehr geehrte Frau Beispiel,")) == title


def test_a_function_is_named_in_the_positions_language() -> None:
    assert function_of(post(language="en"), None) == "Lord Mayor"


def test_the_holders_own_line_goes_before_the_pattern() -> None:
    pattern = "Sehr geehrte Frau {name},"
    assert salutation_of(post(salutation=pattern), person("Liebe Erika,")) == "Liebe Erika,"


def test_the_pattern_gets_the_name() -> None:
    mayor = post(salutation="Dear Lord Mayor {name},", language="en")
    assert salutation_of(mayor, person(name="Jo Sample")) == "Dear Lord Mayor Jo Sample,"


@pytest.mark.parametrize("name", ["{0}", "{name.__class__}", "%s", "{name}"])
def test_only_the_placeholder_of_the_pattern_is_replaced(name: str) -> None:
    mayor = post(salutation="Dear {name} {email} %s,", language="en")
    assert salutation_of(mayor, person(name=name)) == f"Dear {name} {{email}} %s,"


def test_a_pattern_without_a_name_needs_no_holder() -> None:
    assert salutation_of(post(salutation="Dear Lord Mayor,", language="en"), None) == (
        "Dear Lord Mayor,"
    )


def test_a_pattern_that_lacks_its_name_is_not_used() -> None:
    mayor = post(salutation="Dear {name},", language="en")
    assert salutation_of(mayor, None) == "Dear colleagues,"


def test_a_pattern_is_cut_to_what_an_invitation_holds() -> None:
    assert len(salutation_of(post(salutation="{name}"), person(name="E" * 400))) == 250


def test_without_an_office_the_salutation_is_neutral() -> None:
    assert salutation_of(Position(language="de"), person()) == "Guten Tag Erika Beispiel,"
    assert salutation_of(Position(language="en"), None) == "Dear colleagues,"


@pytest.mark.parametrize(
    ("name", "language", "line"),
    [
        ("Erika Beispiel", "de", "Guten Tag Erika Beispiel,"),
        ("Erika Beispiel", "en", "Dear Erika Beispiel,"),
        ("", "de", "Sehr geehrte Damen und Herren,"),
        ("", "en", "Dear colleagues,"),
    ],
)
def test_neutral_salutations(name: str, language: str, line: str) -> None:
    assert neutral_salutation(name, language) == line


def test_why_names_office_and_city() -> None:
    assert why_invited(post(), "Oberbürgermeisterin", None, "de") == (
        "Sie erhalten diese Einladung, weil Sie als Oberbürgermeisterin der Stadt Köln "
        "eingetragen sind."
    )


def test_why_names_the_partnership_that_is_invited() -> None:
    partnership = Partnership(title_de="Köln – Leeds", title_en="Cologne – Leeds")
    assert why_invited(post(), "Lord Mayor", partnership, "en") == (
        "You receive this invitation because you are listed as Lord Mayor of the city of Cologne "
        "and the partnership Cologne – Leeds is invited."
    )


def test_why_leaves_out_a_partnership_too_long_for_the_field() -> None:
    partnership = Partnership(title_de="Ort – " * 60)
    assert why_invited(post(), "Oberbürgermeisterin", partnership, "de").endswith(
        "der Stadt Köln eingetragen sind."
    )


def test_why_for_people_of_a_department_and_of_an_organisation() -> None:
    in_city = Position(
        city=City(pk=1, name_de="Köln"), department=Department(name_de="Umweltamt"), language="de"
    )
    elsewhere = Position(organisation=Organisation(name_de="RGRE"), language="de")
    assert why_invited(in_city, "Umweltamt", None, "de") == (
        "Sie erhalten diese Einladung, weil Sie bei der Stadt Köln eingetragen sind (Umweltamt)."
    )
    assert why_invited(elsewhere, "Referat", None, "de") == (
        "Sie erhalten diese Einladung, weil Sie bei RGRE eingetragen sind (Referat)."
    )


def test_why_for_a_stranger() -> None:
    assert why_invited(None, "", None, "de") == (
        "Sie erhalten diese Einladung, "
        "weil das Organisationsteam Sie auf die Gästeliste gesetzt hat."
    )
