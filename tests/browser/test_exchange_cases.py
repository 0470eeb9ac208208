"""Expert exchanges from the call to the trip, as cities, reviewers and staff play them.

One case goes all the way: a German office at a desk, its partner in the USA on a phone, by link
and in English. The others start where theirs becomes a case of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page

from exchanges.models import Application, Call, Review, Trip
from partnerships.models import City
from tests.exchanges.scenes import (
    make_call,
    make_daily_rate,
    make_letter_block,
    make_reviewer,
)
from tests.factories import (
    make_city,
    make_department,
    make_membership,
    make_partner_city,
    make_partnership,
    make_position,
    make_topic,
    make_user,
)

from . import exchange_steps as steps
from .checks import SEND, assert_accessible_wide_and_narrow, assert_fits, press
from .exchange_steps import Visitors, said
from .post import Post

pytestmark = pytest.mark.django_db(transaction=True)
DESK = "water@chattanooga.example"


@pytest.fixture
def people(visit: Any, sign_in: Any) -> Visitors:
    return Visitors(visit, sign_in)


@dataclass
class Stage:
    """Where the long play happens: two cities, a call, everybody's post."""

    people: Visitors
    post: Post
    call: Call
    hamm: City
    chattanooga: City

    @property
    def case(self) -> Application:
        return Application.objects.get()

    @property
    def home(self) -> str:
        return f"/office/hamm/exchanges/{self.case.ref}/"

    @property
    def desk(self) -> str:
        return f"/staff/exchanges/{self.case.ref}/"

    def of_hamm(self, role: str, name: str) -> Page:
        user = make_user(name=name)
        make_membership(user, self.hamm, role)
        return self.people.sign_in(user)


@pytest.fixture
def stage(people: Visitors, smtp: Any, settings: Any, live_server: Any) -> Stage:
    settings.SITE_URL = live_server.url
    call = make_call(budget=50_000, most_per_trip=8_000, four_eyes_above=5_000)
    hamm, chattanooga = make_city("Hamm"), make_partner_city("Chattanooga")
    make_partnership(hamm, chattanooga, state="active")
    water = make_department("water", name_de="Tiefbauamt", name_en="Water department")
    make_topic("Schwammstadt", slug="sponge-city")
    make_position(chattanooga, email=DESK, language="en", department=water)
    make_position(hamm, department=water)
    make_daily_rate(city="", full_day=59, partial_day=40)
    make_letter_block(text_de="Sehr geehrte Damen und Herren,", text_en="Dear Sir or Madam,")
    return Stage(people, Post(smtp), call, hamm, chattanooga)


def test_from_the_call_to_the_trip(stage: Stage) -> None:
    office = begin(stage)
    write_the_german_parts(stage, office)
    phone = the_partner_writes(stage, office)
    plan_the_money(stage, office)
    both_sign_and_the_office_hands_in(stage, office, phone)
    two_reviewers_of_whom_one_is_recused(stage)
    decide_by_four_eyes(stage)
    read_letter_and_trip(stage, office, phone)


def begin(stage: Stage) -> Page:
    """From the list of calls by the self-check to a draft."""
    tab = stage.people.go(stage.of_hamm("editor", "Erika Beispiel"), "/exchanges/", looked_at=True)
    press(tab, f"main a[href$='/exchanges/{stage.call.slug}/']")
    assert_accessible_wide_and_narrow(tab)
    press(tab, "main a[href$='/check/']")
    steps.check_the_idea(tab, days="9")
    assert "Ein Besuch muss" in said(tab)
    assert_accessible_wide_and_narrow(tab)
    steps.check_the_idea(tab, days="3")
    press(tab, "main a[href*='/apply/']")
    assert_accessible_wide_and_narrow(tab)
    press(tab, SEND)
    assert tab.locator(".error-summary").count() == 1
    tab.locator("[name=partnership]").first.check()
    press(tab, SEND)
    assert_accessible_wide_and_narrow(tab)
    return tab


def write_the_german_parts(stage: Stage, tab: Page) -> None:
    """Part after part by “save and go on”; the first knows the self-check."""
    press(tab, "main a[href$='/sections/basics/']")
    assert "Im Selbsttest haben Sie 3 Tage geplant." in said(tab)
    assert_accessible_wide_and_narrow(tab)
    days = steps.first_days(stage.call)
    steps.write(tab, {"title": "Schwammstadt lernen", "destination": "Chattanooga", **days})
    tab.locator("[name=topics]").first.check()
    steps.write(tab, {"aim": "Regen bleibt in der Stadt."})
    steps.write(tab, {"text": "Uns fehlt ein Pflegeplan."})
    assert_accessible_wide_and_narrow(tab)
    steps.write(tab, {"travellers-0-department": "Tiefbauamt"})
    assert_accessible_wide_and_narrow(tab)
    steps.write(tab, {"slot-1-am-text": "Klärwerk", "slot-2-pm-text": "Regengärten"})


def the_partner_writes(stage: Stage, office: Page) -> Page:
    """The office mails a link; the partner opens it on a phone, without an account."""
    stage.people.go(office, f"{stage.home}links/", looked_at=True)
    partner = stage.case.parties.get(is_lead=False)
    office.locator(f"[name=city-{partner.pk}-to]").first.check()
    office.check(f"[name=city-{partner.pk}-may_sign]")
    press(office, f"form[action$='/{partner.pk}/send/'] button")
    assert "Der Link ist unterwegs." in office.inner_text("body")
    phone = stage.people.visit(stage.post.link(DESK, "/x/"), width=320)
    assert phone.locator("html").get_attribute("lang") == "en"
    assert_accessible_wide_and_narrow(phone)
    press(phone, f"main a[href*='/sections/offer/{partner.pk}/']")
    steps.write(phone, {"text": "Rain gardens, and what went wrong.", "my_name": "Martha Jones"})
    steps.write(phone, {"hosts-0-department": "Water department"}, button=steps.SAVE)
    assert "Martha Jones" in said(phone)
    assert_accessible_wide_and_narrow(phone)
    return phone


def plan_the_money(stage: Stage, tab: Page) -> None:
    """Flights typed in, per diems taken over from the calculator, the journey."""
    lead = stage.case.parties.get(is_lead=True)
    flights = {"lines-0-kind": "Reise", "lines-0-persons": "4", "lines-0-price": "1.450,50"}
    stage.people.go(tab, f"{stage.home}sections/budget/{lead.pk}/")
    steps.write(tab, {**flights, "own_share": "300"}, button=steps.SAVE)
    assert_accessible_wide_and_narrow(tab)
    stage.people.go(tab, f"{stage.home}per-diem/")
    tab.fill("form[method=get] [name=persons]", "4")
    press(tab, "main form[method=get] button")
    assert "556\xa0€" in said(tab)
    assert_accessible_wide_and_narrow(tab)
    press(tab, "form[action$='/take-over/'] button")
    legs = {"legs-0-origin": "Hamm", "legs-0-destination": "Chattanooga"}
    stage.people.go(tab, f"{stage.home}sections/journey/{lead.pk}/")
    steps.write(tab, {**legs, "legs-0-means": "Flug zwischen Kontinenten"})
    steps.write(tab, {"text": "Beide Ämter treffen sich alle zwei Monate."}, button=steps.SAVE)
    stage.people.go(tab, f"{stage.home}print/", looked_at=True)
    assert "1.450,50" in said(tab)


def both_sign_and_the_office_hands_in(stage: Stage, office: Page, phone: Page) -> None:
    signatory = stage.of_hamm("signatory", "Dr. Ulrike Sonnenfeld")
    stage.people.go(signatory, f"{stage.home}sign/", looked_at=True)
    press(signatory, SEND)
    assert signatory.locator(".error-summary").count() == 1
    steps.put_stamp(signatory, "Dr. Ulrike Sonnenfeld", "Oberbürgermeisterin")
    assert_accessible_wide_and_narrow(signatory)
    press(phone, "main a >> nth=0")
    press(phone, "main a[href*='/sign/']")
    assert_fits(phone)
    steps.put_stamp(phone, "Martha Jones", "City Manager")
    assert "Martha Jones, City Manager" in said(phone)
    stage.people.go(office, f"{stage.home}hand-in/")
    press(office, f"form[action$='/{stage.case.ref}/submit/'] button")
    assert "Als Fassung 1 eingereicht." in office.inner_text("body")
    assert "This message is your receipt." in stage.post.body(DESK)


def two_reviewers_of_whom_one_is_recused(stage: Stage) -> None:
    rita, karl = make_reviewer("rita@panel.example"), make_reviewer("karl@panel.example")
    staff = stage.people.go(stage.people.staff(), "/staff/exchange-tasks/", looked_at=True)
    press(staff, "main a[href*='person=nobody']")
    assert_accessible_wide_and_narrow(staff)
    press(staff, f"main a[href$='{stage.desk}']")
    assert_accessible_wide_and_narrow(staff)
    press(staff, "form[action$='/assign/'] button[type=submit]")
    assert staff.locator(".error-summary").count() == 1
    steps.check_and_assign(staff, rita, karl)
    review = f"/en/reviews/{stage.case.ref}/"
    karls = stage.people.sign_in(karl, width=320, javascript=False)
    steps.declare(stage.people.go(karls, review), "conflict", "We are cousins.")
    assert "Pflegeplan" not in said(karls)
    ritas = stage.people.go(stage.people.sign_in(rita), "/en/reviews/", looked_at=True)
    press(ritas, f"main a[href$='{review}']")
    assert_accessible_wide_and_narrow(ritas)
    steps.declare(ritas, "none")
    assert "Uns fehlt ein Pflegeplan." in said(ritas)
    press(ritas, "button[formaction$='/save/']")
    press(ritas, "form[action$='/hand-in/'] button >> nth=0")
    assert ritas.locator(".error-summary").count() == 1
    assert_accessible_wide_and_narrow(ritas)
    steps.score(ritas, 4)
    states = Review.objects.order_by("reviewer__email").values_list("state", flat=True)
    assert list(states) == ["recused", "done"]
    stage.people.go(ritas, f"/en/reviews/calls/{stage.call.slug}/", looked_at=True)
    assert "4.00" in said(ritas)


def decide_by_four_eyes(stage: Stage) -> None:
    """The sum is above what one person may decide: its author is told, a colleague releases."""
    author = stage.people.staff()
    panel = f"/staff/calls/{stage.call.slug}/panel/"
    stage.people.go(author, panel, looked_at=True)
    stage.people.go(author, f"{stage.desk}decision/", looked_at=True)
    reason = {"reason_de": "Der Plan überzeugt.", "reason_en": "The plan is convincing."}
    steps.draft_decision(author, "approved", amount="6.000", **reason)
    assert "The plan is convincing." in said(author)
    assert_accessible_wide_and_narrow(author)
    steps.release(author)
    assert "muss jemand anders freigeben" in author.inner_text("body")
    colleague = stage.people.staff("Ada Verwaltung")
    decisions = f"/staff/calls/{stage.call.slug}/decisions/"
    stage.people.go(colleague, decisions, looked_at=True)
    press(colleague, f"main a[href$='{stage.desk}decision/']")
    steps.release(colleague)
    assert_accessible_wide_and_narrow(colleague)
    assert steps.outcome_of(stage.case) == ("approved", "approved")


def read_letter_and_trip(stage: Stage, office: Page, phone: Page) -> None:
    """The office in German at its desk, the partner by its old link in English."""
    stage.people.go(office, stage.home, looked_at=True)
    press(office, "main a[href*='/letters/']")
    assert "Der Plan überzeugt." in said(office)
    assert_accessible_wide_and_narrow(office)
    stage.people.go(office, f"{stage.home}trip/", looked_at=True)
    with office.expect_download() as download:
        office.click("main a[href$='.ics']")
    assert f"DTSTART;VALUE=DATE:{stage.case.starts_on:%Y%m%d}" in download.value.path().read_text()
    stage.people.visit(stage.post.link(DESK, "/x/"), page=phone)
    press(phone, "main a[href*='/letters/']")
    assert "The plan is convincing." in said(phone)
    assert_fits(phone)
    assert Trip.objects.get().destination == stage.chattanooga
