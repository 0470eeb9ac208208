"""Nothing that anybody sends to any address makes an error page: every URL, hostile senders."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse

from .cast import STAFF, STRANGER, World
from .hostile import BODIES, REFUSED, VALUES, broken, sample, statuses, visited, with_everywhere
from .url_samples import address, names, urls

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_log() -> Any:
    """Thousands of refusals would each write a line or a traceback."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("role", [STRANGER, STAFF])
@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_nothing_in_a_query_breaks_a_page(world: World, role: str, value: str) -> None:
    assert broken(statuses(world, role, names(), with_everywhere(value))) == {}


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "get"])
def test_no_method_breaks_a_page(world: World, method: str) -> None:
    found = statuses(world, STAFF, sample(), lambda client, url: client.generic(method, url))
    assert broken(found) == {}


@pytest.mark.parametrize("visit", BODIES.values(), ids=BODIES)
def test_no_body_breaks_a_page(world: World, visit: Any) -> None:
    assert broken(statuses(world, STAFF, sample(), visit)) == {}


@pytest.mark.parametrize(("status", "visit"), REFUSED.values(), ids=REFUSED)
def test_what_no_page_may_see_is_refused_everywhere(world: World, status: int, visit: Any) -> None:
    found = statuses(world, STRANGER, names(), visit)
    assert {name: was for name, was in found.items() if was != status} == {}


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(("status", "visit"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_is_a_friendly_page(status: int, visit: Any, language: str) -> None:
    client = Client(raise_request_exception=False)
    response = visit(client, "/" if language == "de" else "/en/")
    html = response.content.decode()
    assert response.status_code == status
    assert f'<html lang="{language}"' in html
    assert html.count("<h1") == 1


@pytest.mark.parametrize(
    "cookie",
    [
        "sessionid=" + "x" * 6000,
        'sessionid="\\377\\200"; csrftoken=\xff',
        "=;;; =x",
        "messages=[[",
        "ude-invitation=eyJpZCI6IngifQ:abc; sessionid=\xed\xa0\x80",
    ],
)
def test_no_cookie_breaks_a_page(world: World, cookie: str) -> None:
    chosen = ["home", "admin:index", "invitation:page", "events:guests", "account_login"]
    found = statuses(
        world, STRANGER, chosen, lambda client, url: client.get(url, HTTP_COOKIE=cookie)
    )
    assert found == dict(zip(chosen, [200, 302, 404, 302, 200], strict=True))


@pytest.mark.parametrize(
    "headers",
    [
        {"X_FORWARDED_HOST": "evil.example", "X_FORWARDED_FOR": "\xff, 1", "FORWARDED": "for=x"},
        {"HX_REQUEST": "true", "HX_CURRENT_URL": "http://[", "HX_TARGET": "\xff"},
        {"ACCEPT_LANGUAGE": "x;q=9," * 2000, "ACCEPT": "\xff/*", "USER_AGENT": "\xff" * 5000},
        {"IF_MODIFIED_SINCE": "x", "IF_NONE_MATCH": '"', "RANGE": "bytes=9-1", "REFERER": "//["},
    ],
    ids=["proxy", "htmx", "browser", "caches"],
)
def test_no_header_breaks_a_page(world: World, headers: dict[str, str]) -> None:
    sent = {f"HTTP_{name}": value for name, value in headers.items()}
    found = statuses(world, STAFF, sample(), lambda client, url: client.get(url, **sent))
    assert broken(found) == {}


def test_a_forwarded_host_is_not_believed(world: World) -> None:
    def visit(client: Client, url: str) -> Any:
        return client.get(url, HTTP_X_FORWARDED_HOST="evil.example")

    for name in ("home", "account_login", "sitemap", "invitation:open"):
        response = visited(world, STRANGER, address(name, world), visit)
        assert "evil.example" not in response.content.decode() + str(response.headers)


#: Nobody has these; by the parameter's name.
NOBODY = {
    **dict.fromkeys(
        ["slug", "city", "other", "name", "uidb36", "key", "app_label", "rest", "form", "ref"],
        "nobody",
    ),
    **dict.fromkeys(["pk", "number", "content_type_id", "party", "link"], 10**20),
    **dict.fromkeys(["public_id"], "A" * 22),
    **dict.fromkeys(["object_id"], "9" * 30),
    **dict.fromkeys(["token"], f"{'A' * 22}.{'A' * 22}"),
}


def test_unknown_ids_are_not_found(world: World) -> None:
    """404 for staff, who may see everything; the administration and allauth lead elsewhere."""

    def visit(client: Client, url: str) -> Any:
        shown = client.get(url)
        return client.post(url) if shown.status_code == 405 else shown

    found = {}
    for url in urls():
        if url.has_name and url.parameters - {"app_label"}:
            asked = {name: NOBODY[name] for name in url.parameters}
            was = visited(world, STAFF, reverse(url.name, kwargs=asked), visit)
            found[url.name] = was.status_code
    ours = {name for name in found if not name.startswith(("admin:", "account_", "mfa_"))}
    assert {name: found[name] for name in ours} == dict.fromkeys(ours, 404)
    assert set(found.values()) == {302, 403, 404}


@pytest.mark.parametrize("model", sorted(admin.site._registry, key=lambda model: model.__name__))
def test_no_lookup_breaks_a_table_of_the_administration(
    world: World, model: type[models.Model]
) -> None:
    changelist = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    found = {}
    for field in model._meta.concrete_fields:
        lookups = [f"{field.name}={'9' * 25}", f"{field.name}__isnull=x", f"{field.name}__in=,"]
        if isinstance(field, models.DateField):
            lookups = [f"{field.name}__year=99999999999", f"{field.name}__gte=9999-99-99"]
        for lookup in lookups:
            visit = lambda client, url, lookup=lookup: client.get(f"{url}?{lookup}")  # noqa: E731
            found[lookup] = visited(world, STAFF, changelist, visit).status_code
    assert {lookup: was for lookup, was in found.items() if was not in {200, 302, 400}} == {}


def test_a_page_that_breaks_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: a page that reads numbers carelessly is found by the tests above."""

    def careless(request: HttpRequest) -> HttpResponse:
        return HttpResponse(int(request.GET["page"]))

    patterns: Any = get_resolver().url_patterns
    pattern = next(one for one in patterns if getattr(one, "name", "") == "robots")
    monkeypatch.setattr(pattern, "callback", careless)
    harmless, harmful = VALUES["a negative number"], VALUES["digits that int() refuses"]
    assert broken(statuses(world, STRANGER, ["robots"], with_everywhere(harmless))) == {}
    found = statuses(world, STRANGER, ["robots"], with_everywhere(harmful))
    assert list(broken(found)) == ["robots"]
