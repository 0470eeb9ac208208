"""Who decides what: the glossary reads the tables that drive salutations and rights."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from partnerships.finding import glossary
from partnerships.models import Department, DepartmentAbroad, Duty, Office
from tests.factories import make_department, make_office
from ude_portal.reference.catalogues import load_catalogues

pytestmark = pytest.mark.django_db


def make_duty(slug: str, name_de: str, name_en: str, *offices: Office, rank: int = 10) -> Duty:
    duty = Duty.objects.create(slug=slug, name_de=name_de, name_en=name_en, rank=rank)
    duty.offices.set(offices)
    return duty


@pytest.fixture
def lord_mayors() -> None:
    """The German one leads and represents, the British one represents."""
    german = make_office("ob", title_de="Oberbürgermeister", decides_de="Laufende Geschäfte")
    british = make_office(
        "lm",
        country="GB",
        title_de="Lord Mayor (repräsentativ)",
        title_en="Lord Mayor",
        may_speak="staff decide",
        salutation_en="Dear Lord Mayor {name},",
        is_checked=True,
    )
    make_duty("leads", "Führt", "Leads", german, rank=1)
    make_duty("represents", "Repräsentiert", "Represents", german, british, rank=2)


def test_offices_stand_side_by_side_by_duty_home_first(lord_mayors: None) -> None:
    context = glossary.context()
    assert [country.code for country in context["countries"]] == ["DE", "GB"]
    assert [
        (line.name, [[name.anchor for name in names] for names in line.offices])
        for line in context["duties"]
    ] == [
        ("Führt", [["office-ob"], []]),
        ("Repräsentiert", [["office-ob"], ["office-lm"]]),
    ]


def test_a_title_stands_as_on_the_door_with_what_readers_need_besides(lord_mayors: None) -> None:
    def names() -> list[tuple[str, str, str]]:
        lines = [line for country in glossary.context()["countries"] for line in country.offices]
        return [(one.name.original, one.name.language, one.name.translated) for one in lines]

    assert names() == [("Oberbürgermeister", "de", ""), ("Lord Mayor", "en", "repräsentativ")]
    with translation.override("en"):
        assert names() == [("Oberbürgermeister", "de", "Lord Mayor"), ("Lord Mayor", "en", "")]


@pytest.mark.parametrize(
    ("english", "german", "translated"),
    [
        ("City Manager", "City Managerin / City Manager", "City Managerin / City Manager"),
        ("Civic Mayor", "Mayor (repräsentativ)", "Mayor (repräsentativ)"),
        ("Lord Mayor", "Lord Mayor (repräsentativ)", "repräsentativ"),
        ("County Judge", "County Judge", ""),
    ],
)
def test_only_a_whole_title_is_left_out_of_its_translation(
    english: str, german: str, translated: str
) -> None:
    office = make_office(country="GB", title_en=english, title_de=german)
    with translation.override("de"):
        assert glossary._name(office).translated == translated


def test_rights_and_salutations_are_those_of_the_office(lord_mayors: None) -> None:
    office = glossary.context()["countries"][1].offices[0]
    assert (office.speaks, office.salutations, office.is_checked) == (
        "das SKEW-Team entscheidet",
        [("en", "Dear Lord Mayor …,")],
        True,
    )
    Office.objects.filter(slug="lm").update(may_speak="no")
    assert glossary.context()["countries"][1].offices[0].speaks == "hört zu"


def test_one_word_for_two_powers_is_pointed_out(lord_mayors: None) -> None:
    (same,) = glossary.context()["same_words"]
    assert (same.word, [(country, duties) for country, _name, duties in same.offices]) == (
        "Lord Mayor",
        [
            ("Deutschland", ["Führt", "Repräsentiert"]),
            ("Vereinigtes Königreich", ["Repräsentiert"]),
        ],
    )
    Duty.objects.get(slug="leads").delete()
    assert glossary.context()["same_words"] == []


def test_departments_have_their_names_abroad() -> None:
    health = make_department("health", name_de="Gesundheitsamt", name_en="Public Health Office")
    make_department("arts", name_de="Ämter für Kunst", name_en="Arts", is_checked=True)
    DepartmentAbroad.objects.create(
        department=health, country="US", name="County Health", note_de="Oft das County"
    )
    context = glossary.context()
    assert context["department_countries"] == ["USA"]
    assert [(line.original, line.abroad) for line in context["departments"]] == [
        ("Ämter für Kunst", [("", "")]),
        ("Gesundheitsamt", [("County Health", "Oft das County")]),
    ]
    assert context["all_checked"] is False
    Department.objects.update(is_checked=True)
    assert glossary.context()["all_checked"] is True


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/glossary/", ("Wer entscheidet was", "Beigeordnete", "nicht geprüft", "sister city")),
        ("/en/glossary/", ("Who decides what", "Beigeordnete", "not checked", "twin town")),
    ],
)
def test_the_page_shows_offices_departments_and_kinds(
    client: Client, path: str, shown: tuple[str, ...]
) -> None:
    load_catalogues()
    page = client.get(path).content.decode()
    assert [words for words in shown if words not in page] == []
    assert 'id="office-lord-mayor"' in page
    assert 'id="department-health"' in page
    assert 'id="kind-friendship"' in page


def test_the_shipped_offices_all_have_a_duty_and_say_what_they_decide() -> None:
    load_catalogues()
    assert list(Office.objects.filter(duties=None)) == []
    assert list(Office.objects.filter(decides_de="") | Office.objects.filter(decides_en="")) == []
    assert Department.objects.filter(abroad__country__in=["US", "GB"]).count() == 48


def test_loading_twice_leaves_duties_that_staff_changed() -> None:
    load_catalogues()
    office = Office.objects.get(slug="lord-mayor")
    office.duties.set([Duty.objects.get(slug="heads-office")])
    load_catalogues()
    assert [duty.slug for duty in office.duties.all()] == ["heads-office"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_glossary_takes_five_queries(
    client: Client, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        office = make_office(f"office-{number}", country=("DE", "US", "GB")[number])
        make_duty(f"duty-{number}", "Aufgabe", "Duty", office)
        DepartmentAbroad.objects.create(department=make_department(), country="US", name="Parks")
    with django_assert_num_queries(5):
        assert client.get("/glossary/").status_code == 200


def test_the_footer_leads_to_the_glossary(client: Client) -> None:
    assert '<a href="/en/glossary/">Who decides what</a>' in client.get("/en/").content.decode()


@pytest.mark.parametrize(
    ("german", "english", "besides"),
    [
        ("Lord Mayor (repräsentativ)", "Lord Mayor", "repräsentativ"),
        ("Mayor (repräsentativ)", "Civic Mayor", "Mayor (repräsentativ)"),
        ("City Managerin / City Manager", "City Manager", "City Managerin / City Manager"),
        ("Cabinet Member", "Cabinet Member", ""),
    ],
)
def test_a_title_abroad_is_explained_in_whole_words(
    german: str, english: str, besides: str
) -> None:
    make_office(country="GB", title_de=german, title_en=english)
    (line,) = glossary.context()["countries"][-1].offices
    assert (line.name.original, line.name.translated) == (english, besides)
