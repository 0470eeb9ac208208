"""What a transport is, what can come of handing a mail to it, and the demo's mailbox."""

from __future__ import annotations

import datetime as dt
import os
import re
import uuid
from pathlib import Path
from typing import Protocol

from django.conf import settings


class Unavailable(Exception):
    """The server cannot be used at the moment; no single mail is to blame."""


class Dropped(Exception):
    """The connection broke before the message was complete: certainly not delivered."""


class Lost(Exception):
    """The message was handed over whole and no answer came: perhaps delivered."""


_POLICY = re.compile(r"relay|spam|block|black|polic|spf|dkim|dmarc|denied|reputation|auth", re.I)


class Refused(Exception):
    """The server said no; ``stage`` is sender, recipient or content."""

    def __init__(self, stage: str, code: int, answer: str) -> None:
        self.stage, self.code, self.answer = stage, code, answer
        super().__init__(answer)

    @property
    def for_now(self) -> bool:
        """A 4xx: worth another try later."""
        return self.code < 500

    @property
    def no_such_mailbox(self) -> bool:
        """A clear word on the mailbox, not on our reputation or the relay's rules.

        An enhanced status code decides (RFC 3463: 5.1.x, but 5.1.7 and 5.1.8 are about the
        sender); without one, 550, 551 and 553 count unless the words speak of policy.
        """
        if self.stage != "recipient" or self.for_now:
            return False
        enhanced = re.match(r"\d{3}[ -]5\.(\d+)\.(\d+)", self.answer)
        if enhanced:
            return enhanced[1] == "1" and enhanced[2] not in {"7", "8"}
        return self.code in {550, 551, 553} and not _POLICY.search(self.answer)


class Transport(Protocol):
    """Two steps, so that the outbox can put its fence between them."""

    def open(self) -> None:
        """Be ready to send; raises ``Unavailable``."""

    def offer(self, to: str, size: int, seconds: float) -> None:
        """Announce a message; raises ``Refused``, ``Dropped`` or ``Unavailable``."""

    def withdraw(self) -> None:
        """Take the announcement back; never raises."""

    def deliver(self, message: bytes, seconds: float) -> str:
        """Hand the message over; the server's answer, or ``Refused``, ``Dropped``, ``Lost``."""

    def close(self) -> None:
        """Say goodbye; never raises."""


class MailboxTransport:
    """Keeps each mail as an ``.eml`` file in MAILBOX_DIR: the demo's mail server."""

    def open(self) -> None:
        try:
            Path(settings.MAILBOX_DIR).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Unavailable(str(error)) from error

    def offer(self, to: str, size: int, seconds: float) -> None:
        pass

    def withdraw(self) -> None:
        pass

    def deliver(self, message: bytes, seconds: float) -> str:
        """File names sort by time; a file appears whole or not at all."""
        name = f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S-%f}-{uuid.uuid4().hex[:8]}.eml"
        target = Path(settings.MAILBOX_DIR) / name
        fresh = target.with_suffix(".tmp")
        try:
            fresh.write_bytes(message)
            os.replace(fresh, target)
        except OSError as error:
            raise Dropped(str(error)) from error
        return "250 OK"

    def close(self) -> None:
        pass
