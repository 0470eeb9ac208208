"""The staff's desk."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from exchanges.models import Application
from mailing.models import Mail
from tests.exchanges.scenes import make_application, make_call, make_link, make_review
from tests.factories import make_city, make_partner_city, make_staff

pytestmark = pytest.mark.django_db
LIST, TASKS = "/en/staff/exchanges/", "/en/staff/exchange-tasks/"


@pytest.fixture
def me() -> User:
    return make_staff(name="Toni Brandt")


@pytest.fixture
def staff(client: Client, me: User) -> Client:
    client.force_login(me)
    return client


def refs(client: Client, query: str) -> list[str]:
    return [row.application.ref for row in client.get(f"{LIST}?{query}").context["rows"]]


def test_each_filter_narrows_the_list(staff: Client, me: User) -> None:
    call = make_call(slug="zwei")
    mine = make_application(state="checking", handled_by=me)
    british = make_application(
        make_city(), make_partner_city(country="GB"), call=call, state="approved"
    )
    draft = make_application()
    assert refs(staff, "state=open") == [mine.ref]
    assert refs(staff, "call=zwei") == [british.ref]
    assert refs(staff, "country=GB") == [british.ref]
    assert refs(staff, "person=me") == refs(staff, f"person={me.pk}") == [mine.ref]
    assert set(refs(staff, "person=nobody")) == {british.ref, draft.ref}
    assert set(refs(staff, "state=nonsense&call=x&person=99999999999999999999&page=x")) == {
        *(mine.ref, british.ref, draft.ref)
    }


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_a_constant_number_of_queries(
    staff: Client, django_assert_num_queries: Any, count: int
) -> None:
    for _ in range(count):
        make_review(make_application(state="reviewing"))
    staff.get(LIST)
    with django_assert_num_queries(10):
        staff.get(LIST)


def test_my_tasks_are_the_steps_that_are_mine(staff: Client, me: User) -> None:
    todo = make_application(state="checking", handled_by=me)
    waiting = make_application(state="information", handled_by=me)
    make_application(state="approved", handled_by=me)
    make_application(state="checking")
    context = staff.get(TASKS).context
    assert [row.application for row in context["todo"]] == [todo]
    assert [row.application for row in context["waiting"]] == [waiting]
    assert context["unassigned"] == 1


def test_handing_over_is_first_only_shown(staff: Client) -> None:
    cases = [make_application(state="checking") for _ in range(2)]
    to = make_staff()
    data = {"cases": [one.ref for one in cases], "to": to.pk, "reason": "Urlaub"}
    page = staff.post("/en/staff/exchanges-assign/", data)
    assert "Nothing has happened yet." in page.content.decode()
    assert not Application.objects.filter(handled_by=to).exists()
    assert staff.post("/en/staff/exchanges-assign/", {**data, "confirm": 1}).status_code == 302
    assert Application.objects.filter(handled_by=to).count() == 2


def test_the_dry_run_keeps_closed_cases_out(staff: Client) -> None:
    good, ended = make_application(state="checking"), make_application(state="declined")
    data = {"cases": [good.ref, ended.ref], "to": make_staff().pk}
    html = staff.post("/en/staff/exchanges-assign/", data).content.decode()
    assert "1 of 2 cases would change" in html
    assert "is closed and stays" in html
    hidden = '<input type="hidden" name="cases" value="{}">'
    assert (hidden.format(good.ref) in html, hidden.format(ended.ref) in html) == (True, False)
    html = staff.post("/en/staff/exchanges-assign/", {**data, "cases": [ended.ref]})
    assert 'name="confirm"' not in html.content.decode()


def test_what_is_missing_is_said_and_ticks_stay(staff: Client) -> None:
    ref = make_application(state="checking").ref
    page = staff.post("/en/staff/exchanges-assign/", {"cases": [ref]})
    assert page.context["assigning"].errors
    assert page.context["ticked"] == [ref]
    page = staff.post("/en/staff/exchanges-assign/", {"to": "nobody"})
    assert "Please tick at least one case." in page.content.decode()
    ended = make_application(state="declined").ref
    data = {"cases": [ended], "to": make_staff().pk, "confirm": 1}
    assert staff.post("/en/staff/exchanges-assign/", data).context["assigning"].errors
    assert (
        staff.post("/en/staff/exchanges-remind/", {"cases": ["\x01", "no-such"]})
        .context["chosen"]
        .errors
    )


def test_reminding_is_first_only_shown(staff: Client) -> None:
    application = make_application()
    make_link(application.parties.all()[1])
    data = {"cases": [application.ref, make_application(state="checking").ref]}
    page = staff.post("/en/staff/exchanges-remind/", data)
    assert "1 mail would go out." in page.content.decode()
    assert not Mail.objects.exists()
    staff.post("/en/staff/exchanges-remind/", {**data, "confirm": 1})
    assert Mail.objects.count() == 1


def test_one_case_is_handed_over_on_its_own_page(staff: Client) -> None:
    application, to = make_application(state="checking"), make_staff()
    address = f"{LIST}{application.ref}/transfer/"
    assert staff.post(address, {"to": "x"}).context["transferring"].errors
    assert staff.post(address, {"to": to.pk}).status_code == 302
    application.refresh_from_db()
    assert application.handled_by == to


def test_budgets_name_each_call(staff: Client) -> None:
    make_call(title_en="Round one")
    make_call(title_en="Secret", state="draft")
    text = staff.get("/en/staff/exchange-budgets/").content.decode()
    assert ("Round one" in text, "Secret" in text) == (True, False)


def test_every_page_of_the_desk_leads_back_to_all_cases(staff: Client) -> None:
    application = make_application(state="reviewing")
    call, case = application.call.slug, application.ref
    for address in (
        f"exchanges/{case}/",
        f"exchanges/{case}/decision/",
        f"calls/{call}/panel/",
        f"calls/{call}/decisions/",
    ):
        text = staff.get(f"/en/staff/{address}").content.decode()
        assert f'<a href="{LIST}">All cases</a>' in text, address


@pytest.mark.parametrize("action", ["assign", "remind"])
def test_the_next_page_of_a_refused_list_is_the_list_s(staff: Client, action: str) -> None:
    make_application(state="checking")
    address = f"/en/staff/exchanges-{action}/"
    assert staff.post(address, {}).context["chosen"].errors
    assert staff.get(f"{address}?page=2")["Location"] == f"{LIST}?page=2"
