"""What only some reviewers and staff see: a discussion, the moved line, an open declaration."""

from __future__ import annotations

from typing import Any

import pytest

from exchanges.models import PanelNote, Review
from tests.exchanges.reviewing.stage import make_case, make_done
from tests.exchanges.scenes import make_reviewer
from tests.factories import make_staff

from .checks import assert_accessible_wide_and_narrow, press
from .exchange_steps import Visitors, said

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(visit: Any, sign_in: Any) -> Visitors:
    return Visitors(visit, sign_in)


def test_scores_that_lie_apart_are_discussed_and_staff_move_the_line(people: Visitors) -> None:
    case, rita = make_case(title="Schwammstadt"), make_reviewer("rita@panel.example")
    make_done(case, 1, 1, reviewer=make_reviewer("far@panel.example"))
    make_done(case, 4, 4, reviewer=rita)
    desk = people.go(people.sign_in(rita), f"/reviews/{case.ref}/", looked_at=True)
    desk.fill("form[action$='/discuss/'] [name=text]", "Woran liegt es?")
    press(desk, "form[action$='/discuss/'] button")
    assert PanelNote.objects.get().text == "Woran liegt es?"
    staff = people.go(people.staff(), f"/en/staff/exchanges/{case.ref}/", looked_at=True)
    assert "Woran liegt es?" in said(staff)
    people.go(staff, f"/en/staff/calls/{case.call.slug}/panel/")
    assert "2.50" in said(staff)
    staff.fill("[name=cut]", "0")
    press(staff, "form.filters button")
    assert staff.url.endswith("?cut=0&sort=rank")
    assert_accessible_wide_and_narrow(staff)


def test_pages_of_who_is_recused_or_unsure_are_accessible(people: Visitors) -> None:
    case = make_case()
    person, staff = make_reviewer(), make_staff()
    for user, state in ((person, "assigned"), (staff, "recused")):
        values = {"conflict": "Früher dort", "state": state}
        if state == "recused":
            values["declared_at"] = case.submitted_at
        Review.objects.create(application=case, reviewer=user, **values)
    address = f"/staff/exchanges/{case.ref}/"
    people.go(people.sign_in(person), f"/en/reviews/{case.ref}/", looked_at=True)
    people.go(people.sign_in(staff), f"/en{address}", looked_at=True)
    people.go(people.staff(), address, looked_at=True)


def test_the_formal_check_asks_why_a_case_passes_all_the_same(people: Visitors) -> None:
    case = make_case(state="checking")
    staff = people.go(people.staff(), f"/en/staff/exchanges/{case.ref}/")
    staff.check("[name=is_checked]")
    press(staff, "form[action$='/check/'] button[type=submit]")
    assert staff.locator("#id_note_error").count() == 1
    assert_accessible_wide_and_narrow(staff)
    staff.fill("[name=note]", "Die Zeichnungen kommen nach.")
    press(staff, "form[action$='/check/'] button[type=submit]")
    case.refresh_from_db()
    assert case.state == "reviewing"
