"""The worker and the postman: mails of the outbox, sent through a real SMTP server."""

from __future__ import annotations

import re
from email.message import EmailMessage

from mailing.delivery import deliver_due
from tests.smtp_sink import Sink


class Post:
    """Sends what is due and hands out the latest mail to an address."""

    def __init__(self, sink: Sink) -> None:
        self.sink = sink

    def latest(self, to: str) -> EmailMessage:
        deliver_due()
        return next(m for m in reversed(self.sink.messages) if m["To"] == to)

    def body(self, to: str) -> str:
        part = self.latest(to).get_body(("plain",))
        assert part is not None
        return part.get_content()

    def link(self, to: str, below: str = "/i/") -> str:
        """The address without its host: of an invitation, or below another path."""
        found = re.search(rf"https?://[^/\s]+({below}\S+)", self.body(to))
        assert found is not None
        return found[1]

    def calendar(self, to: str) -> str:
        parts = self.latest(to).walk()
        found = next(p for p in parts if p.get_content_type() == "text/calendar")
        return found.get_content().replace("\r\n ", "")
