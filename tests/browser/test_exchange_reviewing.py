"""Staff, a reviewer and a recused one at three browsers: from the formal check to the panel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from accounts.models import User
from exchanges.models import Application, PanelNote, Review
from tests.exchanges.reviewing.stage import SECRET, make_case, make_done
from tests.exchanges.scenes import make_reviewer
from tests.factories import make_staff

from .checks import assert_accessible_wide_and_narrow, press

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[..., Page]
SUBMIT = "main form button[type=submit]"


def check_and_assign(tab: Page, *people: User) -> None:
    """Staff ask both, then pass the formal check."""
    assert_accessible_wide_and_narrow(tab)
    press(tab, "form[action$='/assign/'] button[type=submit]")
    assert tab.locator(".error-summary").count() == 1
    assert_accessible_wide_and_narrow(tab)
    for person in people:
        tab.check(f"[name=reviewers][value='{person.pk}']")
    press(tab, "form[action$='/assign/'] button[type=submit]")
    tab.check("[name=is_checked]")
    press(tab, "form[action$='/check/'] button[type=submit]")
    assert tab.locator("#id_note_error").count() == 1
    tab.fill("[name=note]", "Die Zeichnungen kommen nach.")
    press(tab, "form[action$='/check/'] button[type=submit]")
    assert_accessible_wide_and_narrow(tab)


def recuse(tab: Page) -> None:
    """On a phone and without a script."""
    tab.check("[name=choice][value=conflict]")
    press(tab, SUBMIT)
    assert tab.locator("#id_reason_error").count() == 1
    tab.fill("[name=reason]", "Wir sind verwandt.")
    press(tab, SUBMIT)
    assert SECRET not in tab.inner_text("main")


def score(tab: Page, value: int) -> None:
    """Save a draft, be told what is missing, hand in."""
    assert SECRET in tab.inner_text("main")
    press(tab, "button[formaction$='/save/']")
    press(tab, "form[action$='/hand-in/'] button >> nth=0")
    assert tab.locator(".error-summary").count() == 1
    assert_accessible_wide_and_narrow(tab)
    for group in tab.locator(f"[name^=score-][value='{value}']").all():
        group.check()
    tab.check("[name=recommendation][value=yes]")
    tab.fill("[name=for_applicant]", "Ein guter Plan.")
    press(tab, "form[action$='/hand-in/'] button >> nth=0")
    assert_accessible_wide_and_narrow(tab)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_two_reviewers_of_whom_one_is_recused(visit: Any, sign_in: SignIn, prefix: str) -> None:
    case = make_case(state="checking", title="Schwammstadt")
    rita, karl = make_reviewer("rita@panel.example"), make_reviewer("karl@panel.example")
    make_done(case, 1, 1, reviewer=make_reviewer("far@panel.example"))
    staff = visit(f"{prefix}/staff/exchanges/{case.ref}/", page=sign_in(make_staff()))
    check_and_assign(staff, rita, karl)
    phone = visit(f"{prefix}/reviews/{case.ref}/", page=sign_in(karl, width=320, javascript=False))
    recuse(phone)
    visit(f"{prefix}/reviews/", page=phone)
    assert "Schwammstadt" in phone.inner_text("main")
    desk = visit(f"{prefix}/reviews/", page=sign_in(rita))
    assert_accessible_wide_and_narrow(desk)
    press(desk, f"main a[href$='/reviews/{case.ref}/']")
    assert_accessible_wide_and_narrow(desk)
    desk.check("[name=choice][value=none]")
    press(desk, SUBMIT)
    score(desk, 4)
    discuss_and_move_the_line(desk, staff, case, prefix, visit)
    states = Review.objects.order_by("reviewer__email").values_list("state", flat=True)
    assert list(states) == ["done", "recused", "done"]


def discuss_and_move_the_line(
    desk: Page, staff: Page, case: Application, prefix: str, visit: Any
) -> None:
    desk.fill("form[action$='/discuss/'] [name=text]", "Woran liegt es?")
    press(desk, "form[action$='/discuss/'] button")
    assert PanelNote.objects.get().text == "Woran liegt es?"
    visit(f"{prefix}/reviews/calls/{case.call.slug}/", page=desk)
    assert "2,50" in desk.inner_text("main") or "2.50" in desk.inner_text("main")
    assert_accessible_wide_and_narrow(desk)
    staff.reload()
    assert_accessible_wide_and_narrow(staff)
    visit(f"{prefix}/staff/calls/{case.call.slug}/panel/", page=staff)
    staff.fill("[name=cut]", "0")
    press(staff, "form.filters button")
    assert staff.url.endswith("?cut=0&sort=rank")
    assert_accessible_wide_and_narrow(staff)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_pages_of_who_is_recused_or_unsure_are_accessible(
    visit: Any, sign_in: SignIn, prefix: str
) -> None:
    case = make_case()
    person, staff = make_reviewer(), make_staff()
    for user, state in ((person, "assigned"), (staff, "recused")):
        values = {"conflict": "Früher dort", "state": state}
        if state == "recused":
            values["declared_at"] = case.submitted_at
        Review.objects.create(application=case, reviewer=user, **values)
    assert_accessible_wide_and_narrow(visit(f"{prefix}/reviews/{case.ref}/", page=sign_in(person)))
    desk = sign_in(staff)
    assert_accessible_wide_and_narrow(visit(f"{prefix}/staff/exchanges/{case.ref}/", page=desk))
    colleague = sign_in(make_staff())
    visit(f"{prefix}/staff/exchanges/{case.ref}/", page=colleague)
    assert_accessible_wide_and_narrow(colleague)
