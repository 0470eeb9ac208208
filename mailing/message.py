"""From an outbox row to the bytes of a message (RFC 5322, MIME).

Built by hand because the standard library takes 2 ms for what takes 0.1 ms here; the tests
read every message back with the standard library's parser.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Mapping
from email.header import Header
from email.utils import format_datetime, formataddr, parseaddr
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from .ical import fill_calendar

if TYPE_CHECKING:
    from .models import Mail
    from .registry import Links

_PLACEHOLDER = re.compile(r"\[\[([a-z_]+)\]\]")
_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
CRLF = "\r\n"


class Unfinished(ValueError):
    """A message that must not leave: a placeholder without a value, or a broken header."""


def build(mail: Mail, links: Links) -> bytes:
    """The message with its links; raises ``Unfinished`` or ``UnicodeError``."""
    text = part("text/plain; charset=utf-8", fill(mail.text, links.texts))
    bodies = [text]
    if mail.html:
        safe = {name: escape(value) for name, value in links.texts.items()}
        bodies.append(part("text/html; charset=utf-8", fill(mail.html, safe)))
    if mail.calendar:
        calendar = fill_calendar(mail.calendar, lambda line: fill(line, links.texts))
        kind = f"text/calendar; charset=utf-8; method={mail.calendar_method}"
        bodies.append(part(kind, calendar))
        attached = attachment("invite.ics", calendar, mail.calendar_method)
        content = multipart("mixed", [multipart("alternative", bodies, mail), attached], mail)
    else:
        content = multipart("alternative", bodies, mail) if mail.html else text
    end = "" if content.endswith(CRLF) else CRLF
    return (_headers(mail, links.headers) + content + end).encode()


def fill(text: str, values: Mapping[str, str]) -> str:
    """``text`` with every placeholder replaced; an unknown one raises ``Unfinished``."""

    def value(match: re.Match[str]) -> str:
        try:
            return values[match[1]]
        except KeyError:
            raise Unfinished(f"nothing fills {match[0]}") from None

    return _PLACEHOLDER.sub(value, text)


def part(content_type: str, text: str) -> str:
    """One MIME part in quoted-printable, readable in the raw message."""
    raw = text.replace("\r\n", "\n").encode()
    body = binascii.b2a_qp(raw, istext=True).decode("ascii").replace("\n", CRLF)
    head = f"Content-Type: {content_type}{CRLF}Content-Transfer-Encoding: quoted-printable"
    return f"{head}{CRLF}{CRLF}{body}"


def attachment(name: str, text: str, method: str) -> str:
    """The calendar once more as a file, for programs that ignore the alternative."""
    body = binascii.b2a_base64(text.encode(), newline=False).decode("ascii")
    lines = CRLF.join(body[start : start + 76] for start in range(0, len(body), 76))
    head = CRLF.join(
        (
            f'Content-Type: text/calendar; charset=utf-8; method={method}; name="{name}"',
            "Content-Transfer-Encoding: base64",
            f'Content-Disposition: attachment; filename="{name}"',
        )
    )
    return f"{head}{CRLF}{CRLF}{lines}"


def multipart(subtype: str, parts: list[str], mail: Mail) -> str:
    """``parts`` between boundaries; ``=_`` never occurs in quoted-printable or base64.

    The line break before a boundary belongs to the boundary (RFC 2046, 5.1.1).
    """
    boundary = f"=_{subtype}_{mail.message_id[1:17]}"
    head = f'Content-Type: multipart/{subtype}; boundary="{boundary}"{CRLF}{CRLF}'
    body = "".join(f"--{boundary}{CRLF}{item}{CRLF}" for item in parts)
    return f"{head}{body}--{boundary}--{CRLF}"


def _headers(mail: Mail, extra: Mapping[str, str]) -> str:
    headers = {
        "From": _sender(settings.DEFAULT_FROM_EMAIL),
        "To": wire_address(mail.to),
        "Subject": _encoded(mail.subject),
        "Date": format_datetime(timezone.now()),
        "Message-ID": mail.message_id,
        "Content-Language": mail.language,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "MIME-Version": "1.0",
    }
    if mail.reply_to:
        headers["Reply-To"] = wire_address(mail.reply_to)
    headers |= {name: _encoded(value) for name, value in extra.items()}
    for name, value in headers.items():
        folded = re.sub(r"\r?\n[ \t]", " ", value)
        if not _HEADER_NAME.fullmatch(name) or not folded.isprintable():
            raise Unfinished(f"header {name!r} is broken")
    return "".join(f"{name}: {value}{CRLF}" for name, value in headers.items())


def _encoded(value: str) -> str:
    """ASCII stays as it is; anything else becomes encoded words (RFC 2047)."""
    if value.isascii() and "=?" not in value:
        return value
    return Header(value, "utf-8", maxlinelen=76).encode(linesep=CRLF)


@lru_cache(maxsize=8)
def _sender(configured: str) -> str:
    name, address = parseaddr(configured)
    return formataddr((name, wire_address(address)))


@lru_cache(maxsize=512)
def wire_address(address: str) -> str:
    """The address as SMTP takes it: the domain in its ASCII form.

    Raises ``UnicodeError`` for a domain without one and for a mailbox that is not ASCII.
    """
    local, _, domain = address.rpartition("@")
    if address.isascii():
        return address
    return f"{local.encode('ascii').decode()}@{domain.encode('idna').decode('ascii')}"


def envelope_sender() -> str:
    """The bare address that bounces go to."""
    return _bare(settings.DEFAULT_FROM_EMAIL)


@lru_cache(maxsize=8)
def _bare(configured: str) -> str:
    return wire_address(parseaddr(configured)[1])
