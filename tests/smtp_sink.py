"""A real SMTP server for tests, with the faults that real servers have."""

from __future__ import annotations

import asyncio
import email
import email.policy
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.ports import free_port


class Sink:
    """Keeps what it accepts. Answers are set by stage and address (``*`` for all).

    ``answers["rcpt"]["a@b.example"] = ["451 later", "250 ok"]`` gives one answer after the
    other, the last for ever. The word ``drop`` closes the connection without an answer,
    ``drop_kept`` after keeping the message, and ``hang`` never answers;
    ``slow`` seconds go by before each answer; ``pipelining`` offers RFC 2920.
    """

    def __init__(self) -> None:
        self.answers: dict[str, dict[str, list[str]]] = {
            stage: {} for stage in ("ehlo", "mail", "rcpt", "data")
        }
        self.raw: list[tuple[str, bytes]] = []
        self.envelopes: list[list[str]] = []
        self.mail_options: list[str] = []
        self.connections = 0
        self.transports: list[asyncio.Transport] = []
        self.slow = 0.0
        self.pipelining = False

    @property
    def messages(self) -> list[EmailMessage]:
        return [
            email.message_from_bytes(raw, policy=email.policy.default)  # type: ignore[misc]
            for _, raw in self.raw
        ]

    @property
    def recipients(self) -> list[str]:
        return [to for to, _ in self.raw]

    async def handle_EHLO(
        self, server: Any, session: Any, envelope: Any, name: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        self.transports.append(server.transport)
        session.host_name = name
        answer = await self._answer("ehlo", "*", "", server)
        if self.pipelining:
            responses.insert(-1, "250-PIPELINING")
        return [answer] if answer else responses

    async def handle_MAIL(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        envelope.mail_from, self.mail_options = address, options
        return await self._answer("mail", address, "250 ok", server)

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        answer = await self._answer("rcpt", address, "250 ok", server)
        if answer.startswith("25"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        to = envelope.rcpt_tos[0]
        self.envelopes.append(envelope.rcpt_tos)
        answer = await self._answer("data", to, "250 kept as 4711", server, envelope.content)
        if answer.startswith("250"):
            self.raw.append((to, envelope.content))
        return answer

    async def hang_up(self) -> None:
        """Close what clients left open, so that no transport outlives its loop."""
        for transport in self.transports:
            transport.abort()
        await asyncio.sleep(0.01)

    async def _answer(
        self, stage: str, address: str, usual: str, server: Any, content: bytes = b""
    ) -> str:
        await asyncio.sleep(self.slow)
        script = self.answers.get(stage, {})
        queue = script.get(address) or script.get("*") or [usual]
        answer = queue.pop(0) if len(queue) > 1 else queue[0]
        if answer in {"drop_kept", "hang"} and content:
            self.raw.append((address, content))
        if answer == "hang":
            await asyncio.sleep(60)
        if answer.startswith("drop"):
            server.transport.abort()
            return "421 gone"
        return answer


@contextmanager
def running(sink: Sink, settings: Any, **options: Any) -> Iterator[None]:
    """Serve ``sink`` on a free port and point the portal at it; ``options`` are aiosmtpd's."""
    port = free_port()
    controller = Controller(sink, hostname="127.0.0.1", port=port, **options)
    controller.start()
    settings.EMAIL_URL = f"smtp://127.0.0.1:{port}"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    try:
        yield
    finally:
        asyncio.run_coroutine_threadsafe(sink.hang_up(), controller.loop).result(timeout=10)
        controller.stop()


@pytest.fixture
def smtp(settings: Any) -> Iterator[Sink]:
    """The portal sends to this server for the length of one test."""
    sink = Sink()
    with running(sink, settings):
        yield sink
