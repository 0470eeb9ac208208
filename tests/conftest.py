"""Fixtures for the whole suite."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from django.utils import translation

from .smtp_sink import smtp  # noqa: F401

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@pytest.fixture(autouse=True)
def network_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests reach this machine's loopback and nothing else."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> Any:
        if isinstance(address, tuple) and address[0] not in LOOPBACK:
            raise AssertionError(f"a test tried to reach {address}")
        return real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture(autouse=True)
def every_test_in_german() -> Any:
    """Every test starts in German, the portal's first language."""
    with translation.override("de"):
        yield
