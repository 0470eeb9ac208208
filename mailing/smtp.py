"""The real mail server: one connection for many mails, verified TLS, an end to every wait."""

from __future__ import annotations

import os
import smtplib
import ssl
import time
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from .message import envelope_sender, wire_address
from .transport import Dropped, Lost, Refused, Unavailable

_BROKEN = (OSError, smtplib.SMTPException)


class SmtpTransport:
    """See ``transport.Transport``. Connects when it must, again when the server hung up."""

    def __init__(self) -> None:
        self._client: Any = None

    def open(self) -> None:
        self._open(time.monotonic() + 2 * settings.EMAIL_TIMEOUT)

    def _open(self, until: float) -> None:
        if self._client is None:
            try:
                self._client = _connect(until)
            except _BROKEN as error:
                raise Unavailable(_words(error)) from error

    def offer(self, to: str, size: int, seconds: float) -> None:
        """Name sender and recipient; a connection that ended in between is renewed once."""
        until = time.monotonic() + seconds
        self._open(until)
        try:
            self._announce(to, size, until)
        except Dropped:
            self._open(until)
            self._announce(to, size, until)

    def withdraw(self) -> None:
        try:
            self._client.rset()
        except _BROKEN:
            self._forget()

    def deliver(self, message: bytes, seconds: float) -> str:
        client = self._client
        client.deadline = time.monotonic() + seconds
        try:
            self._expect(3, "content", client.docmd("DATA"))
            client.send(message.replace(b"\r\n.", b"\r\n..") + b".\r\n")
        except _BROKEN as error:
            self._forget()
            raise Dropped(_words(error)) from error
        try:
            reply = client.getreply()
        except _BROKEN as error:
            self._forget()
            raise Lost(_words(error)) from error
        return self._expect(2, "content", reply)

    def close(self) -> None:
        if self._client is not None:
            self._client.deadline = time.monotonic() + 2
            try:
                self._client.quit()
            except _BROKEN:
                self._client.close()
            self._client = None

    def _announce(self, to: str, size: int, until: float) -> None:
        client = self._client
        client.deadline = until
        room = f" SIZE={size}" if client.has_extn("size") else ""
        sender = f"MAIL FROM:<{envelope_sender()}>{room}"
        recipient = f"RCPT TO:{smtplib.quoteaddr(wire_address(to))}"
        try:
            replies = client.ask(sender, recipient)
            for stage, reply in zip(("sender", "recipient"), replies, strict=True):
                self._expect(2, stage, reply)
        except _BROKEN as error:
            self._forget()
            raise Dropped(_words(error)) from error

    def _expect(self, wanted: int, stage: str, reply: tuple[int, bytes]) -> str:
        """The answer if its first digit is ``wanted``.

        421 ends this connection, not this mail. A refused sender is the same for all mails,
        so it is the server that cannot be used (552 aside: this message is too large).
        """
        code, text = reply
        answer = f"{code} {text.decode(errors='replace')}"
        if code // 100 == wanted:
            return answer
        if code == 421:
            self._forget()
            raise Dropped(answer)
        self.withdraw()
        if stage == "sender" and code >= 500 and code != 552:
            raise Unavailable(answer)
        raise Refused(stage, code, answer)

    def _forget(self) -> None:
        self._client.close()
        self._client = None


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        text = said if isinstance(said, str) else said.decode(errors="replace")
        return f"{error.smtp_code} {text}"
    return str(error) or type(error).__name__


class _Lines:
    """Reply lines with one deadline for all; a socket's own file has one for each byte."""

    def __init__(self, client: Any) -> None:
        self._client, self._buffer = client, b""

    def readline(self, limit: int) -> bytes:
        while b"\n" not in self._buffer and len(self._buffer) < limit:
            self._client.sock.settimeout(self._client.patience())
            chunk = self._client.sock.recv(4096)
            if not chunk:
                return b""
            self._buffer += chunk
        end = self._buffer.find(b"\n") + 1 or limit
        line, self._buffer = self._buffer[:end], self._buffer[end:]
        return line

    def close(self) -> None:
        """smtplib closes its file; the socket is closed by its owner."""


class _Patient:
    """Gives smtplib's clients a ``deadline`` for everything that follows."""

    deadline: float
    close: Any

    def __init__(self, *args: Any, deadline: float, **kwargs: Any) -> None:
        self.deadline = deadline
        super().__init__(*args, **kwargs)

    def patience(self) -> float:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the mail server took too long")
        return min(left, settings.EMAIL_TIMEOUT)

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None:
            self.file: Any = _Lines(self)
        code, text = super().getreply()  # type: ignore[misc]
        if not 200 <= code < 600:
            self.close()
            raise smtplib.SMTPServerDisconnected(f"this is no SMTP answer: {text!r}")
        return code, text

    def ask(self, *commands: str) -> Iterator[tuple[int, bytes]]:
        """The replies in turn; the commands go in one packet where the server allows it.

        RFC 2920: replies to such a packet are all read, whatever the first one says.
        """
        if not self.has_extn("pipelining"):  # type: ignore[attr-defined]
            yield from map(self.docmd, commands)  # type: ignore[attr-defined]
            return
        self.send("".join(f"{command}\r\n" for command in commands))
        yield from [self.getreply() for _ in commands]

    def send(self, data: bytes | str) -> None:
        if self.sock is not None:
            self.sock.settimeout(self.patience())
        super().send(data)  # type: ignore[misc]


class _Smtp(_Patient, smtplib.SMTP):
    """Plain at first; STARTTLS where the settings ask for it."""


class _SmtpTls(_Patient, smtplib.SMTP_SSL):
    """Encrypted from the first byte."""


def _connect(until: float) -> Any:
    """A greeted, encrypted and signed-in client, as the settings say."""
    options: dict[str, Any] = {
        "host": settings.EMAIL_HOST,
        "port": settings.EMAIL_PORT,
        "local_hostname": urlsplit(settings.SITE_URL).hostname,
        "timeout": max(0.1, min(settings.EMAIL_TIMEOUT, until - time.monotonic())),
        "deadline": until,
    }
    if settings.EMAIL_USE_SSL:
        client: Any = _SmtpTls(**options, context=_trusted())
    else:
        client = _Smtp(**options)
    try:
        client.ehlo_or_helo_if_needed()
        if settings.EMAIL_USE_TLS:
            client.starttls(context=_trusted())
        if settings.EMAIL_HOST_USER:
            client.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    except BaseException:
        client.close()
        raise
    return client


def _trusted() -> ssl.SSLContext:
    return _certificates(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))


@lru_cache(maxsize=1)
def _certificates(file: str | None, folder: str | None) -> ssl.SSLContext:
    """The machine's certificates; reading them takes longer than sending a mail."""
    return ssl.create_default_context()
