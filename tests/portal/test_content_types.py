"""Whatever kind of body a sender announces, the portal answers with a page of its own."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from ude_portal.content_types import UNREADABLE, readable, with_readable_types
from ude_portal.wsgi import application

pytestmark = pytest.mark.django_db
STRANGE = [
    "text/plain; charset=rot13",
    "text/plain; charset=undefined",
    "text/plain; charset=unicode_escape",
    "text/plain; charset=utf-16",
    "text/plain; charset*=utf-8''base64",
    "text/plain; charset*0=rot; charset*1=13",
    "text/plain; a*=nope''x",
    'text/plain; charset="\\rot13"',
    "text/plain; charset=a\0b",
]


def status_of(app: Any, content_type: str, query: str = "q=%5Cu0000", method: str = "GET") -> str:
    """The status line of the portal behind its real entry point."""
    environ = RequestFactory().generic(method, "/nirgendwo", QUERY_STRING=query).environ
    statuses: list[str] = []
    answer = app(
        environ | {"CONTENT_TYPE": content_type}, lambda line, headers: statuses.append(line)
    )
    assert b"<h1" in b"".join(answer)
    return statuses[0]


@pytest.mark.parametrize("content_type", STRANGE)
def test_what_is_not_utf_8_is_refused(content_type: str) -> None:
    assert readable(content_type) == UNREADABLE
    assert status_of(application, content_type) == "400 Bad Request"


@pytest.mark.parametrize(
    ("announced", "understood"),
    [
        ("", ""),
        ("application/x-www-form-urlencoded", "application/x-www-form-urlencoded"),
        ("application/x-www-form-urlencoded; charset=UTF-8", "application/x-www-form-urlencoded"),
        ("multipart/form-data; boundary=B", "multipart/form-data; boundary=B"),
        ('multipart/form-data; charset="utf-8"; boundary=B', 'multipart/form-data; boundary="B"'),
        ("nonsense;;;=", "nonsense;;;="),
    ],
)
def test_utf_8_and_no_charset_at_all_are_understood(announced: str, understood: str) -> None:
    assert readable(announced) == understood
    assert status_of(application, announced) == "404 Not Found"


def test_a_charset_and_too_many_fields_at_once_are_a_page_that_is_not_found() -> None:
    query = "a=b&" * 2000
    assert status_of(application, "text/plain; charset=utf-8", query) == "404 Not Found"


@pytest.mark.parametrize("content_type", ["text/plain; charset=rot13", "text/plain; a*=nope''x"])
def test_without_the_guard_building_the_request_fails(content_type: str) -> None:
    """Negative control: Django alone raises before any of its error pages."""
    handler = WSGIHandler()
    with pytest.raises((LookupError, ValueError)):
        status_of(handler, content_type)
    assert status_of(with_readable_types(handler), content_type) == "400 Bad Request"
