"""What hostile or broken senders put into addresses, bodies and headers, and how it is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Any
from urllib.parse import quote

from django.core.cache import cache
from django.db import transaction
from django.test import Client

from ude_portal.content_types import UNREADABLE
from ude_portal.middleware import LARGEST_BODY

from .cast import World
from .url_samples import address, names

Visit = Callable[[Client, str], Any]

#: Names of parameters that some page reads; every page gets all of them.
PARAMETERS = (
    *("q", "page", "p", "o", "e", "sort", "per_page", "country", "land", "goal", "topic", "kind"),
    *("state", "to", "language", "name", "right", "partnership", "next", "answer", "seat"),
    *("delivery", "delegation", "_changelist_filters", "_popup", "_to_field", "id"),
)
#: Percent-encoded values, since some of them are no text at all.
VALUES = {
    "a number beyond every column": "9" * 25,
    "a negative number": "-1",
    "digits that int() refuses": quote("²"),
    "digits that int() takes": quote("٣"),
    "bytes that are no UTF-8": "%ff%fe%ed%a0%80%c0%80",
    "an address without an end": quote("http://["),
    "backwards, stacked and markup": quote(
        "\u202eZ\u0301\u0301<script>{{ x }}{% y %}%s'\u2028\r\n"
    ),
}


def with_everywhere(value: str) -> Visit:
    query = "&".join(f"{name}={value}" for name in PARAMETERS)
    return lambda client, url: client.get(f"{url}?{query}")


def body(content: bytes, content_type: str, **headers: Any) -> Visit:
    return lambda client, url: client.generic("POST", url, content, content_type, **headers)


def part(disposition: str, *more: str, value: bytes = b"x") -> bytes:
    lines = [f"Content-Disposition: {disposition}", *more, "", ""]
    return b"--B\r\n" + "\r\n".join(lines).encode("latin-1") + value + b"\r\n--B--\r\n"


FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data; boundary=B"
#: Bodies that are no answer to any of our forms; pages refuse them or find nothing in them.
BODIES: dict[str, Visit] = {
    "JSON": body(b'{"a": "\\u0000', "application/json"),
    "no type": body(b"login=x", ""),
    "no UTF-8": body(b"login=%ff%fe&name=%ed%a0%80&email=%c0%80&language=%ff", FORM),
    "half a multipart": body(part('form-data; name="login"')[:-9], MULTIPART),
    "a part without a name": body(part("nonsense"), MULTIPART),
    "a name in an unknown alphabet": body(part("form-data; name*=nope''%00%ff"), MULTIPART),
    "a file with NUL in its name": body(
        part('form-data; name="file"; filename="a\0b.pdf"', "Content-Type: a\0/b"), MULTIPART
    ),
    "base64 that is none": body(
        part('form-data; name="login"', "Content-Transfer-Encoding: base64", value=b"!!!"),
        MULTIPART,
    ),
}


#: What no page may ever see, by the status it gets instead.
REFUSED: dict[str, tuple[int, Visit]] = {
    "NUL in the path": (400, lambda client, url: client.get(f"{url}%00")),
    "NUL in the query": (400, lambda client, url: client.get(f"{url}?q=a%00b")),
    "NUL in a field": (400, lambda client, url: client.post(url, {"name": "a\0b"})),
    "NUL in a field's name": (400, lambda client, url: client.post(url, {"a\0b": "name"})),
    "NUL in base64": (
        400,
        body(
            part('form-data; name="login"', "Content-Transfer-Encoding: base64", value=b"AAAA"),
            MULTIPART,
        ),
    ),
    "NUL in a cookie": (400, lambda client, url: client.get(url, HTTP_COOKIE='sessionid="\\000"')),
    "an unreadable type": (400, body(b"a=b", UNREADABLE)),
    "another host": (400, lambda client, url: client.get(url, HTTP_HOST="evil.example")),
    "a host that is none": (400, lambda client, url: client.post(url, HTTP_HOST="[::1\xff")),
    "too many fields": (400, body(b"a=b&" * 1200, FORM)),
    "no boundary": (400, body(b"x", "multipart/form-data")),
    "a length that is none": (400, body(b"a=b", FORM, CONTENT_LENGTH="-5")),
    "too much at once": (413, body(b"a=b", FORM, CONTENT_LENGTH=str(LARGEST_BODY + 1))),
}


def sample() -> list[str]:
    """Every URL name of the portal; of the administration's twenty alike tables, only events."""
    tables = [name for name in names() if name.startswith("admin:") and name.count("_") > 1]
    return [name for name in names() if name not in tables or "_event_" in name]


def visited(world: World, role: str, url: str, visit: Visit) -> Any:
    """The answer to a visit by a person whose browser has not been anywhere yet; rows stay."""
    cache.clear()  # or the limits for wrong links and sign-ins would answer instead of the page
    client = world.client(role)
    cookies = deepcopy(client.cookies)
    try:
        with transaction.atomic():
            response = visit(client, url)
            if response.streaming:
                b"".join(response.streaming_content)
            transaction.set_rollback(True)
    finally:
        client.cookies = cookies
    return response


def statuses(world: World, role: str, names: Iterable[str], visit: Visit) -> dict[str, Any]:
    """By URL name the status of the answer, or the exception that came instead of one."""
    found: dict[str, Any] = {}
    for name in names:
        try:
            found[name] = visited(world, role, address(name, world), visit).status_code
        except Exception as error:
            found[name] = repr(error)
    return found


def broken(found: dict[str, Any]) -> dict[str, Any]:
    """The URL names whose page failed."""
    return {name: was for name, was in found.items() if not isinstance(was, int) or was >= 500}
