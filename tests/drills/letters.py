"""The addresses that stand in the mails the portal has sent to its mailbox."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.urls import resolve
from django.utils import translation

_OURS = re.compile(r"http://localhost:\d+(/[^\s<>\"\]]*)")


def addresses() -> dict[str, list[str]]:
    """URL name → paths found in any mail: texts, HTML, calendar files and headers."""
    found: dict[str, set[str]] = {}
    for path in Path(settings.MAILBOX_DIR).glob("*.eml"):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for text in _texts(message):
            for address in _OURS.findall(text.replace("\r\n ", "")):
                found.setdefault(_name_of(address), set()).add(address)
    return {name: sorted(paths) for name, paths in sorted(found.items())}


def _name_of(address: str) -> str:
    path = address.partition("?")[0]
    with translation.override("en" if path.startswith("/en/") else "de"):
        return resolve(path).view_name


def _texts(message: EmailMessage) -> Iterator[str]:
    yield from (str(value) for value in message.values())
    for part in message.walk():
        if part.get_content_maintype() == "text":
            yield part.get_content()
