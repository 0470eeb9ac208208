"""Writing the budget and the journey."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from exchanges.drafting.forms import form_of
from exchanges.drafting.operations import save_section
from exchanges.drafting.pieces import Piece, piece_of
from exchanges.models import Application, BudgetLine, DailyRate, Leg
from tests.exchanges.scenes import as_office, make_application
from tests.factories import make_partner_city

pytestmark = pytest.mark.django_db
LINE = {"kind": "travel", "text": "Flug", "persons": "2", "units": "1", "price": "912,50"}


def piece(application: Application, key: str) -> Piece:
    lead = application.parties.get(is_lead=True)
    found = piece_of(Application.objects.get(pk=application.pk), key, lead.pk)
    assert found is not None
    return found


def sent(key: str, application: Application, rows: list[dict[str, Any]], **more: Any) -> Any:
    """The form as a browser sends it, with its rows by number."""
    kind = {"budget": "lines", "journey": "legs"}[key]
    data = {"seen_version": str(piece(application, key).version), **more}
    for number, row in enumerate(rows):
        data |= {f"{kind}-{number}-{name}": value for name, value in row.items()}
    return form_of(piece(application, key), data)


def save(key: str, application: Application, rows: list[dict[str, Any]], **more: Any) -> None:
    form = sent(key, application, rows, **more)
    assert form.is_valid(), form.errors
    by = as_office(application)
    save_section(piece=piece(application, key), values=form.values, seen=form.seen, by=by)


def test_lines_and_own_share_are_stored_and_shown_again() -> None:
    application = make_application()
    save("budget", application, [LINE, {"kind": "other", "price": "10"}], own_share="200")
    lines = [(one.kind, one.persons, one.units, one.price) for one in BudgetLine.objects.all()]
    assert lines == [("travel", 2, 1, Decimal("912.50")), ("other", 1, 1, Decimal(10))]
    application.refresh_from_db()
    assert application.own_share == 200
    form = form_of(piece(application, "budget"))
    assert form["lines-0-text"].value() == "Flug"
    assert [group.legend for group in form.groups()][:3] == ["Kosten 1", "Kosten 2", "Kosten 3"]


def test_saving_what_is_stored_changes_nothing() -> None:
    application = make_application()
    for _ in range(2):
        save("budget", application, [LINE], own_share="1")
    assert piece(application, "budget").version == 1


def test_a_row_is_removed_and_an_empty_one_is_none() -> None:
    application = make_application()
    save("budget", application, [LINE, LINE])
    save("budget", application, [{**LINE, "remove": "on"}, LINE, {"kind": "", "price": ""}])
    assert [one.order for one in BudgetLine.objects.all()] == [1]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({**LINE, "price": "-1"}, "price"),
        ({**LINE, "price": "10000000"}, "price"),
        ({**LINE, "price": "viel"}, "price"),
        ({**LINE, "price": ""}, "price"),
        ({**LINE, "kind": ""}, "kind"),
        ({**LINE, "kind": "bribe"}, "kind"),
        ({**LINE, "persons": "0"}, "persons"),
        ({**LINE, "persons": "1e9"}, "persons"),
        ({**LINE, "units": "101"}, "units"),
        ({**LINE, "text": "x" * 151}, "text"),
        ({**LINE, "kind": "nights", "units": "3"}, "units"),
    ],
)
def test_absurd_lines_are_refused_beside_their_field(row: dict[str, str], field: str) -> None:
    start = dt.date(2027, 5, 3)
    application = make_application(starts_on=start, ends_on=start + dt.timedelta(days=2))
    form = sent("budget", application, [row])
    assert not form.is_valid()
    assert list(form.errors) == [f"lines-0-{field}"]
    assert form[f"lines-0-{field}"].value() == row[field]


def test_two_nights_fit_a_visit_of_three_days() -> None:
    start = dt.date(2027, 5, 3)
    application = make_application(starts_on=start, ends_on=start + dt.timedelta(days=2))
    assert sent("budget", application, [{**LINE, "kind": "nights", "units": "2"}]).is_valid()


@pytest.mark.parametrize(("change", "keeps"), [({}, True), ({"price": "70"}, False)])
def test_a_line_keeps_its_per_diem_until_it_is_changed_by_hand(
    change: dict[str, str], keeps: bool
) -> None:
    application = make_application()
    rate = DailyRate.objects.create(
        country="US", valid_from=dt.date(2024, 1, 1), full_day=59, partial_day=40, source="x"
    )
    BudgetLine.objects.create(application=application, kind="per_diem", price=139, rate=rate)
    row = {"kind": "per_diem", "persons": "1", "units": "1", "price": "139", **change}
    save("budget", application, [row, LINE])
    assert (BudgetLine.objects.get(kind="per_diem").rate == rate) is keeps


def test_the_sums_and_caps_are_said_beside_the_form() -> None:
    application = make_application()
    save("budget", application, [{**LINE, "price": "9000"}])
    told = form_of(piece(application, "budget")).warnings()
    assert "Kosten: 18.000\xa0€" in told[0]
    assert len(told) == 2


def legs(application: Application, **change: Any) -> list[dict[str, Any]]:
    home, abroad = (party.city_id for party in application.parties.all())
    return [{"origin": home, "destination": abroad, "means": "train", "persons": "", **change}]


def test_a_journey_is_stored_and_estimated() -> None:
    application = make_application()
    save("journey", application, legs(application, is_return="on"))
    leg = Leg.objects.get()
    assert (leg.means, leg.persons, leg.is_return) == ("train", 1, True)
    assert len(form_of(piece(application, "journey")).warnings()) >= 1


@pytest.mark.parametrize("missing", ["origin", "destination", "means"])
def test_what_a_leg_lacks_is_said_beside_its_field(missing: str) -> None:
    application = make_application()
    form = sent("journey", application, legs(application, **{missing: ""}))
    assert list(form.errors) == [f"legs-0-{missing}"]


def test_a_leg_goes_somewhere_that_exists() -> None:
    application = make_application()
    home = application.parties.all()[0].city_id
    form = sent("journey", application, legs(application, destination=home))
    assert list(form.errors) == ["legs-0-destination"]
    foreign = make_partner_city(population=10).pk
    form = sent("journey", application, legs(application, destination=foreign))
    assert list(form.errors) == ["legs-0-destination"]


def test_large_cities_of_both_countries_are_offered_for_changing() -> None:
    large = make_partner_city("Atlanta", population=500_000)
    small = make_partner_city(population=499_999)
    make_partner_city(country="GB", population=8_000_000)
    field: Any = form_of(piece(make_application(), "journey")).fields["legs-0-origin"]
    offered = {int(value) for value, _label in field.choices if value}
    assert (large.pk in offered, small.pk in offered, len(offered)) == (True, False, 3)
