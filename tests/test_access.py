"""Who may call which URL: every URL, over the whole cast, by GET and by POST."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from accounts.models import User
from partnerships.policies import May
from ude_portal import access
from ude_portal.access import Rule
from ude_portal.middleware import enforce_access

from .cast import (
    EVERYBODY,
    GUEST,
    IN_A_CITY,
    REVIEWERS,
    STAFF,
    STRANGER,
    SUPERUSER,
    World,
)
from .url_samples import address, names, urls

pytestmark = pytest.mark.django_db

#: Allowed by the table, and refused by the page itself for a reason of its own.
REFUSED_BY_THE_PAGE = {
    "gallery": "exists in demo mode only",
    "mailing:mailbox": "exists in demo mode only",
    "mailing:mailbox_mail": "exists in demo mode only",
    "mailing:mailbox_html": "exists in demo mode only",
    "mailing:mailbox_calendar": "exists in demo mode only",
    "events:invite_preview": "the sample chooses no recipient",
    "events:invite_preview_html": "the sample chooses no recipient",
    "events:invite_test": "the sample chooses no recipient",
    "partnerships:import_discard": "the sample is gone after the first",
    "office:request_withdraw": "the sample is somebody else's",
    "events:file": "the sample's file is not on the disk",
    "office:remove_file": "the sample is gone after the first",
    "office:download": "the sample's file is not on the disk",
    **dict.fromkeys(
        [
            "exchanges:review_step_back",
            "exchanges:review_save",
            "exchanges:review_hand_in",
            "exchanges:review_discuss",
        ],
        "who is recused, or writes still, has nothing to do there",
    ),
    "exchanges:trip": "the sample is not approved yet",
    "exchanges:trip_ics": "the sample is not approved yet",
    "account_confirm_email": "the sample's key is wrong",
    "mfa_edit_webauthn": "the sample has no key",
    "mfa_remove_webauthn": "the sample has no key",
}
#: Families in which pages decide for themselves: personal links, allauth, read-only tables.
DECIDE_THEMSELVES = ("invitation:", "confirmation:", "exchange_link:", "account_", "mfa_", "admin:")


def may_be_refused(name: str) -> bool:
    return name in REFUSED_BY_THE_PAGE or name.startswith(DECIDE_THEMSELVES)


def is_sent_to_login(response: HttpResponse) -> bool:
    login = reverse("account_login")
    return response.status_code == 302 and response["Location"].startswith(f"{login}?next=")


def verdict(world: World, name: str, role: str, method: str) -> str:
    """``let in``, ``login``, ``nothing here`` or ``refused`` (by the page itself)."""
    response = getattr(world.client(role), method)(address(name, world))
    assert response.status_code < 500
    if is_sent_to_login(response):
        return "login"
    if response.status_code == 404:
        return "nothing here"
    return "refused" if response.status_code in {401, 403} else "let in"


def expected(world: World, name: str, role: str) -> set[str]:
    rule = access.rule_for(name)
    assert rule is not None, f"no access rule for {name!r}: add a row to ude_portal/access.py"
    if rule.in_office and role not in {STRANGER, GUEST}:
        if not works_there(world, role, rule.in_office):
            return {"nothing here"}
        return {"let in", "nothing here"} if may_be_refused(name) else {"let in"}
    if rule is Rule.REVIEWER and role not in {STRANGER, GUEST, *REVIEWERS}:
        return {"nothing here"}
    if rule.allows(world.user(role)):
        return {"let in", "refused", "nothing here"} if may_be_refused(name) else {"let in"}
    return {"login"} if role in {STRANGER, GUEST} else {"nothing here"}


def works_there(world: World, role: str, may: May) -> bool:
    """Whether somebody of the cast has such a role in the office of the world's own city."""
    return role in IN_A_CITY and role in may.value


@pytest.mark.parametrize("name", names())
def test_every_url_opens_to_exactly_whom_the_table_says(world: World, name: str) -> None:
    calls = [(role, method) for role in EVERYBODY for method in ("get", "post")]
    wrong = [
        f"{role}, {method}: {found}"
        for role, method in calls
        if (found := verdict(world, name, role, method)) not in expected(world, name, role)
    ]
    assert wrong == []


def test_every_url_with_a_name_has_a_rule() -> None:
    assert [name for name in names() if access.rule_for(name) is None] == []


def test_office_pages_ask_for_the_role_in_their_row() -> None:
    """The address names the city, so the page itself compares; the table says the same."""
    rows = {url.name: access.rule_for(url.name) for url in urls() if url.has_name}
    stated = {name: rule.in_office for name, rule in rows.items() if rule and rule.in_office}
    asked = {url.name: url.asks_for for url in urls() if url.asks_for}
    assert asked == stated


def test_pages_of_reviewers_look_into_the_list_of_reviewers() -> None:
    """The table lets everybody with an account pass; the page compares, as offices' pages do."""
    stated = [url.name for url in urls() if access.rule_for(url.name) is Rule.REVIEWER]
    assert stated != []
    assert [url.name for url in urls() if url.for_reviewers] == stated


def test_urls_without_a_name_are_denied_or_belong_to_a_family() -> None:
    unnamed = [url.name for url in urls() if not url.has_name]
    assert [name for name in unnamed if access.rule_for(name) not in {None, Rule.STAFF}] == []


def test_every_row_of_the_table_has_a_url() -> None:
    assert sorted(set(access.ACCESS) - set(names())) == []


def test_a_url_without_a_row_is_noticed_and_denied(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: without its row a public page answers 404 and the test above fails."""
    monkeypatch.delitem(access.ACCESS, "home")
    assert verdict(world, "home", SUPERUSER, "get") == "nothing here"
    with pytest.raises(AssertionError, match="no access rule for 'home'"):
        expected(world, "home", SUPERUSER)


def test_a_loosened_rule_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: a staff page that says it is public lets a stranger in."""
    assert verdict(world, "admin:index", STRANGER, "get") == "login"
    monkeypatch.setattr(Rule, "allows", lambda self, user: True)
    response = enforce_access(lambda request: HttpResponse())
    request: Any = RequestFactory().get("/admin/")
    request.user, request.resolver_match = world.user(STRANGER), resolve("/admin/")
    assert response.process_view(request, None, (), {}) is None  # type: ignore[attr-defined]


@pytest.mark.parametrize("method", ["head", "options", "put", "patch", "delete"])
def test_other_methods_open_nothing(world: World, method: str) -> None:
    for prefix in ("", "/en"):
        page = f"{prefix}/admin/"
        assert is_sent_to_login_at(prefix, getattr(world.client(STRANGER), method)(page))
        assert getattr(world.client("coordinator"), method)(page).status_code == 404


def is_sent_to_login_at(prefix: str, response: HttpResponse) -> bool:
    return response.status_code == 302 and response["Location"].startswith(
        f"{prefix}/account/login/?next="
    )


def test_an_address_that_does_not_exist_looks_like_one_that_is_not_for_you(world: World) -> None:
    client = world.client("coordinator")
    missing, hidden = client.get("/nothing-here/"), client.get("/admin/")
    assert (missing.status_code, hidden.status_code) == (404, 404)
    assert [t.name for t in missing.templates] == [t.name for t in hidden.templates]


def test_a_url_without_a_name_is_denied() -> None:
    request: Any = RequestFactory().get("/")
    request.user, request.resolver_match = User(is_staff=True), resolve("/")
    request.resolver_match.view_name = "somewhere.views.forgotten"
    with pytest.raises(Http404):
        enforce_access(lambda request: HttpResponse()).process_view(request, None, (), {})  # type: ignore[attr-defined]


def test_switched_off_accounts_are_let_in_nowhere() -> None:
    leaver = User(is_staff=True, is_active=False)
    assert [rule for rule in Rule if rule.allows(leaver)] == [Rule.PUBLIC]


def test_the_portal_s_sign_in_leads_into_the_administration(world: World) -> None:
    response = Client().get("/admin/login/?next=/admin/")
    assert is_sent_to_login(response)
    assert world.client(STAFF).get("/admin/login/")["Location"] == "/admin/"
