"""Who decides what in which country, read from the tables that drive salutations and rights."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from ..folding import sort_key
from ..models import HOME_COUNTRY, Department, Duty, Office
from ..regions import country_name
from .kinds import explained

#: Countries whose offices are shown by their German title first; all others by the English one.
GERMAN_SPEAKING = frozenset({"DE", "AT", "CH", "LI"})


class Name(NamedTuple):
    """A title as it stands on the door, its language, and what readers need to know besides."""

    anchor: str
    original: str
    language: str
    translated: str


class OfficeLine(NamedTuple):
    """An office in its country's table; ``salutations`` are (language, line without a name)."""

    name: Name
    note: str
    duties: list[str]
    decides: str
    speaks: str
    salutations: list[tuple[str, str]]
    is_checked: bool


class Country(NamedTuple):
    code: str
    name: str
    offices: list[OfficeLine]


class DutyLine(NamedTuple):
    """A duty with the offices that have it, for each country in turn."""

    name: str
    explanation: str
    offices: list[list[Name]]


class SameWord(NamedTuple):
    """Offices of several countries that English calls alike, with what each of them does."""

    word: str
    offices: list[tuple[str, Name, list[str]]]


class DepartmentLine(NamedTuple):
    """A department; ``abroad`` has (usual names, what is different) for each country in turn."""

    anchor: str
    original: str
    translated: str
    decides: str
    abroad: list[tuple[str, str]]
    is_checked: bool


def context() -> dict[str, Any]:
    """Everything the glossary shows, in five queries."""
    offices = list(Office.objects.prefetch_related("duties"))
    departments = list(Department.objects.prefetch_related("abroad"))
    codes = _home_first({office.country.code for office in offices})
    abroad = _home_first({a.country.code for d in departments for a in d.abroad.all()})
    return {
        "countries": [_country(code, offices) for code in codes],
        "duties": [_duty(duty, codes, offices) for duty in Duty.objects.all()],
        "same_words": same_words(offices),
        "departments": sorted(
            (_department(one, abroad) for one in departments),
            key=lambda line: sort_key(line.original),
        ),
        "department_countries": [country_name(code) for code in abroad],
        "kinds": explained(),
        "kind_countries": [country_name(code) for code in ("US", "GB")],
        "all_checked": all(one.is_checked for one in (*offices, *departments)),
        "breadcrumb": [(_("Who decides what"), "")],
    }


def same_words(offices: Iterable[Office]) -> list[SameWord]:
    """English titles that stand for offices with other duties in another country."""
    by_word: dict[str, list[Office]] = defaultdict(list)
    for office in offices:
        by_word[office.title_en].append(office)
    return [
        SameWord(word, [(country_name(o.country.code), _name(o), _duties(o)) for o in same])
        for word, same in sorted(by_word.items())
        if len({office.country.code for office in same}) > 1
        and len({frozenset(_duties(office)) for office in same}) > 1
    ]


def _home_first(codes: set[str]) -> list[str]:
    return sorted(codes, key=lambda code: (code != HOME_COUNTRY, country_name(code)))


def _country(code: str, offices: list[Office]) -> Country:
    own = [_office(office) for office in offices if office.country.code == code]
    return Country(code, country_name(code), own)


def _office(office: Office) -> OfficeLine:
    patterns = (("de", office.salutation_de), ("en", office.salutation_en))
    return OfficeLine(
        name=_name(office),
        note=office.note,
        duties=_duties(office),
        decides=office.decides,
        speaks=str(Office.MaySpeak(office.may_speak).label),
        salutations=[(code, text.replace("{name}", "…")) for code, text in patterns if text],
        is_checked=office.is_checked,
    )


def _duties(office: Office) -> list[str]:
    return [duty.name for duty in office.duties.all()]


def _name(office: Office) -> Name:
    language = "de" if office.country.code in GERMAN_SPEAKING else "en"
    original = office.title_de if language == "de" else office.title_en
    return Name(f"office-{office.slug}", original, language, _besides(office.title, original))


def _besides(title: str, original: str) -> str:
    """What the reader's title adds: ``repräsentativ`` to *Lord Mayor*, else all of it."""
    if title == original:
        return ""
    if title.startswith(f"{original} (") and title.endswith(")"):
        return title[len(original) + 2 : -1]
    return title


def _duty(duty: Duty, codes: list[str], offices: list[Office]) -> DutyLine:
    having = [office for office in offices if duty in office.duties.all()]
    names = [[_name(office) for office in having if office.country.code == c] for c in codes]
    return DutyLine(duty.name, duty.explanation, names)


def _department(department: Department, codes: list[str]) -> DepartmentLine:
    elsewhere = {a.country.code: (a.name, a.note) for a in department.abroad.all()}
    return DepartmentLine(
        anchor=f"department-{department.slug}",
        original=department.name_de,
        translated=department.name if department.name != department.name_de else "",
        decides=department.decides,
        abroad=[elsewhere.get(code, ("", "")) for code in codes],
        is_checked=department.is_checked,
    )
