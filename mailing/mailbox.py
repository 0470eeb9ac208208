"""The demo's mailbox: the files that ``MailboxTransport`` kept, the newest first."""

from __future__ import annotations

import datetime as dt
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any

from django.conf import settings

_NAME = re.compile(r"\d{8}T\d{6}-\d{6}-[0-9a-f]{8}")
_PARSER = BytesParser(policy=email.policy.default)


@dataclass(frozen=True)
class Kept:
    """One mail in the mailbox."""

    name: str
    at: dt.datetime
    message: EmailMessage

    @property
    def to(self) -> str:
        return str(self.message["To"])

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(name, str(value)) for name, value in self.message.items()]

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    @property
    def calendar(self) -> str:
        """The attached calendar file, or nothing."""
        for part in self.message.iter_attachments():
            return str(part.get_content())
        return ""

    def _body(self, subtype: str) -> str:
        part: Any = self.message.get_body((subtype,))
        return str(part.get_content()) if part else ""


def names(to: str = "") -> list[str]:
    """Names of the mails, the newest first; with ``to``, only those whose address contains it."""
    found = sorted((path.stem for path in _folder().glob("*.eml")), reverse=True)
    wanted = to.strip().lower()
    return [name for name in found if not wanted or wanted in _address_of(name)]


def read(name: str) -> Kept | None:
    """The mail of that name; ``None`` where there is none."""
    path = _folder() / f"{name}.eml"
    if not _NAME.fullmatch(name) or not path.is_file():
        return None
    message: Any = _PARSER.parsebytes(path.read_bytes())
    at = dt.datetime.strptime(name[:22], "%Y%m%dT%H%M%S-%f").replace(tzinfo=dt.UTC)
    return Kept(name, at, message)


def read_all(chosen: list[str]) -> Iterator[Kept]:
    """The mails of these names that are still there."""
    return (kept for name in chosen if (kept := read(name)))


def _folder() -> Path:
    return Path(settings.MAILBOX_DIR)


def _address_of(name: str) -> str:
    with (_folder() / f"{name}.eml").open("rb") as file:
        return str(_PARSER.parse(file, headersonly=True)["To"]).lower()
