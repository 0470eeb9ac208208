"""How cases end that are not simply approved, and one of three cities."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from exchanges import tokens
from exchanges.models import Application, Condition, SignOff
from tests.exchanges.deciding import scenes
from tests.exchanges.scenes import (
    complete,
    make_application,
    make_call,
    make_letter_block,
    make_link,
    stamped,
)
from tests.factories import make_city, make_membership, make_partner_city, make_user

from . import exchange_steps as steps
from .checks import SEND, assert_accessible_wide_and_narrow, assert_fits, press
from .exchange_steps import Visitors, said

pytestmark = pytest.mark.django_db(transaction=True)
REASON = {"reason_de": "Zu unbestimmt.", "reason_en": "Too vague."}


@pytest.fixture
def people(visit: Any, sign_in: Any) -> Visitors:
    return Visitors(visit, sign_in)


def make_case(**extra: Any) -> Application:
    """Under review, of Hamm and Chattanooga."""
    cities = make_city("Hamm"), make_partner_city("Chattanooga")
    return complete(make_application(*cities, state="reviewing", **extra))


def decide(people: Visitors, case: Application, outcome: str, *, at: str = "", **how: Any) -> Page:
    """One of the staff writes the decision down, a colleague reads the letters and releases it."""
    seat = how.pop("seat", {})
    author, colleague = people.staff(**seat), people.staff("Ada Verwaltung", **seat)
    people.go(author, f"{at}/staff/exchanges/{case.ref}/decision/")
    steps.draft_decision(author, outcome, **how)
    steps.release(people.go(colleague, f"{at}/staff/exchanges/{case.ref}/decision/"))
    return colleague


def home(case: Application, city: str = "hamm") -> str:
    return f"/office/{city}/exchanges/{case.ref}/"


def by_link(people: Visitors, case: Application, city: int = 1) -> Page:
    """A partner city on a phone, without a script."""
    link = make_link(case.parties.all()[city], may_sign=True)
    phone = people.visit(f"/x/{tokens.token_for(link)}/", width=320, javascript=False)
    assert phone.locator("html").get_attribute("lang") == "en"
    return phone


def test_approved_with_conditions_that_the_cities_meet(people: Visitors) -> None:
    case = make_case()
    until = case.starts_on - dt.timedelta(days=9) if case.starts_on else None
    conditions = {
        "condition_0_de": "Bitte nennen Sie ein zweites Fachamt.",
        "condition_0_en": "Please name a second department.",
        "condition_0_due": f"{until:%Y-%m-%d}",
        "condition_1_de": "Bitte nehmen Sie eine Jugenddelegierte mit.",
    }
    seat = {"width": 320, "javascript": False}
    staff = decide(people, case, "conditions", at="/en", seat=seat, amount="4,200", **conditions)
    office = people.go(people.office(case), home(case), looked_at=True)
    assert "0 von 2 Auflagen erfüllt" in said(office)
    press(office, "main a[href*='/letters/']")
    assert "Bitte nennen Sie ein zweites Fachamt." in said(office)
    tick_both(staff)
    assert Condition.objects.filter(met_at__isnull=False).count() == 2
    assert "2 von 2 Auflagen erfüllt" in said(people.go(office, home(case)))
    phone = by_link(people, case)
    press(phone, "main a[href*='/trip/']")
    assert "Met: Please name a second department." in said(phone)
    assert_accessible_wide_and_narrow(people.go(office, f"{home(case)}trip/"))


def tick_both(staff: Page) -> None:
    for number in (1, 2):
        form = staff.locator("form[action*='/conditions/']").nth(number - 1)
        form.locator("[name=note]").fill(f"Mail {number}")
        press(staff, form.locator("button"))
    assert_fits(staff)


def test_declined_and_the_office_objects(people: Visitors) -> None:
    case = make_case()
    staff = decide(people, case, "declined", **REASON)
    assert steps.outcome_of(case) == ("declined", "declined")
    phone = by_link(people, case)
    press(phone, "main a[href*='/letters/']")
    assert "Too vague." in said(phone)
    office = people.go(people.office(case), home(case))
    press(office, "main a[href$='/complaint/']")
    press(office, SEND)
    assert office.locator(".error-summary").count() == 1
    assert_accessible_wide_and_narrow(office)
    office.fill("[name=text]", "Das Ziel steht auf Seite 2.")
    press(office, SEND)
    people.go(staff, "/staff/exchange-tasks/", looked_at=True)
    press(staff, "main a[href*='person=nobody']")
    press(staff, f"main a[href$='/staff/exchanges/{case.ref}/']")
    assert_accessible_wide_and_narrow(staff)
    staff.fill("[name=answer]", "Sie haben recht; es bleibt zu unbestimmt.")
    press(staff, "form[action*='/complaints/'] button")
    assert "Die Antwort ist gesendet." in staff.inner_text("body")
    office.reload()
    assert "Sie haben recht; es bleibt zu unbestimmt." in said(office)
    assert_accessible_wide_and_narrow(office)


def test_a_case_moves_up_from_the_reserve_list_when_another_withdraws(people: Visitors) -> None:
    call = make_call(trips=1, budget=4_000)
    first = scenes.decided("approved", call=call)
    case = make_case(call=call)
    staff = decide(people, case, "reserve", rank="1", **REASON)
    office = people.go(people.office(case), home(case), looked_at=True)
    assert "Nachrückliste" in said(office)
    other = people.office(first)
    city = first.parties.get(is_lead=True).city.slug
    people.go(other, f"{home(first, city)}withdraw/", looked_at=True)
    other.fill("[name=reason]", "Haushaltssperre")
    press(other, SEND)
    assert "Zurückgezogen: Haushaltssperre" in said(other)
    people.go(staff, "/staff/exchange-budgets/", looked_at=True)
    assert "Noch 1 von 1 Reisen frei" in said(staff)
    decide(people, case, "approved", amount="4.000", reason_de="Mittel sind frei.")
    assert steps.outcome_of(case) == ("approved", "approved")
    people.go(office, home(case))
    assert office.locator("main a[href*='/letters/']").count() == 2
    assert office.locator("main a[href$='/trip/']").count() == 1


def test_three_cities_apply_together(people: Visitors) -> None:
    """Hamm submits, Wolfsburg signs by its own login, Chattanooga by link on a phone."""
    cities = make_city("Hamm"), make_city("Wolfsburg"), make_partner_city("Chattanooga")
    make_letter_block(text_de="Der Antrag von {cities} ist bewilligt.")
    case = complete(make_application(*cities))
    hamm = people.office(case)
    steps_of_hamm(people, hamm, case)
    second = the_others_sign(people, case)
    assert SignOff.objects.standing().count() == 3
    people.go(hamm, f"{home(case)}hand-in/", looked_at=True)
    press(hamm, f"form[action$='/{case.ref}/submit/'] button")
    assert_accessible_wide_and_narrow(hamm)
    staff = people.go(people.staff(), f"/staff/exchanges/{case.ref}/")
    assert "3 Städte bewerben sich gemeinsam: Das Team sieht es sich an." in said(staff)
    staff.check("[name=is_checked]")
    press(staff, "form[action$='/check/'] button[type=submit]")
    decide(people, case, "approved", amount="3.500")
    for tab, city in ((hamm, "hamm"), (second, "wolfsburg")):
        people.go(tab, home(case, city))
        press(tab, "main a[href*='/letters/']")
        assert "Hamm, Wolfsburg und Chattanooga" in said(tab)
    assert case.decisions.get().letters.count() == 3


def the_others_sign(people: Visitors, case: Application) -> Page:
    user = make_user(name="Jonas Achtermann")
    make_membership(user, case.parties.all()[1].city, "signatory")
    second = people.go(people.sign_in(user), f"{home(case, 'wolfsburg')}sign/")
    steps.put_stamp(second, "Jelena Strauch", "Oberbürgermeisterin")
    phone = by_link(people, case, city=2)
    press(phone, "a[href*='/sign/']")
    steps.put_stamp(phone, "Martha Jones", "City Manager")
    return second


def steps_of_hamm(people: Visitors, hamm: Page, case: Application) -> None:
    """All three must sign: Hamm alone cannot hand in."""
    people.go(hamm, f"{home(case)}links/", looked_at=True)
    assert hamm.locator("main form[action$='/send/']").count() == 2
    people.go(hamm, f"{home(case)}sign/")
    steps.put_stamp(hamm, "Erika Beispiel", "Oberbürgermeisterin")
    assert "Noch nicht gezeichnet: Wolfsburg, Chattanooga." in said(hamm)
    assert hamm.locator("form[action$='/submit/']").count() == 0


def test_a_question_of_the_staff_reopens_a_part(people: Visitors) -> None:
    """Staff ask in English; the office reads it in German, writes, signs and hands in again."""
    case = stamped(complete(make_application(make_city("Hamm"), make_partner_city("Chattanooga"))))
    office = people.go(people.office(case), f"{home(case)}hand-in/")
    press(office, f"form[action$='/{case.ref}/submit/'] button")
    staff = people.go(people.staff(), f"/en/staff/exchanges/{case.ref}/")
    staff.click("details:has([name=ask-message]) > summary")
    assert_accessible_wide_and_narrow(staff)
    staff.check("[name=ask-sections][value=purpose]")
    due = timezone.localdate() + dt.timedelta(days=9)
    steps.fill(staff, {"ask-message": "Wie viele Menschen?", "ask-due_on": due.isoformat()})
    press(staff, "form[action$='/question/'] button")
    people.go(office, home(case), looked_at=True)
    assert "Wie viele Menschen?" in said(office)
    answer_and_sign(people, office, case)
    people.go(office, f"{home(case)}hand-in/")
    press(office, f"form[action$='/{case.ref}/submit/'] button")
    assert "Kühle Plätze für 9.000 Menschen" in said(office)
    assert_accessible_wide_and_narrow(office)
    assert steps.outcome_of(case) == ("checking", "")


def answer_and_sign(people: Visitors, office: Page, case: Application) -> None:
    """The part that is open again is written; both cities sign what it says now."""
    press(office, "main a[href$='/sections/purpose/']")
    steps.write(office, {"aim": "Kühle Plätze für 9.000 Menschen"}, button=steps.SAVE)
    people.go(office, f"{home(case)}sign/")
    steps.put_stamp(office, "Erika Beispiel", "Oberbürgermeisterin")
    phone = by_link(people, case)
    press(phone, "a[href*='/sign/']")
    steps.put_stamp(phone, "Martha Jones", "City Manager")
