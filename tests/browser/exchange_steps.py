"""What people do on the pages of expert exchanges, one function for each step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from accounts.models import User
from exchanges.models import Application, Call, Decision
from tests.factories import make_membership, make_staff, make_user

from .checks import SEND, assert_accessible_wide_and_narrow, press

Values = dict[str, str]
SAVE = "#part .toolbar button >> nth=0"
ONWARD = "#part [name=onward]"


@dataclass
class Visitors:
    """The fixtures ``visit`` and ``sign_in``, and who sits where."""

    visit: Callable[..., Page]
    sign_in: Callable[..., Page]

    def office(self, application: Application, role: str = "coordinator", **how: Any) -> Page:
        """Somebody of the submitting city at a desk."""
        user = make_user(name="Erika Beispiel")
        make_membership(user, application.parties.get(is_lead=True).city, role)
        return self.sign_in(user, **how)

    def staff(self, name: str = "Toni Brandt", **how: Any) -> Page:
        return self.sign_in(make_staff(name=name), **how)

    def go(self, tab: Page, address: str, *, looked_at: bool = False) -> Page:
        self.visit(address, page=tab)
        if looked_at:
            assert_accessible_wide_and_narrow(tab)
        return tab


def said(tab: Page) -> str:
    """What stands in the main part of the page."""
    return tab.inner_text("main")


def fill(tab: Page, values: Values) -> None:
    """Texts, numbers and days by the names of their fields; a select by what is in it."""
    for name, value in values.items():
        field = tab.locator(f"[name='{name}']")
        if field.evaluate("one => one.tagName") == "SELECT":
            option = field.locator("option", has_text=value).first
            field.select_option(value=option.get_attribute("value"))
        else:
            field.fill(value)


def choose(tab: Page, name: str, value: object) -> None:
    tab.check(f"[name='{name}'][value='{value}']")


def check_the_idea(tab: Page, **answers: str) -> None:
    """The five questions before anybody applies."""
    tab.select_option("[name=country]", "DE")
    choose(tab, "partner", answers.get("partner", "yes"))
    choose(tab, "format", "in_person")
    fill(tab, {"days": answers.get("days", "3"), "departments": answers.get("departments", "1")})
    press(tab, SEND)


def write(tab: Page, values: Values, *, button: str = ONWARD) -> None:
    """Fill a part of the application in and go on to the next."""
    fill(tab, values)
    press(tab, button)
    assert tab.locator(".error-summary").count() == 0, said(tab)


def put_stamp(tab: Page, name: str, held: str) -> None:
    """Sign, after reading to the end of the page."""
    fill(tab, {"name": name, "office": held})
    tab.check("[name=agrees]")
    press(tab, SEND)


def check_and_assign(tab: Page, *people: User) -> None:
    """Staff ask reviewers, then pass the formal check."""
    for person in people:
        choose(tab, "reviewers", person.pk)
    press(tab, "form[action$='/assign/'] button[type=submit]")
    tab.check("[name=is_checked]")
    press(tab, "form[action$='/check/'] button[type=submit]")


def declare(tab: Page, choice: str, reason: str = "") -> None:
    choose(tab, "choice", choice)
    if reason:
        tab.fill("[name=reason]", reason)
    press(tab, SEND)


def score(tab: Page, value: int) -> None:
    """The same score for every criterion, a recommendation, handed in."""
    for group in tab.locator(f"[name^=score-][value='{value}']").all():
        group.check()
    choose(tab, "recommendation", "yes")
    tab.fill("[name=for_applicant]", "Ein guter Plan.")
    press(tab, "form[action$='/hand-in/'] button >> nth=0")


def draft_decision(tab: Page, outcome: str, **values: str) -> None:
    """Write the decision down; ``values`` are the fields of the form."""
    choose(tab, "outcome", outcome)
    tab.locator("main details").evaluate_all("all => all.forEach(one => { one.open = true })")
    fill(tab, values)
    press(tab, "form[action$='/decision/'] button")
    assert tab.locator(".error-summary").count() == 0, said(tab)


def release(tab: Page) -> None:
    press(tab, "form[action$='/decision/release/'] button")


def outcome_of(application: Application) -> tuple[str, str]:
    """The state of the application and the last decision."""
    application.refresh_from_db()
    decision = Decision.objects.filter(application=application).first()
    return application.state, decision.outcome if decision else ""


def first_days(call: Call) -> Values:
    """Three days at the start of the time in which the call pays for visits."""
    last = call.travel_from + dt.timedelta(days=2)
    return {"starts_on": call.travel_from.isoformat(), "ends_on": last.isoformat()}
