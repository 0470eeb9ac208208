"""Error pages: friendly in both languages, and alive when the database is not.

Tests without the ``db`` fixture run with a database that refuses every question.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from ude_portal import errors

ENGLISH = {
    400: "We could not read this request",
    403: "You may not open this page",
    404: "We cannot find this page",
    410: "This page is no longer there",
    500: "Something went wrong on our side",
}
PAGES = {
    400: errors.bad_request,
    403: errors.forbidden,
    404: errors.not_found,
    410: errors.gone,
    500: errors.server_error,
}


def page(status: int, language: str) -> HttpResponse:
    request = RequestFactory().get("/")
    request.LANGUAGE_CODE = language
    with translation.override(language):
        return PAGES[status](request)


@pytest.mark.parametrize("status", PAGES)
def test_each_error_has_a_page_in_english_and_in_german(status: int) -> None:
    english, german = page(status, "en"), page(status, "de")
    assert (english.status_code, german.status_code) == (status, status)
    assert f'<h1 class="kern-heading-x-large">{ENGLISH[status]}</h1>' in english.content.decode()
    assert ENGLISH[status] not in german.content.decode()
    assert '<html lang="de"' in german.content.decode()


@pytest.mark.parametrize("status", PAGES)
def test_each_error_page_leads_home_and_names_whom_to_write_to(status: int, settings: Any) -> None:
    html = page(status, "de").content.decode()
    assert 'class="kern-btn kern-btn--primary" href="/"' in html
    assert f"mailto:{settings.OPERATOR['email']}" in html


@pytest.mark.parametrize(("path", "language"), [("/nirgendwo", "de"), ("/en/nowhere", "en")])
def test_a_missing_page_needs_no_database_even_for_somebody_signed_in(
    client: Client, path: str, language: str
) -> None:
    client.cookies["sessionid"] = "x" * 32
    response = client.get(path)
    assert response.status_code == 404
    assert f'<html lang="{language}"' in response.content.decode()


def test_the_database_is_really_out_of_reach(client: Client) -> None:
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        client.get("/")


@pytest.mark.parametrize(("path", "language"), [("/", "de"), ("/en/", "en")])
def test_a_broken_database_gives_the_500_page(path: str, language: str) -> None:
    response = Client(raise_request_exception=False).get(path)
    assert response.status_code == 500
    assert f'<html lang="{language}"' in response.content.decode()


def broken(request: HttpRequest) -> dict[str, Any]:
    raise RuntimeError("a context processor failed")


def test_a_broken_context_processor_gives_the_500_page(settings: Any) -> None:
    engine = settings.TEMPLATES[0]
    processors = [*engine["OPTIONS"]["context_processors"], f"{__name__}.broken"]
    settings.TEMPLATES = [{**engine, "OPTIONS": {"context_processors": processors}}]
    response = Client(raise_request_exception=False).get("/account/login/")
    assert response.status_code == 500
    assert "ude@skew.example" in response.content.decode()


@pytest.mark.parametrize(("path", "language"), [("/", "de"), ("/en/", "en")])
def test_nul_bytes_are_refused_in_the_language_of_the_address(
    client: Client, path: str, language: str
) -> None:
    with translation.override("en" if language == "de" else "de"):
        response = client.get(path, query_params={"q": "\0"})
    assert response.status_code == 400
    assert f'<html lang="{language}"' in response.content.decode()


@pytest.mark.parametrize(
    ("path", "sentence"),
    [("/en/account/login/", "What you typed is still there."), ("/account/login/", "noch da")],
)
def test_a_form_without_its_token_is_explained(path: str, sentence: str) -> None:
    response = Client(enforce_csrf_checks=True).post(path, {"login": "a@b.example"})
    assert response.status_code == 403
    assert sentence in response.content.decode()
