"""The SMTP transport alone: encryption, patience, what it says."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from mailing.smtp import SmtpTransport
from mailing.transport import Dropped, Lost, Refused, Unavailable
from tests.smtp_sink import Sink, running

from .certificates import make_certificate

MESSAGE = b"Subject: x\r\n\r\n.dot\r\n..dots\r\n"
GREETING = b"220 hello\r\n"


def send(transport: SmtpTransport, message: bytes = MESSAGE, seconds: float = 5) -> str:
    transport.open()
    transport.offer("amt@stadt.example", len(message), seconds)
    answer = transport.deliver(message, seconds)
    transport.close()
    return answer


@contextmanager
def scripted(
    settings: Any, *answers: bytes, pause: float = 0, context: ssl.SSLContext | None = None
) -> Iterator[None]:
    """A server that says one answer after the other, whatever it hears.

    With ``pause`` the last answer trickles in byte by byte; with ``context`` all is encrypted.
    """
    server = socket.create_server(("127.0.0.1", 0))
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()

    def serve() -> None:
        plain, _ = server.accept()
        with suppress(OSError), plain, encrypted(plain, context) as client:
            speak(client, answers, pause)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield
    server.close()
    thread.join(10)


def encrypted(plain: socket.socket, context: ssl.SSLContext | None) -> socket.socket:
    return context.wrap_socket(plain, server_side=True) if context else plain


def speak(client: socket.socket, answers: tuple[bytes, ...], pause: float) -> None:
    *first, last = answers
    for answer in first:
        client.sendall(answer)
        client.recv(65536)
    for number in range(len(last)):
        client.sendall(last[number : number + 1])
        time.sleep(pause)
    if last.endswith(b"\n"):
        client.recv(65536)


def test_the_message_arrives_byte_for_byte(smtp):
    assert send(SmtpTransport()) == "250 kept as 4711"
    assert smtp.raw == [("amt@stadt.example", MESSAGE)]


def test_an_international_domain_travels_in_its_ascii_form(smtp):
    transport = SmtpTransport()
    transport.offer("amt@münchen.example", 3, 5)
    transport.deliver(b"x\r\n", 5)
    transport.close()
    assert smtp.recipients == ["amt@xn--mnchen-3ya.example"]


def test_a_withdrawn_offer_sends_nothing_and_the_next_one_works(smtp):
    transport = SmtpTransport()
    transport.offer("first@stadt.example", 3, 5)
    transport.withdraw()
    send(transport)
    assert (smtp.recipients, smtp.connections) == (["amt@stadt.example"], 1)


def test_withdrawing_from_a_dead_server_does_not_raise(settings):
    with scripted(settings, GREETING, b"250 hi\r\n", b"250 ok\r\n", b"250 ok\r\n"):
        transport = SmtpTransport()
        transport.offer("amt@stadt.example", 3, 5)
        transport.withdraw()
        assert transport._client is None
        transport.close()


def test_starttls_and_sign_in(settings, tmp_path, monkeypatch):
    context, trusted = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    sink, seen = Sink(), []

    def check(server, session, envelope, mechanism, login) -> AuthResult:
        seen.append((isinstance(login, LoginPassword), login.login, session.ssl is not None))
        return AuthResult(success=login.password == b"geheim", handled=False)

    options = {"tls_context": context, "require_starttls": True, "authenticator": check}
    with running(sink, settings, **options):
        settings.EMAIL_USE_TLS = True
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "ude", "geheim"
        assert send(SmtpTransport()) == "250 kept as 4711"
        settings.EMAIL_HOST_PASSWORD = "falsch"
        with pytest.raises(Unavailable, match="535"):
            SmtpTransport().open()
    assert seen[0] == (True, b"ude", True)


@pytest.mark.parametrize("trust", [True, False])
def test_smtps_needs_a_certificate_that_is_trusted(settings, tmp_path, monkeypatch, trust):
    context, trusted = make_certificate(tmp_path)
    if trust:
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    answers = [GREETING, b"250 hi\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n", b"250 yes\r\n"]
    with scripted(settings, *answers, context=context):
        settings.EMAIL_USE_SSL = True
        if trust:
            assert send(SmtpTransport()) == "250 yes"
        else:
            with pytest.raises(Unavailable, match="CERTIFICATE_VERIFY_FAILED"):
                SmtpTransport().open()


def test_starttls_is_never_skipped(smtp, settings):
    settings.EMAIL_USE_TLS = True
    with pytest.raises(Unavailable, match="STARTTLS"):
        SmtpTransport().open()
    assert smtp.raw == []


@pytest.mark.parametrize("pause", [0.1, 2])
def test_a_tarpit_ends_with_the_deadline(settings, pause):
    settings.EMAIL_TIMEOUT = 0.5
    began = time.monotonic()
    with scripted(settings, GREETING, pause=pause):
        with pytest.raises(Unavailable):
            SmtpTransport().open()
        assert time.monotonic() - began < 2


def test_an_answer_that_trickles_in_after_the_message_is_lost(settings):
    trickle = b"250 " + b"x" * 60
    answers = [GREETING, b"250 hi\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n"]
    with scripted(settings, *answers, trickle, pause=0.1), pytest.raises(Lost):
        send(SmtpTransport(), seconds=1)


def test_a_greeting_that_is_none_is_no_mail_server(settings):
    with scripted(settings, b"SSH-2.0-OpenSSH\r\n"), pytest.raises(Unavailable, match="no SMTP"):
        SmtpTransport().open()


@pytest.mark.parametrize("garbage", [b"", b"hello\r\n", b"99 luftballons\r\n", b"250 half"])
def test_garbage_instead_of_an_answer_is_no_answer(settings, garbage):
    answers = [GREETING, b"250 hi\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n"]
    with scripted(settings, *answers, garbage), pytest.raises(Lost):
        send(SmtpTransport(), seconds=2)


def test_a_connection_that_breaks_before_the_message_is_complete_is_dropped(settings):
    answers = [GREETING, b"250 hi\r\n", b"250 ok\r\n", b"250 ok\r\n", b"hello\r\n"]
    with scripted(settings, *answers), pytest.raises(Dropped):
        send(SmtpTransport(), seconds=2)


def test_a_server_that_cannot_reset_is_given_up(settings):
    answers = [GREETING, b"250 hi\r\n", b"250 ok\r\n", b"451 later\r\n", b"hello\r\n"]
    with scripted(settings, *answers):
        transport = SmtpTransport()
        with pytest.raises(Refused, match="451 later"):
            transport.offer("amt@stadt.example", 3, 2)
        assert transport._client is None


def test_the_size_is_announced_where_the_server_asks(smtp):
    send(SmtpTransport())
    assert smtp.mail_options == [f"SIZE={len(MESSAGE)}"]


def pieces_heard(smtp: Sink, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many commands each packet between greeting and message held."""
    heard: list[int] = []
    genuine = socket.socket.sendall

    def sendall(self: socket.socket, data: bytes) -> None:
        if data.startswith((b"MAIL", b"mail", b"RCPT", b"rcpt")):
            heard.append(data.count(b"\r\n"))
        genuine(self, data)

    monkeypatch.setattr(socket.socket, "sendall", sendall)
    send(SmtpTransport())
    return heard


def test_sender_and_recipient_go_in_one_packet_where_the_server_allows_it(smtp, monkeypatch):
    smtp.pipelining = True
    assert pieces_heard(smtp, monkeypatch) == [2]
    assert smtp.recipients == ["amt@stadt.example"]


def test_they_go_one_after_the_other_where_it_does_not(smtp, monkeypatch):
    assert pieces_heard(smtp, monkeypatch) == [1, 1]


@pytest.mark.parametrize("pipelining", [True, False])
@pytest.mark.parametrize("stage", ["mail", "rcpt"])
def test_after_a_refusal_the_next_message_meets_its_own_answers(smtp, pipelining, stage):
    """A reply left unread would be taken for the answer to the next command."""
    smtp.pipelining = pipelining
    smtp.answers[stage]["*"] = ["451 later", "250 ok"]
    transport = SmtpTransport()
    transport.open()
    with pytest.raises(Refused, match="451 later"):
        transport.offer("bad@stadt.example", len(MESSAGE), 5)
    assert send(transport) == "250 kept as 4711"
    assert (smtp.recipients, smtp.connections) == (["amt@stadt.example"], 1)


@pytest.mark.parametrize("pipelining", [True, False])
def test_a_command_in_an_address_is_not_sent(smtp, pipelining):
    smtp.pipelining = pipelining
    transport = SmtpTransport()
    transport.open()
    transport.offer("amt@stadt.example>\r\nRCPT TO:<other@evil.example", len(MESSAGE), 5)
    transport.deliver(MESSAGE, 5)
    transport.close()
    assert smtp.envelopes == [["amt@stadt.example"]]


def test_closing_twice_or_without_a_server_does_not_raise(settings):
    with scripted(settings, GREETING, b"250 hi\r\n"):
        transport = SmtpTransport()
        transport.close()
        transport.open()
        transport.close()
        transport.close()
    assert transport._client is None


def test_a_connection_that_went_away_unnoticed_is_renewed(smtp):
    transport = SmtpTransport()
    transport.open()
    transport._client.close()
    assert send(transport) == "250 kept as 4711"
    assert smtp.connections == 2


def test_no_time_left_means_nothing_is_sent(smtp):
    transport = SmtpTransport()
    transport.open()
    with pytest.raises(Unavailable, match="took too long"):
        transport.offer("amt@stadt.example", 3, 0)
    transport.close()
    assert smtp.raw == []
