"""The rules of a call: each passes, fails with a reason, or is for the staff."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import translation

from exchanges.models import (
    Application,
    BudgetLine,
    Call,
    Host,
    ProgrammeSlot,
    Section,
    SignOff,
    Traveller,
)
from exchanges.submitting import rules
from exchanges.submitting.rules import Result
from tests.exchanges.scenes import complete, make_application, make_call, stamped
from tests.factories import make_city, make_partner_city, make_position

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    return stamped(complete(make_application()))


def results(application: Application) -> dict[str, Result]:
    found = Application.objects.select_related("call", "destination").get(pk=application.pk)
    return {one.rule.name: one for one in rules.check(found)}


def failing(application: Application) -> list[str]:
    return [name for name, one in results(application).items() if one.passed is False]


def test_a_complete_application_passes_every_rule(application: Application) -> None:
    assert {one.passed for one in results(application).values()} == {True}


def test_an_empty_draft_says_what_is_missing() -> None:
    assert failing(make_application(title="")) == [
        "title",
        "destination",
        "dates",
        "days",
        "texts",
        "travellers",
        "departments",
        "programme",
        "budget",
        "lead_signed",
        "partner_signed",
    ]


def application_set(**values: Any) -> Callable[[Application], Any]:
    return lambda one: Application.objects.filter(pk=one.pk).update(**values)


def call_set(**values: Any) -> Callable[[Application], Any]:
    return lambda one: Call.objects.filter(pk=one.call_id).update(**values)


def move_days(first: int, last: int) -> Callable[[Application], Any]:
    """Days counted from the first day on which the call lets people travel."""

    def change(one: Application) -> None:
        begin = one.call.travel_from
        one.starts_on, one.ends_on = begin + dt.timedelta(first), begin + dt.timedelta(last)
        one.save()

    return change


BREACHES: dict[str, tuple[Callable[[Application], Any], list[str]]] = {
    "a country that may not submit": (call_set(submitter_countries="GB"), ["country"]),
    "virtual where none is funded": (
        lambda one: (application_set(format="virtual")(one), call_set(allows_virtual=False)(one)),
        ["format"],
    ),
    "no title": (application_set(title=""), ["title"]),
    "no destination": (application_set(destination=None), ["destination"]),
    "a destination that takes no part": (
        lambda one: application_set(destination=make_city())(one),
        ["destination"],
    ),
    "no last day": (application_set(ends_on=None), ["dates", "days"]),
    "a day too early": (move_days(-1, 2), ["dates"]),
    "a day too late": (move_days(179, 181), ["dates"]),
    "too long": (move_days(0, 5), ["days"]),
    "too short": (call_set(min_days=4), ["days"]),
    "nothing on the need": (lambda one: Section.objects.get(key="need").delete(), ["texts"]),
    "an empty aim": (
        lambda one: Section.objects.filter(key="purpose").update(content={"aim": ""}),
        ["texts"],
    ),
    "nobody travels": (lambda one: one.travellers.all().delete(), ["travellers", "departments"]),
    "too few departments": (call_set(min_departments=2), ["departments"]),
    "no youth": (call_set(needs_youth=True), ["youth"]),
    "no programme": (lambda one: ProgrammeSlot.objects.all().delete(), ["programme"]),
    "a programme after the visit": (
        lambda one: ProgrammeSlot.objects.update(day=4),
        ["programme"],
    ),
    "no costs": (lambda one: BudgetLine.objects.all().delete(), ["budget"]),
    "a share larger than the costs": (application_set(own_share=1801), ["budget"]),
    "more nights than the visit has": (
        lambda one: BudgetLine.objects.create(application=one, kind="nights", units=3, price=1),
        ["budget"],
    ),
    "costs nobody pays": (
        lambda one: (
            call_set(most_per_trip=None, most_per_person=None)(one),
            BudgetLine.objects.update(persons=100, price=10_001),
        ),
        ["budget"],
    ),
    "more than a trip may cost": (call_set(most_per_trip=1799), ["trip_cap"]),
    "more than a person may cost": (call_set(most_per_person=899), ["person_cap"]),
    "the submitter has not signed": (
        lambda one: SignOff.objects.filter(party__is_lead=True).delete(),
        ["lead_signed"],
    ),
    "the partner has not signed": (
        lambda one: SignOff.objects.filter(party__is_lead=False).delete(),
        ["partner_signed"],
    ),
}


@pytest.mark.parametrize("name", list(BREACHES))
def test_a_breach_fails_its_rule_and_no_other(application: Application, name: str) -> None:
    change, expected = BREACHES[name]
    change(application)
    assert failing(application) == expected


KEPT: dict[str, Callable[[Application], Any]] = {
    "the last day of the call": move_days(178, 180),
    "as long as possible": move_days(0, 4),
    "exactly the limit of a trip": call_set(most_per_trip=1800),
    "exactly the limit of a person": call_set(most_per_person=900),
    "no limit": call_set(most_per_trip=None),
    "a night for each but the last day": lambda one: BudgetLine.objects.create(
        application=one, kind="nights", units=2, price=1
    ),
    "all paid by the cities": application_set(own_share=1800),
    "a youth delegate": lambda one: (
        call_set(needs_youth=True)(one),
        Traveller.objects.update(is_youth=True),
    ),
    "a virtual exchange without place, costs and the partner's stamp": lambda one: (
        application_set(format="virtual", destination=None)(one),
        BudgetLine.objects.all().delete(),
        SignOff.objects.filter(party__is_lead=False).delete(),
    ),
    "a call without confirmation": lambda one: (
        call_set(needs_partner=False)(one),
        SignOff.objects.filter(party__is_lead=False).delete(),
    ),
    "a host's department counts": lambda one: (
        call_set(min_departments=2)(one),
        [
            Host.objects.create(
                application=one, party=p, department=make_position(p.city).department or d
            )
            for p, d in zip(one.parties.all(), departments(one), strict=True)
        ],
    ),
}


def departments(one: Application) -> list[Any]:
    """The other city's department for each city: another one than its own traveller's."""
    return [traveller.department for traveller in one.travellers.order_by("-pk")]


@pytest.mark.parametrize("name", list(KEPT))
def test_at_the_limit_it_passes(application: Application, name: str) -> None:
    KEPT[name](application)
    assert failing(application) == []


def test_three_cities_are_for_the_staff_and_can_be_handed_in() -> None:
    cities = make_city("Hamm"), make_city("Wolfsburg"), make_partner_city("Chattanooga")
    found = rules.check(stamped(complete(make_application(*cities))))
    trilateral = found[-1]
    assert (trilateral.passed, trilateral.rule.name) == (None, "trilateral")
    assert trilateral.why == "3 Städte bewerben sich gemeinsam: Das Team sieht es sich an."
    assert rules.missing(found) == []


def test_a_call_may_do_without_that_check() -> None:
    cities = make_city(), make_city(), make_partner_city()
    call = make_call(checks_trilateral=False)
    assert results(complete(make_application(*cities, call=call)))["trilateral"].passed is True


def test_a_waived_sign_off_passes_and_says_so(application: Application) -> None:
    SignOff.objects.filter(party__is_lead=False).update(is_waived=True, reason="Wahlen")
    partner = application.parties.all()[1].city.name
    found = results(application)["partner_signed"]
    assert (found.passed, found.why) == (True, f"Gezeichnet: {partner} (vom Team erlassen).")


def test_why_is_said_in_the_reader_s_language(application: Application) -> None:
    call_set(most_per_trip=1500)(application)
    with translation.override("en"):
        assert results(application)["trip_cap"].why == "€1,800 asked for; €1,500 at most."
    assert results(application)["trip_cap"].why == "1.800\xa0€ beantragt; höchstens 1.500\xa0€."


@pytest.mark.parametrize("cities", [2, 3])
def test_the_rules_take_as_many_queries_whatever_there_is(
    cities: int, django_assert_num_queries: Any
) -> None:
    places = [make_city(), make_partner_city(), make_city()][:cities]
    pk = stamped(complete(make_application(*places))).pk
    application = Application.objects.select_related("call", "destination").get(pk=pk)
    with django_assert_num_queries(7):
        rules.check(application)
